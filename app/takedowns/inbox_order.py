"""What is under way, the gravest first: by the category's severity, then by what is due first.

What has no target comes last within its severity; ids settle ties. One statement reads the end of
each category's range in an index, so a page costs the same at any depth and in any stock. It is
written as text, once for each way of asking: put together from parts it would cost more than it
takes to run. Nothing that was sent stands in it: turns and ranks are ours, codes the taxonomy's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    and_,
    bindparam,
    case,
    column,
    func,
    select,
    text,
)

from app.accounts.models import users
from app.kit import steady_clock
from app.kit.database import Moment, RowId, Unit, micros, rows_as
from app.takedowns.inbox_reason import Standing
from app.takedowns.items import GONE
from app.takedowns.models import claims, items, takedowns, waits
from app.takedowns.outcomes import CLAIMS, RESTRICTIONS
from app.takedowns.rows import InboxRow, TakedownRow

TURNS: Mapping[str, tuple[str, ...]] = {
    "us": ("us",), "platform": ("platform",), "all": ("us", "platform"), "aside": ("us", "platform")
}  # fmt: skip
SHOWN = tuple(takedowns.c[field.name] for field in fields(InboxRow) if field.name in takedowns.c)
COUNTED = 1_000  # more are told as "1,000+": an exact count would read them all
_NEVER = 2**63 - 1
_ASIDE = "(SELECT takedown_id FROM waits WHERE until > :now)"
_CLAIMED = "(SELECT takedown_id FROM claims WHERE until > :now)"
_MINE = "(SELECT takedown_id FROM claims WHERE user_id = :mine AND until > :now)"
_ORDER = f"severity, COALESCE(due_at, {_NEVER}), id"
_NOW = bindparam("now", type_=RowId)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_STANDINGS = (
    select(
        items.c.takedown_id,
        func.count(),
        _count(items.c.state.in_(GONE)),
        _count(items.c.state == "came_back"),
        _count(and_(items.c.state == "waiting", items.c.outcome.in_(CLAIMS | RESTRICTIONS))),
        _count(items.c.state == "refused"),
        _count(items.c.state == "restricted"),
    )
    .where(items.c.takedown_id.in_(_IDS))
    .group_by(items.c.takedown_id)
)
Ranges = tuple[tuple[str, int], ...]


class Wanted(NamedTuple):
    """Which part of it: whose turn, claimed by whom, claimed by nobody, of which platform."""

    turn: str = "us"
    mine: int | None = None
    is_free: bool = False
    platform: str | None = None
    category: str | None = None


class Place(NamedTuple):
    """Where a row stands; a page goes on after the last row of the one before."""

    severity: int
    due_at: datetime | None
    id: int


class Counts(NamedTuple):
    """How many there are; one more than COUNTED stands for any number above it."""

    us: int
    platform: int
    aside: int

    @property
    def all(self) -> int:
        """Return how many are under way and not put aside."""
        return min(self.us + self.platform, COUNTED + 1)


def page(
    unit: Unit, severities: Mapping[str, int], wanted: Wanted, *, after: Place | None, limit: int
) -> list[InboxRow]:
    """Return takedowns in order.

    `severities` gives the rank of each category, 1 the gravest.
    """
    ranges = tuple(
        (code, rank)
        for code, rank in severities.items()
        if wanted.category in (None, code) and (after is None or rank >= after.severity)
    )
    if not ranges:
        return []
    start = (after.severity, after.due_at is not None) if after else None
    asked = wanted._replace(
        mine=None if wanted.mine is None else 0,
        platform=None if wanted.platform is None else "",
        category=None,
    )
    if wanted.turn == "aside" or wanted.mine is not None:
        found = _of_few(asked, ranges, goes_on=after is not None)
    else:
        found = _of_many(asked, ranges, start)
    values = _values(unit, wanted, after, most=limit)
    return rows_as(InboxRow, unit.connection.execute(_rows(found), values))


def counts(unit: Unit, wanted: Wanted) -> Counts:
    """Count what is narrowed in the same way, whoever's turn it is."""
    narrowed = "".join(_narrowed(wanted)) + (
        " AND category = :category" if wanted.category is not None else ""
    )
    parts = (
        f"whose_turn = 'us' AND id NOT IN {_ASIDE}",
        f"whose_turn = 'platform' AND id NOT IN {_ASIDE}",
        f"whose_turn <> 'nobody' AND id IN {_ASIDE}",
    )
    source = _looked_up(_MINE) if wanted.mine is not None else "takedowns WHERE"
    counted = ", ".join(
        f"(SELECT count(*) FROM (SELECT 1 FROM {source} {part}{narrowed} LIMIT :most) AS p)"  # noqa: S608
        for part in parts
    )
    values = _values(unit, wanted, None, most=COUNTED + 1) | {"category": wanted.category}
    return Counts(*unit.connection.execute(text(f"SELECT {counted}"), values).one())


