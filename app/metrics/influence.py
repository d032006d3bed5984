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
from typing import NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Array = TypeVar("Array", npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.longdouble])

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

    def where(self, chosen: npt.NDArray[np.bool_]) -> Self:
        """Some of them."""
        return self._replace(
            hours=self.hours[chosen],
            endings=self.endings[chosen],
            requests=self.requests[chosen],
        )

    def is_known_at(self, hours: float) -> bool:
        """Somebody was watched until then, or nobody was still at risk at the end."""
        ended = self.endings != Ending.CENSORED
        last_event = float(self.hours.max(initial=-1, where=ended))
        last_open = float(self.hours.max(initial=-1, where=~ended))
        return max(last_event, last_open) >= hours or last_event > last_open


class RiskSets(NamedTuple):
    """Who left when: element 0 is the start, then one for each time of an event of either kind."""

    times: FloatArray  # without the start
    exits: IntArray  # of each observation: the element at which it leaves
    left: IntArray  # one row for each `Ending`; the censored from an element until the next


class Influence(NamedTuple):
    """The curve at each element of its risk sets, and its derivatives."""

    at_risk: IntArray  # just before
    share: FloatArray
    gap: FloatArray  # between the share and that at the end: not above 0
    waiting: FloatArray
    level: FloatArray  # one row for each `Ending`, as `slope`
    slope: FloatArray
    first: IntArray | None  # where the curve of each element begins; None of a single curve
    last: IntArray | int  # and ends

    def of_items(self, endings: IntArray, exits: IntArray, now: int | IntArray) -> FloatArray:
        """Derivative of the share at an element for each observation; `now` may be one for each."""
        moved = self.level[endings, exits] + self.gap[now] * self.slope[endings, exits]
        return np.where(exits > now, self.waiting[now], moved)


def risk_sets(observations: Observations) -> RiskSets:
    """All that happens at one time happens together.

    Events and competing events share one risk set, and who is censored at that time still
    belongs to it.
    """
    order = observations.hours.argsort()
    hours = observations.hours[order]  # in order they are found several times as fast
    ended = hours[observations.endings[order] != Ending.CENSORED]
    times = ended[first_of_runs(ended)]
    exits = np.empty(hours.size, np.int64)
    exits[order] = times.searchsorted(hours, side="right")
    return RiskSets(times, exits, left_at(observations.endings, exits, times.size + 1))


def left_at(endings: IntArray, exits: IntArray, size: int) -> IntArray:
    """How many left by each ending at each of `size` elements."""
    return np.bincount(endings * size + exits, minlength=3 * size).reshape(3, size)


def influence_of(left: IntArray, sizes: IntArray | None = None) -> Influence:
    """Aalen & Johansen 1978; without competing events 1 - Kaplan & Meier 1958.

    Of several curves at once, one behind the other, `sizes` are the elements of each.
    """
    first, last = (None, -1) if sizes is None or sizes.size == 1 else bounds(sizes)
    leaving = left.sum(axis=0)
    gone = running(leaving, first)
    at_risk = gone[last] - gone + leaving
    ended = leaving - left[Ending.CENSORED]
    staying = at_risk - ended

    is_last = staying == 0  # at the end of a curve or behind it, so that nothing rests on it
    among = np.maximum(at_risk, 1)
    kept = np.log1p(-(ended / among) * ~is_last).astype(np.longdouble)  # many small sums
    weight = np.exp((running(kept, first) - kept).astype(np.float64)) / among
    rise = weight * left[Ending.EVENT]
    share = running(rise.astype(np.longdouble), first).astype(np.float64)
    share[share >= 1 - REACHED] = 1.0

    shrink = 1 / (staying + is_last)
    hazard = ended * shrink / among
    spared = running(hazard, first)
    waiting = running(rise * (spared - hazard - 1 / among), first)
    slope = np.empty(left.shape)
    slope[Ending.CENSORED] = spared
    slope[Ending.EVENT] = slope[Ending.COMPETING] = (spared - shrink) * ~is_last
    gap = share - share[last]
    level = waiting - slope * gap
    level[Ending.EVENT] += weight
    return Influence(at_risk, share, gap, waiting, level, slope, first, last)


def first_of_runs(values: npt.NDArray[np.generic]) -> IntArray:
    """Return where each run of equal values begins."""
    begins = np.ones(values.size, dtype=bool)
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return begins.nonzero()[0]


def bounds(sizes: IntArray) -> tuple[IntArray, IntArray]:
    """Where the group of each element begins, and its last."""
    ends = sizes.cumsum()
    return np.repeat(ends - sizes, sizes), np.repeat(ends - 1, sizes)


def running(values: Array, first: IntArray | None) -> Array:
    """Running sums, which begin anew where a group does."""
    sums: Array = values.cumsum()
    return sums if first is None else sums - (sums - values)[first]
