"""What is under way, page by page in the order of the inbox (`inbox_bands`).

Of each band a statement reads the first rows of every category's range in an index, until the page
is full: so a page costs the same at any depth and in any stock. What somebody has or put aside is
never many: that is sorted here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, select

from app.kit import steady_clock
from app.kit.database import Unit, rows_as
from app.schemas.vocabularies import ItemState, Turn
from app.takedowns import inbox_statements as statements
from app.takedowns.inbox_bands import NEVER, SHOWN, Order, Place
from app.takedowns.inbox_reason import Standing
from app.takedowns.inbox_statements import Asked, Range, first_of, number_of
from app.takedowns.items import GONE
from app.takedowns.models import items
from app.takedowns.outcomes import CLAIMS, RESTRICTIONS
from app.takedowns.rows import InboxRow
from app.takedowns.vocabularies import InboxBand

TURNS: Mapping[str, tuple[Turn, ...]] = {
    "us": (Turn.US,),
    "platform": (Turn.PLATFORM,),
    "all": (Turn.US, Turn.PLATFORM),
    "aside": (Turn.US, Turn.PLATFORM),
}
COUNTED = 1_000  # more are told as "1,000+": an exact count would read them all
_EVER = datetime.min.replace(tzinfo=UTC)
_OURS = (InboxBand.TO_DECIDE, InboxBand.ON_HOLD)
# Whether what stands in a band has a target: what is to be decided has one, what is on hold none.
_DATED: Mapping[InboxBand, Sequence[bool]] = {
    InboxBand.LATE: (True,),
    InboxBand.TODAY: (True,),
    InboxBand.TO_DECIDE: (True,),
    InboxBand.LATER: (True, False),
    InboxBand.ON_HOLD: (False,),
}


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_STANDINGS = (
    select(
        items.c.takedown_id,
        func.count(),
        _count(items.c.state.in_(GONE)),
        _count(items.c.state == ItemState.CAME_BACK),
        _count(
            and_(items.c.state == ItemState.WAITING, items.c.outcome.in_(CLAIMS | RESTRICTIONS))
        ),
        _count(items.c.state == ItemState.REFUSED),
        _count(items.c.state == ItemState.RESTRICTED),
    )
    .where(items.c.takedown_id.in_(_IDS))
    .group_by(items.c.takedown_id)
)


class Wanted(NamedTuple):
    """Which part of it: whose turn, claimed by whom, claimed by nobody, of which platform."""

    turn: str = "us"
    mine: int | None = None
    is_free: bool = False
    platform: str | None = None
    category: str | None = None

    @property
    def asked(self) -> Asked:
        """Return by what it is narrowed."""
        return Asked(
            self.mine is not None,
            self.turn == "aside",
            self.is_free,
            self.platform is not None,
            self.category is not None,
        )

    @property
    def is_few(self) -> bool:
        """Tell whether it is found by who has it or put it aside."""
        return self.mine is not None or self.turn == "aside"


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
    unit: Unit, order: Order, wanted: Wanted, *, after: Place | None, limit: int
) -> list[InboxRow]:
    """Return takedowns in order."""
    if wanted.is_few:
        rows = sorted(_few(unit, wanted), key=order.place)
        return [row for row in rows if after is None or order.place(row) > after][:limit]
    ids: list[int] = []
    for band in SHOWN:
        if len(ids) == limit:
            break
        if ranges := _ranges(order, wanted, band, after=after):
            values = (
                _values(unit, order, wanted, band=band) | _place(after) | {"most": limit - len(ids)}
            )
            ids += unit.connection.scalars(first_of(band, wanted.asked, ranges), values)
    found = unit.connection.execute(statements.BY_IDS, _now(unit) | {"ids": ids})
    return sorted(rows_as(InboxRow, found), key=order.place)


def band_counts(
    unit: Unit, order: Order, wanted: Wanted, *, bands: Iterable[InboxBand]
) -> Mapping[InboxBand, int]:
    """Count what stands in each of these bands, as far as it is counted."""
    if wanted.is_few:
        return Counter(order.band(row) for row in _few(unit, wanted))
    found: Counter[InboxBand] = Counter()
    for band in bands:
        if ranges := _ranges(order, wanted, band, after=None):
            values = _values(unit, order, wanted, band=band) | {"most": COUNTED + 1}
            statement = number_of(band, wanted.asked, ranges)
            found[band] = unit.connection.scalar(statement, values) or 0
    return found


def counts(unit: Unit, wanted: Wanted) -> Counts:
    """Count what is narrowed in the same way, whoever's turn it is."""
    values = _now(unit) | wanted._asdict() | {"most": COUNTED + 1}
    return Counts(*unit.connection.execute(statements.counts(wanted.asked), values).one())


def standings(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, Standing]:
    """Return how the items of these takedowns stand."""
    found = unit.connection.execute(_STANDINGS, {"ids": list(takedown_ids)})
    return {row[0]: Standing(*row[1:]) for row in found}


def _ranges(
    order: Order, wanted: Wanted, band: InboxBand, *, after: Place | None
) -> tuple[Range, ...]:
    """Return the ranges of a band that hold what is wanted and comes after a place."""
    turns = [turn for turn in TURNS[wanted.turn] if turn == Turn.US or band not in _OURS]
    found = []
    for turn, category, is_dated in product(turns, order.severities, _DATED[band]):
        severity = order.severities[category]
        goes_on = _goes_on(after, (SHOWN.index(band), severity), is_dated=is_dated)
        if wanted.category in (None, category) and goes_on is not None:
            found.append(Range(turn, category, severity, is_dated, goes_on))
    return tuple(found)


def _goes_on(after: Place | None, here: tuple[int, int], *, is_dated: bool) -> bool | None:
    """Tell whether a range begins after a place within it; None where all of it lies before."""
    if after is None or after[:2] < here:
        return False
    if after[:2] > here or (is_dated and after.due_at == NEVER):
        return None
    return is_dated or after.due_at == NEVER


def _few(unit: Unit, wanted: Wanted) -> list[InboxRow]:
    """Return what somebody has or put aside, in no order."""
    turns = TURNS[wanted.turn]
    values = _now(unit) | wanted._asdict()
    found = unit.connection.execute(statements.few_of(wanted.asked), values)
    return [row for row in rows_as(InboxRow, found) if row.whose_turn in turns]


def _now(unit: Unit) -> dict[str, object]:
    return {"now": steady_clock.now(unit)}


def _values(unit: Unit, order: Order, wanted: Wanted, *, band: InboxBand) -> dict[str, object]:
    """Return what the statements for ranges ask for."""
    ahead = order.now + timedelta.resolution
    spans = {
        InboxBand.LATE: (_EVER, ahead),
        InboxBand.TODAY: (ahead, order.midnight),
        InboxBand.TO_DECIDE: (ahead, NEVER),
        InboxBand.LATER: (order.midnight, NEVER),
        InboxBand.ON_HOLD: (NEVER, NEVER),
    }
    since, until = spans[band]
    return _now(unit) | wanted._asdict() | {"since": since, "until": until}


def _place(after: Place | None) -> dict[str, object]:
    return {"after_due": after and after.due_at, "after_reference": after and after.reference}
