"""A page of figures put together from what was loaded: numbers, curves, platforms, months.

Pure: cohorts in, numbers and drawings out; words come later.
"""

from dataclasses import dataclass
from typing import NamedTuple

from app.metrics import charts, comparing, periods, questions
from app.metrics.cohort import Cohort
from app.metrics.earlier import Part
from app.metrics.incidence import Incidence
from app.metrics.numbers import PlatformBesideOthers, ShareBy
from app.metrics.periods import Period
from app.metrics.questions import Viewpoint, micros_of
from app.metrics.slices import Slice
from app.metrics.vocabularies import ClockName, Grouping, Verdict

ALL = "all"
WEEK_HOURS = 168
_WEEK = WEEK_HOURS * 3_600_000_000


class Earlier(NamedTuple):
    """The same part of an earlier period, as it stood at the same age."""

    part: Part
    numbers: Slice


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a page of figures shows; `before` is None where nothing is compared."""

    view: Viewpoint
    period: Period
    platform: str | None  # the one chosen
    now: Slice
    before: Earlier | None
    platforms: dict[str, Slice]  # of every platform, the one chosen or not
    comparisons: dict[str, PlatformBesideOthers]
    months: dict[str, Slice]


class Curves(NamedTuple):
    """The curves of one chart: of each platform large enough, and the one with its band."""

    lines: list[charts.Line]
    shown: dict[str, Slice]
    left_out: list[str]  # fewer than ten
    selected: str
    limit: int


class Forest(NamedTuple):
    """Each platform beside all the others, by name of its code."""

    rows: list[tuple[str, PlatformBesideOthers, charts.Mark | None]]
    most: float

    def those(self, verdict: Verdict) -> list[str]:
        """Return the platforms of which this is said."""
        return [key for key, one, _ in self.rows if one.verdict == verdict]


class Month(NamedTuple):
    """A month by the share gone within a week; `is_young`: not all of it is that old yet."""

    key: str
    numbers: Slice
    is_young: bool
    gone: ShareBy | None
    middle: float
    bar: charts.Bar | None


def board_of(
    everyone: Cohort,
    view: Viewpoint,
    period: Period,
    *,
    platform: str | None = None,
    before: Earlier | None = None,
) -> Board:
    """Sort what was loaded of a period into what is shown."""
    until = micros_of(view.until)
    of_platforms = questions.grouped(everyone, Grouping.PLATFORM, view.zone)
    chosen = everyone
    if platform is not None:
        chosen = everyone.where(everyone.takedowns.platform == platform)
    return Board(
        view,
        period,
        platform,
        Slice(chosen, until),
        before,
        {key: Slice(group, until) for key, group in of_platforms.items()},
        comparing.compared_platforms(everyone, ClockName.GONE, until),
        months_of(chosen, view),
    )


def months_of(cohort: Cohort, view: Viewpoint) -> dict[str, Slice]:
    """Return every month from the first to the last in which something was submitted."""
    until = micros_of(view.until)
    groups = questions.grouped(cohort, Grouping.MONTH, view.zone)
    nothing = cohort.where(cohort.takedowns.id < 0)
    return {
        key: Slice(groups.get(key, nothing), until)
        for key in periods.months_between(min(groups, default=""), max(groups, default=""))
    }


def curves_of(board: Board, limit: int) -> Curves:
    """Choose and draw the curves: at most six platforms, the largest first, and the whole."""
    selected = board.platform or ALL
    large = [key for key, group in board.platforms.items() if not group.small]
    large.sort(key=lambda key: (key != selected, -board.platforms[key].counts["items"], key))
    shown = {key: board.platforms[key] for key in large[: charts.SERIES]}
    if selected == ALL and not board.now.small and len(board.platforms) != 1:
        shown = {ALL: board.now, **shown}
    curves: list[tuple[str, Incidence]] = [(key, one.incidence) for key, one in shown.items()]
    small = [key for key, group in board.platforms.items() if group.small]
    drawn = charts.lines(curves, limit)
    return Curves(drawn, shown, small, selected if selected in shown else "", limit)


def forest_of(comparisons: dict[str, PlatformBesideOthers]) -> Forest:
    """Draw each platform's difference by a week, on one scale to both sides."""
    limits = [abs(limit) for one in comparisons.values() for limit in one.difference_7d.ci or ()]
    most = charts.scale_of(limits)
    rows = []
    for key, one in comparisons.items():
        value, ci = one.difference_7d.value, one.difference_7d.ci
        drawn = None if value is None or ci is None else charts.mark(value, *ci, most=most)
        rows.append((key, one, drawn))
    return Forest(rows, most)


def by_month(months: dict[str, Slice], period: Period, view: Viewpoint) -> list[Month]:
    """Return the months in order, each with what of it was gone within a week."""
    until = micros_of(view.until)
    found = []
    for place, (key, group) in enumerate(months.items()):
        _, end = questions.span_of(periods.month_within(key, period), view.zone)
        is_young = end + _WEEK > until
        gone = None if is_young else group.gone_by(WEEK_HOURS)
        drawn = None
        if gone and gone.ci:
            low, high = gone.ci
            drawn = charts.bar(place, len(months), gone.share, low=low, high=high)
        found.append(Month(key, group, is_young, gone, charts.middle(place, len(months)), drawn))
    return found
