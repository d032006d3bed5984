"""Which takedowns a question is about, each as it stood at `as_of`: the plain, exact path."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.kit.database import Database, Unit
from app.metrics.inclusion_rules import CohortItem, CohortTakedown
from app.takedowns import chain, clocks, lifecycle, queries
from app.takedowns.facts import UNKNOWN
from app.takedowns.lifecycle import Event, ReplayedItem, State
from app.takedowns.models import events, takedowns


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


def latest(database: Database) -> AsOf:
    """Return the present, once everything recorded up to it is committed and readable.

    Never before the newest event: a clock that ran ahead once must not hide what came after it.
    """
    with database.write() as unit:
        now, newest = unit.clock(), chain.head(unit).at
    return AsOf(max(now, newest) if newest else now, now)


def members(unit: Unit, question: Question, as_of: datetime) -> Iterator[Member]:
    """Replay every takedown that was submitted by `as_of`, and give those asked for."""
    for reference, timeline in _timelines(unit, question.platform, as_of):
        if any(event.kind == "logged" for event in timeline):
            state = lifecycle.replay(timeline, as_of, check=False)
            if question.asks_for(state):
                yield _member(reference, state, question.zone)


def _timelines(
    unit: Unit, platform: str | None, as_of: datetime
) -> Iterator[tuple[str, list[Event]]]:
    submitted = select(events.c.takedown_id).where(
        events.c.kind == "submitted", events.c.recorded_at <= as_of
    )
    query = (
        select(takedowns.c.reference, *queries.EVENT)
        .join(events, events.c.takedown_id == takedowns.c.id)
        .where(events.c.takedown_id.in_(submitted), events.c.recorded_at <= as_of)
        .order_by(events.c.takedown_id, events.c.number)
    )
    if platform is not None:
        query = query.where(takedowns.c.platform == platform)
    rows = unit.connection.execute(query, execution_options={"yield_per": 2000})
    for reference, group in groupby(rows, key=itemgetter(0)):
        yield reference, [queries.event(row[1:]) for row in group]


def _member(reference: str, state: State, zone: ZoneInfo) -> Member:
    assert state.submitted_at is not None  # noqa: S101 - asked for only when submitted
    return Member(
        platform=state.platform,
        provider=state.provider or UNKNOWN,
        category=state.category or "",
        basis=state.basis or "",
        month=state.submitted_at.astimezone(zone).date().isoformat()[:7],
        takedown=CohortTakedown(
            reference=reference,
            submitted_at=state.submitted_at,
            receipt_at=state.receipt_at,
            answered_at=state.answered_at,
            target_at=clocks.removal_target(state),
            our_hours=clocks.our_hours(state),
            reply_expected=state.reply_expected,
            court_order=bool(state.facts.get("court_order")),
            items=tuple(_item(item) for item in state.items),
        ),
    )


def _item(item: ReplayedItem) -> CohortItem:
    return CohortItem(
        number=item.id,
        state=item.state,
        gone_at=item.gone_at,
        competing_at=item.short_of_removal_at,
        first_decided_at=item.first_decided_at,
        first_action_at=item.first_action_at,
        claimed_removed_still_up=item.claimed_removed_still_up,
    )


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
