"""How long until it happens, when for some it has not happened yet.

Pure: observations in, a curve out; docs/definitions.md section 6 is the specification.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.metrics.influence import (
    REACHED,
    Ending,
    FloatArray,
    Influence,
    IntArray,
    Observations,
    RiskSets,
    influence_of,
    risk_sets,
    running,
)
from app.metrics.intervals import Interval, Z, wilson, wilson_width_at_an_end


class Estimate(NamedTuple):
    """A share with its interval; None for a single takedown."""

    share: float
    interval: Interval | None


class Steps(NamedTuple):
    """The moments at which something happened, by time; the curve from each to the next."""

    hours: FloatArray
    at_risk: IntArray  # just before
    events: IntArray
    competing: IntArray
    censored: IntArray  # from this moment until the next step
    share: FloatArray  # cumulative incidence of the event
    variance: FloatArray | None  # of `share`; None for a single takedown, as its limits are
    low: FloatArray | None
    high: FloatArray | None

    def intervals(self) -> list[Interval | None]:
        """Of each step."""
        if self.low is None or self.high is None:
            return [None] * self.hours.size
        return list(map(Interval, self.low.tolist(), self.high.tolist()))


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """The cumulative incidence of an event: a step function that starts at 0."""

    n: int
    requests: int
    events: int
    competing: int
    censored: int
    follow_up_hours: float | None  # the longest time watched, however it ended
    steps: Steps
    told_until: FloatArray  # of each takedown, in order: when its last word was heard

    def share_at(self, hours: float) -> Estimate | None:
        """Share that had the event by then.

        None beyond the end of the follow-up, but where nobody was still at risk at it: there the
        curve goes on level.
        """
        if self.follow_up_hours is None or (hours > self.follow_up_hours and not self.is_over):
            return None
        last = int(self.steps.hours.searchsorted(hours, side="right")) - 1
        share = float(self.steps.share[last]) if last >= 0 else 0.0
        return Estimate(share, self._interval(hours, last, share))

    def quantile(self, share: float) -> float | None:
        """Hours at which the curve first reaches `share`; None when it does not."""
        return first_hours(self.steps.hours, self.steps.share >= share - REACHED)

    def quantile_interval(self, share: float) -> tuple[float | None, float | None]:
        """95 % interval of a quantile, each limit None when not reached.

        The pointwise intervals inverted (Brookmeyer & Crowley 1982): from the hours at which
        their upper limit first reaches `share` to those at which their lower limit does.
        """
        hours, low, high = self.steps.hours, self.steps.low, self.steps.high
        if low is None or high is None:
            return (None, None)
        return (
            first_hours(hours, high >= share - REACHED),
            first_hours(hours, low >= share - REACHED),
        )

    @property
    def is_over(self) -> bool:
        """Nobody is at risk any more: the last of them had an event of either kind."""
        return self.steps.hours.size > 0 and int(self.steps.censored[-1]) == 0

    def _interval(self, hours: float, last: int, share: float) -> Interval | None:
        if self.steps.low is None or self.steps.high is None:
            return None
        if 0 < share < 1:
            return Interval(float(self.steps.low[last]), float(self.steps.high[last]))
        return wilson(share, self.requests - int(self.told_until.searchsorted(hours)))


def cumulative_incidence(observations: Observations) -> Incidence:
    """Aalen & Johansen 1978, with an interval at every step."""
    n = observations.hours.size
    risks = risk_sets(observations)
    takedowns = Takedowns.of(observations, risks)
    told_until = takedowns.told_until(observations)
    counts = risks.left.sum(axis=1)
    return Incidence(
        n=n,
        requests=takedowns.starts.size,
        events=int(counts[Ending.EVENT]),
        competing=int(counts[Ending.COMPETING]),
        censored=int(counts[Ending.CENSORED]),
        follow_up_hours=float(observations.hours.max()) if n else None,
        steps=steps_of(risks, takedowns, told_until),
        told_until=told_until,
    )


class Takedowns(NamedTuple):
    """Observations in order of takedown, then of leaving."""

    order: IntArray  # indices of observations
    endings: IntArray
    exits: IntArray
    starts: IntArray  # of each takedown: its first observation
    sizes: IntArray

    @classmethod
    def of(cls, observations: Observations, risks: RiskSets) -> "Takedowns":
        """Sort them once."""
        by_takedown = observations.requests * (risks.times.size + 1) + risks.exits
        order = by_takedown.argsort(kind="stable")  # which is quick where it nearly is so already
        requests = observations.requests[order]
        starts = np.flatnonzero(np.diff(requests, prepend=requests[:1] - 1))
        sizes = np.diff(starts, append=order.size)
        return cls(order, observations.endings[order], risks.exits[order], starts, sizes)

    def told_until(self, observations: Observations) -> FloatArray:
        """When the last word of each was heard, in order; never to end once it had an event."""
        if not self.starts.size:
            return np.empty(0)
        hours = np.where(self.endings == Ending.CENSORED, observations.hours[self.order], np.inf)
        return np.sort(np.maximum.reduceat(hours, self.starts))


def steps_of(risks: RiskSets, takedowns: Takedowns, told_until: FloatArray) -> Steps:
    """The curve without its start."""
    influence, requests = influence_of(risks.left), told_until.size
    variance = low = high = None
    if requests > 1:
        clustered = variance_by_request(influence, takedowns) * (requests / (requests - 1))
        variance = np.maximum(clustered, variance_by_item(influence, risks.left))[1:]
        told = (requests - told_until.searchsorted(risks.times)).astype(np.float64)
        low, high = limits(influence.share[1:], variance, wilson_width_at_an_end(told))
    return Steps(
        hours=risks.times,
        at_risk=influence.at_risk[1:],
        events=risks.left[Ending.EVENT, 1:],
        competing=risks.left[Ending.COMPETING, 1:],
        censored=risks.left[Ending.CENSORED, 1:],
        share=influence.share[1:],
        variance=variance,
        low=low,
        high=high,
    )


def variance_by_item(influence: Influence, left: IntArray) -> FloatArray:
    """Squared derivatives of all observations, added up, at each element of the curve."""
    level, slope, gap = influence.level, influence.slope, influence.gap
    levels, both, slopes = (
        (left * one * other).sum(axis=0).cumsum()
        for one, other in ((level, level), (level, slope), (slope, slope))
    )
    staying = influence.at_risk - left.sum(axis=0)
    squares = levels + gap * (2 * both + gap * slopes) + staying * influence.waiting**2
    return still_at_an_end(influence, squares)


def variance_by_request(influence: Influence, takedowns: Takedowns) -> FloatArray:
    """Squared sums of the derivatives of each takedown, added up, at each element of the curve.

    A takedown moves the curve by level + slope gap + staying waiting. The six sums of products
    of these three, over all takedowns, change only when one of its observations leaves.
    """
    _, endings, exits, starts, sizes = takedowns
    first = np.repeat(starts, sizes)
    level, slope = influence.level[endings, exits], influence.slope[endings, exits]
    levels, slopes = running(level, first), running(slope, first)  # once it has left, and before:
    levels_before, slopes_before = levels - level, slopes - slope
    staying = (first + np.repeat(sizes, sizes) - np.arange(1, first.size + 1)).astype(np.float64)

    def over_time(changes: FloatArray) -> FloatArray:
        return np.bincount(exits, changes, influence.share.size).cumsum()

    gap, waiting = influence.gap, influence.waiting
    squares = (
        over_time(level * (levels + levels_before))
        + gap**2 * over_time(slope * (slopes + slopes_before))
        + waiting**2 * (float((sizes**2).sum()) - over_time(2 * staying + 1))
        + 2 * gap * over_time(levels * slopes - levels_before * slopes_before)
        + 2 * waiting * over_time(level * staying - levels_before)
        + 2 * gap * waiting * over_time(slope * staying - slopes_before)
    )
    return still_at_an_end(influence, squares)


def still_at_an_end(influence: Influence, variance: FloatArray) -> FloatArray:
    """Return it without rounding: no weight moves a curve at 0 or 1, and none is negative."""
    inside = (influence.share > 0) & (influence.share < 1)
    return np.where(inside, np.maximum(variance, 0.0), 0.0)


def limits(
    share: FloatArray, variance: FloatArray, at_an_end: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """By log(-log) of the curve itself; at 0 and 1, where that is undefined, by Wilson."""
    inside = (share > 0) & (share < 1)
    known = np.where(inside, share, 0.5)
    with np.errstate(over="ignore"):
        power = np.exp(Z * np.sqrt(variance) / -(known * np.log(known)))
    low = np.where(inside, known**power, np.where(share > 0, 1 - at_an_end, 0.0))
    high = np.where(inside, known ** (1 / power), np.where(share > 0, 1.0, at_an_end))
    return low, high


def first_hours(hours: FloatArray, reached: npt.NDArray[np.bool_]) -> float | None:
    """Hours of the first step of which it is true."""
    first = hours[reached][:1]
    return float(first[0]) if first.size else None
