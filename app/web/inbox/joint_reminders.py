"""One reminder of several requests: copied, read in full, and marked as sent for each."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit import references
from app.kit.database import Unit
from app.kit.errors import NoSuchThing, TrackerError
from app.notices import joint_filling
from app.notices.joint_reminder import JointReminder
from app.operations import joint_sending
from app.schemas.vocabularies import Purpose
from app.takedowns import queries
from app.takedowns.rows import TakedownRow
from app.web.inbox import bulk_actions, joint_cards, reminders
from app.web.inbox.joint_cards import ADDRESS
from app.web.notices import card_lines
from app.web.notices.notice_card import Which
from app.web.notices.sending import told_of
from app.web.shell import addresses
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
Copying = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.CONTENT_READ)]


@router.post(ADDRESS)
def mark_sent(visit: Doer) -> Response:
    """Freeze it under each request, and note that it went out: what became of each is shown."""
    chosen = _references(visit.form.all("reference"))
    try:
        sending = told_of(visit, Which(purpose=Purpose.REMINDER))
        with visit.write() as unit:
            done = joint_sending.send(
                unit,
                visit.workspace,
                chosen,
                seen=visit.form.text("seen"),
                sending=sending,
                person=visit.person,
            )
    except TrackerError as error:
        return reminders.page(visit, error)
    back = addresses.local(visit.form.given("back"), "/inbox")
    became = bulk_actions.became(done)
    platform = visit.form.text("platform")
    return visit.to(reminders.PAGE, sent=became, platform=platform, back=back)


@router.post(f"{ADDRESS}/copy")
def copy(visit: Copying) -> Response:
    """Answer what a field holds, for the clipboard: it never enters a page."""
    field = visit.request.query_params.get("field", "")
    with visit.write() as unit:
        joint, _ = _asked(unit, visit)
        value = card_lines.value_of(joint.notice, field)
        if value is None:
            raise NoSuchThing("the reminder has no such field")
        for one in joint.members:
            audit.record(
                unit, visit.actor.name, Action.COPIED, reference=one.reference, what="notice",
                field=field,
            )  # fmt: skip
    return PlainTextResponse(value)


@router.post(f"{ADDRESS}/words")
def reveal(visit: Copying) -> Response:
    """Show every word of it, to be copied by hand; that somebody looked is written down."""
    with visit.write() as unit:
        joint, rows = _asked(unit, visit)
        card = joint_cards.card(unit, visit, joint, rows=rows, claims={}, is_revealed=True)
        for reference in card.references:
            audit.record(
                unit, visit.actor.name, Action.REVEALED, reference=reference, what="notice"
            )
    return visit.page("inbox/joint_words.html", card=card)


def _asked(unit: Unit, visit: Visit) -> tuple[JointReminder, Mapping[str, TakedownRow]]:
    """Return the reminder that an address names, and its requests by reference.

    Raises NoSuchThing where it is none any more.
    """
    asked = visit.request.query_params.get("of", "")
    chosen = _references(asked.split(","))
    rows = {row.reference: row for row in queries.by_references(unit, chosen)}
    found = [rows[reference] for reference in chosen if reference in rows]
    gathered = joint_filling.gather(unit, visit.workspace, found)
    if len(gathered.joint) != 1 or gathered.apart:
        raise NoSuchThing("these go in no one reminder any more")
    return gathered.joint[0], rows


def _references(told: list[str]) -> list[str]:
    """Read which requests; raises HTTPException for what no page of ours sends."""
    chosen = list(dict.fromkeys(told))
    fits = all(references.PATTERN.fullmatch(reference) for reference in chosen)
    if not chosen or len(chosen) > reminders.MOST or not fits:
        raise HTTPException(400)
    return chosen
