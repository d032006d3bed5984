"""Which takedowns a question is about, each as it stood at `as_of`.

A row of the database is what a figure counts; only what changed after `as_of` is replayed.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import BigInteger, Column, and_, or_, select, text
from sqlalchemy import type_coerce as coerce

from app.kit.clock import SKEW
from app.kit.database import Database, Unit
from app.metrics import cohort_rows
from app.metrics.cohort import NEVER, Cohort
from app.metrics.cohort_rows import Condition, Row
from app.metrics.kept_cohort import KeptCohort
from app.metrics.questions import AsOf, Question, micros_of
from app.schemas.vocabularies import EventKind
from app.takedowns import chain, lifecycle, queries
from app.takedowns.models import events, takedowns

_IS_DRAFT = takedowns.c.submitted_at.is_(None)
_RETURNED = text("takedowns.returned_as <> ''")  # as its index says it
_IS_OPEN = and_(
    takedowns.c.submitted_at.is_not(None),
    takedowns.c.closed_at.is_(None),
    takedowns.c.withdrawn_at.is_(None),
)


def latest(database: Database) -> AsOf:
    """Return the present, once everything recorded up to it is committed and readable.

    Never before the newest event: a clock that ran ahead once must not hide what came after it.
    """
    with database.write() as unit:
        now, newest = unit.clock(), chain.head(unit).at
    return AsOf(max(now, newest) if newest else now, now)


def load(
    database: Database,
    question: Question,
    as_of: datetime,
    *,
    happened_by: datetime | None = None,
    kept: KeptCohort | None = None,
) -> Cohort:
    """Read the takedowns a question is about, drafts logged in its days among them."""
    with database.read() as unit:
        return read(unit, question, as_of, happened_by=happened_by, kept=kept)


def read(
    unit: Unit,
    question: Question,
    as_of: datetime,
    *,
    happened_by: datetime | None = None,
    kept: KeptCohort | None = None,
) -> Cohort:
    """Read the same within a unit of work, from what this process `kept` where that has it.

    With `happened_by` as everything stood then in the world, whenever it was recorded.
    """
    asked = _narrowed(question)
    # An event may be dated so far ahead: until then a row tells more than was known.
    known = as_of - SKEW
    settled = min(known, (happened_by or as_of) - SKEW)
    is_known, is_settled = takedowns.c.updated_at <= known, takedowns.c.updated_at <= settled
    # What a row is asked for by stands for all time; what was recorded since may have changed it.
    replayed = [[~is_known, takedowns.c.created_at <= as_of]]
    if happened_by is not None:
        replayed.append([is_known, ~is_settled, *asked])
    rows, item_rows = list[Row](), list[Row]()
    for changed in replayed:
        for row, own in _replayed(unit, changed, as_of, happened_by=happened_by):
            rows.append(row)
            item_rows.extend(own)
    ever_returned = _ever_returned(unit, is_known)
    whole = kept.since(unit, _first_of(question)) if kept and _is_wide(question) else None
    if whole is None:
        stood = cohort_rows.fetched(unit, [is_settled, *asked])
        found = cohort_rows.cohort_of([*stood[0], *rows], [*stood[1], *item_rows], ever_returned)
        return found.where(question.asks_for(found.takedowns)).in_order()
    stood_then = whole.takedowns.updated_at <= micros_of(settled)
    found = whole.where(stood_then & question.asks_for(whole.takedowns))
    changed_since = cohort_rows.cohort_of(rows, item_rows, ever_returned)
    answer = found.joined(changed_since.where(question.asks_for(changed_since.takedowns)))
    return answer.in_order() if rows else answer


def _is_wide(question: Question) -> bool:
    """Tell whether it is about every platform: of one, the database finds the few rows itself."""
    return question.platform is None and not question.with_open


def _first_of(question: Question) -> int:
    return min((first for first, _ in question.spans()), default=-NEVER)


def _narrowed(question: Question) -> list[Condition]:
    """The conditions by which the database finds the rows a question may be about."""
    names = ("platform", "category", "basis", "urgent")
    same = [
        takedowns.c[name] == value
        for name in names
        if (value := getattr(question, name)) is not None
    ]
    # Each way by itself: so one index finds a platform's days, and one its open requests.
    ways: list[Condition] = []
    for first, last in question.spans():
        ways.append(and_(*_within(takedowns.c.submitted_at, first, last), *same))
        ways.append(and_(*_within(takedowns.c.logged_at, first, last), _IS_DRAFT, *same))
    if question.with_open:
        ways.append(and_(_IS_OPEN, *same))
    return [or_(*ways)]


def _within(column: Column[datetime], first: int, last: int) -> tuple[Condition, ...]:
    moment = coerce(column, BigInteger)
    return column.is_not(None), moment >= first, moment < last


def _ever_returned(unit: Unit, is_known: Condition) -> frozenset[str]:
    """In which ways a platform ever sent a notice back, by the rows that were known then."""
    query = select(takedowns.c.returned_as).where(_RETURNED, is_known)
    return frozenset(code for codes in unit.connection.scalars(query.distinct()) for code in codes)


def _replayed(
    unit: Unit, wanted: Sequence[Condition], as_of: datetime, *, happened_by: datetime | None
) -> Iterator[tuple[Row, list[Row]]]:
    """Replay these takedowns, as they stood."""
    query = (
        select(takedowns.c.id, takedowns.c.reference, *queries.EVENT)
        .join(events, events.c.takedown_id == takedowns.c.id)
        .where(*wanted, events.c.recorded_at <= as_of)
        # By when they changed: SQLite would rather go through all events in order.
        .with_hint(takedowns, "INDEXED BY ix_takedowns_updated_at", "sqlite")
        .order_by(events.c.takedown_id, events.c.number)
    )
    rows = unit.connection.execute(query, execution_options={"yield_per": 2000})
    for (key, reference), group in groupby(rows, key=itemgetter(0, 1)):
        timeline = [queries.event(row[2:]) for row in group]
        if any(event.kind == EventKind.LOGGED for event in lifecycle.known_at(timeline, as_of)):
            state = lifecycle.replay(timeline, as_of, check=False, happened_by=happened_by)
            yield cohort_rows.row_of(state, timeline, {"id": key, "reference": reference})
