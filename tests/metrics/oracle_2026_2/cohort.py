"""Who is asked about: the question, and what of the book answers it.

A question is a dict: `zone` and `as_of`, and any of `until` (the clock while it is behind `as_of`),
`from`, `to` (dates or "YYYY-MM-DD"), `platform`, `category`, `basis`, `urgent`, `imported`, `by`,
and `happened_until`: the moment at which the earlier of two periods is cut, so that both are of one
age; what happened later is left out, whenever it was recorded, and every wait ends there.

Readings taken where the text leaves room:
- Every age, and every duration that ends at `as_of`, ends at the clock while that is behind.
- `takedowns` of a group are those with an item that counts; one whose items were all already gone,
  withdrawn before submission or under a court order is submitted (it makes a group) but not among
  them, nor among `notices`, complaints and `imported`, which is counted in takedowns.
- An already gone item under a court order is counted as already gone.
- `no_reply_expected` is counted in takedowns, of those that count.
- A draft whose takedown was closed and opened again is a draft that goes on.
- Every draft that was imported is "imported without a submitted_at".
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.metrics.oracle_2026_2.items import Item
from tests.metrics.oracle_2026_2.timeline import Event, Takedown, Timeline, moment_of, standing


class Asked:
    """The question, its moments and days read."""

    def __init__(self, question: dict[str, Any]) -> None:
        self.question = question
        self.zone = ZoneInfo(str(question["zone"]))
        self.as_of = moment_of(question["as_of"])
        self.clock = min(self.as_of, moment_of(question.get("until") or self.as_of))
        cut = question.get("happened_until")
        self.happened_until = None if cut is None else moment_of(cut)
        self.end = min(self.clock, self.happened_until or self.clock)
        self.first, self.after = _day(question.get("from")), _day(question.get("to"))

    def takes(self, takedown: Takedown) -> bool:
        """Whether a takedown is inside the span and the filters."""
        begun = takedown.submitted or takedown.logged
        day = begun.at.astimezone(self.zone).date()
        if (self.first and day < self.first) or (self.after and day >= self.after):
            return False
        if self.question.get("imported") == "exclude" and takedown.imported is not None:
            return False
        facts = {
            "platform": takedown.platform,
            "category": takedown.category,
            "basis": takedown.basis,
            "urgent": takedown.is_urgent,
        }
        return all(self.question.get(name) in (None, value) for name, value in facts.items())

    def key(self, takedown: Takedown) -> str:
        """The group a takedown, or a draft, belongs to."""
        by = self.question.get("by") or "all"
        if by == "all":
            return "all"
        if by == "month":
            begun = takedown.submitted or takedown.logged
            return begun.at.astimezone(self.zone).strftime("%Y-%m")
        return getattr(takedown, by)


class Request:
    """A submitted takedown with those of its items that count."""

    def __init__(self, takedown: Takedown, end: datetime) -> None:
        self.takedown, self.reference, self.end = takedown, takedown.reference, end
        self.submitted_at: datetime = takedown.submitted.at
        asked = [i for i in (Item(takedown, n) for n in takedown.items) if i.was_asked_for]
        self.already_gone = [i for i in asked if i.was_already_gone]
        left = [i for i in asked if not i.was_already_gone]
        self.court_ordered = left if takedown.is_court_ordered else []
        self.items = [] if takedown.is_court_ordered else left

    @property
    def withdrawal(self) -> Event | None:
        """The takedown is withdrawn with the last of its items that count."""
        found = [i.withdrawal for i in self.items]
        return None if None in found or not found else max(found, key=lambda e: e.place)

    def heard(self, *kinds: str) -> list[Event]:
        """What the platform did until the moment at which the takedown was withdrawn."""
        last = self.withdrawal
        return [e for e in self.takedown.of(*kinds) if last is None or e.at <= last.at]

    @property
    def receipt(self) -> Event | None:
        return next(iter(self.heard("receipt_confirmed")), None)

    @property
    def answer(self) -> Event | None:
        """A decision, a question or a receipt that is not automatic."""
        events = self.heard("decided", "information_requested", "receipt_confirmed")
        return next(
            (e for e in events if e.kind != "receipt_confirmed" or not e.data.get("automatic")),
            None,
        )


class Draft:
    """A takedown not submitted at `as_of`, as handling time alone counts it."""

    def __init__(self, takedown: Takedown) -> None:
        self.takedown, self.reference = takedown, takedown.reference

    @property
    def counts(self) -> bool:
        return not self.takedown.is_court_ordered and self.takedown.imported is None

    def given_up_at(self) -> datetime | None:
        """When it was withdrawn, with the last of its items, or closed for good."""
        found = []
        withdrawals = [self.takedown.about(n, "withdrawn") for n in self.takedown.items]
        if all(withdrawals):
            found.append(max(events[0].at for events in withdrawals))
        closings = self.takedown.of("closed", "reopened")
        if closings and closings[-1].kind == "closed":
            found.append(closings[-1].at)
        return min(found, default=None)


class Group:
    """The requests and drafts behind one group of figures."""

    def __init__(self, key: str, end: datetime) -> None:
        self.key, self.end = key, end
        self.submitted: list[Request] = []
        self.drafts: list[Draft] = []

    @property
    def requests(self) -> list[Request]:
        """Those with an item that counts."""
        return [r for r in self.submitted if r.items]

    @property
    def replying(self) -> list[Request]:
        return [r for r in self.requests if r.takedown.is_reply_expected]

    @property
    def items(self) -> list[Item]:
        return [i for r in self.requests for i in r.items]


def known(timelines: list[Timeline], asked: Asked) -> list[Takedown]:
    """Every takedown that was logged by then."""
    as_of = asked.as_of
    logged = [t for t in timelines if any(e.kind == "logged" for e in standing(t, as_of))]
    return [Takedown(timeline, as_of, asked.happened_until) for timeline in logged]


def groups(takedowns: list[Takedown], asked: Asked) -> list[Group]:
    """The groups with a submitted takedown, by key."""
    keys = {asked.key(t) for t in takedowns if asked.takes(t) and t.submitted}
    return [
        whole([t for t in takedowns if asked.key(t) == key], asked, key) for key in sorted(keys)
    ]


def whole(takedowns: list[Takedown], asked: Asked, key: str = "all") -> Group:
    """All that is inside the span and the filters, as one group."""
    group = Group(key, asked.end)
    for takedown in takedowns:
        if not asked.takes(takedown):
            continue
        if takedown.submitted:
            group.submitted.append(Request(takedown, asked.end))
        elif Draft(takedown).counts:
            group.drafts.append(Draft(takedown))
    return group


def _day(told: Any) -> date | None:
    return date.fromisoformat(told) if isinstance(told, str) else told
