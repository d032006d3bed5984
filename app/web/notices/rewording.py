"""Change the words of one notice, and take the change back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.database import Unit
from app.kit.errors import Fault, Refused, Stale, TrackerError
from app.kit.texts import trimmed
from app.notices import drafts, edits, filling
from app.schemas.shapes import NoticeEditsIn
from app.takedowns import queries
from app.web.notices import card_lines, notice_card, sending
from app.web.notices.notice_card import Card
from app.web.shell import assigning, error_messages, forms
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/takedowns/{reference}/notice")
Writing = Annotated[Visit, require_rights(Scope.TAKEDOWNS_WRITE, Scope.CONTENT_READ)]
FIELD = "field-"


@router.post("/words")
def show(reference: str, visit: Writing) -> Response:
    """Show the words of a notice so that they can be changed: a reveal."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        card = notice_card.card(
            unit, visit, row, which=notice_card.which_of(visit), is_revealed=True
        )
        audit.record(unit, visit.actor.name, Action.REVEALED, reference=reference, what="notice")
    return _page(visit, card)


@router.post("/edits")
def keep(reference: str, visit: Writing) -> Response:
    """Keep a caseworker's words; what somebody else wrote in the meantime is not written over."""
    if visit.is_again:
        return _again(visit, reference)
    try:
        with assigning.on(visit, reference) as (unit, row):
            card = notice_card.card(
                unit, visit, row, which=notice_card.which_of(visit), is_revealed=True
            )
            if visit.form.given("seen") != card.seen:
                raise Stale("somebody else changed the words meanwhile")
            _keep(unit, visit, card)
            drafts.reassess(unit, visit.workspace, row)
    except TrackerError as error:
        return _refused(visit, reference, error)
    return _done(visit, card, "words")


@router.post("/reset")
def reset(reference: str, visit: Writing) -> Response:
    """Let the notice say again what the template says."""
    with assigning.on(visit, reference) as (unit, row):
        card = notice_card.card(unit, visit, row, which=notice_card.which_of(visit))
        edits.forget(unit, row, card.key)
        drafts.reassess(unit, visit.workspace, row)
    return _done(visit, card, "reset")


@router.post("/reason")
def explain(reference: str, visit: Writing) -> Response:
    """Write the reason of a complaint or a withdrawal into its notice."""
    reason = visit.form.given("reason")
    if reason is None:
        mend = Fault("/reason", "required", "say why")
        return sending.page(visit, reference, Refused("invalid_request", "say why", [mend]))
    try:
        card = _explain(visit, reference, reason)
    except Refused as error:
        return sending.page(visit, reference, error)
    return _done(visit, card, "words")


def _explain(visit: Visit, reference: str, reason: str) -> Card:
    with assigning.on(visit, reference) as (unit, row):
        card = notice_card.card(unit, visit, row, which=notice_card.which_of(visit))
        told = notice_card.filled(
            unit, visit, row, which=notice_card.which_of(visit), reason=reason
        )
        field = notice_card.box(card)
        words = {field: card_lines.value_of(told, field) or ""}
        edits.keep(
            unit, row, card.key, words={**notice_card.own_words(unit, row, card.notice), **words}
        )
    return card


def _refused(visit: Visit, reference: str, error: TrackerError) -> Response:
    """Show what was typed, with what is to be mended, over the words as they stand."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        card = notice_card.card(
            unit, visit, row, which=notice_card.which_of(visit), is_revealed=True
        )
        kept_at = edits.edited_at(unit, row, card.key) if isinstance(error, Stale) else None
    status = 409 if isinstance(error, Stale) else 422
    complaints = error_messages.told(error, visit.words)
    return _page(visit, card, status, complaints=complaints, others_kept_at=kept_at)


def _again(visit: Visit, reference: str) -> Response:
    """Show what was typed before the session had ended, over the words as they stand: a reveal."""
    with visit.context.database.write() as unit:
        row = queries.by_reference(unit, reference)
        card = notice_card.card(
            unit, visit, row, which=notice_card.which_of(visit), is_revealed=True
        )
        audit.record(unit, visit.actor.name, Action.REVEALED, reference=reference, what="notice")
    sentence = error_messages.sentence("not_sent", visit.words)
    return _page(visit, card, 422, complaints=[Complaint("", "not_sent", sentence)])


def _keep(unit: Unit, visit: Visit, card: Card) -> None:
    """Keep what differs from the template; raises where a word stands in no field."""
    untouched = notice_card.without_edits(unit, visit, card)
    changed = {
        field: text
        for field, text in visit.form.under(FIELD).items()
        if trimmed(text) != trimmed(card_lines.value_of(untouched, field) or "")
    }
    body = forms.checked(NoticeEditsIn, {"fields": changed})
    filling.refuse_unknown(untouched, body.fields)
    edits.keep(unit, card.row, card.key, words=body.fields)


def _page(
    visit: Visit,
    card: Card,
    status: int = 200,
    *,
    complaints: list[Complaint] | None = None,
    others_kept_at: datetime | None = None,
) -> Response:
    return visit.page(
        "notices/words.html",
        status,
        card=card,
        back=notice_card.back(visit),
        complaints=complaints or [],
        others_kept_at=others_kept_at,
        typed=visit.form.under(FIELD),
    )


def _done(visit: Visit, card: Card, said: str) -> Response:
    return visit.to(notice_card.back(visit) or f"{card.address}?{card.query}", said=said)
