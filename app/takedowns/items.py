"""What the story of one item amounts to: its state, and what is open about it.

Pure: docs/definitions.md section 4. A story holds the events about one item, in replay order.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.schemas.vocabularies import Availability, EventKind, Ground, ItemState, Outcome, Recipient
from app.takedowns.event_kinds import (
    Complained,
    Decided,
    Escalated,
    InformationRequested,
    InformationSent,
    Noted,
    Seen,
)
from app.takedowns.outcomes import CLAIMS, NO_ACTION, REMOVALS, RESTRICTIONS, SHORT_OF_REMOVAL
from app.takedowns.replay_order import Event

GONE = frozenset({ItemState.GONE, ItemState.ALREADY_GONE})
OFFLINE = GONE | {ItemState.WITHDRAWN}
DAY = timedelta(hours=24)


class Decision(NamedTuple):
    """What the platform told us; `number` is its event's."""

    at: datetime
    number: int
    outcome: Outcome
    ground: Ground | None
    scope: Sequence[str]


class Look(NamedTuple):
    """What somebody saw; who looked stands on the event of that number."""

    at: datetime
    number: int
    availability: Availability
    vantage: str | None


class Appeal(NamedTuple):
    """A complaint or an escalation, and to whom."""

    at: datetime
    to: Recipient


class ReplayedItem(NamedTuple):
    """One item; a moment is None where it has not come to that."""

    id: int
    state: ItemState
    platform_says: Decision | None = None
    we_saw: Look | None = None
    withdrawn_at: datetime | None = None
    first_decided_at: datetime | None = None
    first_action_at: datetime | None = None  # an outcome by which the platform did something
    gone_at: datetime | None = None
    seen_gone_at: datetime | None = None  # first of the sightings that no later one belies
    short_of_removal_at: datetime | None = None  # refused or restricted since, and it stands
    still_up_at: datetime | None = None  # seen live where it should not be
    claimed_removed_still_up: bool = False
    unchecked_claim_at: datetime | None = None  # said removed, and nobody looked since
    asked_at: datetime | None = None  # the platform's open question
    appeal: Appeal | None = None  # the last one since the last decision
    accepted: bool = False  # noted so since the last decision

    @property
    def is_offline(self) -> bool:
        """Nothing is left to take down, or we no longer ask for it."""
        return self.state in OFFLINE

    @property
    def is_silent(self) -> bool:
        """The platform has not decided, and it is not gone either."""
        return self.first_decided_at is None and not self.is_offline


class _Story(NamedTuple):
    """The events about one item of a submitted takedown, sorted out."""

    events: Sequence[Event]
    submitted_at: datetime
    decisions: Sequence[Decision]
    gones: Sequence[Look]
    lives: Sequence[Look]
    was_gone: bool  # the last look at or before the submission showed it gone, and none since live
    claims: frozenset[Outcome]  # the outcomes that are statements of removal here

    @property
    def outcome(self) -> Outcome | None:
        return self.decisions[-1].outcome if self.decisions else None


def state_of(item_id: int, events: Sequence[Event], submitted_at: datetime | None) -> ReplayedItem:
    """State of one item; `submitted_at` is None as long as nothing was submitted."""
    if not events:
        return ReplayedItem(item_id, ItemState.DRAFT if submitted_at is None else ItemState.WAITING)
    looks = [
        Look(e.happened_at, e.number, e.data.availability, e.data.vantage)
        for e in events
        if isinstance(e.data, Seen)
    ]
    withdrawn_at = next((e.happened_at for e in events if e.kind == EventKind.WITHDRAWN), None)
    item = ReplayedItem(
        item_id,
        ItemState.DRAFT if withdrawn_at is None else ItemState.WITHDRAWN,
        we_saw=looks[-1] if looks else None,
        withdrawn_at=withdrawn_at,
    )
    if submitted_at is None:
        return item
    return _submitted(item, _sorted_out(events, looks, submitted_at))


def appeal_of(event: Event) -> Appeal | None:
    """What was complained or escalated, if it is that."""
    if isinstance(event.data, Complained | Escalated):
        return Appeal(event.happened_at, event.data.to)
    return None


def _sorted_out(events: Sequence[Event], looks: Sequence[Look], submitted_at: datetime) -> _Story:
    gone, live = Availability.GONE, Availability.LIVE
    gones = [look for look in looks if look.availability == gone]
    lives = [look for look in looks if look.availability == live]
    # A look that told nothing is no look.
    before = [
        look.availability
        for look in looks
        if look.at <= submitted_at and look.availability != Availability.UNKNOWN
    ]
    was_gone = before[-1:] == [gone] and not any(one.at > submitted_at for one in lives)
    # Seen live so late, it was not gone already: then the platform says that it removed it.
    was_up = any(one.at >= submitted_at - DAY for one in lives)
    decisions = [
        Decision(e.happened_at, e.number, e.data.outcome, e.data.ground, e.data.scope)
        for e in events
        if isinstance(e.data, Decided)
    ]
    claims = CLAIMS if was_up else REMOVALS
    return _Story(events, submitted_at, decisions, gones, lives, was_gone, claims)


