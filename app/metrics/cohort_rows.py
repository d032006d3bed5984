"""Rows of takedowns and items, and the cohort that is made of them.

A replayed takedown is written as its row would be, so that both ways give the same cohort.
"""

from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Any, TypeVar

import numpy as np
from pydantic_core import from_json
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Executable,
    Table,
    func,
    select,
)
from sqlalchemy import type_coerce as coerce

from app.kit.database import Codes, Moment, Unit, Word, micros
from app.metrics.cohort import (
    ENDS,
    NEVER,
    RESTS,
    STANDINGS,
    Cohort,
    Columns,
    Complaints,
    Items,
    Takedowns,
    place_of,
)
from app.schemas.vocabularies import ReturnedAs
from app.takedowns import cache
from app.takedowns.facts import UNKNOWN
from app.takedowns.lifecycle import Event, State
from app.takedowns.models import items, takedowns

# As of a row: the columns of its table that a cohort is made of.
OF_TAKEDOWNS = (
    "id", "reference", "platform", "provider", "category", "basis", "urgent", "court_order",
    "reply_expected", "logged_at", "submitted_at", "reported_at", "receipt_at", "answered_at",
    "target_at", "withdrawn_at", "closed_at", "handling_from", "held_micros", "held_since",
    "updated_at", "information_asked", "imported", "returned_as", "complaints",
)  # fmt: skip
OF_ITEMS = (
    "takedown_id", "number", "stands", "ended_at", "withdrawn_at", "first_decided_at", "acted_at",
    "seen_gone_first_at", "gone_after", "rests_on", "claimed_removed_still_up",
)  # fmt: skip
# Values of a row, each of a type of its own.
Row = Sequence[Any]
C = TypeVar("C", bound=Columns)
Condition = ColumnElement[bool]


def fetched(unit: Unit, wanted: Sequence[Condition]) -> tuple[list[Row], list[Row]]:
    """Read what was kept of these takedowns, and of their items."""
    found = select(*_stored(takedowns, OF_TAKEDOWNS)).where(*wanted)
    lines = select(*_stored(items, OF_ITEMS)).where(*wanted)
    lines = lines.join(takedowns, takedowns.c.id == items.c.takedown_id)
    return _fetched(unit, found), _fetched(unit, lines)


def _fetched(unit: Unit, query: Executable) -> list[Row]:
    """Return rows as the driver gives them: made into more, they would cost as much again."""
    with unit.connection.execute(query) as result:
        assert result.cursor is not None  # noqa: S101 - a query has one until it is closed
        return list(result.cursor.fetchall())


def _stored(table: Table, names: Iterable[str]) -> list[ColumnElement[object]]:
    return [_plain(table.c[name]) for name in names]


def _plain(column: Column[object]) -> ColumnElement[object]:
    """A column as it lies in the database: moments as microseconds, NEVER where there is none."""
    if isinstance(column.type, Moment):
        return func.coalesce(coerce(column, BigInteger), NEVER)
    if isinstance(column.type, Word | Codes):
        return coerce(column, column.type.impl_instance)
    return column


def row_of(
    state: State, timeline: Sequence[Event], named: Mapping[str, object]
) -> tuple[Row, list[Row]]:
    """Write what a state says as its rows would."""
    updated_at = timeline[-1].recorded_at
    own = {
        **cache.state_columns(state),
        **named,
        "platform": state.platform,
        "updated_at": updated_at,
    }
    lines = [
        {**item.measured._asdict(), "takedown_id": named["id"], "number": item.id}
        for item in state.items
    ]
    return (
        tuple(_value(takedowns.c[name], own[name]) for name in OF_TAKEDOWNS),
        [tuple(_value(items.c[name], line[name]) for name in OF_ITEMS) for line in lines],
    )


def _value(column: Column[object], value: object) -> object:
    if isinstance(column.type, Moment):
        return NEVER if value is None else micros(value)  # type: ignore[arg-type]
    if isinstance(column.type, Codes):
        return " ".join(value)  # type: ignore[arg-type]
    return bool(value) if isinstance(column.type, Boolean) else value


def cohort_of(
    rows: Sequence[Row], item_rows: Sequence[Row], ever_returned: frozenset[str]
) -> Cohort:
    """Make a cohort of rows of takedowns, and of those of their items."""
    columns = _by_name(OF_TAKEDOWNS, rows)
    imported = [value.split() for value in columns.pop("imported")]
    returned = [value.split() for value in columns.pop("returned_as")]
    complaints = columns.pop("complaints")
    # The same word is the same object: what is kept of years of rows stays small.
    columns |= {
        name: [intern(str(word or UNKNOWN)) for word in columns[name]]
        for name in ("platform", "provider", "category", "basis")
    }
    columns |= {
        "is_imported": [bool(names) for names in imported],
        "tells_receipts": [not names or "receipt_at" in names for names in imported],
        "tells_reports": [not names or "reported_at" in names for names in imported],
        "wrong_channel": [ReturnedAs.WRONG_CHANNEL in codes for codes in returned],
        "duplicate": [ReturnedAs.DUPLICATE in codes for codes in returned],
    }
    place = {key: at for at, key in enumerate(columns["id"])}
    told = _by_name(OF_ITEMS, item_rows)
    stands, rests = place_of(STANDINGS), place_of(RESTS)
    told |= {
        "takedown": [place[key] for key in told.pop("takedown_id")],
        "stands": [stands[word] for word in told["stands"]],
        "rests_on": [rests[word] for word in told["rests_on"]],
    }
    ends = place_of(ENDS)
    made = [
        (at, ends[became], NEVER if after is None else after)
        for at, text in enumerate(complaints)
        if text
        for became, after in from_json(text)
    ]
    return Cohort(
        _made(Takedowns, columns),
        _made(Items, told),
        _made(Complaints, _by_name(("takedown", "became", "micros"), made)),
        ever_returned | {code for codes in returned for code in codes},
    )


def _by_name(names: Sequence[str], rows: Sequence[Row]) -> dict[str, Row]:
    columns: Sequence[Row] = list(zip(*rows, strict=True)) or [()] * len(names)
    return dict(zip(names, columns, strict=True))


def _made(kind: type[C], columns: Mapping[str, Row]) -> C:
    return kind(
        *(np.array(columns[name], dtype=kind.dtype_of(name)) for name in kind.__annotations__)
    )
