"""The report of a period counted a second time: plainly, from docs/definitions.md 6 alone.

It reads timelines as the oracle of the figures does, and shares no line with the application.

Readings taken where the text leaves room:
- The items of a notice are all that were asked for: those already gone among them.
- "Already gone" goes before "under a court order", and both before any action.
- A takedown is withdrawn with the last of its items that were not already gone; it is read as it
  stood then, and its target has passed or not by then.
- "No target had passed" is the removal target, by which "no reaction" goes too. What was seen gone
  before it was withdrawn so is withdrawn: nothing was told.
- Without a reply expected the same lines are read.
- "Seen live afterwards" is a live look at an item after its last decision, by its withdrawal.
- Complaints are those of every notice of the part, whatever its row; who is named nowhere is every
  item, and a withdrawal ends nothing.
- The channel is that of the submission: one that knows us by the platform's file of today, else
  how the notice was sent.
- The cases of the campaign are those of what was logged in the span, drafts and withdrawn ones
  among them, but no item that was withdrawn before its submission; a case is sextortion by any
  takedown that was logged of it by then, on any day.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import yaml

from tests.metrics.oracle_2026_2.cohort import Request
from tests.metrics.oracle_2026_2.items import REMOVALS, RESTRICTIONS, Item
from tests.metrics.oracle_2026_2.timeline import Event, Takedown, Timeline, standing

TEMPLATES = Path(__file__).parents[2] / "platform_templates"
TERMS_ONLY = ("nudify_promotion", "impersonation", "self_harm", "unsafe_challenge", "minor_other")
ON_ACCOUNT = ("account_suspended", "account_terminated")
REMOVED = (*REMOVALS, "already_gone")
MINOR = (
    "csam", "csam_ai", "grooming", "sexual_extortion_minor", "intimate_image_minor",
)  # fmt: skip
ADULT = ("ncii_adult", "deepfake_adult", "sexual_extortion_adult")
DEEPNUDES = ("csam_ai", "deepfake_adult")
WHERE_AI = (
    "csam", "intimate_image_minor", "ncii_adult", "sexual_extortion_minor",
    "sexual_extortion_adult",
)  # fmt: skip
Cells = dict[tuple[str, str, str], tuple[int, tuple[str, ...]]]


class Span(NamedTuple):
    """Local days, `after` not among them, and the moments the record is read at."""

    first: date
    after: date
    zone: ZoneInfo
    as_of: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        return self.first <= moment.astimezone(self.zone).date() < self.after


class Notice:
    """A submitted takedown, and the row it stands in."""

    def __init__(self, takedown: Takedown, end: datetime) -> None:
        self.takedown, self.reference = takedown, takedown.reference
        self.request = Request(takedown, end)
        self.asked = [i for i in (Item(takedown, n) for n in takedown.items) if i.was_asked_for]
        self.items = [i for i in self.asked if not i.was_already_gone]
        withdrawals = [i.withdrawal for i in self.items]
        self.withdrawal = (
            None
            if None in withdrawals or not withdrawals
            else max(withdrawals, key=lambda e: e.place)
        )
        self.end = self.withdrawal.at if self.withdrawal else end
        self.last = [last_decision(i) for i in self.items]
        self.action, self.ground = self._row()

    @property
    def part(self) -> str:
        if self.takedown.category in TERMS_ONLY:
            return "terms_only"
        return "article_22" if self.takedown.basis == "article_22" else "other_basis"

    @property
    def channel(self) -> str:
        """Which way it went, as the platforms' files and the submission tell."""
        sent = self.takedown.submitted.data
        known = channels_that_know_us(self.takedown.platform)
        return "knows_us" if sent["channel"] in known else sent["how"]

    def _row(self) -> tuple[str, str]:
        if not self.items:
            return "already_gone", "no_decision"
        if self.takedown.is_court_ordered:
            return "court_order", "no_decision"
        for action, outcomes, of_all in (
            ("account_action", ON_ACCOUNT, True),
            ("removed", REMOVED, True),
            ("partly_removed", REMOVED, False),
            ("blocked_in_countries", ("geo_restricted",), False),
            ("restricted_otherwise", RESTRICTIONS, False),
            ("refused", ("refused",), False),
            ("other", ("other",), False),
        ):
            makers = [e for e in self.last if e and e.data["outcome"] in outcomes]
            if makers and (not of_all or len(makers) == len(self.items)):
                return action, ground_of(makers)
        return self._without_decision(), "no_decision"

    def _without_decision(self) -> str:
        target = self.takedown.target
        is_answered = any(
            e.at <= self.end and (e.kind != "receipt_confirmed" or not e.data.get("automatic"))
            for e in self.takedown.of("decided", "information_requested", "receipt_confirmed")
        )
        has_passed = target is not None and target <= self.end
        if self.withdrawal and not is_answered and not has_passed:
            return "withdrawn"
        if all(was_seen_gone(i) for i in self.items):
            return "gone_without_a_word"
        return "no_reaction" if not is_answered and has_passed else "pending"

    @property
    def was_seen_live_afterwards(self) -> bool:
        """Whether what was removed, or on an account that was closed, was seen live then."""
        if self.action not in ("removed", "account_action"):
            return False
        return any(
            look.place > last.place
            for item, last in zip(self.items, self.last, strict=True)
            for look in item.live_looks
        )

    def complaints(self) -> Iterator[str]:
        for complaint in self.takedown.of("complained"):
            named = complaint.items or frozenset(self.takedown.items)
            later = [
                e.data["outcome"]
                for e in self.takedown.of("decided")
                if e.place > complaint.place and (not e.items or e.items & named)
            ]
            if any(outcome in REMOVALS for outcome in later):
                yield "upheld"
            else:
                yield "refused" if later else "open"