def _submitted(item: ReplayedItem, story: _Story) -> ReplayedItem:
    standing_since = _removal_stands_since(story)
    came_back_at = _came_back_at(story) if standing_since is None else None
    belied_at = _belied_at(story) if standing_since is None else None
    state = item.state
    if state != ItemState.WITHDRAWN:
        state = _state(story, standing_since, came_back_at, belied_at=belied_at)
    is_left = state not in OFFLINE
    asked_at, appeal, accepted = _since_last_decision(story.events)
    seen_gone_at = _seen_gone_at(story)
    decisions = story.decisions
    return item._replace(
        state=state,
        platform_says=decisions[-1] if decisions else None,
        first_decided_at=decisions[0].at if decisions else None,
        first_action_at=next((d.at for d in decisions if d.outcome not in NO_ACTION), None),
        gone_at=standing_since if state == ItemState.GONE else None,
        seen_gone_at=seen_gone_at,
        short_of_removal_at=_short_of_removal_since(story) if standing_since is None else None,
        still_up_at=max(filter(None, (came_back_at, belied_at)), default=None) if is_left else None,
        claimed_removed_still_up=(
            is_left and standing_since is None and story.outcome in story.claims
        ),
        unchecked_claim_at=_unchecked_claim_at(story, item.we_saw)
        if seen_gone_at is None and state != ItemState.WITHDRAWN
        else None,
        asked_at=asked_at if is_left else None,
        appeal=appeal,
        accepted=accepted,
    )


def _state(
    story: _Story,
    standing_since: datetime | None,
    came_back_at: datetime | None,
    *,
    belied_at: datetime | None,
) -> ItemState:
    """First line that fits, as docs/definitions.md section 4 counts them from 2 to 7."""
    outcome = story.outcome
    if story.was_gone or (outcome == Outcome.ALREADY_GONE and outcome not in story.claims):
        return ItemState.ALREADY_GONE
    if came_back_at is not None:
        return ItemState.CAME_BACK
    if standing_since is not None:
        return ItemState.GONE
    if outcome in RESTRICTIONS and belied_at is None:
        return ItemState.RESTRICTED
    if outcome == Outcome.REFUSED:
        return ItemState.REFUSED
    return ItemState.WAITING


def _removal_stands_since(story: _Story) -> datetime | None:
    """Moment of the earliest statement of removal that nothing after it contradicts."""
    since = None
    reinstated = False
    for event in reversed(story.events):
        match event.data:
            case Seen(Availability.LIVE):
                break
            case Seen(Availability.GONE) if event.happened_at > story.submitted_at:
                since = event.happened_at
            case Decided(outcome) if outcome not in CLAIMS:
                reinstated = True
            case Decided(outcome) if outcome in story.claims and not reinstated:
                since = event.happened_at
    return since


def _came_back_at(story: _Story) -> datetime | None:
    """First look that showed it live again after the last that showed it gone."""
    gone = next((look for look in reversed(story.gones) if look.at > story.submitted_at), None)
    if gone is None:
        return None
    return next((look.at for look in story.lives if _is_after(look, gone)), None)


def _belied_at(story: _Story) -> datetime | None:
    """First look that showed it live, after the last decision, where that says it is not."""
    if story.outcome not in story.claims | RESTRICTIONS:
        return None
    last = story.decisions[-1]
    scope = last.scope if story.outcome in RESTRICTIONS else ()
    return next(
        (
            look.at
            for look in story.lives
            if _is_after(look, last) and (not scope or look.vantage in scope)
        ),
        None,
    )


def _seen_gone_at(story: _Story) -> datetime | None:
    lives = story.lives
    return next(
        (
            look.at
            for look in story.gones
            if (not lives or _is_after(look, lives[-1]))
            and (story.was_gone or look.at > story.submitted_at)
        ),
        None,
    )


def _unchecked_claim_at(story: _Story, we_saw: Look | None) -> datetime | None:
    if story.outcome not in CLAIMS:
        return None
    claim = story.decisions[-1]
    return None if we_saw and _is_after(we_saw, claim) else claim.at


def _is_after(one: Look, other: Look | Decision) -> bool:
    """Whether the replay reads one after the other."""
    return (one.at, one.number) > (other.at, other.number)


def _short_of_removal_since(story: _Story) -> datetime | None:
    """First decision of the unbroken run of refusals and restrictions that ends the decisions."""
    since = None
    for decision in reversed(story.decisions):
        if decision.outcome not in SHORT_OF_REMOVAL:
            break
        since = decision.at
    return since


def _since_last_decision(events: Sequence[Event]) -> tuple[datetime | None, Appeal | None, bool]:
    """The platform's open question, our last appeal, and whether we accepted the decision."""
    asked_at, appeal, accepted = None, None, False
    for event in events:
        match event.data:
            case Decided():
                asked_at, appeal, accepted = None, None, False
            case InformationRequested():
                asked_at = event.happened_at
            case InformationSent():
                asked_at = None
            case Noted(accepted=True):
                accepted = True
            case _:
                appeal = appeal_of(event) or appeal
    return asked_at, appeal, accepted
