"""A fictional year of a hotline: about 120 takedowns, every state, the same every time.

Everything goes through the same use cases as real work; only the clock is told what to read.
Hosts end in `.demo.invalid`, which leads nowhere (RFC 2606).
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from app.accounts.models import users
from app.accounts.permissions import ROLES
from app.kit.database import Database, Unit
from app.kit.errors import Misconfigured
from app.notices import drafts, submission
from app.notices.filling import Desk
from app.takedowns import bases, queries, timeline
from app.takedowns.bases import Basis
from app.takedowns.models import takedowns
from app.takedowns.timeline import Actor, NewEvent

NOW = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)
MONTHS = 13
COUNT = 120
RECENT = 10  # logged in the last two days, so that there is work under way
AWARDED_ON = date(2026, 1, 1)
SEED = 20261103
CASEWORKERS = (Actor("Analyst-01", "person"), Actor("Analyst-02", "person"))
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
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Moving:
    """A clock that reads what it is told: the moment of the action being replayed."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the moment it was told."""
        return self.now


class Action(NamedTuple):
    """Something done at a moment."""

    at: datetime
    order: int
    do: Callable[[Unit], None]


def fill(database: Database, desk: Desk, clock: Moving) -> int:
    """Tell the whole year; returns how many takedowns there are.

    Raises Misconfigured when there are takedowns already.
    """
    with database.read() as unit:
        if unit.connection.execute(select(takedowns.c.id).limit(1)).first():
            raise Misconfigured("the demo needs an empty database; choose another --data-dir")
    clock.now = NOW - timedelta(days=365 * MONTHS / 12)
    with database.write() as unit:
        join(unit)
        for platform in PLATFORMS:
            bases.record(unit, Basis(platform, "article_22", AWARDED_ON, "FICTIONAL-1", ()))
    stories = [_Story(number, desk) for number in range(COUNT)]
    actions = sorted(action for story in stories for action in story.actions())
    with database.write() as unit:
        for action in actions:
            clock.now = action.at
            action.do(unit)
    clock.now = NOW
    return COUNT


def join(unit: Unit) -> None:
    """Add three people who do not exist; they have no password and sign in by a button."""
    for number, role in enumerate(ROLES, start=1):
        unit.connection.execute(
            insert(users).values(
                email=f"analyst-{number:02d}@hotline.demo.invalid",
                name=f"Analyst-{number:02d}",
                role=role,
                may_view=role == "caseworker",
                language=None,
                has_shortcuts=True,
                created_at=unit.clock(),
            )
        )


