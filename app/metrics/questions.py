"""What figures are asked about: days, platform, moment; and the takedowns that are the answer.

Pure.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.metrics.inclusion_rules import CohortTakedown
from app.metrics.periods import Period
from app.takedowns.lifecycle import State


class Question(NamedTuple):
    """A span of local calendar days (`to` exclusive, None unbounded) and what to narrow it to."""

    zone: ZoneInfo
    from_day: date | None = None
    to_day: date | None = None
    platform: str | None = None
    category: str | None = None
    basis: str | None = None

    def asks_for(self, state: State) -> bool:
        """Tell whether a takedown that stood so belongs to the cohort."""
        return (
            state.submitted_at is not None
            and self.spans(state.submitted_at)
            and self.category in (None, state.category)
            and self.basis in (None, state.basis)
        )

    def spans(self, moment: datetime) -> bool:
        """Tell whether a moment lies within the days asked for."""
        return (self.from_day is None or moment >= self._midnight(self.from_day)) and (
            self.to_day is None or moment < self._midnight(self.to_day)
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


class Member(NamedTuple):
    """A takedown of the cohort with what it can be grouped by."""

    platform: str
    provider: str
    category: str
    basis: str
    month: str
    takedown: CohortTakedown


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


@dataclass(frozen=True, slots=True)
class Scope(Viewpoint):
    """What a page of figures is about, every day and moment of it known."""

    period: Period
    compared: Period | None = None  # the days to compare with
    platform: str | None = None
    without: str | None = None  # a platform: all the others
    category: str | None = None
    basis: str | None = None
    curve_hours: int = 168  # how far curves are drawn

    @property
    def question(self) -> Question:
        """What to load: every day and every platform, narrowed in memory afterwards."""
        return Question(self.zone, category=self.category, basis=self.basis)

    def within(
        self, found: Iterable[Member], period: Period, platform: str | None = None
    ) -> list[Member]:
        """Return the members submitted in a period, to a platform or to all but one if named."""
        days = Question(self.zone, period.from_day, period.to_day)
        return [
            member
            for member in found
            if platform in (None, member.platform)
            and member.platform != self.without
            and days.spans(member.takedown.submitted_at)
        ]


GROUPINGS: Mapping[str, Callable[[Member], str]] = {
    "platform": attrgetter("platform"),
    "provider": attrgetter("provider"),
    "category": attrgetter("category"),
    "month": attrgetter("month"),
    "basis": attrgetter("basis"),
}


def grouped(found: Iterable[Member], by: str) -> dict[str, list[Member]]:
    """Sort members into the groups of one of GROUPINGS, by key."""
    key_of = GROUPINGS[by]
    groups: dict[str, list[Member]] = {}
    for member in found:
        groups.setdefault(key_of(member), []).append(member)
    return dict(sorted(groups.items()))
