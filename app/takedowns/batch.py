"""Takedowns logged together: each bound into the chain after the one before, then all written.

What was told of one before it was logged here is told with it. Nothing lies in the database until
the batch is written, by one statement a table; what is refused before then leaves nothing.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Insert, bindparam, insert, select

from app.kit import references, vault
from app.kit.database import Unit
from app.takedowns import cache, chain, lifecycle, sealing, timeline
from app.takedowns.chain import Bound
from app.takedowns.lifecycle import Event, State
from app.takedowns.models import data_keys, events, items, lookups, takedowns
from app.takedowns.timeline import Actor, NewEvent

Row = Mapping[str, object]
_INSERT = insert(takedowns).returning(takedowns.c.id, sort_by_parameter_order=True)
_INSERT_KEYS, _INSERT_ITEMS = insert(data_keys), insert(items)
_INSERT_LOOKUPS, _INSERT_EVENTS = insert(lookups), insert(events)
_NAMED = select(takedowns.c.reference).where(
    takedowns.c.reference.in_(bindparam("references", expanding=True))
)


class Opened(NamedTuple):
    """What a takedown has before anything is told of it: its name, and the key that seals it."""

    reference: str
    key: bytes


class Parts(NamedTuple):
    """What a takedown brings beside its timeline: columns and items as they are stored.

    `found_by` are what is found by which blind key, with the number of an item.
    """

    columns: Row
    items: Sequence[Row]
    found_by: Sequence[tuple[str, bytes, int]]
    missing: cache.Missing = ()


class Entry(NamedTuple):
    """A takedown that is to be written: its rows, and what they amount to."""

    opened: Opened
    columns: cache.Columns
    items: Sequence[cache.Columns]
    found_by: Sequence[tuple[str, bytes, int]]
    bound: Sequence[Bound]
    state: State


class Batch:
    """Up to so many takedowns that are written in one transaction, which nobody else writes in."""

    def __init__(self, unit: Unit, size: int) -> None:
        self.unit = unit
        self._now = unit.clock()
        self._head = chain.end(unit, self._now)
        self._free = _free_references(unit, size)
        self._entries: list[Entry] = []

    def opened(self) -> Opened:
        """Draw a name nobody has, and a new key."""
        return Opened(self._free.pop(), vault.new_data_key())

    def add(self, opened: Opened, told: Sequence[NewEvent], parts: Parts, *, by: Actor) -> Entry:
        """Bind a whole timeline; raises NotAllowedNow, leaving nothing, when it is impossible."""
        head, bound, read = self._head, list[Bound](), list[Event]()
        for new in told:
            link = timeline.link_of(opened.reference, new, by=by, key=opened.key, now=self._now)
            one = chain.bound_after(head, link, self.unit.vault, now=self._now)
            bound.append(one)
            read.append(timeline.event_of(one.link, new))
            head = one.head
        state = lifecycle.replay(read)
        who = dict.fromkeys((event.number for event in read), by.name)
        columns = cache.columns_of(state, read, parts.missing, now=self._now)
        entry = Entry(
            opened,
            {**columns, **parts.columns, "reference": opened.reference},
            [
                {**cache.item_columns(item, who), **own}
                for item, own in zip(state.items, parts.items, strict=True)
            ],
            [*parts.found_by, *timeline.ticket_index(self.unit.vault, told)],
            bound,
            state,
        )
        self._head = head
        self._entries.append(entry)
        return entry

    def write(self) -> list[int]:
        """Write down what was added; returns the takedowns' numbers, in that order."""
        self.unit.steady.reading()  # so that a clock that goes back after this is seen to
        if not self._entries:
            return []
        columns = [one.columns for one in self._entries]
        ids = self.unit.connection.scalars(_INSERT, _given(columns)).all()
        written = list(zip(ids, self._entries, strict=True))
        self.unit.data_keys.update((number, one.opened.key) for number, one in written)
        wrapped = (
            (n, self.unit.vault.wrap(one.opened.key, sealing.key_place(n))) for n, one in written
        )
        self._insert(_INSERT_KEYS, [{"takedown_id": n, "wrapped": key} for n, key in wrapped])
        self._insert(
            _INSERT_ITEMS, [{"takedown_id": n, **row} for n, one in written for row in one.items]
        )
        self._insert(
            _INSERT_LOOKUPS,
            [
                {"takedown_id": n, "what": what, "key": key, "item": item}
                for n, one in written
                for what, key, item in one.found_by
            ],
        )
        self._insert(
            _INSERT_EVENTS, [chain.row_of(n, bound) for n, one in written for bound in one.bound]
        )
        self._entries.clear()
        return list(ids)

    def _insert(self, into: Insert, rows: Sequence[Row]) -> None:
        self.unit.connection.execute(into, _given(rows))


def _given(rows: Sequence[Row]) -> Row | Sequence[Row]:
    """Give one row alone without what many of them need."""
    return rows[0] if len(rows) == 1 else rows


def _free_references(unit: Unit, count: int) -> list[str]:
    free = set[str]()
    while len(free) < count:
        drawn = {references.new() for _ in range(count - len(free))}
        taken = unit.connection.scalars(_NAMED, {"references": list(drawn)})
        free |= drawn.difference(taken)
    return list(free)
