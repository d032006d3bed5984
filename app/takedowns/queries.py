"""Read takedowns, their items and their timelines, many at a time with few queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic_core import from_json  # twice as fast as json.loads
from sqlalchemy import BindParameter, ColumnElement, Executable, bindparam, select

from app.kit.database import Unit, rows_as
from app.kit.errors import NoSuchThing
from app.platforms.hosts import site_of
from app.schemas.vocabularies import EventKind, Source, Stage, Turn
from app.takedowns import event_data, sealing
from app.takedowns.facts import OTHER
from app.takedowns.items import OFFLINE
from app.takedowns.lifecycle import Event
from app.takedowns.models import events, items, takedowns
from app.takedowns.rows import Addressed, ItemRow, Named, TakedownRow
from app.takedowns.sealing import Opened

# A row's columns as the driver gives them, each of a type of its own.
Columns = Sequence[Any]
NONE: Mapping[str, object] = MappingProxyType({})
# Statements stand here once: building them anew would cost more than running them.
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_BY_REFERENCE = select(takedowns).where(takedowns.c.reference == bindparam("reference"))
_BY_REFERENCES = select(takedowns).where(
    takedowns.c.reference.in_(bindparam("references", expanding=True))
)
_KINDS = {kind.value: kind for kind in EventKind}  # faster than asking for one by its code
_ITEMS = (
    select(items).where(items.c.takedown_id.in_(_IDS)).order_by(items.c.takedown_id, items.c.number)
)
_FIRST_ITEMS = select(items.c.takedown_id, items.c.number, items.c.sealed).where(
    items.c.takedown_id.in_(_IDS), items.c.number == 1
)
EVENT = tuple(events.c[name] for name in Event._fields)
STORED = (
    *EVENT,
    events.c.takedown_id,
    events.c.by,
    events.c.source,
    events.c.sealed,
    events.c.mac,
)
_DATA = Event._fields.index("data")
_NOT_GONE = (
    select(items.c.takedown_id)
    .where(items.c.takedown_id.in_(_IDS), items.c.state.not_in(OFFLINE))
    .distinct()
)
_EVENTS = select(*STORED).where(events.c.takedown_id.in_(_IDS)).order_by(events.c.number)


class Stored(NamedTuple):
    """An event as it lies in the database; its texts are still sealed."""

    event: Event
    takedown_id: int
    by: str
    source: Source
    sealed: bytes | None
    mac: bytes
    data: str

    @property
    def number(self) -> int:
        """Its number in the chain."""
        return self.event.number

    @property
    def told(self) -> dict[str, Any]:  # JSON, of a shape that its kind knows
        """What it keeps as JSON values, just as it was recorded."""
        return dict(from_json(self.data))


class Item(NamedTuple):
    """One item: what the cache says of it, and its sealed part opened."""

    row: ItemRow
    url: str | None
    place: str | None
    canonical_url: str | None
    content_id: str | None
    account: str | None
    locator: dict[str, str] | None
    posted_at: str | None


def rows(unit: Unit, query: Executable, values: Mapping[str, object] = NONE) -> list[TakedownRow]:
    """Return the takedowns that a query for all their columns finds."""
    return rows_as(TakedownRow, unit.connection.execute(query, values))


def by_reference(unit: Unit, reference: str) -> TakedownRow:
    """Return a takedown's row; raises NoSuchThing."""
    found = rows(unit, _BY_REFERENCE, {"reference": reference})
    if not found:
        raise NoSuchThing("no takedown goes by this reference")
    return found[0]


def missing_of(row: TakedownRow) -> list[dict[str, str]]:
    """Return what a draft's notice lacks, as its row keeps it."""
    found: list[dict[str, str]] = from_json(row.missing)
    return found


def not_removed_of(unit: Unit, found: Iterable[TakedownRow]) -> frozenset[int]:
    """Return which of these takedowns, by id, a person closed before all of it was gone."""
    closed = [row.id for row in found if row.stage == Stage.CLOSED]
    if not closed:
        return frozenset()
    return frozenset(unit.connection.scalars(_NOT_GONE, {"ids": closed}))


def by_references(unit: Unit, references: Iterable[str]) -> list[TakedownRow]:
    """Return the rows of these takedowns, in no order; names of none are left out."""
    return rows(unit, _BY_REFERENCES, {"references": list(references)})


def events_of(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, list[Stored]]:
    """Return the timelines of these takedowns, each in order of recording."""
    return {
        takedown_id: [stored(row) for row in told]
        for takedown_id, told in event_rows_of(unit, takedown_ids).items()
    }


