"""What a takedown's events amount to.

Pure: no database, no clock, no HTTP. docs/definitions.md section 4 is the specification.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from app.schemas.facts import Plain
from app.schemas.vocabularies import Basis, EventKind, ItemState, Stage
from app.takedowns import facts, items, legality
from app.takedowns.event_kinds import (
    ABOUT_ITEMS,
    BY_THE_PLATFORM,
    Amended,
    Logged,
    ReceiptConfirmed,
    Submitted,
)
from app.takedowns.event_parts import Targets
from app.takedowns.facts import OTHER
from app.takedowns.item_story import Decision, Look
from app.takedowns.items import Appeal, ReplayedItem
from app.takedowns.measures import Measures, measures_of
from app.takedowns.replay_order import Event, in_order, known_at, standing

__all__ = [
    "Appeal",
    "Decision",
    "Event",
    "Look",
    "ReplayedItem",
    "State",
    "by_item",
    "known_at",
    "replay",
    "story_of",
]

# What an event begins, until another ends it.
PENDING = (
    (Stage.SENDING, EventKind.QUEUED, EventKind.UNSENT),
    (Stage.HELD, EventKind.HELD, EventKind.RELEASED),
)
FACTS = frozenset({EventKind.LOGGED, EventKind.AMENDED})
DRAFTS = (Stage.DRAFT, Stage.HELD)  # the stages before a notice goes out
LEFT_OUT = frozenset({ItemState.WITHDRAWN, ItemState.ALREADY_GONE})  # of every denominator

ByKind: TypeAlias = Mapping[EventKind, Sequence[Event]]


class State(NamedTuple):
    """A takedown; a moment is None where it has not come to that."""

    stage: Stage
    facts: Mapping[str, Plain]
    platform: str
    product: str | None
    provider: str | None  # from here to `reply_expected`: as frozen in the submission, if any
    category: str | None
    basis: Basis | None
    targets: Targets | None
    reply_expected: bool
    submission: Submitted | None
    logged_at: datetime
    submitted_at: datetime | None
    held: tuple[tuple[datetime, datetime | None], ...]  # from, to; None: on hold still
    receipt_at: datetime | None
    answered_at: datetime | None  # a decision, a question or a receipt that is not automatic
    decided_at: datetime | None  # the first about any item
    gone_at: datetime | None  # the last of the items that count
    closed_at: datetime | None  # by a person, or since all is seen to be gone
    closed_by_person: bool
    withdrawn_at: datetime | None  # the last of the items
    reminded_at: datetime | None  # last
    appeal: Appeal | None  # the last one, as long as no decision came after it
    last_event_at: datetime
    items: tuple[ReplayedItem, ...]
    imported: tuple[str, ...]  # the columns of the file it was imported from; none: it was not
    measures: Measures


def replay(
    events: Sequence[Event],
    as_of: datetime | None = None,
    *,
    check: bool = True,
    happened_by: datetime | None = None,
) -> State:
    """State of a takedown at `as_of` (None: by all events); any order in, same state out.

    With `happened_by` by what had happened until then, whenever it was recorded.

    Raises NotAllowedNow when the events tell an impossible story, or nothing was logged by then.
    `check=False` reads faster what was checked when it was recorded.
    """
    story = story_of(events, as_of)
    if happened_by is not None:
        story = [e for e in story if e.kind in FACTS or e.happened_at <= happened_by]
    legality.check(story if check else story[:1])
    return _amounts_to(story)


def story_of(events: Sequence[Event], as_of: datetime | None = None) -> list[Event]:
    """Events that stand, in the order of the replay; a corrected one keeps its number."""
    return in_order(standing(events, as_of))


def item_ids(events: Sequence[Event]) -> frozenset[int]:
    """All items of a takedown, by the event that logged it."""
    logged = events[0].data
    return (
        frozenset(item.id for item in logged.items) if isinstance(logged, Logged) else frozenset()
    )


def _amounts_to(story: Sequence[Event]) -> State:
    logged = story[0].data
    assert isinstance(logged, Logged)  # noqa: S101 - legality has seen to it
    by_kind, about = _sorted(story, [item.id for item in logged.items])
    told = dict(logged.facts)
    for event in by_kind.get(EventKind.AMENDED, ()):
        assert isinstance(event.data, Amended)  # noqa: S101 - as its kind says
        told.update(event.data.facts)
    submitted_at = _first_at(by_kind, EventKind.SUBMITTED)
    submission = next((e.data for e in story if isinstance(e.data, Submitted)), None)
    submitted = next(iter(by_kind.get(EventKind.SUBMITTED, ())), None)
    states = tuple(items.state_of(i, told, submitted) for i, told in about.items())
    withdrawn_at = _last_of([i.withdrawn_at for i in states])
    closed_at = person_closed_at = _closed_by_person_at(by_kind)
    if submitted_at and not withdrawn_at and not closed_at:
        closed_at = _seen_to_be_gone_at(states, submitted_at)
    held = _held(by_kind, submitted_at)
    return State(
        stage=_stage(by_kind, states, withdrawn_at, closed_at=closed_at),
        facts=told,
        platform=logged.platform,
        product=logged.product,
        provider=_provider(logged, submission, typed=told.get("provider")),
        category=submission.category if submission else told.get("category"),
        basis=submission.basis if submission else told.get("basis"),
        targets=submission.targets if submission else None,
        reply_expected=submission.reply_expected if submission else True,
        submission=submission,
        logged_at=story[0].happened_at,
        submitted_at=submitted_at,
        held=held,
        receipt_at=_first_at(by_kind, EventKind.RECEIPT_CONFIRMED),
        answered_at=_answered_at(story),
        decided_at=_first_at(by_kind, EventKind.DECIDED),
        gone_at=_last_of([i.gone_at for i in states if i.state not in LEFT_OUT]),
        closed_at=closed_at,
        closed_by_person=person_closed_at is not None,
        withdrawn_at=withdrawn_at,
        reminded_at=_first_at(by_kind, EventKind.REMINDED, place=-1),
        appeal=_appeal(story),
        last_event_at=max([e.happened_at for e in story]),
        items=states,
        imported=logged.imported or (),
        measures=measures_of(
            story,
            starts_at=_handling_from(told, story[0].happened_at, submitted_at),
            ends_at=submitted_at or withdrawn_at or closed_at,
            holds=held,
        ),
    )


def _sorted(
    story: Sequence[Event], item_ids: Sequence[int]
) -> tuple[ByKind, Mapping[int, Sequence[Event]]]:
    """Part a story by kind, and by the items it is about."""
    by_kind: dict[EventKind, list[Event]] = {}
    for event in story:
        by_kind.setdefault(event.kind, []).append(event)
    return by_kind, by_item(story, item_ids)


def by_item(story: Sequence[Event], item_ids: Iterable[int]) -> Mapping[int, Sequence[Event]]:
    """Part a story by the items it is about."""
    found: dict[int, list[Event]] = {item_id: [] for item_id in item_ids}
    for event in story:
        if event.kind in ABOUT_ITEMS:
            for item_id in event.items or found:
                found[item_id].append(event)
    return found


def _provider(logged: Logged, submission: Submitted | None, *, typed: str | None) -> str | None:
    """Who runs it: of any other website only what a person typed, which ends with the draft."""
    if logged.platform == OTHER:
        return typed
    return submission.provider if submission else logged.provider


def _handling_from(
    told: Mapping[str, Plain], logged_at: datetime, submitted_at: datetime | None
) -> datetime | None:
    """When the public's report came in; where nobody said, the logging, unless it came late."""
    if reported_at := facts.moment_of(told, "reported_at"):
        return reported_at
    return logged_at if submitted_at is None or logged_at <= submitted_at else None


