"""Which events of a timeline stand, and in which order they are read.

Pure: docs/definitions.md section 3, "Replay".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from app.kit.errors import NotAllowedNow
from app.schemas.vocabularies import EventKind
from app.takedowns.event_kinds import Corrected, Payload


class Event(NamedTuple):
    """One line of the timeline, as it was recorded or as its correction says it should be."""

    number: int
    kind: EventKind
    happened_at: datetime
    recorded_at: datetime
    items: tuple[int, ...]
    data: Payload
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
    known = [e for e in events if as_of is None or e.recorded_at <= as_of]
    corrections = [e for e in known if e.kind == EventKind.CORRECTED]
    if not corrections:
        return known_at(known, as_of)
    recorded = {e.number: e for e in events}
    voided = _voided(corrections, recorded)
    stand = _instead((e for e in known if e.number not in voided), recorded)
    # What is known to be wrong is not told again, even where what is right is still to come.
    return known_at(stand, as_of)


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


def is_taking_back(event: Event) -> bool:
    """Whether it is a correction that leaves nothing of what it voids."""
    return isinstance(event.data, Corrected) and event.data.replacement is None


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


def _instead(events: Iterable[Event], recorded: Mapping[int, Event]) -> Iterator[Event]:
    """Events as they are, and of a correction what it says, in the place of what it voids first."""
    for event in events:
        if not isinstance(event.data, Corrected):
            yield event
        elif event.data.replacement is not None:
            original = event
            while original.voids is not None:
                original = recorded[original.voids]
            yield event._replace(
                number=original.number,
                kind=original.kind,
                data=event.data.replacement,
                voids=None,
            )
