"""A cumulative incidence, and how much each item moves it.

Pure: the infinitesimal jackknife of docs/definitions.md section 6, in one pass.

With F the curve, S the share without any event and Y those at risk just before s, n1 and n the
events of interest and of any kind at s, more weight on an item i moves them by
    dF += dS n1 / Y + S (n1_i - n1 / Y) / Y,  then  dS <- dS (1 - n / Y) - S (n_i - n / Y) / Y,
the second terms only while i is at risk. So all at risk share one derivative of F, `waiting`,
and one of S, which is S times the sum of n / (Y (Y - n)). Of whoever has left dS stays in
proportion to S, so that dF = level + slope (F(t) - F(end)) for ever after. Measured from the
end of the curve both terms are as small as their sum: nothing cancels in long tails.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# A curve this near to a share has reached it: ten tenths added up must be one.
REACHED = 1e-12


class Ending(IntEnum):
    """What ended the watching."""

    CENSORED = 0
    EVENT = 1
    COMPETING = 2


class Observations(NamedTuple):
    """One element for each item, or for each takedown where those are counted."""

    hours: FloatArray
    endings: IntArray  # of `Ending`
    requests: IntArray  # the number of the takedown it belongs to

    @classmethod
    def of(cls, rows: Iterable[tuple[float, Ending, int]]) -> Self:
        """Observations from rows of (hours, ending, request)."""
        columns = tuple(zip(*rows, strict=True)) or ((), (), ())
        hours, endings, requests = columns
        return cls(
            np.array(hours, np.float64), np.array(endings, np.int64), np.array(requests, np.int64)
        )


class Influence(NamedTuple):
    """The curve and its derivatives.

    Arrays have one element for the start, then one for each time of an event or competing event;
    `left`, `level` and `slope` one such row for each `Ending`.
    """

    times: FloatArray  # without the start
    exits: IntArray  # of each observation: the element at which it leaves
    left: IntArray  # who leaves at it; the censored from it until the next
    at_risk: IntArray  # just before
    share: FloatArray
    waiting: FloatArray
    level: FloatArray
    slope: FloatArray

    @property
    def gap(self) -> FloatArray:
        """How far below its end the curve is."""
        below: FloatArray = self.share - self.share[-1]
        return below

    def passed(self, hours: float) -> int:
        """Return the element at which the curve stands at that hour."""
        return int(self.times.searchsorted(hours, side="right"))

    def of_items(self, endings: IntArray, hours: float) -> FloatArray:
        """Derivative of the share at that hour for each observation."""
        now = self.passed(hours)
        moved: FloatArray = (self.level + self.gap[now] * self.slope)[endings, self.exits]
        return np.where(self.exits <= now, moved, self.waiting[now])


def influence_of(observations: Observations) -> Influence:
    """Aalen & Johansen 1978; without competing events 1 - Kaplan & Meier 1958.

    All that happens at one time happens together: events and competing events share one risk
    set, and who is censored at that time still belongs to it.
    """
    hours, endings, _ = observations
    times, exits = exits_of(observations)
    size = times.size + 1
    left = np.bincount(endings * size + exits, minlength=3 * size).reshape(3, size)
    leaving = left.sum(axis=0)
    at_risk = hours.size - leaving.cumsum() + leaving
    ended = leaving - left[Ending.CENSORED]
    staying = at_risk - ended

    among = np.maximum(at_risk, 1)  # nobody at all, where there are no observations
    without = np.ones(size, np.longdouble)  # many small steps add up their roundings
    np.cumprod((staying / among)[:-1], out=without[1:])
    weight = (without / among).astype(np.float64)
    rise = weight * left[Ending.EVENT]
    share = rise.cumsum(dtype=np.longdouble).astype(np.float64)
    share[share >= 1 - REACHED] = 1.0

    is_last = staying == 0
    shrink = 1 / (staying + is_last)
    hazard = ended * shrink / among
    spared = hazard.cumsum()
    waiting = (rise * (spared - hazard - 1 / among)).cumsum()
    slope = np.empty((3, size))
    slope[Ending.CENSORED] = spared
    slope[Ending.EVENT] = slope[Ending.COMPETING] = (spared - shrink) * ~is_last
    level = waiting + slope * (share[-1] - share)
    level[Ending.EVENT] += weight
    return Influence(times, exits, left, at_risk, share, waiting, level, slope)


def exits_of(observations: Observations) -> tuple[FloatArray, IntArray]:
    """Times of events of either kind, and of each observation how many of them it saw."""
    order = observations.hours.argsort()
    hours = observations.hours[order]  # in order they are found several times as fast
    times = np.unique(hours[observations.endings[order] != Ending.CENSORED])
    exits = np.empty(hours.size, np.int64)
    exits[order] = times.searchsorted(hours, side="right")
    return times, exits
