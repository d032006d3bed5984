"""What a notice is made from: plain values about one takedown, and who we are.

Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.schemas.facts import Plain, Value

BRUSSELS = ZoneInfo("Europe/Brussels")


class Told(NamedTuple):
    """The platform's last decision about an item: local day, outcome, ground, its own reason."""

    on: date
    outcome: str
    ground: str | None = None
    reason: str | None = None


class Item(NamedTuple):
    """One exact location: `url` as pasted (refanged, untracked), or a locator where none exists.

    `live_on` is the local day of the last look where that saw it up.
    """

    id: int
    url: str | None = None
    canonical_url: str | None = None
    kind: str = "other"
    content_id: str | None = None
    account: str | None = None
    locator: Mapping[str, str] | None = None
    place: str | None = None
    state: str = "draft"
    told: Told | None = None
    live_on: date | None = None


class Award(NamedTuple):
    """Who awarded the status that the notice claims, and by which decision, as recorded.

    A status that is recorded for one platform alone names no authority.
    """

    authority: str | None
    decision: str | None


class Organisation(NamedTuple):
    """Who sends notices: never a person. `zone` is that of the hours in a notice.

    `licence` is that of what it publishes, empty where none was chosen.
    """

    name: str
    email: str
    zone: ZoneInfo = BRUSSELS
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRequest:
    """All a notice may say about a takedown; whatever is not here cannot slip into one.

    `facts` are those of docs/definitions.md section 2, as values or as the timeline keeps them;
    days are local ones. `written_on` decides which law is in force and which basis is held,
    `written_at` whether a deadline is past. `basis` is the one held on that day, `award` what it
    rests on under Article 22; `fell_back` tells that it would have rested on that, were it held.
    """

    reference: str
    platform: str
    category: str
    basis: str
    items: tuple[Item, ...]
    written_on: date
    product: str | None = None
    facts: Mapping[str, Value | Plain] = field(default_factory=dict)
    explanation: str | None = None
    recipient: str | None = None
    police_first: bool = False
    award: Award | None = None
    fell_back: bool = False
    written_at: datetime | None = None
    assessed_on: date | None = None
    submitted_on: date | None = None
    receipt_on: date | None = None
    tickets: tuple[str, ...] = ()
    reason: str | None = None

    def fact(self, name: str) -> Any:  # of whatever type the fact of that name has
        """Return a fact, None where it was not given."""
        return self.facts.get(name)

    @property
    def urls(self) -> tuple[str, ...]:
        """Return the exact addresses, each once."""
        return tuple(dict.fromkeys(item.url for item in self.items if item.url))

    @property
    def decision(self) -> Told | None:
        """Return the platform's newest decision about the items."""
        found = [item.told for item in self.items if item.told is not None]
        return max(found, key=lambda told: told.on) if found else None

    @property
    def live_on(self) -> date | None:
        """Return the newest day on which an item was seen up."""
        return max((item.live_on for item in self.items if item.live_on), default=None)
