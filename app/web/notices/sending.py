"""Look at a notice, copy it, and note that it went out."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import NoSuchThing, NotAllowedNow, Refused, TrackerError
from app.notices import form_changes, submission
from app.notices.submission import Sending
from app.platforms.channels import Channel
from app.schemas.shapes import NoticeIn, SubmissionIn
from app.schemas.values import refuse_future
from app.schemas.vocabularies import Purpose
from app.takedowns import queries
from app.takedowns.rows import TakedownRow
from app.web.notices import card_lines, notice_card
from app.web.notices.notice_card import Card, Which
from app.web.shell import assigning, error_messages, forms, labels, meanwhile
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/takedowns/{reference}")
Reading = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
Recording = Annotated[Visit, require_rights(Scope.EVENTS_WRITE)]
Copying = Annotated[Visit, require_rights(Scope.CONTENT_READ)]


@router.get("/notice")
def show(reference: str, visit: Reading) -> Response:
    """Show one notice as it would go out now."""
    return page(visit, reference)


@router.post("/notice/copy")
def copy(reference: str, visit: Copying) -> Response:
    """Answer what a field holds, for the clipboard: it never enters a page."""
    field = visit.request.query_params.get("field", "")
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        notice = notice_card.filled(unit, visit, row, which=notice_card.which_of(visit))
        value = card_lines.value_of(notice, field)
        if value is None:
            raise NoSuchThing("the notice has no such field")
        audit.record(
            unit, visit.actor.name, Action.COPIED, reference=reference, what="notice", field=field
        )
    return PlainTextResponse(value)


@router.post("/notice/submission")
def submit(reference: str, visit: Recording) -> Response:
    """Freeze the notice and note that it went out: our statement of good faith."""
    try:
        with assigning.on(visit, reference) as (unit, row):
            number = _send(unit, visit, row, which=notice_card.which_of(visit))
    except TrackerError as error:
        return page(visit, reference, error)
    return visit.to(
        notice_card.back(visit) or f"/takedowns/{reference}", said="submitted", undo=number
    )


@router.post("/notice/form-changed")
def report_change(reference: str, visit: Recording) -> Response:
    """Warn everybody that a platform's form is no longer the one we know, and where it differs."""
    try:
        with visit.write() as unit:
            card, channel = _looked_at(unit, visit, reference)
            where = visit.form.given("where")
            form_changes.report(unit, card.row.platform, channel, where=where, by=visit.actor.name)
    except Refused as error:
        return page(visit, reference, error)
    return visit.to(notice_card.back(visit) or f"{card.address}?{card.query}", said="form_changed")


@router.post("/notice/form-right")
def confirm(reference: str, visit: Recording) -> Response:
    """Note that a platform's form was as shown: only so is a channel verified."""
    with visit.write() as unit:
        card, channel = _looked_at(unit, visit, reference)
        form_changes.confirm(unit, card.row.platform, channel, by=visit.actor.name)
    return visit.to(notice_card.back(visit) or f"{card.address}?{card.query}", said="form_right")


def _looked_at(unit: Unit, visit: Visit, reference: str) -> tuple[Card, Channel]:
    """Return a notice and its channel as we know it, whatever the notice asks of it."""
    row = queries.by_reference(unit, reference)
    card = notice_card.card(unit, visit, row, which=notice_card.which_of(visit))
    channel = visit.workspace.catalogue.platforms[row.platform].channel(card.channel.id)
    if channel is None or not card.can_be_looked_at:
        raise NoSuchThing("each site has a form of its own")
    return card, channel


def page(visit: Visit, reference: str, error: TrackerError | None = None) -> Response:
    """Show one notice, with what is to be mended when something was refused."""
    if isinstance(error, NoSuchThing):
        raise error
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        card = notice_card.card(unit, visit, row, which=notice_card.which_of(visit))
        latest = meanwhile.of(unit, row) if isinstance(error, NotAllowedNow) else None
    return visit.page(
        "notices/notice.html",
        200 if error is None else 422 if isinstance(error, Refused) else 409,
        card=card,
        back=notice_card.back(visit),
        complaints=[] if error is None else complaints(visit, card, error),
        latest=latest,
        typed=dict(visit.form.fields),
    )


def complaints(visit: Visit, card: Card, error: TrackerError) -> Sequence[Complaint]:
    """Say what is wrong, each thing where it stands on the card."""
    reference = card.row.reference
    if not (isinstance(error, Refused) and error.code == "notice_incomplete"):
        return [
            one._replace(field=f"{reference}-{one.field}") if one.field else one
            for one in error_messages.told(error, visit.words)
        ]
    names = {line.id: line.label for line in card.lines if line.label}
    found = []
    for field, reason in card.notice.missing:
        text = labels.of(visit.words, "lack", reason)
        if reason == "required" and field in labels.CODES["absent"] and field not in names:
            text = labels.of(visit.words, "absent", field)
        elif field in names:
            named = visit.words.gettext("%(field)s: %(lack)s")
            text = named % {"field": names[field], "lack": text}
        found.append(Complaint(f"{reference}-{field}", reason, text))
    return found


def told_of(visit: Visit, which: Which) -> Sending:
    """Read what a form is told of a notice that went out; raises Refused naming the fields."""
    form = visit.form
    at = form.moment("happened_at", visit.workspace.zone)
    told: dict[str, Any] = {
        "how": "form",
        "channel": which.channel,
        "language": which.language,
        "ticket_id": form.given("ticket_id"),
        "no_ticket": form.flag("no_ticket"),
    }
    told |= {"happened_at": stamp(at)} if at is not None else {}
    checked = (
        forms.checked(SubmissionIn, told)
        if which.purpose == Purpose.FIRST
        else forms.checked(NoticeIn, told | {"purpose": which.purpose})
    )
    refuse_future(visit.context.clock(), happened_at=checked.happened_at)
    return Sending(**checked.model_dump(include=set(Sending._fields)))


def _send(unit: Unit, visit: Visit, row: TakedownRow, *, which: Which) -> int:
    workspace, sending = visit.workspace, told_of(visit, which)
    recorded = (
        submission.submit(unit, workspace, row, sending=sending, by=visit.actor)
        if which.purpose == Purpose.FIRST
        else submission.send_further(
            unit,
            workspace,
            row,
            purpose=which.purpose,
            sending=sending,
            reason=None,
            by=visit.actor,
        )
    )
    return recorded.entry.number
