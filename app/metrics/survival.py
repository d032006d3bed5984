"""How long until it happens, when for some it has not happened yet.

Pure: observations in, a curve out; docs/definitions.md section 6 is the specification.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

CENSORED, EVENT, COMPETING = 0, 1, 2

Z = NormalDist().inv_cdf(0.975)

# Shares are exact to this many places: ten tenths added up must be one, and five one half.
PLACES = 12


class Observation(NamedTuple):
    """Hours watched, and what ended the watching: EVENT, COMPETING or CENSORED."""

    hours: float
    event: int


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


class Estimate(NamedTuple):
    """A share with its interval; None where no event happened yet, or all had it."""

    share: float
    interval: Interval | None


class Step(NamedTuple):
    """One moment at which something happened, and the curve from there to the next."""

    hours: float
    at_risk: int  # just before
    events: int
    competing: int
    censored: int  # from this moment until the next step
    share: float  # cumulative incidence of the event
    survival: float  # Kaplan-Meier share without either event
    variance: float  # of `share`

    @property
    def interval(self) -> Interval | None:
        """By log(-log) of the curve itself; None at 0 and 1, where that is undefined."""
        if not 0 < self.share < 1:
            return None
        width = Z * sqrt(self.variance) / -(self.share * log(self.share))
        return Interval(self.share ** exp(width), self.share ** exp(-width))


@dataclass(frozen=True, slots=True)
class Incidence:
    """The cumulative incidence of an event: a step function that starts at 0."""

    n: int
    events: int
    competing: int
    censored: int
    longest_hours: float | None  # the longest time watched, however it ended
    steps: tuple[Step, ...]

    def share_at(self, hours: float) -> Estimate | None:
        """Share that had the event by then; None beyond the longest time watched."""
        if self.longest_hours is None or hours > self.longest_hours:
            return None
        passed = bisect_right(self.steps, hours, key=lambda step: step.hours)
        if passed == 0:
            return Estimate(0.0, None)
        return Estimate(self.steps[passed - 1].share, self.steps[passed - 1].interval)

    def quantile(self, share: float) -> float | None:
        """Hours at which the curve first reaches `share`; None when it does not."""
        first = self._first_at(share)
        return self.steps[first].hours if first < len(self.steps) else None

    def quantile_interval(self, share: float) -> tuple[float | None, float | None]:
        """95 % interval of a quantile, each limit None when not reached.

        The pointwise intervals inverted (Brookmeyer & Crowley 1982): from the hours at which
        their upper limit first reaches `share` to those at which their lower limit does.
        """
        upper = ((step.hours, step.interval) for step in self.steps)
        lower = ((step.hours, step.interval) for step in self.steps[self._first_at(share) :])
        return (
            next((hours for hours, limits in upper if limits and limits.high >= share), None),
            next((hours for hours, limits in lower if limits and limits.low >= share), None),
        )

    def _first_at(self, share: float) -> int:
        """Index of the first step as high as `share`; the number of steps when none is."""
        return bisect_left(self.steps, share, key=lambda step: step.share)


def cumulative_incidence(observations: Iterable[Observation]) -> Incidence:
    """Aalen & Johansen 1978; without competing events 1 - Kaplan & Meier 1958.

    All that happens at one time happens together: events and competing events share one
    risk set, and who is censored at that time still belongs to it.
    """
    watched = list(observations)
    ended = Counter(event for _, event in watched)
    return Incidence(
        n=len(watched),
        events=ended[EVENT],
        competing=ended[COMPETING],
        censored=ended[CENSORED],
        longest_hours=max((hours for hours, _ in watched), default=None),
        steps=tuple(steps_of(risk_sets(watched))),
    )


class RiskSet(NamedTuple):
    """Who could have had an event at one time, who had, and who left before the next."""

    hours: float
    at_risk: int
    events: int
    competing: int
    censored: int


def risk_sets(watched: list[Observation]) -> Iterator[RiskSet]:
    """The times at which an event of either kind happened, in order."""
    events = Counter(hours for hours, event in watched if event == EVENT)
    competing = Counter(hours for hours, event in watched if event == COMPETING)
    until = sorted(hours for hours, _ in watched)
    times = sorted(events.keys() | competing.keys())
    at_risk = [len(until) - bisect_left(until, time) for time in times]
    for time, now, later in zip(times, at_risk, [*at_risk[1:], 0], strict=False):
        had, lost = events.get(time, 0), competing.get(time, 0)
        yield RiskSet(time, now, had, lost, now - had - lost - later)


def steps_of(risks: Iterable[RiskSet]) -> Iterator[Step]:
    """The curve, from its risk sets in order."""
    share, survival, spread = 0.0, 1.0, Spread()
    for risk in risks:
        rise = survival * risk.events / risk.at_risk
        variance = spread.after(risk, survival, rise)
        share += rise
        survival *= (risk.at_risk - risk.events - risk.competing) / risk.at_risk
        yield Step(*risk, round(share, PLACES), survival, variance)


class Spread:
    """The variance of a cumulative incidence, kept up while the curve rises.

    With n at risk, d events of either kind, d1 of them of interest, S the survival just before
    and F the curve, each over the times up to t:
        sum (F(t) - F)^2 d / (n (n - d)) + sum S^2 d1 (n - d1) / n^3
        - 2 sum (F(t) - F) S d1 / n^2.
    The delta method with multinomial increments: Dinse & Larson 1986, Marubini & Valsecchi
    1995 (ch. 10), Andersen et al. 1993 (IV.4); Greenwood 1926 where there are no competing
    events. The sums move with F(t), so that a curve costs one pass and not one for each step.
    """

    def __init__(self) -> None:
        self.weight = 0.0  # sum of d / (n (n - d))
        self.first = 0.0  # the same, times F(t) - F
        self.second = 0.0  # the same, times (F(t) - F)^2
        self.slope = 0.0  # sum of S d1 / n^2
        self.shared = 0.0  # the same, times F(t) - F
        self.own = 0.0  # sum of S^2 d1 (n - d1) / n^3

    def after(self, risk: RiskSet, survival: float, rise: float) -> float:
        """The variance once the curve has risen by `rise` at this risk set."""
        _, n, events, competing, _ = risk
        self.second += rise * (2 * self.first + rise * self.weight)
        self.first += rise * self.weight
        self.shared += rise * self.slope
        self.own += survival**2 * events * (n - events) / n**3
        self.slope += survival * events / n**2
        ended = events + competing
        if ended < n:  # else nobody is left, and no later step asks for this term
            self.weight += ended / (n * (n - ended))
        return max(self.second + self.own - 2 * self.shared, 0.0)
