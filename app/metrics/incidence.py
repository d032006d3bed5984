"""How long until it happens, when for some it has not happened yet.

Pure: observations in, a curve out; docs/definitions.md section 6 is the specification.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from app.metrics.influence import (
    REACHED,
    Ending,
    FloatArray,
    IntArray,
    Observations,
    RiskSets,
    influence_of,
    risk_sets,
)
from app.metrics.intervals import Interval, wilson, wilson_width_at_an_end
from app.metrics.variance import Takedowns, limits, variance_by_item, variance_by_request


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
    [incidence] = cumulative_incidences([observations])
    return incidence


def cumulative_incidences(several: Sequence[Observations]) -> list[Incidence]:
    """Work out several at once: so many short curves cost little more than one."""
    curves = Curves.of(several)
    takedowns = Takedowns.of(curves.observations, curves.risks)
    told_until = list(takedowns.told_until(several, curves.observations))
    found = []
    for one, steps, told in zip(
        several, steps_of(curves, takedowns, told_until), told_until, strict=True
    ):
        n = one.hours.size
        counts = np.bincount(one.endings, minlength=len(Ending)).tolist()
        found.append(
            Incidence(
                n=n,
                requests=told.size,
                events=counts[Ending.EVENT],
                competing=counts[Ending.COMPETING],
                censored=counts[Ending.CENSORED],
                follow_up_hours=float(one.hours.max()) if n else None,
                steps=steps,
                told_until=told,
            )
        )
    return found


def quantile_of(observations: Observations, share: float) -> float | None:
    """Hours at which a curve first reaches `share`, where nothing else of it is asked."""
    risks = risk_sets(observations)
    return first_hours(risks.times, influence_of(risks.left).share[1:] >= share - REACHED)


class Curves(NamedTuple):
    """Several curves, one behind the other: elements and takedowns are numbered on."""

    observations: Observations
    risks: RiskSets
    sizes: IntArray  # how many elements each has

    @classmethod
    def of(cls, several: Sequence[Observations]) -> Self:
        """Join them."""
        hours, endings, requests = zip(*several, strict=True)
        times, exits, left = zip(*map(risk_sets, several), strict=True)
        sizes = [one.size + 1 for one in times]
        takedowns = [int(one.max(initial=-1)) + 1 for one in requests]
        return cls(
            Observations(
                np.concatenate(hours), np.concatenate(endings), numbered_on(requests, takedowns)
            ),
            RiskSets(np.concatenate(times), numbered_on(exits, sizes), np.concatenate(left, 1)),
            np.array(sizes),
        )


def numbered_on(several: Iterable[IntArray], sizes: Iterable[int]) -> IntArray:
    """Join numbers from 0 on, each behind as many as there are of those before."""
    before = accumulate(sizes, initial=0)
    return np.concatenate([one + first for one, first in zip(several, before, strict=False)])


def steps_of(
    curves: Curves, takedowns: Takedowns, told_until: Sequence[FloatArray]
) -> Iterator[Steps]:
    """Each curve without its start."""
    left, sizes = curves.risks.left, curves.sizes
    influence = influence_of(left, sizes)
    requests = np.array([one.size for one in told_until])
    factor = np.repeat(requests / np.maximum(requests - 1, 1), sizes)
    clustered = variance_by_request(influence, takedowns) * factor
    variance = np.maximum(clustered, variance_by_item(influence, left))
    inside = np.ones(variance.size, dtype=bool)
    inside[sizes.cumsum() - sizes] = False
    ends = [0, *(sizes - 1).cumsum().tolist()]
    times, share, variance = curves.risks.times, influence.share[inside], variance[inside]
    told = [
        one.size - one.searchsorted(times[first:last])
        for one, (first, last) in zip(told_until, pairwise(ends), strict=True)
    ]
    at_an_end = wilson_width_at_an_end(np.concatenate(told).astype(np.float64))
    low, high = limits(share, variance, at_an_end)
    at_risk, left = influence.at_risk[inside], left[:, inside]
    for one, (first, last) in zip(told_until, pairwise(ends), strict=True):
        here, is_known = slice(first, last), one.size > 1
        yield Steps(
            hours=times[here],
            at_risk=at_risk[here],
            events=left[Ending.EVENT, here],
            competing=left[Ending.COMPETING, here],
            censored=left[Ending.CENSORED, here],
            share=share[here],
            variance=variance[here] if is_known else None,
            low=low[here] if is_known else None,
            high=high[here] if is_known else None,
        )


def first_hours(hours: FloatArray, reached: npt.NDArray[np.bool_]) -> float | None:
    """Hours of the first step of which it is true."""
    first = hours[reached][:1]
    return float(first[0]) if first.size else None
