"""Which takedowns a question is about, each as it stood at `as_of`: the plain, exact path."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.kit.database import Database, Unit
from app.metrics.inclusion_rules import CohortItem, CohortTakedown
from app.metrics.questions import AsOf, Member, Question, Scope
from app.takedowns import chain, clocks, lifecycle, queries
from app.takedowns.facts import UNKNOWN
from app.takedowns.lifecycle import Event, ReplayedItem, State
from app.takedowns.models import events, takedowns


def latest(database: Database) -> AsOf:
    """Return the present, once everything recorded up to it is committed and readable.

    Never before the newest event: a clock that ran ahead once must not hide what came after it.
    """
    with database.write() as unit:
        now, newest = unit.clock(), chain.head(unit).at
    return AsOf(max(now, newest) if newest else now, now)


def load(database: Database, scope: Scope) -> list[Member]:
    """Read every member that a page may need, once: replaying them is what costs."""
    with database.read() as unit:
        return list(members(unit, scope.question, scope.as_of))


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
            our_hours=clocks.hours(state).our_hours,
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
        competing_at=item.measured.ended_at,
        first_decided_at=item.first_decided_at,
        first_action_at=item.measured.acted_at,
        claimed_removed_still_up=item.measured.claimed_removed_still_up,
    )
