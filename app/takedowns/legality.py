"""When an event is legal: whether a story read in order could have happened.

Pure: docs/definitions.md section 3, "When an event is legal".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.kit.errors import NotAllowedNow
from app.schemas.vocabularies import EventKind
from app.takedowns.event_kinds import KINDS, Logged, Tried, When
from app.takedowns.replay_order import Event, in_order, standing

# Read often, so they are sorted out once.
_TELLABLE = frozenset(kind for kind, one in KINDS.items() if one.when is not When.INSTEAD)
_BEFORE = frozenset(kind for kind, one in KINDS.items() if one.when is When.BEFORE_SUBMISSION)
_AFTER = frozenset(kind for kind, one in KINDS.items() if one.when is When.AFTER_SUBMISSION)
_AFTER_THE_END = frozenset(kind for kind, one in KINDS.items() if one.may_follow_the_end)
# Kinds without a rule of their own, which change nothing for what comes after them.
_PLAIN = frozenset(
    {
        EventKind.RECEIPT_CONFIRMED,
        EventKind.INFORMATION_REQUESTED,
        EventKind.INFORMATION_SENT,
        EventKind.SEEN,
        EventKind.REMINDED,
        EventKind.ESCALATED,
        EventKind.NOTED,
    }
)


@dataclass(slots=True)
class _Progress:
    """How far the story has come."""

    items: frozenset[int]
    withdrawn: set[int] = field(default_factory=set)
    held: bool = False
    queued: bool = False
    submitted: bool = False
    decided: bool = False
    closed: bool = False

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn >= self.items


def check(story: Sequence[Event]) -> None:
    """Let a story pass that could have happened, its standing events in the replay's order.

    Raises NotAllowedNow naming the reason and what to do first.
    """
    logged = story[0].data if story else None
    if not isinstance(logged, Logged):
        raise NotAllowedNow("not_logged", "A takedown begins with being logged.")
    so_far = _Progress(frozenset(item.id for item in logged.items))
    for event in story[1:]:
        _check_named(event, so_far)
        if event.kind == EventKind.AMENDED:
            _check_amendment(event, story, so_far.items)
            continue
        _check_ended(event, so_far)
        _check_submission(event, so_far)
        if event.kind not in _PLAIN:
            _check_own_rule(event, so_far)
            _follow(event, so_far)


def possible(events: Sequence[Event], now: datetime) -> frozenset[EventKind]:
    """Kinds of event that may be told now of a takedown with these events."""
    story = standing(events)
    number = max(event.number for event in events) + 1
    return frozenset(
        kind
        for kind in _TELLABLE
        if _is_legal([*story, Event(number, kind, now, now, (), Tried())])
    )


def _is_legal(events: Sequence[Event]) -> bool:
    try:
        check(in_order(events))
    except NotAllowedNow:
        return False
    return True


def _check_named(event: Event, so_far: _Progress) -> None:
    if event.kind == EventKind.LOGGED:
        raise NotAllowedNow("already_logged", "A takedown is logged once.")
    strangers = set(event.items) - so_far.items
    if strangers:
        raise NotAllowedNow("no_such_item", f"This takedown has no item {min(strangers)}.")


def _check_amendment(event: Event, story: Sequence[Event], items: frozenset[int]) -> None:
    """Facts change by the order of recording, whatever the moments say."""
    before = _Progress(items)
    for other in sorted(story, key=lambda e: e.number):
        if other.number < event.number:
            _follow(other, before)
    if before.submitted:
        raise NotAllowedNow("already_submitted", "Facts change only before the submission.")
    _check_ended(event, before)


def _check_ended(event: Event, so_far: _Progress) -> None:
    # What became of a mail on its way is a fact, even when the takedown ended meanwhile.
    is_news = event.kind in _AFTER_THE_END or (
        so_far.queued and event.kind in {EventKind.SUBMITTED, EventKind.UNSENT}
    )
    if so_far.is_withdrawn and not is_news:
        raise NotAllowedNow("withdrawn", "The takedown was withdrawn: log a new one instead.")
    if so_far.closed and not is_news and event.kind != EventKind.REOPENED:
        raise NotAllowedNow("closed", "The takedown was closed: reopen it first.")


def _check_submission(event: Event, so_far: _Progress) -> None:
    if so_far.submitted and event.kind in _BEFORE:
        raise NotAllowedNow(
            "already_submitted", f"The notice was submitted: {event.kind} comes before that."
        )
    if not so_far.submitted and event.kind in _AFTER:
        raise NotAllowedNow(
            "not_submitted", f"Record the submission first: {event.kind} comes after it."
        )


def _check_own_rule(event: Event, so_far: _Progress) -> None:
    """What one kind asks beyond the submission and the end."""
    match event.kind:
        case EventKind.HELD if so_far.held:
            raise NotAllowedNow("already_held", "The takedown is on hold already.")
        case EventKind.RELEASED if not so_far.held:
            raise NotAllowedNow("not_held", "The takedown is not on hold.")
        case EventKind.QUEUED if so_far.queued:
            raise NotAllowedNow("already_queued", "The notice is waiting for the mail server.")
        case EventKind.UNSENT if not so_far.queued:
            raise NotAllowedNow("not_queued", "No notice is waiting for the mail server.")
        case EventKind.SUBMITTED | EventKind.QUEUED if so_far.held and not so_far.queued:
            raise NotAllowedNow("held", "The takedown is on hold: release it first.")
        case EventKind.COMPLAINED if not so_far.decided:
            raise NotAllowedNow(
                "not_decided",
                "Record the decision first: a complaint is about one. On silence, escalate.",
            )
        case EventKind.WITHDRAWN if so_far.withdrawn >= set(event.items or so_far.items):
            raise NotAllowedNow("withdrawn", "These items were withdrawn already.")
        case EventKind.REOPENED if not so_far.closed:
            raise NotAllowedNow("not_closed", "Nobody closed the takedown.")
        case _:
            pass


def _follow(event: Event, so_far: _Progress) -> None:
    match event.kind:
        case EventKind.HELD | EventKind.RELEASED:
            so_far.held = event.kind == EventKind.HELD
        case EventKind.QUEUED | EventKind.UNSENT:
            so_far.queued = event.kind == EventKind.QUEUED
        case EventKind.SUBMITTED:
            so_far.submitted = True
            so_far.held = so_far.queued = False
        case EventKind.DECIDED:
            so_far.decided = True
        case EventKind.CLOSED | EventKind.REOPENED:
            so_far.closed = event.kind == EventKind.CLOSED
        case EventKind.WITHDRAWN:
            so_far.withdrawn.update(event.items or so_far.items)
        case _:
            pass
