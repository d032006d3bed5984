"""The list of takedowns under any filter, the newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, SelectBase, and_, or_, select

from app.kit.database import Unit
from app.takedowns.facts import OTHER, UNKNOWN
from app.takedowns.models import takedowns

# Read in the order of the list: SQLite would rather collect a whole range, and sort it.
_IN_ORDER = "INDEXED BY ix_takedowns_list"

SHOWN = (
    "id", "reference", "case_ref", "platform", "product", "category", "stage", "whose_turn",
    "next_step", "due_at", "submitted_at",
)  # fmt: skip


class Wanted(NamedTuple):
    """Which takedowns; None leaves a matter open. `submitted_to` is exclusive."""

    platform: str | None = None
    provider: str | None = None
    category: str | None = None
    stage: str | None = None
    whose_turn: str | None = None
    next_step: str | None = None
    basis: str | None = None
    case_ref: str | None = None
    overdue: bool | None = None
    logged_from: datetime | None = None
    submitted_from: datetime | None = None
    submitted_to: datetime | None = None


ANY = Wanted()
EQUAL = (
    "platform", "provider", "category", "stage", "whose_turn", "next_step", "basis", "case_ref"
)  # fmt: skip


def page(
    unit: Unit,
    wanted: Wanted,
    before: int | None,
    limit: int,
    columns: Sequence[str] = SHOWN,
) -> Sequence[Row[Any]]:
    """Return takedowns with an id below `before`, these columns of them."""
    found = select(takedowns.c.id).where(*conditions(wanted, unit.clock()))
    if before is not None:
        found = found.where(takedowns.c.id < before)
    return unit.connection.execute(_rows(_ordered(found, wanted).limit(limit), columns)).all()


def of_ids(unit: Unit, ids: SelectBase, limit: int, wanted: Wanted = ANY) -> Sequence[Row[Any]]:
    """Return the newest takedowns among these ids."""
    found = (
        select(takedowns.c.id)
        .where(takedowns.c.id.in_(ids), *conditions(wanted, unit.clock()))
        .order_by(takedowns.c.id.desc())
    )
    return unit.connection.execute(_rows(found.limit(limit), SHOWN)).all()


def conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    """Return what a takedown must fulfil."""
    columns = takedowns.c
    found = [
        is_equal(name, value) for name in EQUAL if (value := getattr(wanted, name)) is not None
    ]
    if wanted.overdue is not None:
        late = and_(columns.due_at.is_not(None), columns.due_at <= now)
        found.append(late if wanted.overdue else ~late)
    if wanted.logged_from is not None:
        found.append(columns.logged_at >= wanted.logged_from)
    if wanted.submitted_from is not None:
        found.append(columns.submitted_at >= wanted.submitted_from)
    if wanted.submitted_to is not None:
        found.append(columns.submitted_at < wanted.submitted_to)
    return found


def providers_named(unit: Unit) -> set[str]:
    """Return every name that a person gave for who runs a site."""
    query = select(takedowns.c.provider).where(
        takedowns.c.platform == OTHER, takedowns.c.provider.is_not(None)
    )
    return set(unit.connection.scalars(query.distinct()))


def is_equal(name: str, value: Any) -> ColumnElement[bool]:
    """Return that a column holds a value; `unknown` asks for what has no provider, too."""
    is_it: ColumnElement[bool] = takedowns.c[name] == value
    if name == "provider" and value == UNKNOWN:
        return or_(is_it, takedowns.c[name].is_(None))
    return is_it


def _ordered(found: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.case_ref is None:
        found = found.with_hint(takedowns, _IN_ORDER, "sqlite")
    return found.order_by(takedowns.c.id.desc())


def _rows(ids: Select[Any], columns: Sequence[str]) -> Select[Any]:
    places = ids.subquery("places")
    return (
        select(*(takedowns.c[name] for name in columns))
        .join_from(places, takedowns, places.c.id == takedowns.c.id)
        .order_by(takedowns.c.id.desc())
    )
