"""Which events of a timeline stand, and in which order they are read.

Pure: docs/definitions.md section 3, "Replay".
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from app.kit.errors import NotAllowedNow
from app.schemas.vocabularies import EventKind


class Event(NamedTuple):
    """One line of the timeline, as it was recorded or as its correction says it should be."""

    number: int
    kind: EventKind
    happened_at: datetime
    recorded_at: datetime
    items: tuple[int, ...]
    data: Mapping[str, Any]
    voids: int | None = None


by_number = attrgetter("number")
by_time = attrgetter("happened_at", "number")


def known_at(events: Iterable[Event], as_of: datetime | None) -> list[Event]:
    """Events that had happened and were in the books at `as_of`; None means all of them."""
    if as_of is None:
        return list(events)
    return [e for e in events if e.recorded_at <= as_of and e.happened_at <= as_of]


def standing(events: Sequence[Event], as_of: datetime | None = None) -> list[Event]:
    """Events that count at `as_of`: none that was voided, and of a correction what it says instead.

    Raises NotAllowedNow when a correction names no earlier event, or one corrected before.
    """
    known = known_at(events, as_of)
    corrections = [e for e in known if e.kind == EventKind.CORRECTED]
    if not corrections:
        return known
    recorded = {e.number: e for e in events}
    voided = _voided(corrections, recorded)
    return [
        _instead(event, recorded) if event.kind == EventKind.CORRECTED else event
        for event in known
        if event.number not in voided
        and (event.kind != EventKind.CORRECTED or event.data["replacement"] is not None)
    ]


def in_order(events: Iterable[Event]) -> list[Event]:
    """Standing events as the replay reads them: the facts by number, then all else by time."""
    events = list(events)
    submissions = [e.number for e in events if e.kind == EventKind.SUBMITTED]
    # A submission may be backdated before logging, so the facts it was made with go by number.
    frozen = min(submissions, default=None)
    facts: list[Event] = []
    others: list[Event] = []
    for event in events:
        is_fact = event.kind == EventKind.LOGGED or (
            event.kind == EventKind.AMENDED and (frozen is None or event.number < frozen)
        )
        (facts if is_fact else others).append(event)
    facts.sort(key=by_number)
    others.sort(key=by_time)
    return facts + others


def is_after(event: Event, other: Event | None) -> bool:
    """Whether the replay reads `event` after `other`; anything comes after nothing."""
    if other is None:
        return True
    return (event.happened_at, event.number) > (other.happened_at, other.number)


def _voided(corrections: Iterable[Event], recorded: Mapping[int, Event]) -> set[int]:
    voided: set[int] = set()
    for correction in corrections:
        number = correction.voids
        if number is None or number not in recorded or number >= correction.number:
            raise NotAllowedNow("no_such_event", f"There is no earlier event {number} to correct.")
        if number in voided:
            raise NotAllowedNow(
                "already_corrected",
                f"Event {number} was corrected already: correct its correction instead.",
            )
        voided.add(number)
    return voided


def _instead(correction: Event, recorded: Mapping[int, Event]) -> Event:
    """The event a correction stands for, in the place of the first event of its chain."""
    original = correction
    while original.voids is not None:
        original = recorded[original.voids]
    return correction._replace(
        number=original.number,
        kind=original.kind,
        data=correction.data["replacement"],
        voids=None,
    )
