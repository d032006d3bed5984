"""What the numbers must be, worked out a second time and slowly from docs/definitions.md 3 to 6.

It knows nothing of how the application computes them: every rule is asked of all events anew, and
the curve is made of exact fractions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

REMOVED = {"removed", "disabled", "account_suspended", "account_terminated"}
RESTRICTED = {"geo_restricted", "age_restricted", "demoted", "labelled", "interaction_restricted"}
FALLS_SHORT = RESTRICTED | {"refused"}
NO_ACTION = {"refused", "already_gone", "other"}
HOUR = timedelta(hours=1)


class Entry(NamedTuple):
    """One entry of a timeline; of a correction, what stands from then on (None: nothing)."""

    number: int
    kind: str
    happened_at: datetime
    recorded_at: datetime
    content: dict[str, Any] | None
    voids: int | None = None


class Line(NamedTuple):
    """An event that stands; the replay reads lines in order of `when`."""

    when: tuple[datetime, int]
    kind: str
    content: dict[str, Any]

    @property
    def at(self) -> datetime:
        return self.when[0]

    def names(self, item: int) -> bool:
        return item in (self.content.get("items") or [item])


@dataclass
class Item:
    """One item as it stood."""

    state: str
    gone_at: datetime | None = None
    competing_at: datetime | None = None
    decided_at: datetime | None = None
    acted_at: datetime | None = None
    still_up: bool = False
    says: tuple[str, datetime] | None = None
    saw: tuple[str, datetime] | None = None
    is_seen_gone: bool = False


@dataclass
class Takedown:
    """A takedown as it stood."""

    stage: str
    facts: dict[str, Any]
    items: list[Item]
    terms: dict[str, Any] | None
    submitted_at: datetime | None
    receipt_at: datetime | None
    answered_at: datetime | None
    decided_at: datetime | None
    our_time: timedelta | None

    @property
    def gone_at(self) -> datetime | None:
        """When the last of the items that count was gone; None while one is not."""
        moments = [i.gone_at for i in self.items if i.state not in ("withdrawn", "already_gone")]
        known = [moment for moment in moments if moment]
        return max(known) if known and len(known) == len(moments) else None


def standing(told: Iterable[Entry], as_of: datetime) -> list[Line]:
    """Events in the books at `as_of` and not voided, each in the place of the first it replaces."""
    known = {e.number: e for e in told if e.recorded_at <= as_of and e.happened_at <= as_of}
    voided = {e.voids for e in known.values()}
    lines = []
    for entry in known.values():
        if entry.number in voided or entry.content is None:
            continue
        first = entry
        while first.voids is not None:
            first = known[first.voids]
        lines.append(Line((entry.happened_at, first.number), first.kind, entry.content))
    return lines


def takedown(told: Iterable[Entry], as_of: datetime) -> Takedown | None:
    """What a timeline amounts to at `as_of`; None before it was logged."""
    lines = standing(told, as_of)
    if not any(line.kind == "logged" for line in lines):
        return None
    facts: dict[str, Any] = {}
    for line in sorted(lines, key=lambda line: line.when[1]):
        if line.kind in ("logged", "amended"):
            facts |= line.content
    logged_at = next(line.at for line in lines if line.kind == "logged")
    story = sorted(line for line in lines if line.kind not in ("logged", "amended"))
    submission = next((line for line in story if line.kind == "submitted"), None)
    submitted_at = submission.at if submission else None
    items = [
        item([line for line in story if line.names(number)], submitted_at)
        for number in range(1, facts["items"] + 1)
    ]
    answers = [
        line.at
        for line in story
        if line.kind in ("decided", "information_requested")
        or (line.kind == "receipt_confirmed" and not line.content["automatic"])
    ]
    return Takedown(
        stage=stage(story, items, submitted_at),
        facts=facts,
        items=items,
        terms=submission.content["terms"] if submission else None,
        submitted_at=submitted_at,
        receipt_at=first_at(story, "receipt_confirmed"),
        answered_at=min(answers, default=None),
        decided_at=first_at(story, "decided"),
        our_time=our_time(story, facts.get("reported_at"), logged_at, submitted_at),
    )


def first_at(story: Iterable[Line], kind: str) -> datetime | None:
    return min((line.at for line in story if line.kind == kind), default=None)


def item(story: Sequence[Line], submitted_at: datetime | None) -> Item:
    """One item from the lines that name it."""
    looks = [line for line in story if line.kind == "seen"]
    found = Item("draft")
    if looks:
        found.saw = (looks[-1].content["availability"], looks[-1].at)
    if submitted_at is not None:
        submitted_item(found, story, looks, submitted_at)
    if any(line.kind == "withdrawn" for line in story):
        found.state, found.still_up, found.gone_at = "withdrawn", False, None
    return found


def submitted_item(
    found: Item, story: Sequence[Line], looks: Sequence[Line], submitted_at: datetime
) -> None:
    decisions = [line for line in story if line.kind == "decided"]
    last = decisions[-1] if decisions else None
    outcome = last.content["outcome"] if last else None
    lives = [look for look in looks if look.content["availability"] == "live"]
    late_lives = [look for look in lives if look.at >= submitted_at - 24 * HOUR]
    claims = REMOVED | ({"already_gone"} if late_lives else set())
    gones = [
        look for look in looks if look.content["availability"] == "gone" and look.at > submitted_at
    ]
    stands = [d.at for d in decisions if d.content["outcome"] in claims and not belied(d, story)]
    stands += [look.at for look in gones if not [live for live in lives if live > look]]
    telling = [
        look.content["availability"]
        for look in looks
        if look.at <= submitted_at and look.content["availability"] != "unknown"
    ]
    was_gone = telling[-1:] == ["gone"] and not [x for x in lives if x.at > submitted_at]
    came_back = not stands and any(live > gone for gone in gones for live in lives)
    if last:
        found.says = (outcome, last.at)
        found.decided_at = decisions[0].at
        actions = [d.at for d in decisions if d.content["outcome"] not in NO_ACTION]
        found.acted_at = min(actions, default=None)
    if was_gone or (outcome == "already_gone" and not late_lives):
        found.state = "already_gone"
    elif came_back:
        found.state = "came_back"
    elif stands:
        found.state, found.gone_at = "gone", min(stands)
    elif last and outcome in RESTRICTED and not leaks(last, lives):
        found.state = "restricted"
    else:
        found.state = "refused" if outcome == "refused" else "waiting"
    if not stands:
        found.competing_at = run_of_refusals(decisions)
    found.still_up = found.state != "already_gone" and not stands and outcome in claims
    # A look from before the submission tells only of what was gone before it.
    told_gone = [look for look in looks if look in gones or (was_gone and is_gone(look))]
    found.is_seen_gone = any(not [x for x in lives if x > look] for look in told_gone)


def is_gone(look: Line) -> bool:
    return bool(look.content["availability"] == "gone")


def belied(claim: Line, story: Iterable[Line]) -> bool:
    """Whether a later look, or a later decision short of removal, contradicts the platform."""
    return any(
        line > claim
        and (
            (line.kind == "seen" and line.content["availability"] == "live")
            or (
                line.kind == "decided" and line.content["outcome"] not in REMOVED | {"already_gone"}
            )
        )
        for line in story
    )


def leaks(restriction: Line, lives: Iterable[Line]) -> bool:
    """Whether it was seen live later from where the restriction should apply."""
    scope = restriction.content.get("scope") or []
    return any(
        live > restriction and (not scope or live.content.get("vantage") in scope) for live in lives
    )


def run_of_refusals(decisions: Sequence[Line]) -> datetime | None:
    """First of the unbroken run of refusals and restrictions that ends the decisions."""
    run = None
    for decision in decisions:
        falls_short = decision.content["outcome"] in FALLS_SHORT
        run = (run or decision.at) if falls_short else None
    return run


def stage(story: Sequence[Line], items: Sequence[Item], submitted_at: datetime | None) -> str:
    kinds = [line.kind for line in story]
    offline = [i.state in ("gone", "already_gone", "withdrawn") for i in items]
    if all(i.state == "withdrawn" for i in items):
        return "withdrawn"
    if kinds.count("closed") > kinds.count("reopened"):
        return "closed"
    if submitted_at is None:
        return "held" if kinds.count("held") > kinds.count("released") else "draft"
    if all(offline) and all(i.is_seen_gone or i.state == "withdrawn" for i in items):
        return "closed"
    if all(i.decided_at or is_off for i, is_off in zip(items, offline, strict=True)):
        return "decided"
    return "acknowledged" if "receipt_confirmed" in kinds else "submitted"


def our_time(
    story: Sequence[Line],
    reported_at: datetime | None,
    logged_at: datetime,
    submitted_at: datetime | None,
) -> timedelta | None:
    if submitted_at is None:
        return None
    start = reported_at or min(logged_at, submitted_at)
    on_hold = timedelta(0)
    held_at = None
    for line in story:
        if line.kind == "held":
            held_at = line.at
        elif line.kind == "released" and held_at:
            on_hold += max(min(line.at, submitted_at) - max(held_at, start), timedelta(0))
    return max(submitted_at - start - on_hold, timedelta(0))
