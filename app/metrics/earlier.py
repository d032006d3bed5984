"""An earlier period beside one: its same part, at the same age, and what of a difference is clear.

Pure: docs/definitions.md section 6, "Comparisons".
"""

from datetime import date, datetime
from math import hypot
from typing import NamedTuple

import numpy as np

from app.metrics.cohort import NEVER, Cohort
from app.metrics.intervals import Interval
from app.metrics.periods import Period
from app.metrics.questions import Viewpoint, micros_of, moment_of, span_of

_DAY = 86_400_000_000


class Part(NamedTuple):
    """As much of an earlier period as there is of the one beside it, and how both are read."""

    period: Period  # all its days
    end: int  # what was submitted from then on is left out
    until: int  # it is read as everything stood then
    age_days: int  # of both, since their first day

    @property
    def happened_by(self) -> datetime:
        """The moment it is read at."""
        return moment_of(self.until)

    def of(self, cohort: Cohort) -> Cohort:
        """Leave out what was submitted, or drafted, after the part."""
        asked = cohort.takedowns
        at = np.where(asked.submitted_at == NEVER, asked.logged_at, asked.submitted_at)
        return cohort.where(at < self.end)

    def last_day(self, view: Viewpoint) -> date:
        """The last day of it."""
        return moment_of(self.end - 1).astimezone(view.zone).date()


class Difference(NamedTuple):
    """A share less an earlier one."""

    value: float
    interval: Interval

    @property
    def is_clear(self) -> bool:
        """Tell whether chance alone would hardly make it."""
        return not self.interval.low <= 0 <= self.interval.high


def same_part(period: Period, earlier: Period, view: Viewpoint) -> Part | None:
    """Return what may be set beside a period; None where it does not begin earlier."""
    (first, last), (before, end) = span_of(period, view.zone), span_of(earlier, view.zone)
    until = micros_of(view.until)
    if not -NEVER < before < first < until:
        return None
    elapsed = min(until, last) - first
    return Part(
        earlier, min(before + elapsed, end), before + until - first, (until - first) // _DAY
    )


def difference(share: tuple[float, Interval], before: tuple[float, Interval]) -> Difference:
    """Return the difference of two shares, its interval made of both of theirs (Newcombe 1998)."""
    (now, (low, high)), (then, (low_then, high_then)) = share, before
    value = now - then
    below, above = hypot(now - low, high_then - then), hypot(high - now, then - low_then)
    return Difference(value, Interval(value - below, value + above))
