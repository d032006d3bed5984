"""Whether a platform is faster than all others, by what was asked of both alike.

Pure: docs/definitions.md section 6, "Comparisons". Shares by a day and by a week are standardised
by stratum; the verdict is by the week, and adjusted for how many platforms are looked at.
"""

from collections.abc import Mapping
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.metrics.influence import (
    REACHED,
    Ending,
    FloatArray,
    IntArray,
    Observations,
    influence_of,
    left_at,
    risk_sets,
)
from app.metrics.intervals import Interval, Z, wilson_width_at_an_end
from app.metrics.vocabularies import Verdict

Mask = npt.NDArray[np.bool_]

HORIZONS = DAY, WEEK = 24.0, 168.0
FEWEST = 10  # takedowns of which something may be said
CLEAR = 0.05


class Difference(NamedTuple):
    """A platform's standardised share by some hour less that of the others."""

    share: float
    others: float
    value: float
    interval: Interval
    p_value: float  # of this one alone


class Comparison(NamedTuple):
    """A platform beside all others; no differences where it is too early."""

    takedowns: int
    strata_left_out: int
    by_day: Difference | None
    by_week: Difference | None
    verdict: Verdict


class Side(NamedTuple):
    """A platform, or all others, in each stratum; shares and variances by horizon and stratum."""

    takedowns: IntArray
    is_known: Mask  # its share by a week
    shares: FloatArray
    squares: FloatArray  # of the influences of its takedowns, added up
    at_an_end: FloatArray  # its variance instead of them, where a curve stands at 0 or 1


class Strata(NamedTuple):
    """What was asked of anybody, by what it was: sorted once for the sides of all platforms.

    The risk sets of the strata stand one behind the other.
    """

    observations: Observations  # in order of leaving; the takedowns counted from 0
    platforms: IntArray  # of each observation
    exits: IntArray
    sizes: IntArray  # how many elements a stratum has
    now: IntArray  # the element of each horizon, for each stratum
    stratum: IntArray  # of each takedown
    told_until: FloatArray  # of each takedown; never to end once it had an event

    @classmethod
    def of(cls, observations: Observations, platforms: IntArray, strata: IntArray) -> "Strata":
        """Sort each stratum by time, and number what is in it."""
        seen = until_a_week(observations)
        hours, endings, requests = seen
        names, places = np.unique(strata, return_inverse=True)
        known, takedowns = np.unique(requests, return_inverse=True)
        stratum, told_until = np.zeros(known.size, np.int64), np.zeros(known.size)
        stratum[takedowns] = places
        np.maximum.at(told_until, takedowns, np.where(endings == Ending.CENSORED, hours, np.inf))
        exits, sizes = np.empty(hours.size, np.int64), np.empty(names.size, np.int64)
        now = np.empty((len(HORIZONS), names.size), np.int64)
        for place in range(names.size):
            chosen, before = places == place, int(sizes[:place].sum())
            times, within, _ = risk_sets(seen.where(chosen))
            exits[chosen] = before + within
            now[:, place] = before + times.searchsorted(HORIZONS, side="right")
            sizes[place] = times.size + 1
        order = exits.argsort()  # what lies together is read quickly
        counted = Observations(hours[order], endings[order], takedowns[order])
        return cls(counted, platforms[order], exits[order], sizes, now, stratum, told_until)

    def side(self, chosen: Mask) -> Side:
        """Where the curves of some observations stand."""
        hours, endings, takedowns = self.observations.where(chosen)
        exits, strata = self.exits[chosen], self.sizes.size
        # Of all elements those at which one of its own had an event, and the starts.
        starts = self.sizes.cumsum() - self.sizes
        kept = np.bincount(exits, endings, int(self.sizes.sum())) > 0
        kept[starts] = True
        index = kept.cumsum() - 1
        exits, sizes = index[exits], np.add.reduceat(kept, starts, dtype=np.int64)
        left = left_at(endings, exits, int(sizes.sum()))
        influence = influence_of(left, sizes)
        is_over = (left[Ending.CENSORED] == 0)[sizes.cumsum() - 1] & (sizes > 1)
        place = self.stratum[takedowns]
        is_watched = np.bincount(place[hours >= WEEK], minlength=strata) > 0
        told_until = np.where(
            np.bincount(takedowns, minlength=self.stratum.size), self.told_until, -1
        )
        squares, told = [], []
        for horizon, now in zip(HORIZONS, index[self.now], strict=True):
            moved = influence.of_items(endings, exits, now[place])
            together = np.bincount(takedowns, moved, self.stratum.size)
            squares.append(np.bincount(self.stratum, together**2, strata))
            told.append(np.bincount(self.stratum, told_until >= horizon, strata))
        shares = influence.share[index[self.now]]
        inside = (shares > 0) & (shares < 1)
        half = wilson_width_at_an_end(np.array(told, np.float64)) / 2
        return Side(
            takedowns=np.bincount(self.stratum[told_until >= 0], minlength=strata),
            is_known=is_watched | is_over,
            shares=shares,
            squares=np.where(inside, squares, 0.0),
            at_an_end=np.where(inside, 0.0, (half / Z) ** 2),
        )