class _Story:
    """One takedown's fate, drawn once from its own number."""

    def __init__(self, number: int, desk: Desk) -> None:
        self.number, self.desk = number, desk
        self.dice = random.Random(SEED + number)  # noqa: S311 - fiction, not a secret
        self.platform = self._drawn(PLATFORMS)
        self.category = self._drawn(CATEGORIES)
        self.by = self.dice.choice(CASEWORKERS)
        span = timedelta(days=365 * MONTHS / 12)
        self.logged_at = NOW - span * (1 - (number + self.dice.random()) / COUNT)
        if number >= COUNT - RECENT:
            self.logged_at = NOW - self._hours(1 + self.dice.random() * 30)
        self.reference = ""

    def actions(self) -> Iterator[Action]:
        """Everything that happens to it, up to now."""
        for order, (at, do) in enumerate(self._plan()):
            if at <= NOW:
                yield Action(at, self.number * 1000 + order, do)

    def _plan(self) -> Iterator[tuple[datetime, Callable[[Unit], None]]]:
        yield self.logged_at, self._log
        if self.number % 40 == 7:
            return  # a draft left lying
        if self.number % 30 == 11:
            yield self.logged_at + self._hours(0.2), self._event("held", reason="police_first")
            if self.number > COUNT - 20:
                return
            yield self.logged_at + self._hours(30), self._event("released")
            self.logged_at += self._hours(30)
        submitted_at = self.logged_at + self._hours(self.dice.lognormvariate(-0.7, 0.9))
        yield submitted_at, self._submit
        yield from self._answers(submitted_at)

    def _answers(self, submitted_at: datetime) -> Iterator[tuple[datetime, Callable[[Unit], None]]]:
        median, refused, restricted, silent = MANNERS[self.platform]
        lot = self.dice.random()
        decided_after = median * self.dice.lognormvariate(0, 1.1)
        if self.dice.random() < 0.85:
            receipt = submitted_at + self._hours(min(0.05 + self.dice.random() / 4, decided_after))
            yield (
                receipt,
                self._event(
                    "receipt_confirmed",
                    automatic=True,
                    ticket_id=f"{self.dice.randrange(10**9, 10**10)}",
                ),
            )
        if self.number % 29 == 22:
            asked = self._event("information_requested", text="Which account is meant?")
            yield submitted_at + self._hours(min(3, decided_after)), asked
            if self.number > COUNT - 30:
                return
            answer = self._event("information_sent", text="The one named in the notice.")
            yield submitted_at + self._hours(min(4, decided_after)), answer
        if lot < silent:
            yield submitted_at + self._hours(50), self._event("reminded")
            yield submitted_at + self._hours(51), self._seen("live")
            return
        decided_at = submitted_at + self._hours(decided_after)
        if lot < silent + refused:
            yield from self._refusal(decided_at)
        elif lot < silent + refused + restricted:
            yield decided_at, self._event("decided", outcome="geo_restricted", scope=["BE"])
        elif self.number % 37 == 3:
            yield decided_at, self._event("withdrawn", reason="Withdrawn at the person's request")
        else:
            yield from self._removal(submitted_at, decided_at)

    def _refusal(self, decided_at: datetime) -> Iterator[tuple[datetime, Callable[[Unit], None]]]:
        yield decided_at, self._event("decided", outcome="refused", ground="terms")
        if self.dice.random() < 0.5:
            yield decided_at + self._hours(20), self._event("complained")
            later = decided_at + self._hours(24 * 12)
            if self.dice.random() < 0.5:
                yield later, self._event("decided", outcome="removed", ground="law")
                yield later + self._hours(5), self._seen("gone")

    def _removal(
        self, submitted_at: datetime, decided_at: datetime
    ) -> Iterator[tuple[datetime, Callable[[Unit], None]]]:
        fate = self.number % 20
        if fate == 4:
            yield submitted_at + self._hours(0.5), self._event("decided", outcome="already_gone")
            return
        outcome = "account_terminated" if fate == 9 else "removed"
        yield (
            decided_at,
            self._event("decided", outcome=outcome, ground="law", automated="not_said"),
        )
        if fate == 5:
            yield decided_at + self._hours(6), self._seen("live")
            return
        if fate == 16:
            return  # said removed, nobody looked
        seen_at = decided_at + self._hours(2 + self.dice.random() * 20)
        yield seen_at, self._seen("gone")
        if fate == 13:
            yield seen_at + self._hours(24 * 9), self._seen("live")

    def _log(self, unit: Unit) -> None:
        item_count = 2 if self.number % 9 == 0 else 1
        urls = [self._url() for _ in range(item_count)]
        given: Mapping[str, Any] = {
            "case_ref": f"DEMO-{1 + self.number // 2:04d}",
            "category": self.category,
            "urgent": self.number % 12 == 0,
            "reported_at": self.logged_at - self._hours(1 + self.dice.random() * 5),
            "explanation": None
            if self.number % 40 == 7
            else "Fictional report. The material was assessed by a trained analyst.",
            "language": ("en", "nl", "fr")[self.number % 3],
        }
        platform, items = drafts.items_at(self.desk, urls, None, unit.clock())
        logged = drafts.log(unit, self.desk, given, platform, items, by=self.by)
        self.reference = logged.reference

    def _submit(self, unit: Unit) -> None:
        row = queries.by_reference(unit, self.reference)
        submission.submit(
            unit,
            self.desk,
            row,
            submission.Sending(ticket_id=None, no_ticket=True),
            by=self.by,
        )

    def _event(self, kind: str, **told: Any) -> Callable[[Unit], None]:
        def do(unit: Unit) -> None:
            row = queries.by_reference(unit, self.reference)
            data, secrets = timeline.split(kind, told)
            timeline.record(unit, row, NewEvent(kind, data, secrets), by=self.by)

        return do

    def _seen(self, availability: str) -> Callable[[Unit], None]:
        return self._event("seen", availability=availability, vantage="BE")

    def _url(self) -> str:
        host = f"https://{self.platform}.demo.invalid"
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
        }[self.platform]

    def _code(self, length: int) -> str:
        return "".join(self.dice.choice(LETTERS) for _ in range(length))

    def _drawn(self, weights: Mapping[str, int]) -> str:
        names: Sequence[str] = list(weights)
        return self.dice.choices(names, weights=list(weights.values()))[0]

    @staticmethod
    def _hours(hours: float) -> timedelta:
        return timedelta(hours=hours)