@cache
def channels_that_know_us(platform: str) -> list[str]:
    """The ids, now and formerly, of the channels whose file says that they know us."""
    file = yaml.safe_load((TEMPLATES / f"{platform}.yaml").read_text("utf-8"))
    known = [one for one in file["channels"] if one.get("knows_us")]
    return [name for one in known for name in (one["id"], *one.get("formerly", ()))]


def last_decision(item: Item) -> Event | None:
    """The last decision; `other` is one only where there is no other."""
    decisions = item.telling_decisions or item.decisions
    return decisions[-1] if decisions else None


def was_seen_gone(item: Item) -> bool:
    """Whether it was seen gone after the submission, and not live since."""
    return any(
        not any(live.place > gone.place for live in item.live_looks) for gone in item.gone_looks
    )


def ground_of(decisions: list[Event]) -> str:
    grounds = {e.data.get("ground") for e in decisions}
    return next((one for one in ("law", "terms") if one in grounds), "unknown")


def article_22(timelines: list[Timeline], span: Span) -> Cells:
    """Every cell that counts something, its value, and the references behind it."""
    notices = list(_notices(timelines, span))
    cells: Cells = {}
    for part in ("article_22", "other_basis", "terms_only"):
        of_part = [n for n in notices if n.part == part]
        _counted_by(cells, f"{part}.provider", of_part, lambda n: n.takedown.provider)
        _counted_by(cells, f"{part}.type", of_part, lambda n: n.takedown.category)
        _counted_by(cells, f"{part}.channel", of_part, lambda n: n.channel)
        _by_action(cells, f"{part}.", of_part)
        seen = [n for n in of_part if n.was_seen_live_afterwards]
        _crossed(cells, f"{part}.seen_live", seen, (_provider, _action))
        told = [(n, became) for n in of_part for became in n.complaints()]
        for row in {n.takedown.provider for n, _ in told} | {"total"}:
            for column in {became for _, became in told} | {"total"}:
                found = [
                    n.reference
                    for n, became in told
                    if row in ("total", n.takedown.provider) and column in ("total", became)
                ]
                _put(cells, (f"{part}.complaints", row, column), len(found), found)
    return cells


def activity(timelines: list[Timeline], span: Span) -> Cells:
    """The yearly figures for the Minister of Justice: all notices in one."""
    notices = list(_notices(timelines, span))
    cells: Cells = {}
    _counted_by(cells, "basis", notices, lambda n: n.takedown.basis)
    _counted_by(cells, "type", notices, lambda n: n.takedown.category)
    _counted_by(cells, "provider", notices, _provider)
    _by_action(cells, "", notices)
    return cells


def hotline(timelines: list[Timeline], span: Span) -> Cells:
    """What hotlines count: by category and quarter."""
    notices = list(_notices(timelines, span))
    cells: Cells = {}

    def quarter(notice: Notice) -> str:
        at = notice.request.submitted_at.astimezone(span.zone)
        return f"{at.year}-Q{1 + (at.month - 1) // 3}"

    for name, rows in (
        ("type_quarter", lambda n: n.takedown.category),
        ("platform_quarter", lambda n: n.takedown.platform),
        ("action_quarter", _action),
    ):
        _crossed(cells, name, notices, (rows, quarter))
    for row in {n.takedown.category for n in notices} | {"total"}:
        for column in set(map(quarter, notices)) | {"total"}:
            found = [
                n
                for n in notices
                if row in ("total", n.takedown.category) and column in ("total", quarter(n))
            ]
            items = sum(len(n.asked) for n in found)
            _put(cells, ("type_quarter_items", row, column), items, [n.reference for n in found])
    return cells


