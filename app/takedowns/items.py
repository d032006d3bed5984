"""What the story of one item amounts to: its state, and what is open about it.

Pure: docs/definitions.md section 4. A story holds the events about one item, in replay order.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.schemas.vocabularies import Availability, EventKind, Ground, ItemState, Outcome, Recipient
from app.takedowns.replay_order import Event, is_after

REMOVALS = frozenset(
    {Outcome.REMOVED, Outcome.DISABLED, Outcome.ACCOUNT_SUSPENDED, Outcome.ACCOUNT_TERMINATED}
)
CLAIMS = REMOVALS | {Outcome.ALREADY_GONE}
RESTRICTIONS = frozenset(
    {
        Outcome.GEO_RESTRICTED,
        Outcome.AGE_RESTRICTED,
        Outcome.DEMOTED,
        Outcome.LABELLED,
        Outcome.INTERACTION_RESTRICTED,
    }
)
SHORT_OF_REMOVAL = RESTRICTIONS | {Outcome.REFUSED}
NO_ACTION = frozenset({Outcome.REFUSED, Outcome.ALREADY_GONE, Outcome.OTHER})
GONE = frozenset({ItemState.GONE, ItemState.ALREADY_GONE})
OFFLINE = GONE | {ItemState.WITHDRAWN}
DAY = timedelta(hours=24)


class Decision(NamedTuple):
    """What the platform told us last; `number` is its event's."""

    outcome: Outcome
    ground: Ground | None
    at: datetime
    number: int


class Look(NamedTuple):
    """The last look; who looked stands on the event of that number."""

    availability: Availability
    at: datetime
    number: int


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
    decisions: Sequence[Event]
    gones: Sequence[Event]
    lives: Sequence[Event]
    was_gone: bool  # the last look at or before the submission showed it gone, and none since live
    claims: frozenset[Outcome]  # the outcomes that are statements of removal here

    @property
    def outcome(self) -> Outcome | None:
        return Outcome(self.decisions[-1].data["outcome"]) if self.decisions else None


def state_of(item_id: int, events: Sequence[Event], submitted_at: datetime | None) -> ReplayedItem:
    """State of one item; `submitted_at` is None as long as nothing was submitted."""
    if not events:
        return ReplayedItem(item_id, ItemState.DRAFT if submitted_at is None else ItemState.WAITING)
    looks = [e for e in events if e.kind == EventKind.SEEN]
    we_saw = None
    if looks:
        we_saw = Look(
            Availability(looks[-1].data["availability"]), looks[-1].happened_at, looks[-1].number
        )
    withdrawn_at = next((e.happened_at for e in events if e.kind == EventKind.WITHDRAWN), None)
    item = ReplayedItem(
        item_id,
        ItemState.DRAFT if withdrawn_at is None else ItemState.WITHDRAWN,
        we_saw=we_saw,
        withdrawn_at=withdrawn_at,
    )
    if submitted_at is None:
        return item
    return _submitted(item, _sorted_out(events, looks, submitted_at))


def appeal_of(event: Event) -> Appeal:
    """What was complained or escalated; to the platform itself unless it says otherwise."""
    return Appeal(
        event.happened_at, Recipient(event.data.get("to") or Recipient.PLATFORM_COMPLAINT)
    )


def _sorted_out(events: Sequence[Event], looks: Sequence[Event], submitted_at: datetime) -> _Story:
    gones = [e for e in looks if e.data["availability"] == Availability.GONE]
    lives = [e for e in looks if e.data["availability"] == Availability.LIVE]
    # A look that told nothing is no look.
    before = [
        e
        for e in looks
        if e.happened_at <= submitted_at and e.data["availability"] != Availability.UNKNOWN
    ]
    was_gone = (
        bool(before)
        and before[-1].data["availability"] == Availability.GONE
        and not any(e.happened_at > submitted_at for e in lives)
    )
    # Seen live so late, it was not gone already: then the platform says that it removed it.
    was_up = any(e.happened_at >= submitted_at - DAY for e in lives)
    decisions = [e for e in events if e.kind == EventKind.DECIDED]
    return _Story(
        events, submitted_at, decisions, gones, lives, was_gone, CLAIMS if was_up else REMOVALS
    )


