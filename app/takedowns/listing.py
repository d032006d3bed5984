"""The list of takedowns: the one query behind the API, the pages, the exports and the search.

A page goes on by keyset, after the last row of the one before. In a sorted list what has no such
moment comes last, whichever way it is sorted; ids settle ties, in the direction of the order.

Where one filter alone leaves few rows, a page is chosen among those; else the rows are gone through
in order until it is full. So a page costs the same in any stock, but where filters that leave many
hardly meet.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Self

from sqlalchemy import (
    ColumnElement,
    Select,
    SelectBase,
    SQLColumnExpression,
    UnaryExpression,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from app.kit.database import RowId, Unit, micros
from app.kit.paging import Place
from app.schemas.list_filters import MANY, Filters
from app.takedowns import queries
from app.takedowns.facts import OTHER, UNKNOWN
from app.takedowns.models import items, takedowns
from app.takedowns.rows import TakedownRow

ALL = Filters()
CHUNK = 500
FEW = 2_000  # as many are read and sorted in the time that a page takes to be gone through
# Gone through in order, by what a list is sorted by: SQLite would rather collect a range of rows.
_IN_ORDER = {
    None: "ix_takedowns_list",
    "logged_at": "ix_takedowns_logged_at",
    "due_at": "ix_takedowns_due_at",
    "submitted_at": "ix_takedowns_submitted_at",
}
# Filters whose rows one index finds, alone or together.
_FOUND_TOGETHER = (
    *((name,) for name in (*MANY, "overdue", "case_ref", "external_ref", "updated_since")),
    ("logged_from", "logged_to"),
    ("submitted_from", "submitted_to"),
)
# Of a filter's value, of whatever type it has, and the moment of asking.
Condition = Callable[[Any, datetime], ColumnElement[bool]]


def _is_any_of(name: str, values: Sequence[str], _: datetime) -> ColumnElement[bool]:
    return takedowns.c[name].in_(values)


def _of_provider(names: Sequence[str], _: datetime) -> ColumnElement[bool]:
    """`unknown` asks for what has no provider, too."""
    named = takedowns.c.provider.in_(names)
    return or_(named, takedowns.c.provider.is_(None)) if UNKNOWN in names else named


def _has_item(states: Sequence[str], _: datetime) -> ColumnElement[bool]:
    is_one = and_(items.c.takedown_id == takedowns.c.id, items.c.state.in_(states))
    return select(items.c.number).where(is_one).exists()


def _is_overdue(wanted: bool, now: datetime) -> ColumnElement[bool]:
    late = and_(takedowns.c.due_at.is_not(None), takedowns.c.due_at <= now)
    return late if wanted else ~late


def _is(name: str, value: str, _: datetime) -> ColumnElement[bool]:
    return takedowns.c[name] == value


def _since(name: str, start: datetime, _: datetime) -> ColumnElement[bool]:
    return takedowns.c[name] >= start


def _until(name: str, end: datetime, _: datetime) -> ColumnElement[bool]:
    return takedowns.c[name] < end


CONDITIONS: Mapping[str, Condition] = {
    **{name: partial(_is_any_of, name) for name in MANY if name in takedowns.c},
    "provider": _of_provider,
    "item_state": _has_item,
    "overdue": _is_overdue,
    "case_ref": partial(_is, "case_ref"),
    "external_ref": partial(_is, "external_ref"),
    "logged_from": partial(_since, "logged_at"),
    "logged_to": partial(_until, "logged_at"),
    "submitted_from": partial(_since, "submitted_at"),
    "submitted_to": partial(_until, "submitted_at"),
    "updated_since": partial(_since, "updated_at"),
}


class Order(NamedTuple):
    """What sorts a list: a moment, or where there is none the order of recording."""

    column: str | None
    is_descending: bool

    @classmethod
    def of(cls, filters: Filters) -> Self:
        """Return the order that is asked for; without one, what was recorded last comes first."""
        if filters.sort is None:
            return cls(None, is_descending=True)
        return cls(filters.sort.removeprefix("-"), filters.sort.startswith("-"))

    def by(self) -> tuple[UnaryExpression[object], ...]:
        """Return what a query is ordered by."""
        columns = [takedowns.c[name] for name in (self.column, "id") if name is not None]
        return tuple(one.desc() if self.is_descending else one.asc() for one in columns)

    def beyond(self, after: Place) -> ColumnElement[bool]:
        """Return what comes after a place, among what has the moment or, at its end, has not."""
        here: SQLColumnExpression[object] = takedowns.c.id
        there: SQLColumnExpression[object] = literal(after.id)
        if self.column is not None and after.key is not None:
            here = tuple_(takedowns.c[self.column], takedowns.c.id)
            there = tuple_(literal(after.key, RowId), literal(after.id))
        return here < there if self.is_descending else here > there

    def place_of(self, row: TakedownRow) -> Place:
        """Return where a row stands."""
        moment = None if self.column is None else getattr(row, self.column)
        return Place(row.id, None if moment is None else micros(moment))


def page(
    unit: Unit,
    filters: Filters,
    *,
    limit: int,
    after: Place | None = None,
    among: SelectBase | None = None,
    order: Order | None = None,
) -> list[TakedownRow]:
    """Return takedowns in the order asked for; `among` narrows them to ids."""
    order = order or Order.of(filters)
    if among is None:
        among = _few(unit, filters)
    found: list[TakedownRow] = []
    for part in _parts(order, after):
        wanted = part.where(*_conditions(filters, unit.clock()))
        how = f"INDEXED BY {_IN_ORDER[order.column]}"
        if among is not None:
            wanted, how = wanted.where(takedowns.c.id.in_(among)), "NOT INDEXED"  # but by id
        wanted = wanted.with_hint(takedowns, how, "sqlite")
        ids = wanted.order_by(*order.by()).limit(limit - len(found))
        found += queries.rows(unit, _rows(ids, order))
        if len(found) == limit:
            break
    return found


def everything(
    unit: Unit, filters: Filters = ALL, order: Order | None = None
) -> Iterator[list[TakedownRow]]:
    """Return all rows, some at a time, as of one moment; data keys are forgotten after use."""
    now = unit.clock()
    unit, order = replace(unit, clock=lambda: now), order or Order.of(filters)
    after: Place | None = None
    while rows := page(unit, filters, limit=CHUNK, after=after, order=order):
        yield rows
        after = order.place_of(rows[-1])
        unit.data_keys.clear()


def providers_named(unit: Unit) -> set[str]:
    """Return every name that a person gave for who runs a site."""
    query = select(takedowns.c.provider).where(
        takedowns.c.platform == OTHER, takedowns.c.provider.is_not(None)
    )
    return set(unit.connection.scalars(query.distinct()))


def _conditions(filters: Filters, now: datetime) -> Iterator[ColumnElement[bool]]:
    for name, value in filters.given.items():
        yield CONDITIONS[name](value, now)


def _parts(order: Order, after: Place | None) -> Iterator[Select[int]]:
    """Return the queries for ids that follow each other: what has the moment, what has not.

    Two queries, for one over both would be sorted anew instead of read from an index.
    """
    ids = select(takedowns.c.id)
    further = ids if after is None else ids.where(order.beyond(after))
    if order.column is None:
        yield further
        return
    key = takedowns.c[order.column]
    is_at_end = after is not None and after.key is None
    if not is_at_end:
        yield further.where(key.is_not(None))
    if key.nullable:
        yield (further if is_at_end else ids).where(key.is_(None))


def _few(unit: Unit, filters: Filters) -> Select[int] | None:
    """Return the ids of what the narrowest filter leaves, where that is little."""
    now = unit.clock()
    ways = [way for names in _FOUND_TOGETHER if (way := _found_by(filters, names, now)) is not None]
    if not ways:
        return None
    counted = (select(func.count()).select_from(way.limit(FEW + 1).subquery()) for way in ways)
    counts = unit.connection.execute(select(*(one.scalar_subquery() for one in counted))).one()
    least = min(counts)
    return ways[counts.index(least)] if least <= FEW else None


def _found_by(filters: Filters, names: Sequence[str], now: datetime) -> Select[int] | None:
    """Return the ids of what some filters leave; None where they narrow nothing."""
    given = {name: value for name, value in filters.given.items() if name in names and value}
    if "item_state" in given:
        return select(items.c.takedown_id).where(items.c.state.in_(given["item_state"]))
    conditions = [CONDITIONS[name](value, now) for name, value in given.items()]
    return select(takedowns.c.id).where(*conditions).correlate(None) if conditions else None


def _rows(ids: Select[int], order: Order) -> Select[int]:
    places = ids.subquery("places")
    return (
        select(takedowns)
        .join_from(places, takedowns, places.c.id == takedowns.c.id)
        .order_by(*order.by())
    )
