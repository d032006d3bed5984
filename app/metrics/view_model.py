"""A page of figures put together from one load: numbers, curves, platforms, months.

Pure: the members that were loaded in, numbers and drawings out; words come later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.metrics import charts, kpis, periods, questions
from app.metrics.comparison import differ_clearly
from app.metrics.curve import Curve
from app.metrics.kpis import Group
from app.metrics.questions import Member, Scope
from app.metrics.summary import curve_of


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a page of figures shows; `before` is None where nothing is compared."""

    scope: Scope
    now: Group
    before: Group | None
    platforms: dict[str, Group]  # of every platform, the one chosen or not
    months: dict[str, Group]


class Curves(NamedTuple):
    """The curves of one chart: of each platform large enough, and the one with its band."""

    lines: list[charts.Line]
    shown: dict[str, Curve]
    left_out: list[str]  # fewer than ten
    selected: str
    limit: int


Side = tuple[str, Group, charts.Whisker | None]


class Sides(NamedTuple):
    """The platforms beside each other on one scale of hours.

    `first` and `last` are the fastest and the slowest of those large enough, which a median that
    is not reached makes slower than any other; None where there are not two.
    """

    rows: list[Side]
    most: float
    first: Side | None
    last: Side | None
    are_apart: bool  # their intervals do not overlap


class Months(NamedTuple):
    """The months of a page: submitted and gone as bars, medians as a line."""

    rows: list[tuple[str, Group]]
    bars: list[list[charts.Bar]]
    middles: list[float]
    medians: charts.Trend


ALL = "all"


def board_of(found: list[Member], scope: Scope) -> Board:
    """Sort what was loaded into what is shown."""
    until, platform = scope.until, scope.platform
    everyone = scope.within(found, scope.period)
    chosen = scope.within(everyone, scope.period, platform)
    before = scope.compared and scope.within(found, scope.compared, platform)
    return Board(
        scope,
        kpis.group_of(chosen, until),
        None if before is None else kpis.group_of(before, until),
        {
            key: kpis.group_of(group, until)
            for key, group in questions.grouped(everyone, "platform").items()
        },
        _months(chosen, until),
    )


def curves_of(board: Board) -> Curves:
    """Choose and draw the curves: at most six platforms, the largest first, and the whole."""
    scope = board.scope
    selected = scope.platform or ALL
    large = [key for key, group in board.platforms.items() if not group.numbers.small]
    large.sort(key=lambda key: (key != selected, -board.platforms[key].numbers.gone.n, key))
    shown = {key: _curve(board.platforms[key], scope.until) for key in large[: charts.SERIES]}
    if selected == ALL and not board.now.numbers.small and len(board.platforms) != 1:
        shown = {ALL: _curve(board.now, scope.until), **shown}
    limit = scope.curve_hours
    drawn = charts.lines(list(shown.items()), limit)
    small = [key for key, group in board.platforms.items() if group.numbers.small]
    return Curves(drawn, shown, small, selected if selected in shown else "", limit)


def side_by_side(board: Board) -> Sides:
    """Return the platforms, the fastest first; without a median last, the small ones at the end."""
    groups = sorted(board.platforms.items(), key=_by_speed)
    most = scale_of_hours([group for _, group in groups])
    found = []
    for key, group in groups:
        clock = group.numbers.gone
        low, high = clock.median_ci or (None, None)
        drawn = None
        if clock.median_hours is not None:
            drawn = charts.whisker(clock.median_hours, low, high, most=most)
        found.append((key, group, drawn))
    large = [one for one in found if not one[1].numbers.small]
    first, last = (large[0], large[-1]) if len(large) > 1 else (None, None)
    ends = [one[1].numbers.gone.median_ci for one in (first, last) if one]
    return Sides(found, most, first, last, len(ends) == 2 and differ_clearly(*ends))


def scale_of_hours(groups: Sequence[Group]) -> float:
    """Return where the scale of medians ends: intervals may run on, medians may not."""
    clocks = [group.numbers.gone for group in groups]
    medians = [clock.median_hours for clock in clocks if clock.median_hours is not None]
    highs = [c.median_ci[1] for c in clocks if c.median_ci and c.median_ci[1] is not None]
    longest = max(medians, default=1.0)
    return charts.scale_of([*medians, *(high for high in highs if high <= 3 * longest)])


def whose_time(board: Board) -> list[tuple[str, Group, float, float]]:
    """Return for each platform the widths of our part and theirs, of two medians added up."""
    known = [
        (key, group, ours, theirs)
        for key, group in board.platforms.items()
        if (ours := group.numbers.our_time.median_hours) is not None
        and (theirs := group.numbers.gone.median_hours) is not None
    ]
    most = charts.scale_of([ours + theirs for _, _, ours, theirs in known])
    wide = charts.SIDES.right - charts.SIDES.left
    known.sort(key=lambda one: one[2] + one[3])
    return [
        (key, group, round(wide * ours / most, 1), round(wide * theirs / most, 1))
        for key, group, ours, theirs in known
    ]


def by_month(board: Board) -> Months:
    """Return the months in order, each with what was submitted in it and is gone by now."""
    rows = list(board.months.items())
    counts = [(group.counts["watched"], group.counts["gone"]) for _, group in rows]
    return Months(
        rows,
        charts.columns(counts),
        charts.middles(len(rows)) if rows else [],
        charts.trend([group.numbers.gone.median_hours for _, group in rows]),
    )


def _months(members: list[Member], until: datetime) -> dict[str, Group]:
    groups = questions.grouped(members, "month")
    return {
        key: kpis.group_of(groups.get(key, []), until)
        for key in periods.months_between(min(groups, default=""), max(groups, default=""))
    }


def _curve(group: Group, until: datetime) -> Curve:
    return curve_of("gone", [member.takedown for member in group.members], until)


def _by_speed(one: tuple[str, Group]) -> tuple[bool, bool, float, str]:
    key, group = one
    median = group.numbers.gone.median_hours
    return (group.numbers.small, median is None, median or 0.0, key)
