"""The states of takedowns worked out a second time, from docs/definitions.md section 4.

It reads timelines as the oracle of the figures does, and shares no line with the application.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from tests.metrics.oracle_2026_2 import clocks
from tests.metrics.oracle_2026_2.items import Item
from tests.metrics.oracle_2026_2.numbers import hours
from tests.metrics.oracle_2026_2.timeline import Event, Takedown

OFFLINE = ("gone", "already_gone", "withdrawn")
Told = tuple[str, datetime] | None


class State(NamedTuple):
    """One item as it stood: its state, when it was gone, what the platform said, what we saw."""

    state: str
    gone_at: datetime | None
    says: Told
    saw: Told
    is_seen_gone: bool
    is_decided: bool


def states(takedown: Takedown) -> list[State]:
    """The state of each item, in order."""
    return [_state(takedown, number) for number in takedown.items]


def stage(takedown: Takedown, items: Sequence[State]) -> str:
    """The stage of a takedown, the first line that fits."""
    if all(item.state == "withdrawn" for item in items):
        return "withdrawn"
    if _has_begun(takedown, "closed", "reopened"):
        return "closed"
    if takedown.submitted is None:
        return "held" if _has_begun(takedown, "held", "released") else "draft"
    offline = [item.state in OFFLINE for item in items]
    if all(offline) and all(item.is_seen_gone or item.state == "withdrawn" for item in items):
        return "closed"
    if all(item.is_decided or is_off for item, is_off in zip(items, offline, strict=True)):
        return "decided"
    return "acknowledged" if takedown.of("receipt_confirmed") else "submitted"


def moments(takedown: Takedown, items: Sequence[State]) -> dict[str, datetime | None]:
    """The moments of a takedown, by name."""
    answers = takedown.of("decided", "information_requested", "receipt_confirmed")
    by_a_reader = [
        e for e in answers if e.kind != "receipt_confirmed" or not e.data.get("automatic")
    ]
    gone = [item.gone_at for item in items if item.state not in ("withdrawn", "already_gone")]
    known = [moment for moment in gone if moment is not None]
    return {
        "submitted_at": _first(takedown.of("submitted")),
        "receipt_at": _first(takedown.of("receipt_confirmed")),
        "answered_at": _first(by_a_reader),
        "decided_at": _first(takedown.of("decided")),
        "gone_at": max(known) if known and len(known) == len(gone) else None,
    }


def our_hours(takedown: Takedown) -> float | None:
    """Handling time; None while it runs, and where nobody knows when it began."""
    if takedown.submitted is None:
        return None
    start = clocks.handling_start(takedown)
    return start and hours(clocks.less_holds(takedown, (start, takedown.submitted.at)))


def _state(takedown: Takedown, number: int) -> State:
    decisions, looks = takedown.about(number, "decided"), takedown.about(number, "seen")
    telling = [e for e in decisions if e.data["outcome"] != "other"]
    looked = [e for e in looks if e.data["availability"] != "unknown"]
    saw = _told(looked or looks, "availability")
    if takedown.submitted is None:
        state = "withdrawn" if takedown.about(number, "withdrawn") else "draft"
        return State(state, None, None, saw, is_seen_gone=False, is_decided=False)
    item = Item(takedown, number)
    state = _name(takedown, item)
    return State(
        state,
        item.gone_at if state == "gone" else None,
        _told(telling or decisions, "outcome"),
        saw,
        _is_seen_gone(item, looked),
        bool(decisions),
    )


def _name(takedown: Takedown, item: Item) -> str:
    if takedown.about(item.number, "withdrawn"):
        return "withdrawn"
    if item.was_already_gone:
        return "already_gone"
    return "waiting" if item.stands == "open" else item.stands


def _is_seen_gone(item: Item, looks: Sequence[Event]) -> bool:
    """A look from before the submission tells only of what was gone before it."""
    lives = [e for e in looks if e.data["availability"] == "live"]
    gones = [e for e in looks if e.data["availability"] == "gone"]
    return any(
        (item.was_already_gone or gone.at > item.submitted_at)
        and not any(live.place > gone.place for live in lives)
        for gone in gones
    )


def _told(events: Sequence[Event], what: str) -> Told:
    return (events[-1].data[what], events[-1].at) if events else None


def _first(events: Sequence[Event]) -> datetime | None:
    return events[0].at if events else None


def _has_begun(takedown: Takedown, begin: str, end: str) -> bool:
    return len(takedown.of(begin)) > len(takedown.of(end))
