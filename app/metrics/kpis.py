"""The row of numbers at the top of a page of figures, each with the rows it counts.

Pure: a cohort in, what is shown of it out; words come later.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from app.metrics.comparison import Limits, differ_clearly, interval_of
from app.metrics.curve import SHARE_BY_HOURS, Clock
from app.metrics.figures import counts_of
from app.metrics.questions import Member
from app.metrics.summary import Share, Summary, share_of, summary_of

Kind = Literal["hours", "share", "count"]
Counts = Mapping[str, int]


class Estimate(NamedTuple):
    """A number and its 95 % interval; None where it is not known, not reached or not shown."""

    value: float | None
    limits: Limits | None = None


class Spec(NamedTuple):
    """A number of the row: `hits` of `whole` by figure, and what is still `open`."""

    key: str
    kind: Kind
    of: Callable[[Summary, Counts], Estimate]
    hits: str
    whole: str
    open: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort with its numbers and the length of every list behind them."""

    members: Sequence[Member]
    numbers: Summary
    counts: Counts


@dataclass(frozen=True, slots=True)
class Kpi:
    """One number as it is shown, beside what it was before."""

    spec: Spec
    now: Estimate
    counts: Counts
    small: bool
    before: Estimate | None = None
    before_counts: Counts | None = None
    before_small: bool = False

    @property
    def can_differ(self) -> bool:
        """Tell whether both have an interval, so that a difference can be called clear or not."""
        return bool(self.now.limits and self.before and self.before.limits)

    @property
    def differs(self) -> bool:
        """Tell whether it differs clearly from before."""
        return self.before is not None and differ_clearly(self.now.limits, self.before.limits)


def _median(name: str) -> Callable[[Summary, Counts], Estimate]:
    def of(numbers: Summary, _: Counts) -> Estimate:
        clock: Clock = getattr(numbers, name)
        return Estimate(clock.median_hours, clock.median_ci)

    return of


def _share_by(name: str, hours: int) -> Callable[[Summary, Counts], Estimate]:
    def of(numbers: Summary, _: Counts) -> Estimate:
        clock: Clock = getattr(numbers, name)
        by = clock.share_by[str(hours)]
        return Estimate(by.share, by.ci)

    return of


def _plain(name: str) -> Callable[[Summary, Counts], Estimate]:
    def of(numbers: Summary, _: Counts) -> Estimate:
        share: Share = getattr(numbers, name)
        return Estimate(share.share, interval_of(share))

    return of


def _refused(numbers: Summary, counts: Counts) -> Estimate:
    share = share_of(counts["refused"], counts["decided"], small=numbers.small)
    return Estimate(share.share, interval_of(share))


def _counted(figure: str) -> Callable[[Summary, Counts], Estimate]:
    return lambda _, counts: Estimate(counts[figure])


SPECS = (
    Spec("time-to-gone", "hours", _median("gone"), "gone", "watched", "not_gone"),
    Spec("gone-24h", "share", _share_by("gone", 24), "gone_24h", "watched"),
    Spec("gone-72h", "share", _share_by("gone", 72), "gone_72h", "watched"),
    Spec("gone-7d", "share", _share_by("gone", 168), "gone_168h", "watched"),
    Spec("receipt-24h", "share", _plain("receipt_within_24h"), "receipt_24h", "a_day_old"),
    Spec("answer", "hours", _median("answer"), "answered", "to_answer", "unanswered"),
    Spec("decision-24h", "share", _share_by("decision", 24), "decided_24h", "to_decide"),
    Spec("decision-7d", "share", _share_by("decision", 168), "decided_168h", "to_decide"),
    Spec("refused", "share", _refused, "refused", "decided"),
    Spec("target-kept", "share", _plain("target_kept"), "target_kept", "due"),
    Spec("silent-7d", "share", _plain("silent_after_7d"), "silent_7d", "a_week_old"),
    Spec(
        "our-time",
        "hours",
        lambda numbers, _: Estimate(numbers.our_time.median_hours),
        "our_time",
        "takedowns",
    ),
    Spec("came-back", "count", _counted("came_back"), "came_back", "items"),
    Spec("still-up", "count", _counted("still_up"), "still_up", "items"),
    Spec("open", "count", _counted("open"), "open", "items"),
)
GROUPS = (
    ("gone", ("time-to-gone", "gone-24h", "gone-72h", "gone-7d", "target-kept")),
    ("answers", ("receipt-24h", "answer", "decision-24h", "decision-7d", "silent-7d")),
    ("left", ("refused", "open", "still-up", "came-back", "our-time")),
)
FIGURES = frozenset(
    [figure for spec in SPECS for figure in (spec.hits, spec.whole, spec.open) if figure]
    + [f"gone_{hours}h" for hours in SHARE_BY_HOURS]
) | {"already_gone", "withdrawn", "no_reply_expected", "court_ordered", "acted_on"}


def group_of(members: Sequence[Member], until: datetime) -> Group:
    """Return a cohort with everything that is shown of it."""
    takedowns = [member.takedown for member in members]
    return Group(members, summary_of(takedowns, until), counts_of(FIGURES, takedowns, until))


def row_of(now: Group, before: Group | None = None) -> list[Kpi]:
    """Return every number, beside what it was where there is a before."""
    return [kpi_of(spec, now, before) for spec in SPECS]


def in_groups(row: Sequence[Kpi]) -> list[tuple[str, list[Kpi]]]:
    """Return the numbers by what they tell of, each in one group."""
    by_key = {one.spec.key: one for one in row}
    return [(name, [by_key[key] for key in keys]) for name, keys in GROUPS]


def kpi_of(spec: Spec, now: Group, before: Group | None = None) -> Kpi:
    """Return one number."""
    return Kpi(
        spec,
        spec.of(now.numbers, now.counts),
        now.counts,
        now.numbers.small,
        spec.of(before.numbers, before.counts) if before else None,
        before.counts if before else None,
        before.numbers.small if before else False,
    )
