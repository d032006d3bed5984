"""The story of one item: its events in replay order, and what they say of it together.

Pure: docs/definitions.md section 4, "Removal that stands".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.schemas.vocabularies import Availability, EventKind, Ground, Outcome
from app.takedowns.event_kinds import Decided, Seen
from app.takedowns.outcomes import CLAIMS, RESTRICTIONS, SHORT_OF_REMOVAL
from app.takedowns.replay_order import Event

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


class Story(NamedTuple):
    """The events about one item of a submitted takedown, sorted out."""

    events: Sequence[Event]
    submitted_at: datetime
    decisions: Sequence[Decision]
    looks: Sequence[Look]  # without those that told nothing

    @property
    def last_decision(self) -> Decision | None:
        """The last that says where the item stands: `other` only where there is nothing else."""
        telling = (one for one in reversed(self.decisions) if one.outcome != Outcome.OTHER)
        return next(telling, self.decisions[-1] if self.decisions else None)

    @property
    def outcome(self) -> Outcome | None:
        """What the last decision says."""
        last = self.last_decision
        return last.outcome if last else None

    def looks_that_found(self, availability: Availability) -> list[Look]:
        """Return the looks that found it live, or gone."""
        return [look for look in self.looks if look.availability == availability]


def story_of(events: Sequence[Event], submitted_at: datetime) -> Story:
    """Sort the events about an item out."""
    decisions = [
        Decision(e.happened_at, e.number, e.data.outcome, e.data.ground, e.data.scope)
        for e in events
        if isinstance(e.data, Decided)
    ]
    told = [look for look in looks_in(events) if look.availability != Availability.UNKNOWN]
    return Story(events, submitted_at, decisions, told)


def until_withdrawal(events: Sequence[Event]) -> tuple[Sequence[Event], Event | None]:
    """Return what happened before an item was withdrawn, which figures judge it by, and that."""
    for place, event in enumerate(events):
        if event.kind == EventKind.WITHDRAWN:
            return events[:place], event
    return events, None


def looks_in(events: Sequence[Event]) -> list[Look]:
    """Return every look, those that told nothing included."""
    return [
        Look(e.happened_at, e.number, e.data.availability, e.data.vantage)
        for e in events
        if isinstance(e.data, Seen)
    ]


def was_already_gone(story: Story) -> bool:
    """Tell whether it was gone before we asked: we saw it so, or all that was said is that."""
    asked_at = story.submitted_at
    lives = [look.at for look in story.looks_that_found(Availability.LIVE)]
    before = [look.availability for look in story.looks if look.at <= asked_at]
    if before[-1:] == [Availability.GONE] and all(at <= asked_at for at in lives):
        return True
    return (
        {one.outcome for one in story.decisions} == {Outcome.ALREADY_GONE}
        and story.decisions[0].at <= asked_at + DAY
        and all(at < asked_at - DAY for at in lives)
    )


def standing_removals(story: Story) -> list[Event]:
    """Return the statements that it is gone which nothing after them contradicts, the last first.

    A later live look contradicts each; a later decision short of removal only what was said.
    """
    found = []
    is_reinstated = False
    for event in reversed(story.events):
        match event.data:
            case Seen(Availability.LIVE):
                break
            case Seen(Availability.GONE) if event.happened_at > story.submitted_at:
                found.append(event)
            case Decided(outcome) if outcome in SHORT_OF_REMOVAL:
                is_reinstated = True
            case Decided(outcome) if outcome in CLAIMS and not is_reinstated:
                found.append(event)
    return found


def came_back_at(story: Story) -> datetime | None:
    """First look that showed it live again after the last that showed it gone."""
    gones = story.looks_that_found(Availability.GONE)
    if not gones or gones[-1].at <= story.submitted_at:
        return None
    lives = story.looks_that_found(Availability.LIVE)
    return next((look.at for look in lives if is_after(look, gones[-1])), None)


def belied_at(story: Story) -> datetime | None:
    """First look that showed it live, after the last decision, where that says it is not.

    Only removal, and in its countries a geo-block, say so: what is labelled is meant to be live.
    """
    last = story.last_decision
    if last is None or last.outcome not in CLAIMS | {Outcome.GEO_RESTRICTED}:
        return None
    scope = last.scope if last.outcome in RESTRICTIONS else ()
    lives = story.looks_that_found(Availability.LIVE)
    return next(
        (
            look.at
            for look in lives
            if is_after(look, last) and (not scope or look.vantage in scope)
        ),
        None,
    )


def short_of_removal_since(story: Story) -> datetime | None:
    """First decision of the unbroken run of refusals and restrictions that ends the decisions."""
    since = None
    for decision in reversed(story.decisions):
        if decision.outcome not in SHORT_OF_REMOVAL | {Outcome.OTHER}:
            break
        if decision.outcome != Outcome.OTHER:
            since = decision.at
    return since


def is_after(one: Look, other: Look | Decision) -> bool:
    """Tell whether the replay reads one after the other."""
    return (one.at, one.number) > (other.at, other.number)
