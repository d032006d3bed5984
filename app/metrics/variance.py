"""How far chance may have moved cumulative incidences: variances at each of their steps, limits.

Pure: docs/definitions.md section 6 is the specification.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

import numpy as np

from app.metrics.influence import (
    Ending,
    FloatArray,
    Influence,
    IntArray,
    Observations,
    RiskSets,
    first_of_runs,
    running,
)
from app.metrics.intervals import Z


class Takedowns(NamedTuple):
    """Observations in order of takedown, then of leaving."""

    order: IntArray  # indices of observations
    endings: IntArray
    exits: IntArray
    starts: IntArray  # of each takedown: its first observation
    sizes: IntArray

    @classmethod
    def of(cls, observations: Observations, risks: RiskSets) -> Self:
        """Sort them once."""
        by_takedown = observations.requests * risks.left.shape[1] + risks.exits
        order = by_takedown.argsort(kind="stable")  # which is quick where it nearly is so already
        starts = first_of_runs(observations.requests[order])
        sizes = np.diff(starts, append=order.size)
        return cls(order, observations.endings[order], risks.exits[order], starts, sizes)

    def told_until(
        self, several: Sequence[Observations], joined: Observations
    ) -> Iterator[FloatArray]:
        """When the last word of each was heard, curve by curve, in order.

        Never to end once it had an event.
        """
        hours = np.where(self.endings == Ending.CENSORED, joined.hours[self.order], np.inf)
        told = np.maximum.reduceat(hours, self.starts)
        ends = self.starts.searchsorted(list(accumulate(one.hours.size for one in several)))
        for first, last in pairwise([0, *ends.tolist()]):
            yield np.sort(told[first:last])


def variance_by_item(influence: Influence, left: IntArray) -> FloatArray:
    """Squared derivatives of all observations, added up, at each element of the curve."""
    level, slope, gap = influence.level, influence.slope, influence.gap
    levels, both, slopes = (
        running((left * one * other).sum(axis=0), influence.first)
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
        changed = np.bincount(exits, changes, influence.share.size).astype(np.float64, copy=False)
        return running(changed, influence.first)

    gap, waiting = influence.gap, influence.waiting
    stayed = over_time(2 * staying + 1)
    squares = (
        over_time(level * (levels + levels_before))
        + gap**2 * over_time(slope * (slopes + slopes_before))
        + waiting**2 * (stayed[influence.last] - stayed)
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