def _submitted(item: ReplayedItem, story: _Story) -> ReplayedItem:
    standing_since = _removal_stands_since(story)
    came_back_at = _came_back_at(story) if standing_since is None else None
    belied_at = _belied_at(story) if standing_since is None else None
    state = item.state
    if state != ItemState.WITHDRAWN:
        state = _state(story, standing_since, came_back_at, belied_at)
    is_left = state not in OFFLINE
    asked_at, appeal, accepted = _since_last_decision(story.events)
    seen_gone_at = _seen_gone_at(story)
    decisions = story.decisions
    return item._replace(
        state=state,
        platform_says=_platform_says(story),
        first_decided_at=decisions[0].happened_at if decisions else None,
        first_action_at=next(
            (e.happened_at for e in decisions if e.data["outcome"] not in NO_ACTION), None
        ),
        gone_at=standing_since if state == "gone" else None,
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
        if event.kind == EventKind.SEEN:
            if event.data["availability"] == Availability.LIVE:
                break
            if (
                event.data["availability"] == Availability.GONE
                and event.happened_at > story.submitted_at
            ):
                since = event.happened_at
        elif event.kind == EventKind.DECIDED:
            if event.data["outcome"] not in CLAIMS:
                reinstated = True
            elif event.data["outcome"] in story.claims and not reinstated:
                since = event.happened_at
    return since


def _came_back_at(story: _Story) -> datetime | None:
    """First look that showed it live again after the last that showed it gone."""
    gone = next((e for e in reversed(story.gones) if e.happened_at > story.submitted_at), None)
    if gone is None:
        return None
    return next((e.happened_at for e in story.lives if is_after(e, gone)), None)


def _belied_at(story: _Story) -> datetime | None:
    """First look that showed it live, after the last decision, where that says it is not."""
    if story.outcome not in story.claims | RESTRICTIONS:
        return None
    last = story.decisions[-1]
    scope = last.data.get("scope") if story.outcome in RESTRICTIONS else None
    return next(
        (
            e.happened_at
            for e in story.lives
            if is_after(e, last) and (not scope or e.data.get("vantage") in scope)
        ),
        None,
    )


def _seen_gone_at(story: _Story) -> datetime | None:
    last_live = story.lives[-1] if story.lives else None
    return next(
        (
            e.happened_at
            for e in story.gones
            if is_after(e, last_live) and (story.was_gone or e.happened_at > story.submitted_at)
        ),
        None,
    )


def _unchecked_claim_at(story: _Story, we_saw: Look | None) -> datetime | None:
    if story.outcome not in CLAIMS:
        return None
    claim = story.decisions[-1]
    if we_saw and (we_saw.at, we_saw.number) > (claim.happened_at, claim.number):
        return None
    return claim.happened_at


def _short_of_removal_since(story: _Story) -> datetime | None:
    """First decision of the unbroken run of refusals and restrictions that ends the decisions."""
    since = None
    for event in reversed(story.decisions):
        if event.data["outcome"] not in SHORT_OF_REMOVAL:
            break
        since = event.happened_at
    return since


def _platform_says(story: _Story) -> Decision | None:
    if not story.decisions:
        return None
    last = story.decisions[-1]
    ground = last.data.get("ground")
    return Decision(
        Outcome(last.data["outcome"]), ground and Ground(ground), last.happened_at, last.number
    )


def _since_last_decision(events: Sequence[Event]) -> tuple[datetime | None, Appeal | None, bool]:
    """The platform's open question, our last appeal, and whether we accepted the decision."""
    asked_at, appeal, accepted = None, None, False
    for event in events:
        match event.kind:
            case EventKind.DECIDED:
                asked_at, appeal, accepted = None, None, False
            case EventKind.INFORMATION_REQUESTED:
                asked_at = event.happened_at
            case EventKind.INFORMATION_SENT:
                asked_at = None
            case EventKind.COMPLAINED | EventKind.ESCALATED:
                appeal = appeal_of(event)
            case EventKind.NOTED if event.data.get("accepted"):
                accepted = True
            case _:
                pass
    return asked_at, appeal, accepted
