"""The reminders that are prepared: each is sent by a person, and only then recorded."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import Refused
from app.notices import prepared
from app.schemas.vocabularies import Purpose
from app.takedowns import assignments, cache
from app.takedowns.assignments import Claim
from app.takedowns.rows import TakedownRow
from app.web.inbox import bulk_actions, worklist
from app.web.notices import notice_card
from app.web.notices.notice_card import Card, Which
from app.web.shell import addresses, assigning, error_messages, forms
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
PAGE = "/inbox/reminders"
AT_ONCE = 20


class ToSend(NamedTuple):
    """A reminder to be sent; `card` None where no channel takes it any more, which `why` says."""

    row: TakedownRow
    card: Card | None
    why: str
    claim: Claim | None


@router.get(PAGE)
def see(visit: Reader) -> Response:
    """Show what is to be sent: notices to work with, in the order of the inbox."""
    cache.catch_up(visit.context.database)
    asked = visit.request.query_params
    done = bulk_actions.told(asked.get("told", ""))
    start = forms.whole(asked.get("from", "")) or 0
    with visit.read() as unit:
        rows = _ordered(visit, prepared.waiting(unit))
        held = assignments.of(unit, [row.id for row in rows])
        shown = [
            _to_send(unit, visit, row, claim=held.get(row.id))
            for row in rows[start : start + AT_ONCE]
        ]
    further = start + AT_ONCE if len(rows) > start + AT_ONCE else 0
    return visit.page(
        "inbox/reminders.html",
        shown=shown,
        count=len(rows),
        fresh=sum(1 for one in done if one.mark),
        skipped=[one for one in bulk_actions.beside(visit, done) if not one.mark],
        marks=",".join(one.mark for one in done if one.mark),
        back=addresses.local(asked.get("back"), "/inbox"),
        next_address=addresses.of(PAGE, {"from": further}) if further else "",
    )


@router.post(f"{PAGE}/{{reference}}/off")
def take_off(reference: str, visit: Doer) -> Response:
    """Send none for this one after all; words that were written for it stay."""
    with assigning.on(visit, reference) as (unit, row):
        prepared.take_off(unit, row)
    return visit.to(PAGE, said="taken_off")


def _ordered(visit: Visit, rows: Sequence[TakedownRow]) -> list[TakedownRow]:
    return sorted(rows, key=worklist.order_of(visit).place)


def _to_send(unit: Unit, visit: Visit, row: TakedownRow, *, claim: Claim | None) -> ToSend:
    """Lay out a reminder, in the channel and language in which words were written last."""
    channel, language = prepared.which(unit, row)
    for which in (Which(channel, language, Purpose.REMINDER), Which(purpose=Purpose.REMINDER)):
        try:
            return ToSend(row, notice_card.card(unit, visit, row, which=which), "", claim)
        except Refused as error:
            why = error_messages.told(error, visit.words)[0].text
    return ToSend(row, None, why, claim)
