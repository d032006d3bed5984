"""One clock's answer: its figures, and its curve to draw.

Pure: observations in, plain values out; in a small group only the counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from app.metrics.survival import Incidence, Interval, Observation, cumulative_incidence

SHARE_BY_HOURS = (1, 6, 24, 48, 72, 168, 1008)

ClockName = Literal["gone", "receipt", "answer", "decision"]


@dataclass(frozen=True, slots=True)
class ShareBy:
    """Share that had the event by some hour; None when nobody was watched so long."""

    share: float | None
    ci: Interval | None


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something takes, open ones counted; None is not reached, or a small group."""

    n: int
    events: int
    censored: int
    median_hours: float | None
    median_ci: tuple[float | None, float | None] | None
    p90_hours: float | None
    share_by: dict[str, ShareBy]


@dataclass(frozen=True, slots=True)
class Point:
    """The curve from this hour to the next point; `at_risk` is counted just before it."""

    hours: float
    share: float | None
    lo: float | None
    hi: float | None
    at_risk: int
    events: int
    competing: int
    censored: int  # from this hour until the next point


@dataclass(frozen=True, slots=True)
class Curve:
    """A clock to draw: starts at hour 0 and is known up to `longest_hours`."""

    clock: ClockName
    n: int
    events: int
    censored: int
    small: bool
    longest_hours: float | None
    points: tuple[Point, ...]


def clock_of(observations: Iterable[Observation], *, small: bool) -> Clock:
    """Median, 90th percentile and shares by the fixed hours."""
    incidence = cumulative_incidence(observations)
    share_by = {}
    for hours in SHARE_BY_HOURS:
        estimate = None if small else incidence.share_at(hours)
        share_by[str(hours)] = ShareBy(*estimate) if estimate else ShareBy(None, None)
    median_ci = incidence.quantile_interval(0.5)
    return Clock(
        n=incidence.n,
        events=incidence.events,
        censored=incidence.censored,
        median_hours=None if small else incidence.quantile(0.5),
        median_ci=None if small or median_ci == (None, None) else median_ci,
        p90_hours=None if small else incidence.quantile(0.9),
        share_by=share_by,
    )


def curve_from(clock: ClockName, observations: Iterable[Observation], *, small: bool) -> Curve:
    """The step function of one clock."""
    incidence = cumulative_incidence(observations)
    return Curve(
        clock=clock,
        n=incidence.n,
        events=incidence.events,
        censored=incidence.censored,
        small=small,
        longest_hours=incidence.longest_hours,
        points=tuple(points_of(incidence, small=small)),
    )


def points_of(incidence: Incidence, *, small: bool) -> Iterator[Point]:
    """The start and every step, by time; none when nobody was watched."""
    steps = incidence.steps
    if incidence.n and (not steps or steps[0].hours > 0):
        left_early = incidence.n - (steps[0].at_risk if steps else 0)
        yield Point(0.0, None if small else 0.0, None, None, incidence.n, 0, 0, left_early)
    for step in steps:
        low, high = (None, None) if small or step.interval is None else step.interval
        yield Point(
            hours=step.hours,
            share=None if small else step.share,
            lo=low,
            hi=high,
            at_risk=step.at_risk,
            events=step.events,
            competing=step.competing,
            censored=step.censored,
        )