def _stage(
    by_kind: ByKind,
    states: Sequence[ReplayedItem],
    withdrawn_at: datetime | None,
    *,
    closed_at: datetime | None,
) -> Stage:
    """First that fits, as docs/definitions.md section 4 lists them."""
    if withdrawn_at:
        return Stage.WITHDRAWN
    if closed_at:
        return Stage.CLOSED
    if EventKind.SUBMITTED in by_kind:
        if all(i.first_decided_at or i.is_offline for i in states):
            return Stage.DECIDED
        return Stage.ACKNOWLEDGED if EventKind.RECEIPT_CONFIRMED in by_kind else Stage.SUBMITTED
    for stage, begin, end in PENDING:
        if len(by_kind.get(begin, ())) > len(by_kind.get(end, ())):
            return stage
    return Stage.DRAFT


def _closed_by_person_at(by_kind: ByKind) -> datetime | None:
    closed = by_kind.get(EventKind.CLOSED, ())
    return (
        closed[-1].happened_at if len(closed) > len(by_kind.get(EventKind.REOPENED, ())) else None
    )


def _seen_to_be_gone_at(states: Sequence[ReplayedItem], submitted_at: datetime) -> datetime | None:
    """Since when each item is gone and was seen gone, or is withdrawn."""
    if not all(i.is_offline for i in states):
        return None
    since = _last_of([i.withdrawn_at or i.seen_gone_at for i in states])
    return since and max(since, submitted_at)


def _held(
    by_kind: ByKind, submitted_at: datetime | None
) -> tuple[tuple[datetime, datetime | None], ...]:
    """A hold that was open when the mail server took the notice ended with that."""
    if EventKind.HELD not in by_kind:
        return ()
    pairs = zip_longest(by_kind.get(EventKind.HELD, ()), by_kind.get(EventKind.RELEASED, ()))
    return tuple(
        (held.happened_at, released.happened_at if released else submitted_at)
        for held, released in pairs
    )


def _answered_at(story: Sequence[Event]) -> datetime | None:
    """First word from somebody or something that read the notice."""
    for event in story:
        is_by_a_machine = isinstance(event.data, ReceiptConfirmed) and event.data.automatic
        if event.kind in BY_THE_PLATFORM and not is_by_a_machine:
            return event.happened_at
    return None


def _appeal(story: Sequence[Event]) -> Appeal | None:
    for event in reversed(story):
        if event.kind == EventKind.DECIDED:
            return None
        if appeal := items.appeal_of(event):
            return appeal
    return None


def _first_at(by_kind: ByKind, kind: EventKind, *, place: int = 0) -> datetime | None:
    return by_kind[kind][place].happened_at if kind in by_kind else None


def _last_of(moments: Sequence[datetime | None]) -> datetime | None:
    """The last of all moments; None when one is missing or there is none."""
    known = [moment for moment in moments if moment]
    return max(known) if known and len(known) == len(moments) else None
