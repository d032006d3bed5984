"""What the figures measure of a takedown and its items, as the replay tells it.

Pure: docs/definitions.md sections 5 and 6. Rows keep these values, each in a column of its name, so
that a row is what a figure counts.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.schemas.vocabularies import (
    Availability,
    Contested,
    EventKind,
    Outcome,
    RestsOn,
    ReturnedAs,
    Standing,
)
from app.takedowns import item_story
from app.takedowns.event_kinds import Complained, Decided, InformationRequested
from app.takedowns.item_story import Story
from app.takedowns.outcomes import CLAIMS, NO_ACTION, REMOVALS, RESTRICTIONS
from app.takedowns.replay_order import Event, by_time

NOTHING = timedelta(0)
MICROSECOND = timedelta(microseconds=1)
Holds = Sequence[tuple[datetime, datetime | None]]


class MeasuredItem(NamedTuple):
    """One item, by what stood when it was withdrawn; a moment is None where it did not come.

    `stands` is None as long as it was not asked for: not submitted, or withdrawn before that.
    """

    stands: Standing | None = None
    ended_at: datetime | None = None  # gone; or refused, restricted or withdrawn since
    withdrawn_at: datetime | None = None
    first_decided_at: datetime | None = None
    acted_at: datetime | None = None  # by a decision that does something, or seen gone
    seen_gone_first_at: datetime | None = None  # after the submission, whatever came later
    claimed_removed_still_up: bool = False
    rests_on: RestsOn | None = None
    gone_after: datetime | None = None  # of a removal first seen: the last moment known before


class Complaint(NamedTuple):
    """One complaint, and the microseconds to the first decision after it."""

    became: Contested
    micros: int | None


class Measures(NamedTuple):
    """One takedown beyond its own moments; `handling_from` is None where it is not known."""

    handling_from: datetime | None
    held_micros: int  # within the handling time
    held_since: datetime | None  # on hold still
    information_asked: bool
    returned_as: tuple[ReturnedAs, ...]
    complaints: tuple[Complaint, ...]


def measured_item(events: Sequence[Event], submitted: Event | None) -> MeasuredItem:
    """Measure one item by the events about it, in replay order."""
    if submitted is None:
        return MeasuredItem()
    before, withdrawn = item_story.until_withdrawal(events)
    if withdrawn is not None and by_time(withdrawn) < by_time(submitted):
        return MeasuredItem()
    story = item_story.story_of(before, submitted.happened_at)
    withdrawn_at = withdrawn.happened_at if withdrawn else None
    removals = item_story.standing_removals(story)
    stands = _stands(story, removals, is_withdrawn=withdrawn is not None)
    since = {
        Standing.GONE: removals[-1].happened_at if removals else None,
        Standing.REFUSED: item_story.short_of_removal_since(story),
        Standing.RESTRICTED: item_story.short_of_removal_since(story),
        Standing.WITHDRAWN: withdrawn_at,
    }
    seen_gone_first_at = next(
        (
            look.at
            for look in story.looks_that_found(Availability.GONE)
            if look.at > story.submitted_at
        ),
        None,
    )
    acted = [one.at for one in story.decisions if one.outcome not in NO_ACTION][:1]
    return MeasuredItem(
        stands=stands,
        ended_at=since.get(stands),
        withdrawn_at=withdrawn_at,
        first_decided_at=story.decisions[0].at if story.decisions else None,
        acted_at=min([*acted, *filter(None, [seen_gone_first_at])], default=None),
        seen_gone_first_at=seen_gone_first_at,
        claimed_removed_still_up=not removals
        and stands in (Standing.OPEN, Standing.CAME_BACK)
        and story.outcome in CLAIMS,
        rests_on=_rests_on(removals) if stands == Standing.GONE else None,
        gone_after=_gone_after(story, removals) if stands == Standing.GONE else None,
    )


def measures_of(
    story: Sequence[Event], *, starts_at: datetime | None, ends_at: datetime | None, holds: Holds
) -> Measures:
    """Measure a takedown by all its events, in replay order."""
    returned = {
        event.data.returned_as
        for event in story
        if isinstance(event.data, Decided | InformationRequested)
    }
    held_micros, held_since = _held(holds, starts_at, ends_at)
    return Measures(
        handling_from=starts_at,
        held_micros=held_micros,
        held_since=held_since,
        information_asked=any(e.kind == EventKind.INFORMATION_REQUESTED for e in story),
        returned_as=tuple(code for code in ReturnedAs if code in returned),
        complaints=tuple(_complaints(story)),
    )


def _stands(story: Story, removals: Sequence[Event], *, is_withdrawn: bool) -> Standing:
    """First that fits, as docs/definitions.md section 6 lists them."""
    outcome = story.outcome
    if item_story.was_already_gone(story):
        return Standing.ALREADY_GONE
    if removals:
        return Standing.GONE
    if item_story.came_back_at(story) is not None:
        return Standing.CAME_BACK
    if outcome == Outcome.REFUSED:
        return Standing.REFUSED
    if outcome in RESTRICTIONS and item_story.belied_at(story) is None:
        return Standing.RESTRICTED
    return Standing.WITHDRAWN if is_withdrawn else Standing.OPEN


def _rests_on(removals: Sequence[Event]) -> RestsOn:
    kinds = {event.kind for event in removals}
    if len(kinds) == 2:
        return RestsOn.SAID_AND_SEEN
    return RestsOn.SAID_ONLY if EventKind.DECIDED in kinds else RestsOn.SEEN_ONLY


def _gone_after(story: Story, removals: Sequence[Event]) -> datetime | None:
    """Last live look, or the submission, before a removal that rests on a look first."""
    first = removals[-1]
    if first.kind != EventKind.SEEN:
        return None
    lives = story.looks_that_found(Availability.LIVE)
    before = [look.at for look in lives if (look.at, look.number) < by_time(first)]
    return max([story.submitted_at, *before])


def _held(
    holds: Holds, start: datetime | None, end: datetime | None
) -> tuple[int, datetime | None]:
    """How much of the handling time was on hold, and since when it still is."""
    total, since = NOTHING, None
    if start is None:
        return 0, None
    for held, released in holds:
        begin = max(held, start)
        until = released or end
        if until is None:
            since = begin
        else:
            total += max((min(until, end) if end else until) - begin, NOTHING)
    return total // MICROSECOND, since


def _complaints(story: Sequence[Event]) -> list[Complaint]:
    found = []
    for index, event in enumerate(story):
        if not isinstance(event.data, Complained):
            continue
        decisions = [
            later
            for later in story[index + 1 :]
            if later.kind == EventKind.DECIDED and _overlap(event.items, later.items)
        ]
        outcomes = {later.data.outcome for later in decisions if isinstance(later.data, Decided)}
        became = Contested.UPHELD if outcomes & REMOVALS else Contested.REFUSED
        if decisions:
            after = decisions[0].happened_at - event.happened_at
            found.append(Complaint(became, after // MICROSECOND))
        else:
            found.append(Complaint(Contested.OPEN, None))
    return found


def _overlap(some: tuple[int, ...], others: tuple[int, ...]) -> bool:
    """Tell whether two events are about one item; an event that names none is about all."""
    return not some or not others or not set(some).isdisjoint(others)
