"""What happens to each takedown of the fictional year, drawn once from its own number.

Old ones have come to an end; of those of the last weeks some still need somebody.
Hosts end in `.demo.invalid`, which leads nowhere (RFC 2606).
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeAlias

from app.kit.canonical import Json
from app.kit.database import Unit
from app.kit.languages import Language
from app.notices import drafts, new_items, submission
from app.notices.filling import Workspace
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import event_data, queries, timeline
from app.takedowns.facts import OTHER
from app.takedowns.timeline import Actor, NewEvent

NOW = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)
SPAN = timedelta(days=365 * 13 / 12)
COUNT = 120
# After those, of the summer: on websites whose provider nobody named, so that a report is flagged.
UNNAMED = 7
UNNAMED_FROM = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
RECENT = 34  # logged in the last two weeks, so that there is work under way
LEFT_INCOMPLETE = COUNT - 3
LEFT_AS_DRAFT = (LEFT_INCOMPLETE, COUNT - 5, COUNT - 9)
STILL_HELD = COUNT - 8
# What comes of a removal, by the number's last part.
STILL_UP, CAME_BACK, UNCHECKED = 5, 13, 16
STILL_ASKED = (COUNT - 6, COUNT - 21)
SEED = 20261103
CASEWORKERS = (Actor("Analyst-01", Source.PERSON), Actor("Analyst-02", Source.PERSON))
PLATFORMS = {
    "instagram": 24,
    "snapchat": 20,
    "tiktok": 18,
    "x": 16,
    "facebook": 14,
    "discord": 12,
    "youtube": 8,
    "google": 8,
}
CATEGORIES = {
    "csam_ai": 30,
    "csam": 16,
    "sexual_extortion_minor": 20,
    "grooming": 10,
    "intimate_image_minor": 14,
    "ncii_adult": 8,
    "deepfake_adult": 8,
    "cyberbullying": 8,
    "impersonation": 6,
    "nudify_promotion": 6,
}
# Median hours to a decision, and how often it is a refusal, a restriction, or nothing at all.
MANNERS = {
    "instagram": (14.0, 0.10, 0.05, 0.08),
    "snapchat": (7.0, 0.05, 0.0, 0.04),
    "tiktok": (9.0, 0.08, 0.08, 0.06),
    "x": (38.0, 0.22, 0.10, 0.22),
    "facebook": (22.0, 0.12, 0.06, 0.12),
    "discord": (30.0, 0.06, 0.0, 0.15),
    "youtube": (12.0, 0.10, 0.08, 0.05),
    "google": (46.0, 0.12, 0.12, 0.10),
    OTHER: (52.0, 0.0, 0.0, 0.40),
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


Plan: TypeAlias = Iterator[tuple[datetime, Callable[[Unit], None]]]


class Action(NamedTuple):
    """Something done at a moment."""

    at: datetime
    order: int
    do: Callable[[Unit], None]


class Story:
    """One takedown's fate, drawn once from its own number."""

    def __init__(self, number: int, workspace: Workspace) -> None:
        self.number, self.workspace = number, workspace
        self.dice = random.Random(SEED + number)  # noqa: S311 - fiction, not a secret
        self.platform = self._drawn(PLATFORMS)
        self.category = self._drawn(CATEGORIES)
        self.by = self.dice.choice(CASEWORKERS)
        self.logged_at = NOW - SPAN * (1 - (number + self.dice.random()) / COUNT)
        if number >= COUNT - RECENT:
            self.logged_at = NOW - hours(1 + self.dice.random() ** 2 * 330)
        if number >= COUNT:
            self.platform = OTHER
            self.logged_at = UNNAMED_FROM + timedelta(days=10 * (number - COUNT))
        self.is_over = self.logged_at < NOW - timedelta(days=20)
        self.reference = ""

    def actions(self) -> Iterator[Action]:
        """Everything that happens to it, up to now."""
        for order, (at, do) in enumerate(self._plan()):
            if at <= NOW:
                yield Action(at, self.number * 1000 + order, do)

    def _plan(self) -> Plan:
        yield self.logged_at, self._log
        if self.number in LEFT_AS_DRAFT:
            return
        if self.number % 30 == 11 or self.number == STILL_HELD:
            yield self.logged_at + hours(0.2), self._event(EventKind.HELD, reason="police_first")
            if self.number == STILL_HELD:
                return
            yield self.logged_at + hours(30), self._event(EventKind.RELEASED)
            self.logged_at += hours(30)
        submitted_at = self.logged_at + hours(self.dice.lognormvariate(-0.7, 0.9))
        yield submitted_at, self._submit
        yield from self._answers(submitted_at)

    def _answers(self, submitted_at: datetime) -> Plan:
        median, refused, restricted, silent = MANNERS[self.platform]
        lot = self.dice.random()
        if not self.is_over and self.number % 20 in (STILL_UP, CAME_BACK, UNCHECKED):
            lot = 1.0  # there is one of each to be seen
        decided_after = median * self.dice.lognormvariate(0, 1.1)
        if self.dice.random() < 0.85:
            receipt = submitted_at + hours(min(0.05 + self.dice.random() / 4, decided_after))
            ticket = f"{self.dice.randrange(10**9, 10**10)}"
            yield (
                receipt,
                self._event(EventKind.RECEIPT_CONFIRMED, automatic=True, ticket_id=ticket),
            )
        if self.number % 29 == 22 or self.number in STILL_ASKED:
            asked = self._event(EventKind.INFORMATION_REQUESTED, text="Which account is meant?")
            yield submitted_at + hours(min(3, decided_after)), asked
            if self.number in STILL_ASKED:
                return
            answer = self._event(EventKind.INFORMATION_SENT, text="The one named in the notice.")
            yield submitted_at + hours(min(4, decided_after)), answer
        decided_at = submitted_at + hours(decided_after)
        if lot < silent:
            yield submitted_at + hours(51), self._seen("live")
            yield from self._silence(submitted_at + hours(50))
        elif lot < silent + refused:
            yield from self._refusal(decided_at)
        elif lot < silent + refused + restricted:
            yield decided_at, self._event(EventKind.DECIDED, outcome="geo_restricted", scope=["BE"])
            yield from self._accepted(decided_at)
        elif self.number % 37 == 3:
            yield (
                decided_at,
                self._event(EventKind.WITHDRAWN, reason="Withdrawn at the person's request"),
            )
        else:
            yield from self._removal(submitted_at, decided_at)

    def _silence(self, chased_at: datetime) -> Plan:
        """Nobody answers: it is chased, in the end somebody else is told and the file is closed."""
        yield chased_at, self._event(EventKind.REMINDED)
        if self.is_over:
            yield chased_at + hours(24 * 8), self._event(EventKind.ESCALATED, to="coordinator")
            yield (
                chased_at + hours(24 * 40),
                self._event(EventKind.CLOSED, reason="Told the coordinator"),
            )
        elif chased_at < NOW - hours(60):
            yield NOW - hours(20 + self.dice.random() * 8), self._event(EventKind.REMINDED)

    def _still_up(self, seen_at: datetime) -> Plan:
        """It is up where it should not be: chased until it is gone, if that has come."""
        if self.is_over:
            yield seen_at + hours(1), self._event(EventKind.REMINDED)
            yield (
                seen_at + hours(28),
                self._event(EventKind.DECIDED, outcome="removed", ground="law"),
            )
            yield seen_at + hours(40), self._seen("gone")
        elif seen_at < NOW - hours(30):
            yield NOW - hours(18 + self.dice.random() * 8), self._event(EventKind.REMINDED)

    def _refusal(self, decided_at: datetime) -> Plan:
        yield decided_at, self._event(EventKind.DECIDED, outcome="refused", ground="terms")
        if self.dice.random() < 0.5:
            yield decided_at + hours(20), self._event(EventKind.COMPLAINED)
            later = decided_at + hours(24 * 12)
            if self.dice.random() < 0.5:
                yield later, self._event(EventKind.DECIDED, outcome="removed", ground="law")
                yield later + hours(5), self._seen("gone")
                return
            yield later, self._event(EventKind.DECIDED, outcome="refused", ground="terms")
            decided_at = later
        yield from self._accepted(decided_at)

    def _accepted(self, decided_at: datetime) -> Plan:
        """What falls short of removal is accepted in the end and the file is closed."""
        if self.is_over:
            note = self._event(EventKind.NOTED, text="Nothing more can be reached.", accepted=True)
            yield decided_at + hours(24 * 20), note
            yield decided_at + hours(24 * 28), self._event(EventKind.CLOSED, reason="Accepted")

    def _removal(self, submitted_at: datetime, decided_at: datetime) -> Plan:
        fate = self.number % 20
        if fate == 4:
            gone_at = submitted_at + hours(0.5)
            yield gone_at, self._event(EventKind.DECIDED, outcome="already_gone")
            yield gone_at + hours(3), self._seen("gone")
            return
        if fate == UNCHECKED and not self.is_over:
            decided_at = max(decided_at, NOW - hours(26))
        outcome = "account_terminated" if fate == 9 else "removed"
        removed = self._event(
            EventKind.DECIDED, outcome=outcome, ground="law", automated="not_said"
        )
        yield decided_at, removed
        if fate == STILL_UP:
            yield decided_at + hours(6), self._seen("live")
            yield from self._still_up(decided_at + hours(6))
            return
        if fate == UNCHECKED and not self.is_over:
            return  # said removed, and nobody has looked yet
        seen_at = decided_at + hours(2 + self.dice.random() * 20)
        yield seen_at, self._seen("gone")
        if fate == CAME_BACK:
            back_at = seen_at + hours(24 * 9 if self.is_over else 7)
            yield back_at, self._seen("live")
            yield from self._still_up(back_at)

    def _log(self, unit: Unit) -> None:
        item_count = 2 if self.number % 9 == 0 else 1
        urls = [self._url() for _ in range(item_count)]
        given: Mapping[str, object] = {
            "case_ref": f"DEMO-{1 + self.number // 2:04d}",
            "category": self.category,
            "urgent": self.number % 12 == 0,
            "reported_at": self.logged_at - hours(1 + self.dice.random() * 5),
            "explanation": None
            if self.number == LEFT_INCOMPLETE
            else "Fictional report. The material was assessed by a trained analyst.",
            "language": [*Language][self.number % len(Language)],
            "recipient": f"abuse@{self._host()}" if self.platform == OTHER else None,
        }
        platform, items = new_items.items_at(self.workspace, urls, self.platform, now=unit.clock())
        logged = drafts.log(unit, self.workspace, given, platform=platform, items=items, by=self.by)
        self.reference = logged.reference

    def _submit(self, unit: Unit) -> None:
        row = queries.by_reference(unit, self.reference)
        submission.submit(
            unit,
            self.workspace,
            row,
            sending=submission.Sending(ticket_id=None, no_ticket=True),
            by=self.by,
        )

    def _event(self, kind: EventKind, **told: Json) -> Callable[[Unit], None]:
        def do(unit: Unit) -> None:
            row = queries.by_reference(unit, self.reference)
            data, secrets = event_data.split(kind, told)
            timeline.record(unit, row, NewEvent(kind, data, secrets), by=self.by)

        return do

    def _seen(self, availability: str) -> Callable[[Unit], None]:
        return self._event(EventKind.SEEN, availability=availability, vantage="BE")

    def _url(self) -> str:
        host = f"https://{self._host()}"
        digits = str(self.dice.randrange(10**17, 10**18))
        snowflake = str(int((self.logged_at - timedelta(days=3)).timestamp()) << 32 | self.number)
        return {
            "instagram": f"{host}/p/C{self._code(10)}",
            "snapchat": f"{host}/add/fictional-{self.number}",
            "tiktok": f"{host}/@fictional.{self.number}/video/{snowflake}",
            "x": f"{host}/fictional_{self.number}/status/{digits}0",
            "facebook": f"{host}/reel/{digits}",
            "discord": f"{host}/channels/{digits}/{digits[::-1]}/{digits[3:]}123",
            "youtube": f"{host}/watch?v={self._code(10)}A",
            "google": f"{host}/file/d/1{self._code(32)}/view",
            OTHER: f"{host}/view/{self.number}",
        }[self.platform]

    def _host(self) -> str:
        name = f"site-{self.number}" if self.platform == OTHER else self.platform
        return f"{name}.demo.invalid"

    def _code(self, length: int) -> str:
        return "".join(self.dice.choice(LETTERS) for _ in range(length))

    def _drawn(self, weights: Mapping[str, int]) -> str:
        names: Sequence[str] = list(weights)
        return self.dice.choices(names, weights=list(weights.values()))[0]


def hours(count: float) -> timedelta:
    """Return a span of so many hours."""
    return timedelta(hours=count)