def standings(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, Standing]:
    """Return how the items of these takedowns stand."""
    found = unit.connection.execute(_STANDINGS, {"ids": list(takedown_ids)})
    return {row[0]: Standing(*row[1:]) for row in found}


def place_of(row: InboxRow | TakedownRow, severities: Mapping[str, int]) -> Place:
    """Return where a takedown stands in the order."""
    return Place(severities[row.category], row.due_at, row.id)


@lru_cache(maxsize=256)
def _rows(found: str) -> Executable:
    """Return the query for the rows that a text finds."""
    columns = column("id", RowId), column("severity", Integer), column("due_at", Moment)
    first = f"SELECT * FROM ({found}) AS every ORDER BY {_ORDER} LIMIT :most"  # noqa: S608
    places = text(first).columns(*columns).cte("places")
    held = and_(claims.c.takedown_id == takedowns.c.id, claims.c.until > _NOW)
    put_aside = and_(waits.c.takedown_id == takedowns.c.id, waits.c.until > _NOW)
    return (
        select(
            *SHOWN,
            places.c.severity,
            claims.c.user_id.label("claim_user_id"),
            users.c.name.label("claim_name"),
            claims.c.until.label("claim_until"),
            waits.c.until.label("wait_until"),
        )
        .join_from(places, takedowns, places.c.id == takedowns.c.id)
        .outerjoin(claims, held)
        .outerjoin(users, users.c.id == claims.c.user_id)
        .outerjoin(waits, put_aside)
        .order_by(places.c.severity, takedowns.c.due_at.nulls_last(), takedowns.c.id)
    )


@lru_cache(maxsize=256)
def _of_many(wanted: Wanted, ranges: Ranges, start: tuple[int, bool] | None) -> str:
    """Read the first of each category's range, what is due before what has no target."""
    narrowed = "".join(_narrowed(wanted)) + f" AND id NOT IN {_ASIDE}"
    parts = (
        f"SELECT * FROM (SELECT id, {rank} AS severity, due_at FROM takedowns "  # noqa: S608
        f"WHERE whose_turn = '{turn}' AND category = '{code}' AND {due}{narrowed} "
        "ORDER BY due_at, id LIMIT :most) AS part"
        for turn in TURNS[wanted.turn]
        for code, rank in ranges
        for due in _from(start, rank)
    )
    return " UNION ALL ".join(parts)


def _from(start: tuple[int, bool] | None, rank: int) -> Iterator[str]:
    """Where to begin in the ranges of a rank."""
    if start is None or rank > start[0]:
        yield from ("due_at IS NOT NULL", "due_at IS NULL")
    elif start[1]:
        yield from ("(due_at, id) > (:due_at, :id)", "due_at IS NULL")
    else:
        yield "due_at IS NULL AND id > :id"


@lru_cache(maxsize=256)
def _of_few(wanted: Wanted, ranges: Ranges, *, goes_on: bool) -> str:
    """Read all that somebody has or that is put aside: never many."""
    ranked = " ".join(f"WHEN '{code}' THEN {rank}" for code, rank in ranges)
    known = ", ".join(f"'{code}'" for code, _ in ranges)
    is_aside = f"id {'IN' if wanted.turn == 'aside' else 'NOT IN'} {_ASIDE}"
    source = _looked_up(_ASIDE if wanted.mine is None else _MINE)
    turns = ", ".join(f"'{turn}'" for turn in TURNS[wanted.turn])
    narrowed = "".join(_narrowed(wanted))
    few = (
        f"SELECT id, CASE category {ranked} END AS severity, due_at FROM {source} "  # noqa: S608
        f"{is_aside} AND whose_turn IN ({turns}) AND category IN ({known}){narrowed}"
    )
    further = f"WHERE ({_ORDER}) > (:severity, :due_at, :id)" if goes_on else ""
    return f"SELECT * FROM ({few}) AS few {further}"  # noqa: S608


def _looked_up(few: str) -> str:
    """What to read from, up to the conditions: few by their ids, where SQLite would go through all.

    It takes the tables of a CROSS JOIN in the order they are written in.
    """
    return f"{few} AS own CROSS JOIN takedowns WHERE id = own.takedown_id AND"


def _narrowed(wanted: Wanted) -> Iterator[str]:
    if wanted.platform is not None:
        yield " AND platform = :platform"
    if wanted.is_free:
        yield f" AND id NOT IN {_CLAIMED}"


def _values(unit: Unit, wanted: Wanted, after: Place | None, *, most: int) -> dict[str, object]:
    """Return every value a statement may ask for."""
    start = after or Place(0, None, 0)
    return {
        "now": micros(steady_clock.now(unit)),
        "most": most,
        "mine": wanted.mine,
        "platform": wanted.platform,
        "severity": start.severity,
        "due_at": micros(start.due_at) if start.due_at else _NEVER,
        "id": start.id,
    }
