"""What came in since a moment: decisions, comebacks and replies, but for what oneself recorded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from app.kit.database import Moment, Unit
from app.schemas.vocabularies import Availability, EventKind, ItemState, Outcome, Source
from app.takedowns import queries
from app.takedowns.models import events, items
from app.takedowns.queries import Stored
from app.takedowns.vocabularies import Arrived

# So many of the newest events are looked at: who was away for long reads the lists instead.
MOST = 2_000
_KINDS = {
    EventKind.DECIDED: Arrived.DECISIONS,
    EventKind.SEEN: Arrived.CAME_BACK,
    EventKind.RECEIPT_CONFIRMED: Arrived.REPLIES,
    EventKind.INFORMATION_REQUESTED: Arrived.REPLIES,
}
_BEFORE = (
    select(events.c.number)
    .where(events.c.recorded_at <= bindparam("since", type_=Moment))
    .order_by(events.c.number.desc())
    .limit(1)
)
_VOIDED = select(events.c.voids).where(
    events.c.number > bindparam("number"), events.c.voids.is_not(None)
)
_RECORDED = (
    select(*queries.STORED)
    .where(events.c.number > bindparam("number"), events.c.kind.in_(sorted(_KINDS)))
    .order_by(events.c.number.desc())
    .limit(MOST)
)
_CAME_BACK = select(items.c.takedown_id, items.c.number).where(
    items.c.takedown_id.in_(bindparam("ids", expanding=True)),
    items.c.state == ItemState.CAME_BACK,
)


class Arrival(NamedTuple):
    """The newest event of its kind on a takedown since then."""

    takedown_id: int
    kind: EventKind
    recorded_at: datetime
    by: str
    outcome: Outcome | None


Found = Mapping[Arrived, Mapping[int, Arrival]]


def since(unit: Unit, moment: datetime, *, reader: str) -> Found:
    """Return by takedown what others than the reader recorded, the newest first."""
    number = unit.connection.scalar(_BEFORE, {"since": moment}) or 0
    voided = set(unit.connection.scalars(_VOIDED, {"number": number}))
    recorded = map(queries.stored, unit.connection.execute(_RECORDED, {"number": number}))
    entries = [
        one
        for one in recorded
        if one.number not in voided and (one.by, one.source) != (reader, Source.PERSON)
    ]
    returned = _returned(unit, entries)
    found: dict[Arrived, dict[int, Arrival]] = {arrived: {} for arrived in Arrived}
    for one in entries:
        kind = one.event.kind
        if kind != EventKind.SEEN or _shows(one, returned.get(one.takedown_id, set())):
            outcome = one.told.get("outcome")
            arrival = Arrival(one.takedown_id, kind, one.event.recorded_at, one.by, outcome)
            found[_KINDS[kind]].setdefault(one.takedown_id, arrival)
    return found


def _returned(unit: Unit, entries: Sequence[Stored]) -> Mapping[int, set[int]]:
    """Return which items of what was looked at are back, by takedown."""
    ids = {one.takedown_id for one in entries if one.event.kind == EventKind.SEEN}
    found = defaultdict(set)
    for takedown_id, number in unit.connection.execute(_CAME_BACK, {"ids": sorted(ids)}):
        found[takedown_id].add(number)
    return found


def _shows(look: Stored, returned: Set[int]) -> bool:
    """Tell whether a look saw one of these online; a look at no item by name is at all of them."""
    is_live = look.told.get("availability") == Availability.LIVE
    return is_live and bool(returned & set(look.event.items or returned))
