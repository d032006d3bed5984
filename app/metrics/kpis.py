"""The key figures at the top of a page, each with the rows it counts.

Pure: a group in, what is shown of it out; words come later.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.metrics import earlier
from app.metrics.earlier import Difference
from app.metrics.intervals import Interval
from app.metrics.numbers import Clock, Limits, Share, Summary
from app.metrics.slices import Slice
from app.metrics.vocabularies import ClockName


class Kind(StrEnum):
    """What a key figure is."""

    HOURS = "hours"
    ESTIMATE = "estimate"  # a share that counts open ones as long as they were watched
    SHARE = "share"  # so many of so many


class Value(NamedTuple):
    """A number with its 95 % interval; None where it is not known, not reached or not shown."""

    value: float | None
    limits: Limits | None
    takedowns: int  # in its denominator
    small: bool

    @property
    def share(self) -> tuple[float, Interval] | None:
        """A share with its interval; None without either."""
        if self.value is None or not isinstance(self.limits, Interval):
            return None
        return self.value, self.limits


class Spec(NamedTuple):
    """A key figure: `hits` of `whole` by figure, and that of those whose clock is `running`."""

    key: str
    kind: Kind
    of: Callable[[Summary], Value]
    hits: str
    whole: str
    running: str | None = None
    is_compared: bool = True


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key figure as it is shown, beside what it was before."""

    spec: Spec
    now: Value
    counts: Mapping[str, int]
    before: Value | None = None

    @property
    def difference(self) -> Difference | None:
        """What it differs from before; None where that cannot be told."""
        now, before = self.now.share, self.before and self.before.share
        if self.spec.kind == Kind.HOURS or not now or not before:
            return None
        return earlier.difference(now, before)


def _clock(numbers: Summary, name: ClockName) -> Clock:
    clock: Clock = getattr(numbers, name)
    return clock


def _median(key: str, name: ClockName) -> Spec:
    def of(numbers: Summary) -> Value:
        clock = _clock(numbers, name)
        limits = None if clock.median_ci == (None, None) else clock.median_ci
        return Value(clock.median_hours, limits, clock.takedowns, clock.small)

    return Spec(key, Kind.HOURS, of, f"{name}_events", f"{name}_n", f"{name}_censored")


def _share_by(key: str, name: ClockName, hours: int, *, hits: str) -> Spec:
    def of(numbers: Summary) -> Value:
        clock = _clock(numbers, name)
        by = clock.share_by[str(hours)]
        share, ci = (by.share, by.ci) if by else (None, None)
        return Value(share, ci, clock.takedowns, clock.small)

    return Spec(key, Kind.ESTIMATE, of, hits, f"{name}_n", f"{name}_censored")


def _share(key: str, name: str, hits: str, *, whole: str, is_compared: bool = True) -> Spec:
    def of(numbers: Summary) -> Value:
        share: Share = getattr(numbers, name)
        return Value(share.share, share.ci, share.takedowns, share.small)

    return Spec(key, Kind.SHARE, of, hits, whole, is_compared=is_compared)


GROUPS: Mapping[str, Sequence[Spec]] = {
    "gone": (
        _median("time-to-gone", ClockName.GONE),
        _share_by("gone-24h", ClockName.GONE, 24, hits="gone_24h"),
        _share_by("gone-72h", ClockName.GONE, 72, hits="gone_72h"),
        _share_by("gone-7d", ClockName.GONE, 168, hits="gone_168h"),
        _share("gone-by-target", "gone_by_target", "gone_by_target", whole="due"),
    ),
    "answers": (
        _share("receipt-24h", "receipt_within_24h", "receipt_24h", whole="a_day_old"),
        _median("answer", ClockName.ANSWER),
        _share_by("decision-24h", ClockName.DECISION, 24, hits="decided_24h"),
        _share_by("decision-7d", ClockName.DECISION, 168, hits="decided_168h"),
        _share(
            "answered-by-target", "answered_by_target", "answered_by_target", whole="due_to_answer"
        ),
        _share("silent-7d", "silent_after_7d", "silent_7d", whole="a_week_old"),
    ),
    "left": (
        _share("refused", "refused_of_decided", "refused", whole="decided"),
        _share("came-back", "came_back_of_gone", "came_back", whole="ever_gone", is_compared=False),
    ),
    "ours": (
        _median("handling", ClockName.HANDLING),
        _median("report-to-gone", ClockName.REPORT_TO_GONE),
    ),
}
SPECS = tuple(spec for group in GROUPS.values() for spec in group)


def row_of(now: Slice, before: Slice | None = None) -> list[Kpi]:
    """Return every key figure, beside what it was where that may be compared."""
    return [kpi_of(spec, now, before) for spec in SPECS]


def in_groups(row: Sequence[Kpi]) -> dict[str, list[Kpi]]:
    """Return the key figures by what they tell of."""
    by_key = {one.spec.key: one for one in row}
    return {name: [by_key[spec.key] for spec in group] for name, group in GROUPS.items()}


def kpi_of(spec: Spec, now: Slice, before: Slice | None) -> Kpi:
    """Return one key figure."""
    was = spec.of(before.numbers) if before and spec.is_compared else None
    return Kpi(spec, spec.of(now.numbers), now.counts, was)
