"""What the story of one item amounts to: its state, and what is open about it.

Pure: docs/definitions.md section 4. A story holds the events about one item, in replay order.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.schemas.vocabularies import (
    Availability,
    EventKind,
    ItemState,
    Outcome,
    Recipient,
    Stage,
)
from app.takedowns import item_story
from app.takedowns.event_kinds import (
    Complained,
    Decided,
    Escalated,
    InformationRequested,
    InformationSent,
    Noted,
)
from app.takedowns.item_story import Decision, Look, Story, story_of
from app.takedowns.measures import MeasuredItem, measured_item
from app.takedowns.outcomes import CLAIMS, RESTRICTIONS
from app.takedowns.replay_order import Event
from app.takedowns.vocabularies import Remains

GONE = frozenset({ItemState.GONE, ItemState.ALREADY_GONE})
OFFLINE = GONE | {ItemState.WITHDRAWN}


def remains(stage: Stage, state: ItemState) -> Remains:
    """Return what remains of an item of a takedown in this stage.

    What was not sent is open to nobody else; what a person closed before it was gone was given up.
    """
    if state in OFFLINE:
        return Remains.GONE if state in GONE else Remains.WITHDRAWN
    if stage == Stage.CLOSED:
        return Remains.NOT_REMOVED
    return Remains.UNSENT if state == ItemState.DRAFT else Remains.OPEN


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
    gone_at: datetime | None = None
    seen_gone_at: datetime | None = None  # first of the sightings that no later one belies
    still_up_at: datetime | None = None  # seen live where it should not be
    unchecked_claim_at: datetime | None = None  # said removed, and nobody looked since
    asked_at: datetime | None = None  # the platform's open question
    appeal: Appeal | None = None  # the last one since the last decision
    accepted: bool = False  # noted so since the last decision
    measured: MeasuredItem = MeasuredItem()

    @property
    def is_offline(self) -> bool:
        """Nothing is left to take down, or we no longer ask for it."""
        return self.state in OFFLINE

    @property
    def looked_at(self) -> datetime | None:
        """When somebody last looked and could tell."""
        saw = self.we_saw
        return saw.at if saw and saw.availability != Availability.UNKNOWN else None

    @property
    def is_silent(self) -> bool:
        """The platform has not decided, and it is not gone either."""
        return self.first_decided_at is None and not self.is_offline


def state_of(item_id: int, events: Sequence[Event], submitted: Event | None) -> ReplayedItem:
    """State of one item; `submitted` is None as long as nothing was submitted."""
    measured = measured_item(events, submitted)
    if not events:
        state = ItemState.DRAFT if submitted is None else ItemState.WAITING
        return ReplayedItem(item_id, state, measured=measured)
    looks = item_story.looks_in(events)
    telling = [look for look in looks if look.availability != Availability.UNKNOWN]
    withdrawn_at = next((e.happened_at for e in events if e.kind == EventKind.WITHDRAWN), None)
    item = ReplayedItem(
        item_id,
        ItemState.DRAFT if withdrawn_at is None else ItemState.WITHDRAWN,
        we_saw=next(reversed(telling or looks), None),
        withdrawn_at=withdrawn_at,
        measured=measured,
    )
    if submitted is None:
        return item
    return _submitted(item, story_of(events, submitted.happened_at))


def appeal_of(event: Event) -> Appeal | None:
    """What was complained or escalated, if it is that."""
    if isinstance(event.data, Complained | Escalated):
        return Appeal(event.happened_at, event.data.to)
    return None


def _submitted(item: ReplayedItem, story: Story) -> ReplayedItem:
    removals = item_story.standing_removals(story)
    came_back_at = item_story.came_back_at(story) if not removals else None
    belied_at = item_story.belied_at(story) if not removals else None
    state = item.state
    if state != ItemState.WITHDRAWN:
        state = _state(story, removals, came_back_at, belied_at=belied_at)
    is_left = state not in OFFLINE
    asked_at, appeal, accepted = _since_last_decision(story.events)
    seen_gone_at = _seen_gone_at(story)
    decisions = story.decisions
    return item._replace(
        state=state,
        platform_says=story.last_decision,
        first_decided_at=decisions[0].at if decisions else None,
        gone_at=removals[-1].happened_at if state == ItemState.GONE else None,
        seen_gone_at=seen_gone_at,
        still_up_at=max(filter(None, (came_back_at, belied_at)), default=None) if is_left else None,
        unchecked_claim_at=_unchecked_claim_at(story)
        if seen_gone_at is None and state != ItemState.WITHDRAWN
        else None,
        asked_at=asked_at if is_left else None,
        appeal=appeal,
        accepted=accepted,
    )


def _state(
    story: Story,
    removals: Sequence[Event],
    came_back_at: datetime | None,
    *,
    belied_at: datetime | None,
) -> ItemState:
    """First line that fits, as docs/definitions.md section 4 counts them from 2 to 7."""
    if item_story.was_already_gone(story):
        return ItemState.ALREADY_GONE
    if came_back_at is not None:
        return ItemState.CAME_BACK
    if removals:
        return ItemState.GONE
    if story.outcome in RESTRICTIONS and belied_at is None:
        return ItemState.RESTRICTED
    if story.outcome == Outcome.REFUSED:
        return ItemState.REFUSED
    return ItemState.WAITING


def _seen_gone_at(story: Story) -> datetime | None:
    """First of the sightings that no later one belies; up to submission only of what was gone."""
    lives = story.looks_that_found(Availability.LIVE)
    before_we_asked = item_story.was_already_gone(story)
    return next(
        (
            look.at
            for look in story.looks_that_found(Availability.GONE)
            if (not lives or item_story.is_after(look, lives[-1]))
            and (before_we_asked or look.at > story.submitted_at)
        ),
        None,
    )


def _unchecked_claim_at(story: Story) -> datetime | None:
    claim = story.last_decision
    if claim is None or claim.outcome not in CLAIMS:
        return None
    is_checked = any(item_story.is_after(look, claim) for look in story.looks[-1:])
    return None if is_checked else claim.at


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