def compared(
    observations: Observations, platforms: IntArray, strata: IntArray
) -> dict[int, Comparison]:
    """Each platform with all others, from the numbers of both for each observation.

    All observations of a takedown are of one platform and one stratum.
    """
    if not platforms.size:
        return {}
    everybody, rows = Strata.of(observations, platforms, strata), {}
    for platform in np.unique(platforms).tolist():
        is_own = everybody.platforms == platform
        own, others = everybody.side(is_own), everybody.side(~is_own)
        is_known = everybody.observations.where(is_own).is_known_at(WEEK)
        rows[platform] = beside_others(own, others, is_known=is_known)
    return judged(rows)


def until_a_week(observations: Observations) -> Observations:
    """What came later is seen as still open: no horizon asks for it."""
    is_later = observations.hours > WEEK
    return observations._replace(endings=np.where(is_later, Ending.CENSORED, observations.endings))


def beside_others(own: Side, others: Side, *, is_known: bool) -> Comparison:
    """Differences of one platform, before all platforms are looked at together."""
    takedowns = int(own.takedowns.sum())
    used = own.is_known & others.is_known
    left_out = int(np.count_nonzero(~used))
    if takedowns < FEWEST or not used.any() or not is_known:
        return Comparison(takedowns, left_out, None, None, Verdict.TOO_EARLY)
    by_day, by_week = differences(own, others, used)
    return Comparison(takedowns, left_out, by_day, by_week, Verdict.NOT_TOLD_APART)


def differences(own: Side, others: Side, used: Mask) -> list[Difference]:
    """Of shares weighted alike, the weights held fixed; at each horizon."""
    n, m = own.takedowns[used], others.takedowns[used]
    weights = n * m / (n + m)
    weights /= weights.sum()
    requests = int((n + m).sum())
    factor = requests / (requests - 1)
    shares = [(side.shares[:, used] @ weights).tolist() for side in (own, others)]
    variances = [
        (factor * side.squares + side.at_an_end)[:, used] @ weights**2 for side in (own, others)
    ]
    return list(map(difference, *shares, (variances[0] + variances[1]).tolist()))


def difference(share: float, others: float, variance: float) -> Difference:
    """Of two shares, with a normal interval and p-value."""
    value, deviation = share - others, sqrt(variance)
    interval = Interval(value - Z * deviation, value + Z * deviation)
    return Difference(share, others, value, interval, p_value_of(value, deviation))


def p_value_of(value: float, deviation: float) -> float:
    """Two-sided, of a normal deviate; nothing is certain where nothing differs."""
    if abs(value) <= REACHED:
        return 1.0
    return erfc(abs(value) / (deviation * sqrt(2))) if deviation else 0.0


def judged(rows: Mapping[int, Comparison]) -> dict[int, Comparison]:
    """Give each its verdict, with p-values adjusted for all of them."""
    weeks = {platform: row.by_week for platform, row in rows.items() if row.by_week}
    adjusted = holm({platform: week.p_value for platform, week in weeks.items()})
    judged_rows = dict(rows)
    for platform, week in weeks.items():
        if adjusted[platform] < CLEAR:
            verdict = Verdict.FASTER if week.value > 0 else Verdict.SLOWER
            judged_rows[platform] = rows[platform]._replace(verdict=verdict)
    return judged_rows


def holm(p_values: Mapping[int, float]) -> dict[int, float]:
    """Adjust p-values for how many there are (Holm 1979)."""
    adjusted, highest = {}, 0.0
    for place, name in enumerate(sorted(p_values, key=lambda each: p_values[each])):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[name]))
        adjusted[name] = highest
    return adjusted