def event_rows_of(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, list[Columns]]:
    """Return the columns `STORED` of these timelines, unread: for whom one may be unreadable."""
    ids = list(takedown_ids)
    found: dict[int, list[Columns]] = {takedown_id: [] for takedown_id in ids}
    if not ids:
        return found
    for row in unit.connection.execute(_EVENTS, {"ids": ids}):
        found[row.takedown_id].append(row)
    return found


def event(told: Columns) -> Event:
    """Read the columns `EVENT` of an event's row: JSON among them, as it is stored."""
    number, kind, happened_at, recorded_at, items, data, voids = told
    return Event(
        number,
        _KINDS[kind],
        happened_at,
        recorded_at,
        tuple(from_json(items)),
        event_data.read(_KINDS[kind], data),
        voids,
    )


def stored(told: Columns) -> Stored:
    """Read the columns `STORED` of an event's row."""
    takedown_id, by, source, sealed, mac = told[len(EVENT) :]
    own = event(told[: len(EVENT)])
    return Stored(own, takedown_id, by, Source(source), sealed, mac, told[_DATA])


def secrets_of(unit: Unit, timeline: Iterable[Stored]) -> dict[int, Opened]:
    """Open the sealed texts of events, by number; those without any, or erased, are absent."""
    sealed = [entry for entry in timeline if entry.sealed is not None]
    keys = sealing.keys(unit, {entry.takedown_id for entry in sealed})
    return {
        entry.number: sealing.open_json(
            keys[entry.takedown_id], entry.sealed, sealing.event_place(entry.number)
        )
        for entry in sealed
        if entry.sealed is not None and entry.takedown_id in keys
    }


def items_of(unit: Unit, found: Iterable[Named]) -> dict[int, list[Item]]:
    """Return the items of these takedowns, opened."""
    references = {row.id: row.reference for row in found}
    keys = sealing.keys(unit, references)
    opened: dict[int, list[Item]] = {takedown_id: [] for takedown_id in references}
    ids = {"ids": list(references)}
    for row in rows_as(ItemRow, unit.connection.execute(_ITEMS, ids)):
        place = sealing.item_place(references[row.takedown_id], row.number)
        clear = sealing.open_json(keys[row.takedown_id], row.sealed, place)
        opened[row.takedown_id].append(
            Item(row, **{name: clear.get(name) for name in Item._fields[1:]})
        )
    return opened


def explanations_of(unit: Unit, found: Sequence[TakedownRow]) -> dict[int, str]:
    """Return the explanations of these takedowns, opened, where there are any."""
    return _texts_of(unit, "explanation", ((row, row.explanation) for row in found))


def recipients_of(unit: Unit, found: Sequence[TakedownRow]) -> dict[int, str]:
    """Return where notices by hand go, opened, for those of these takedowns where it is known."""
    return _texts_of(unit, "recipient", ((row, row.recipient) for row in found))


def sites_of(unit: Unit, found: Iterable[Addressed]) -> dict[int, str]:
    """Return the site of each of these takedowns that is of no platform we know.

    All its addresses are of one; in what was logged before that was so, of the first.
    """
    others = {row.id: row.reference for row in found if row.platform == OTHER}
    if not others:
        return {}
    keys = sealing.keys(unit, others)
    sites = dict[int, str]()
    for row in unit.connection.execute(_FIRST_ITEMS, {"ids": list(others)}):
        place = sealing.item_place(others[row.takedown_id], row.number)
        url = sealing.open_json(keys[row.takedown_id], row.sealed, place).get("canonical_url")
        if site := url and site_of(url):
            sites[row.takedown_id] = site
    return sites


def _texts_of(
    unit: Unit, name: str, sealed: Iterable[tuple[Named, bytes | None]]
) -> dict[int, str]:
    there = [(row, text) for row, text in sealed if text is not None]
    keys = sealing.keys(unit, [row.id for row, _ in there])
    return {
        row.id: sealing.open_json(keys[row.id], text, sealing.text_place(name, row.reference))[name]
        for row, text in there
    }


def due_for_a_change(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a next step changes by the mere passing of time."""
    return takedowns.c.changes_at <= now


def under_way() -> ColumnElement[bool]:
    """Return the condition that it was submitted, and something of it is still to come."""
    return takedowns.c.submitted_at.is_not(None) & (takedowns.c.whose_turn != Turn.NOBODY)
