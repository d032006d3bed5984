"""The reminders that are prepared: each is sent by a person, and only then recorded.

What goes to the same platform goes in one reminder, where it can; the others each by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import Refused, TrackerError
from app.notices import joint_filling, prepared
from app.notices.vocabularies import Apart
from app.schemas.vocabularies import Purpose
from app.takedowns import assignments, cache
from app.takedowns.assignments import Claim
from app.takedowns.rows import TakedownRow
from app.web.inbox import bulk_actions, joint_cards, worklist
from app.web.inbox.joint_cards import JointCard
from app.web.notices import notice_card
from app.web.notices.notice_card import Card, Which
from app.web.shell import addresses, assigning, error_messages, forms
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
PAGE = "/inbox/reminders"
AT_ONCE = 20
MOST = 100


class ToSend(NamedTuple):
    """A reminder to be sent by itself, `apart` from others of its platform where there are any.

    `card` is None where no channel takes it any more, which `why` says.
    """

    row: TakedownRow
    card: Card | None
    why: str
    claim: Claim | None
    apart: Apart | None


class Shown(NamedTuple):
    """What a page offers to send; `later` are those that have no card on it any more."""

    joint: Sequence[JointCard]
    single: Sequence[ToSend]
    later: Sequence[tuple[TakedownRow, Apart | None]]


@router.get(PAGE)
def see(visit: Reader) -> Response:
    """Show what is to be sent: notices to work with, in the order of the inbox."""
    return page(visit)


@router.post(f"{PAGE}/{{reference}}/off")
def take_off(reference: str, visit: Doer) -> Response:
    """Send none for this one after all; words that were written for it stay."""
    with assigning.on(visit, reference) as (unit, row):
        prepared.take_off(unit, row)
    return visit.to(PAGE, said="taken_off")


def page(visit: Visit, error: TrackerError | None = None) -> Response:
    """Show what is to be sent, with what is to be mended where something was refused."""
    cache.catch_up(visit.context.database)
    asked = visit.request.query_params
    prepared_now, sent = (bulk_actions.told(asked.get(name, "")) for name in ("told", "sent"))
    platform = _platform(visit)
    with visit.read() as unit:
        waiting = prepared.waiting(unit)
        rows = _in_order(visit, [row for row in waiting if platform in (None, row.platform)])
        start = _start(visit, rows)
        window = _window(rows, start)
        shown = _shown(unit, visit, window)
    typed_at = _typed_at(visit, shown)
    end = start + len(window)
    return visit.page(
        "inbox/reminders.html",
        200 if error is None else 422 if isinstance(error, Refused) else 409,
        shown=shown,
        count=len(rows),
        others=len(waiting) - len(rows),
        platform=platform,
        fresh=sum(1 for one in prepared_now if one.mark),
        recorded=[one for one in sent if one.mark],
        skipped=[one for one in bulk_actions.beside(visit, [*prepared_now, *sent]) if not one.mark],
        marks=",".join(one.mark for one in [*prepared_now, *sent] if one.mark),
        back=addresses.local(asked.get("back"), "/inbox"),
        next_address=_address(platform, end) if end < len(rows) else "",
        start=start,
        complaints=[] if error is None else _complaints(visit, error, typed_at),
        typed=dict(visit.form.fields),
        typed_at=typed_at,
    )


def _platform(visit: Visit) -> str | None:
    """Return the platform that is asked for alone, where there is such a one."""
    slug = visit.form.given("platform") or visit.request.query_params.get("platform")
    return slug if slug in visit.workspace.catalogue.platforms else None


def _start(visit: Visit, rows: Sequence[TakedownRow]) -> int:
    """Return where a page begins; where something was typed, one on which that stands."""
    told = visit.form.given("from") or visit.request.query_params.get("from", "")
    start = forms.whole(told) or 0
    typed = set(visit.form.all("reference"))
    places = [place for place, row in enumerate(rows) if row.reference in typed]
    end = start + len(_window(rows, start))
    return start if not places or start <= places[0] < end else places[0]


def _address(platform: str | None, start: int) -> str:
    return addresses.of(PAGE, {"platform": platform, "from": start})


def _in_order(visit: Visit, rows: Sequence[TakedownRow]) -> list[TakedownRow]:
    """Return rows in the order of the inbox, those of a platform after the first of it."""
    of_platform: dict[str, list[TakedownRow]] = {}
    for row in sorted(rows, key=worklist.order_of(visit).place):
        of_platform.setdefault(row.platform, []).append(row)
    return [row for found in of_platform.values() for row in found]


def _window(rows: Sequence[TakedownRow], start: int) -> Sequence[TakedownRow]:
    """Return the rows of a page: whole platforms, and of one no more than a hundred."""
    end = start
    while end < min(len(rows), start + MOST) and (
        end - start < AT_ONCE or rows[end].platform == rows[end - 1].platform
    ):
        end += 1
    return rows[start:end]


def _shown(unit: Unit, visit: Visit, rows: Sequence[TakedownRow]) -> Shown:
    claims = assignments.of(unit, [row.id for row in rows])
    joint: list[JointCard] = []
    single: list[ToSend] = []
    later: list[tuple[TakedownRow, Apart | None]] = []
    for row, apart in _sorted(unit, visit, rows, joint=joint, claims=claims):
        if len(single) < AT_ONCE:
            single.append(_to_send(unit, visit, row, claim=claims.get(row.id), apart=apart))
        else:
            later.append((row, apart))
    return Shown(joint, single, later)


def _sorted(
    unit: Unit,
    visit: Visit,
    rows: Sequence[TakedownRow],
    *,
    joint: list[JointCard],
    claims: Mapping[int, Claim],
) -> Iterator[tuple[TakedownRow, Apart | None]]:
    """Add the cards of those that go together, and give the others, each with its reason."""
    for _, group in groupby(rows, key=lambda row: row.platform):
        of_platform = {row.reference: row for row in group}
        if len(of_platform) == 1:
            yield from ((row, None) for row in of_platform.values())
            continue
        found = joint_filling.gather(unit, visit.workspace, list(of_platform.values()))
        joint += (
            joint_cards.card(unit, visit, one, rows=of_platform, claims=claims)
            for one in found.joint
        )
        yield from ((of_platform[reference], why) for reference, why in found.apart.items())


def _to_send(
    unit: Unit, visit: Visit, row: TakedownRow, *, claim: Claim | None, apart: Apart | None
) -> ToSend:
    """Lay out a reminder, in the channel and language in which words were written last."""
    channel, language = prepared.which(unit, row)
    for which in (Which(channel, language, Purpose.REMINDER), Which(purpose=Purpose.REMINDER)):
        try:
            card = notice_card.card(unit, visit, row, which=which)
            return ToSend(row, card, "", claim, apart)
        except Refused as error:
            why = error_messages.told(error, visit.words)[0].text
    return ToSend(row, None, why, claim, apart)


def _typed_at(visit: Visit, shown: Shown) -> str | None:
    """Return where what was typed for a joint reminder belongs now: where most of it stands."""
    typed = set(visit.form.all("reference"))
    places = {card.row.reference: typed.intersection(card.references) for card in shown.joint}
    places |= {one.row.reference: typed & {one.row.reference} for one in shown.single if one.card}
    found = max(places, key=lambda reference: len(places[reference]), default=None)
    return found if found and places[found] else None


def _complaints(visit: Visit, error: TrackerError, typed_at: str | None) -> Sequence[Complaint]:
    """Say what is wrong, each thing where it was typed, where that is on the page still."""
    return [
        one._replace(field=f"{typed_at}-{one.field}" if typed_at and one.field else "")
        for one in error_messages.told(error, visit.words)
    ]
