"""What figures are asked about: days, platform, moment; and the takedowns that are the answer.

Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from app.metrics import periods
from app.metrics.cohort import NEVER, Cohort, Flags, Ints, Takedowns, Words
from app.metrics.periods import Period
from app.metrics.vocabularies import Grouping, Imported

EVER = Period(None, None)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros_of(moment: datetime) -> int:
    """Return a moment as cohorts keep them."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(micros: int) -> datetime:
    """Return the moment that cohorts keep so."""
    return _EPOCH + int(micros) * _MICROSECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Spans of local calendar days (any of them) and what to narrow them to."""

    zone: ZoneInfo
    periods: tuple[Period, ...] = (EVER,)
    platform: str | None = None
    category: str | None = None
    basis: str | None = None
    urgent: bool | None = None
    imported: Imported = Imported.INCLUDE
    with_open: bool = False  # whatever is neither closed nor withdrawn, too, of any day

    def spans(self) -> Iterator[tuple[int, int]]:
        """Return the first moment of each span, and that after its last."""
        return (span_of(period, self.zone) for period in self.periods)

    def asks_for(self, asked: Takedowns) -> Flags:
        """Tell of each takedown whether it belongs to the answer; a draft by its logging."""
        is_draft = asked.submitted_at == NEVER
        at = np.where(is_draft, asked.logged_at, asked.submitted_at)
        kept = np.zeros(at.size, dtype=bool)
        for first, last in self.spans():
            kept |= (at >= first) & (at < last)
        if self.with_open:
            kept |= ~is_draft & (asked.closed_at == NEVER) & (asked.withdrawn_at == NEVER)
        for name in ("platform", "category", "basis", "urgent"):
            value = getattr(self, name)
            if value is not None:
                kept &= getattr(asked, name) == value
        return kept & ~asked.is_imported if self.imported == Imported.EXCLUDE else kept


def span_of(period: Period, zone: ZoneInfo) -> tuple[int, int]:
    """Return the first moment of a period and that after its last, in microseconds."""
    first, last = period
    return (
        -NEVER if first is None else _midnight(first, zone),
        NEVER if last is None else _midnight(last, zone),
    )


def grouped(cohort: Cohort, by: Grouping, zone: ZoneInfo) -> dict[str, Cohort]:
    """Sort a cohort into its groups, by key; a draft is in that of the day it was logged.

    A group of drafts alone is none.
    """
    asked = cohort.takedowns
    if by == Grouping.ALL:
        names, places = np.array(["all"]), np.zeros(len(cohort), dtype=np.int64)
    elif by == Grouping.MONTH:
        names, places = _months(asked, zone)
    else:
        names, places = places_of(getattr(asked, by))
    is_submitted = asked.submitted_at != NEVER
    there = np.bincount(places[is_submitted], minlength=len(names))
    return {
        str(name): cohort.where(places == place) for place, name in enumerate(names) if there[place]
    }


def within(cohort: Cohort, period: Period, zone: ZoneInfo) -> Cohort:
    """Return what of a cohort lies within a period."""
    return cohort.where(Question(zone=zone, periods=(period,)).asks_for(cohort.takedowns))


def places_of(column: Words) -> tuple[Words, Ints]:
    """Return the words of a column in order, and the place of each element's among them."""
    names = sorted(set(column))
    place = {name: at for at, name in enumerate(names)}
    return np.array(names, dtype=object), np.array([place[one] for one in column], dtype=np.int64)


def _months(asked: Takedowns, zone: ZoneInfo) -> tuple[Words, Ints]:
    at = np.where(asked.submitted_at == NEVER, asked.logged_at, asked.submitted_at)
    if not at.size:
        return np.array([], dtype=object), at
    first, last = (
        f"{(_EPOCH + int(moment) * _MICROSECOND).astimezone(zone):%Y-%m}"
        for moment in (at.min(), at.max())
    )
    names = periods.months_between(first, last)
    starts = [span_of(periods.month_of(name), zone)[0] for name in names]
    places = np.searchsorted(np.array(starts), at, side="right") - 1
    return np.array(names, dtype=object), places


def _midnight(day: date, zone: ZoneInfo) -> int:
    return micros_of(datetime.combine(day, time(), zone))


class AsOf(NamedTuple):
    """The moment a question is asked of, and until when what is still open has waited then."""

    moment: datetime
    until: datetime

    @property
    def clock_behind(self) -> bool:
        """Tell whether the clock has not come to the moment yet: the answer may still change."""
        return self.until < self.moment

    def at(self, asked: datetime | None) -> "AsOf":
        """Return the moment asked for, this one unless told; never a later one."""
        moment = self.moment if asked is None else min(asked, self.moment)
        return AsOf(moment, min(moment, self.until))


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Of which moment figures are asked, and by which calendar."""

    zone: ZoneInfo
    known: AsOf

    @property
    def as_of(self) -> datetime:
        """The moment the figures are known at."""
        return self.known.moment

    @property
    def until(self) -> datetime:
        """Until when what is open has waited."""
        return self.known.until

    @property
    def today(self) -> date:
        """The local day of `until`."""
        return self.until.astimezone(self.zone).date()