def campaign(timelines: list[Timeline], span: Span) -> Cells:
    """The cases of deepnudes, and the links under which apps that undress are promoted."""
    known = [Takedown(t, span.as_of) for t in timelines if _is_logged(t, span.as_of)]
    extorted = {t.facts["case_ref"] for t in known if t.facts["sexual_extortion"]}
    logged = [t for t in known if span.holds(t.logged.at)]
    cells: Cells = {}
    for how in ("yes", "suspected"):
        found = [t for t in logged if _deepnude(t) == how]
        for row in {*map(_concerned, found), "total"}:
            for column in ("yes", "no", "total"):
                here = [
                    t
                    for t in found
                    if row in ("total", _concerned(t))
                    and column in ("total", "yes" if t.facts["case_ref"] in extorted else "no")
                ]
                _counted(cells, f"deepnude_{how}", (row, column), here)
        for row in {t.platform for t in found} | {"total"}:
            here = [t for t in found if row in ("total", t.platform)]
            for what, value in _three(here).items():
                _put(cells, (f"deepnude_{how}.platform", row, what), value, _behind(here, what))
    links = [
        (t, item["kind"])
        for t in logged
        if t.category == "nudify_promotion"
        for item in t.logged.data["items"]
        if item["id"] in _asked_for(t)
    ]
    for row in {kind for _, kind in links} | {"total"}:
        for column in {t.platform for t, _ in links} | {"total"}:
            found = [
                t.reference
                for t, kind in links
                if row in ("total", kind) and column in ("total", t.platform)
            ]
            _put(cells, ("promotion", row, column), len(found), found)
    return cells


COUNTS: dict[str, Callable[[list[Timeline], Span], Cells]] = {
    "article_22": article_22, "activity": activity, "hotline": hotline, "campaign": campaign,
}  # fmt: skip


def _notices(timelines: Iterable[Timeline], span: Span) -> Iterator[Notice]:
    for timeline in timelines:
        if _is_logged(timeline, span.as_of):
            takedown = Takedown(timeline, span.as_of)
            if takedown.submitted and span.holds(takedown.submitted.at):
                yield Notice(takedown, span.end)


def _is_logged(timeline: Timeline, as_of: datetime) -> bool:
    return any(e.kind == "logged" for e in standing(timeline, as_of))


def _provider(notice: Notice) -> str:
    return notice.takedown.provider


def _action(notice: Notice) -> str:
    return notice.action


def _by_action(cells: Cells, prefix: str, notices: list[Notice]) -> None:
    _counted_by(cells, f"{prefix}action", notices, _action)
    _crossed(cells, f"{prefix}action_ground", notices, (_action, lambda n: n.ground))
    _crossed(cells, f"{prefix}provider_action", notices, (_provider, _action))
    _crossed(cells, f"{prefix}type_action", notices, (lambda n: n.takedown.category, _action))


def _counted_by(
    cells: Cells, table: str, notices: list[Notice], row_of: Callable[[Notice], str]
) -> None:
    for row in {*map(row_of, notices), "total"}:
        found = [n for n in notices if row in ("total", row_of(n))]
        references = [n.reference for n in found]
        _put(cells, (table, row, "notices"), len(found), references)
        _put(cells, (table, row, "items"), sum(len(n.asked) for n in found), references)


def _crossed(
    cells: Cells,
    table: str,
    notices: list[Notice],
    by: tuple[Callable[[Notice], str], Callable[[Notice], str]],
) -> None:
    row_of, column_of = by
    for row in {*map(row_of, notices), "total"}:
        for column in {*map(column_of, notices), "total"}:
            found = [
                n.reference
                for n in notices
                if row in ("total", row_of(n)) and column in ("total", column_of(n))
            ]
            _put(cells, (table, row, column), len(found), found)


def _counted(cells: Cells, prefix: str, place: tuple[str, str], found: list[Takedown]) -> None:
    for what, value in _three(found).items():
        _put(cells, (f"{prefix}.{what}", *place), value, _behind(found, what))


def _behind(found: list[Takedown], what: str) -> list[str]:
    return [t.reference for t in found if what != "items" or _asked_for(t)]


def _three(found: list[Takedown]) -> dict[str, int]:
    return {
        "cases": len({t.facts["case_ref"] for t in found}),
        "requests": len(found),
        "items": sum(len(_asked_for(t)) for t in found),
    }


def _asked_for(takedown: Takedown) -> list[int]:
    """The items that were not withdrawn before they were asked for."""
    if takedown.submitted:
        return [n for n in takedown.items if Item(takedown, n).was_asked_for]
    return [n for n in takedown.items if not takedown.about(n, "withdrawn")]


def _put(cells: Cells, place: tuple[str, str, str], value: int, references: list[str]) -> None:
    if value:
        cells[place] = value, tuple(sorted(set(references)))


def _deepnude(takedown: Takedown) -> str:
    if takedown.category in DEEPNUDES:
        return "yes"
    told: Any = takedown.facts["ai_generated"]
    return told if takedown.category in WHERE_AI and told in ("yes", "suspected") else "no"


def _concerned(takedown: Takedown) -> str:
    if takedown.category in MINOR:
        return "minor"
    return "adult" if takedown.category in ADULT else "not_said"
