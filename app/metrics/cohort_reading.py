"""Which takedowns a question is about, each as it stood at `as_of`.

A row of the database is what a figure counts; only what changed after `as_of` is replayed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from pydantic_core import from_json
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Executable,
    Table,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy import type_coerce as coerce

from app.kit.clock import SKEW
from app.kit.database import Codes, Database, Moment, Unit, Word, micros
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
from app.metrics.questions import AsOf, Question
from app.schemas.vocabularies import EventKind, ReturnedAs
from app.takedowns import cache, chain, lifecycle, queries
from app.takedowns.facts import UNKNOWN
from app.takedowns.lifecycle import State
from app.takedowns.models import events, items, takedowns

# As of a row: the columns of its table that a cohort is made of.
OF_TAKEDOWNS = (
    "id", "reference", "platform", "provider", "category", "basis", "urgent", "court_order",
    "reply_expected", "logged_at", "submitted_at", "reported_at", "receipt_at", "answered_at",
    "target_at", "withdrawn_at", "closed_at", "handling_from", "held_micros", "held_since",
    "information_asked", "imported", "returned_as", "complaints",
)  # fmt: skip
OF_ITEMS = (
    "takedown_id", "number", "stands", "ended_at", "withdrawn_at", "first_decided_at", "acted_at",
    "seen_gone_first_at", "gone_after", "rests_on", "claimed_removed_still_up",
)  # fmt: skip
# Values of a row, each of a type of its own.
Row = Sequence[Any]
Condition = ColumnElement[bool]
_IS_DRAFT = takedowns.c.submitted_at.is_(None)


def latest(database: Database) -> AsOf:
    """Return the present, once everything recorded up to it is committed and readable.

    Never before the newest event: a clock that ran ahead once must not hide what came after it.
    """
    with database.write() as unit:
        now, newest = unit.clock(), chain.head(unit).at
    return AsOf(max(now, newest) if newest else now, now)


def load(
    database: Database, question: Question, as_of: datetime, *, happened_by: datetime | None = None
) -> Cohort:
    """Read the takedowns a question is about, drafts logged in its days among them."""
    with database.read() as unit:
        return read(unit, question, as_of, happened_by=happened_by)


def read(
    unit: Unit, question: Question, as_of: datetime, *, happened_by: datetime | None = None
) -> Cohort:
    """Read the same within a unit of work.

    With `happened_by` as everything stood then in the world, whenever it was recorded.
    """
    asked = _narrowed(question)
    # An event may be dated so far ahead: until then a row tells more than was known.
    known = as_of - SKEW
    settled = min(known, (happened_by or as_of) - SKEW)
    is_known, is_settled = takedowns.c.updated_at <= known, takedowns.c.updated_at <= settled
    rows, item_rows = _rows(unit, [is_settled, *asked])
    # What a row is asked for by stands for all time; what was recorded since may have changed it.
    replayed = [[~is_known, takedowns.c.created_at <= as_of]]
    if happened_by is not None:
        replayed.append([is_known, ~is_settled, *asked])
    for changed in replayed:
        for row, own in _replayed(unit, changed, as_of, happened_by):
            rows.append(row)
            item_rows.extend(own)
    cohort = _cohort(rows, item_rows, _ever_returned(unit, is_known))
    return cohort.where(question.asks_for(cohort.takedowns))


def _rows(unit: Unit, wanted: Sequence[Condition]) -> tuple[list[Row], list[Row]]:
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


def _narrowed(question: Question) -> list[Condition]:
    """The conditions by which the database finds the rows a question may be about."""
    conditions = [
        takedowns.c[name] == value
        for name in ("platform", "category", "basis", "urgent")
        if (value := getattr(question, name)) is not None
    ]
    ways: list[Condition] = []
    for first, last in question.spans():
        for at, more in ((takedowns.c.submitted_at, ()), (takedowns.c.logged_at, (_IS_DRAFT,))):
            moment = coerce(at, BigInteger)
            ways.append(and_(at.is_not(None), moment >= first, moment < last, *more))
    if question.with_open:
        ways.append(takedowns.c.submitted_at.is_not(None) & takedowns.c.closed_at.is_(None))
    return [*conditions, or_(*ways)]


def _ever_returned(unit: Unit, is_known: Condition) -> frozenset[str]:
    """In which ways a platform ever sent a notice back, by the rows that were known then."""
    query = select(takedowns.c.returned_as).where(takedowns.c.returned_as != "", is_known)
    return frozenset(code for codes in unit.connection.scalars(query.distinct()) for code in codes)


def _stored(table: Table, names: Iterable[str]) -> list[ColumnElement[object]]:
    return [_plain(table.c[name]) for name in names]


def _plain(column: Column[object]) -> ColumnElement[object]:
    """A column as it lies in the database: moments as microseconds, NEVER where there is none."""
    if isinstance(column.type, Moment):
        return func.coalesce(coerce(column, BigInteger), NEVER)
    if isinstance(column.type, Word | Codes):
        return coerce(column, column.type.impl_instance)
    return column


def _replayed(
    unit: Unit, wanted: Sequence[Condition], as_of: datetime, happened_by: datetime | None
) -> Iterator[tuple[Row, list[Row]]]:
    """Replay these takedowns, as they stood."""
    query = (
        select(takedowns.c.id, takedowns.c.reference, *queries.EVENT)
        .join(events, events.c.takedown_id == takedowns.c.id)
        .where(*wanted, events.c.recorded_at <= as_of)
        .order_by(events.c.takedown_id, events.c.number)
    )
    rows = unit.connection.execute(query, execution_options={"yield_per": 2000})
    for (key, reference), group in groupby(rows, key=itemgetter(0, 1)):
        timeline = [queries.event(row[2:]) for row in group]
        if any(event.kind == EventKind.LOGGED for event in lifecycle.known_at(timeline, as_of)):
            state = lifecycle.replay(timeline, as_of, check=False, happened_by=happened_by)
            yield _told(state, {"id": key, "reference": reference})


def _told(state: State, named: Mapping[str, object]) -> tuple[Row, list[Row]]:
    """Write what a state says as its rows would."""
    own = {**cache.state_columns(state), **named, "platform": state.platform}
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


def _cohort(rows: Sequence[Row], item_rows: Sequence[Row], ever_returned: frozenset[str]) -> Cohort:
    columns = _by_name(OF_TAKEDOWNS, rows)
    imported = [value.split() for value in columns.pop("imported")]
    returned = [value.split() for value in columns.pop("returned_as")]
    complaints = columns.pop("complaints")
    columns |= {
        "provider": [name or UNKNOWN for name in columns["provider"]],
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
        Takedowns(**_arrays(Takedowns, columns)),
        Items(**_arrays(Items, told)),
        Complaints(**_arrays(Complaints, _by_name(("takedown", "became", "micros"), made))),
        ever_returned | {code for codes in returned for code in codes},
    )


def _by_name(names: Sequence[str], rows: Sequence[Row]) -> dict[str, Sequence[Any]]:
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(names)
    return dict(zip(names, columns, strict=True))


def _arrays(kind: type[Columns], columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    return {
        field.name: np.array(columns[field.name], dtype=kind.dtype_of(field.name))
        for field in fields(kind)
    }
