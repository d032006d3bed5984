"""What is known of one takedown at a moment: its standing events in order, and its facts.

Readings taken where the text leaves room:
- A correction known at `as_of` takes the old event away even where the moment it gives lies after
  `as_of`: what is known to be wrong is not told again.
- Frozen are the platform, provider, category, basis, targets and `reply_expected` of `submitted`;
  urgency, court order, deadline and report are facts, as they stand corrected.
- "The day of logging" and "logged" in handling time are `happened_at` of `logged`.
- "Submitted before it was logged" is strictly before.
- The provider of a draft is the one written down when it was logged: the events know no later one.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Entry:
    """One event as the store has it; of a correction `data` is {kind, replacement}."""

    number: int
    kind: str
    happened_at: datetime
    recorded_at: datetime
    items: list[int] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    voids: int | None = None


@dataclass(frozen=True)
class Timeline:
    """All that was ever recorded of one takedown."""

    reference: str
    entries: list[Entry]


def from_feed(events: list[dict[str, Any]]) -> list[Timeline]:
    """Timelines from the events of `GET /events`, all of them."""
    told: dict[str, list[Entry]] = {}
    for event in events:
        moments = moment_of(event["happened_at"]), moment_of(event["recorded_at"])
        voids = event["data"].get("voids")
        entry = Entry(event["id"], event["kind"], *moments, event["items"], event["data"], voids)
        told.setdefault(event["reference"], []).append(entry)
    return [Timeline(reference, entries) for reference, entries in told.items()]


def moment_of(told: str | datetime) -> datetime:
    return datetime.fromisoformat(told) if isinstance(told, str) else told


class Event(NamedTuple):
    """What stands of an entry after its corrections, under the number it was first told with."""

    number: int
    kind: str
    at: datetime
    items: frozenset[int]
    data: dict[str, Any]

    def is_about(self, item: int) -> bool:
        return not self.items or item in self.items

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it comes in the replay."""
        return self.at, self.number


def standing(timeline: Timeline, as_of: datetime, until: datetime | None = None) -> list[Event]:
    """The events that stand at `as_of`, in the order of the replay after `logged`.

    What happened after `until` is left out, whenever it was recorded; facts stay.
    """
    known = sorted((e for e in timeline.entries if e.recorded_at <= as_of), key=lambda e: e.number)
    corrections = [e for e in known if e.kind == "corrected"]
    events = []
    for first in (e for e in known if e.kind != "corrected"):
        chain, last, data = {first.number}, first, first.data
        for correction in corrections:
            if correction.voids in chain:
                chain.add(correction.number)
                last, data = correction, correction.data["replacement"]
        is_fact = first.kind in ("logged", "amended")
        is_later = until is not None and last.happened_at > until and not is_fact
        if data is not None and last.happened_at <= as_of and not is_later:
            items = frozenset(last.items)
            events.append(Event(first.number, first.kind, last.happened_at, items, data))
    return sorted(events, key=lambda e: e.place)


class Takedown:
    """One takedown as it is known at `as_of`."""

    def __init__(self, timeline: Timeline, as_of: datetime, until: datetime | None = None) -> None:
        self.reference = timeline.reference
        self.events = standing(timeline, as_of, until)
        self.logged = next(e for e in self.events if e.kind == "logged")
        self.submitted = next((e for e in self.events if e.kind == "submitted"), None)
        self.facts: dict[str, Any] = dict(self.logged.data["facts"])
        for event in sorted(self.of("amended"), key=lambda e: e.number):
            self.facts |= event.data["facts"]
        self.items = [item["id"] for item in self.logged.data["items"]]

    def of(self, *kinds: str) -> list[Event]:
        return [e for e in self.events if e.kind in kinds]

    def about(self, item: int, *kinds: str) -> list[Event]:
        return [e for e in self.of(*kinds) if e.is_about(item)]

    def _term(self, name: str) -> Any:
        """What was frozen at the submission, else what is known of the draft."""
        if self.submitted is not None and name in self.submitted.data:
            return self.submitted.data[name]
        return self.logged.data[name] if name in self.logged.data else self.facts.get(name)

    @property
    def platform(self) -> str:
        return self._term("platform")

    @property
    def provider(self) -> str:
        named = self.facts.get("provider") if self.platform == "other" else self._term("provider")
        return named or "unknown"

    @property
    def category(self) -> str:
        return self._term("category")

    @property
    def basis(self) -> str:
        return self._term("basis")

    @property
    def is_urgent(self) -> bool:
        return bool(self.facts.get("urgent"))

    @property
    def is_court_ordered(self) -> bool:
        return bool(self.facts.get("court_order"))

    @property
    def is_reply_expected(self) -> bool:
        return self._term("reply_expected") is not False

    @property
    def imported(self) -> list[str] | None:
        """The columns of the file it came from; None = logged here."""
        return self.logged.data.get("imported")

    def lacks(self, column: str) -> bool:
        """Whether it was imported from a file that could not tell this."""
        return self.imported is not None and column not in self.imported

    def moment(self, name: str) -> datetime | None:
        told = self.facts.get(name)
        return None if told is None else moment_of(told)

    @property
    def target(self) -> datetime | None:
        """When every item should be gone."""
        hours = (self._term("targets") or {}).get("gone_hours")
        ours = None if hours is None else self.submitted.at + timedelta(hours=hours)
        known = [m for m in (ours, self.moment("deadline_at")) if m is not None]
        return min(known, default=None)

    def is_before_submission(self, event: Event) -> bool:
        return self.submitted is None or event.place < self.submitted.place


def microseconds(start: datetime, end: datetime) -> int:
    return (end - start) // MICROSECOND
