"""What the page of one takedown shows: three facts kept apart, and secrets only once revealed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from app.kit.database import Unit
from app.notices import frozen
from app.notices.frozen import NoticeRow
from app.operations import undo_last
from app.schemas.event_shapes import CORRECTED_AS
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import (
    clocks,
    corrections,
    legality,
    lifecycle,
    next_step,
    queries,
    sealing,
    timeline,
)
from app.takedowns.event_kinds import BY_THE_PLATFORM, Corrected, Payload, notice_of
from app.takedowns.lifecycle import ReplayedItem, State
from app.takedowns.queries import Item, Stored
from app.takedowns.rows import TakedownRow
from app.web.shell import masking
from app.web.takedown import actions

TEXTS = ("text", "reason")
LATE = timedelta(minutes=5)


class Revealed(NamedTuple):
    """What somebody asked to see in clear: items by number, and what people wrote."""

    items: frozenset[int] = frozenset()
    texts: bool = False


class ItemLine(NamedTuple):
    """One item: how it is told apart, or where it is once that was revealed.

    `place` is where in it, as it may be shown; None where nobody said.
    """

    number: int
    kind: str
    shown: str
    place: str | None
    is_revealed: bool
    has_url: bool
    state: ReplayedItem
    seen_by: str | None
    vantage: str | None
    window_ends_at: datetime | None


class Line(NamedTuple):
    """One line of the timeline; of a correction, what it says should stand instead."""

    entry: Stored
    kind: EventKind
    is_correction: bool
    data: Payload | None  # None: a correction that leaves nothing
    texts: Mapping[str, str]
    why: str | None  # it was corrected
    ticket_id: str | None
    voided_by: int | None

    @property
    def number(self) -> int:
        """Its number in the chain."""
        return self.entry.number

    @property
    def changed(self) -> Sequence[str]:
        """Which facts and texts an amendment changed."""
        told = self.entry.told
        texts = [name for name in sealing.TEXTS if f"{name}_sha256" in told]
        return [*told.get("facts", ()), *texts]

    @property
    def is_void(self) -> bool:
        """Tell whether it is a correction that leaves nothing."""
        return self.data is None

    @property
    def notice(self) -> int | None:
        """The number of the notice that was frozen with it."""
        notice = notice_of(self.data) if self.data else None
        return notice.number if notice else None

    @property
    def is_by_platform(self) -> bool:
        """Tell whether it is something the platform did."""
        return self.kind in BY_THE_PLATFORM

    @property
    def is_late(self) -> bool:
        """Tell whether it was written down long after it happened."""
        event = self.entry.event
        return event.recorded_at - event.happened_at >= LATE

    @property
    def is_correctable(self) -> bool:
        """Tell whether it still stands and may be corrected."""
        return self.voided_by is None and self.kind in CORRECTED_AS


@dataclass(frozen=True)
class TakedownView:
    """A takedown as its page shows it."""

    row: TakedownRow
    state: State
    revealed: Revealed
    explanation: str | None
    recipient: str | None
    tickets: Sequence[str]
    items: Sequence[ItemLine]
    lines: Sequence[Line]
    notices: Sequence[NoticeRow]
    missing: Sequence[Mapping[str, str]]
    actions: Sequence[str]
    contestable: Sequence[ItemLine]
    recipients: Sequence[str]
    hours: clocks.Hours
    receipt_target: datetime | None
    removal_target: datetime | None

    @property
    def reference(self) -> str:
        """Its public id."""
        return str(self.row.reference)

    @property
    def is_draft(self) -> bool:
        """Tell whether its facts can still be changed."""
        return self.row.stage in lifecycle.DRAFTS

    @property
    def submission(self) -> int | None:
        """The number of the entry that says that the notice went out, while it stands."""
        return next(
            (
                one.number
                for one in self.lines
                if one.kind == EventKind.SUBMITTED and one.is_correctable
            ),
            None,
        )

    @property
    def has_texts(self) -> bool:
        """Tell whether anybody wrote anything that is hidden."""
        return self.explanation is not None or any(line.texts or line.why for line in self.lines)

    @property
    def item_label(self) -> Mapping[int, str]:
        """How each item is told apart, by its number."""
        return {item.number: item.shown for item in self.items}

    @property
    def sent(self) -> frozenset[int]:
        """The numbers of the notices that stand as sent."""
        return frozenset(notice.number for notice in self.notices)

    def undoable_by(self, name: str, now: datetime) -> int | None:
        """Return the number of what this person recorded last and may still take back."""
        own = [
            line.number
            for line in self.lines
            if (line.entry.by, line.entry.source) == (name, Source.PERSON)
            and line.is_correctable
            and not line.is_correction
            and line.kind != EventKind.LOGGED
            and undo_last.is_fresh(line.entry.event.recorded_at, line.entry.event.happened_at, now)
        ]
        return max(own, default=None)


def of(unit: Unit, row: TakedownRow, revealed: Revealed, *, now: datetime) -> TakedownView:
    """Read all there is to show about a takedown, in a fixed number of queries."""
    entries = queries.events_of(unit, [row.id])[row.id]
    events = [entry.event for entry in entries]
    state = lifecycle.replay(events, check=False)
    secrets = queries.secrets_of(unit, entries)
    voided = {event.voids: event.number for event in events if event.voids is not None}
    possible = legality.possible(events, now)
    [items] = queries.items_of(unit, [row]).values()
    explanation = queries.explanations_of(unit, [row]).get(row.id)
    lines = _items(items, state, entries, revealed=revealed.items)
    contestable = actions.contestable(state, now)
    return TakedownView(
        row=row,
        state=state,
        revealed=revealed,
        explanation=_words(explanation, revealed),
        recipient=queries.recipients_of(unit, [row]).get(row.id),
        tickets=timeline.ticket_ids(entries, secrets),
        items=lines,
        lines=_lines(entries, secrets, voided, revealed=revealed),
        notices=[sent.row for sent in frozen.sent_of(unit, row)],
        missing=queries.missing_of(row),
        actions=actions.offered(state, possible, now),
        contestable=[item for item in lines if item.number in contestable],
        recipients=actions.recipients(state),
        hours=clocks.hours(state),
        receipt_target=clocks.receipt_target(state),
        removal_target=clocks.removal_target(state),
    )


def where(item: Item) -> str:
    """Return where an item is, in clear: its URL, or what locates it without one."""
    if item.url is not None:
        return item.url
    return "\n".join((item.locator or {"account": item.account or ""}).values())


def _items(
    items: Sequence[Item], state: State, entries: Sequence[Stored], *, revealed: Collection[int]
) -> list[ItemLine]:
    who = {entry.number: entry.by for entry in entries}
    states = {item.id: item for item in state.items}
    lines = []
    for item in items:
        number = item.row.number
        looked = states[number].we_saw
        is_revealed = number in revealed
        masked = masking.told_apart(item)
        lines.append(
            ItemLine(
                number=number,
                kind=item.row.kind,
                shown=where(item) if is_revealed else masked,
                place=item.place and (item.place if is_revealed else masking.HIDDEN),
                is_revealed=is_revealed,
                has_url=item.url is not None,
                state=states[number],
                seen_by=who[looked.number] if looked else None,
                vantage=looked.vantage if looked else None,
                window_ends_at=next_step.window_ends_at(states[number]),
            )
        )
    return lines


def _lines(
    entries: Sequence[Stored],
    secrets: Mapping[int, Mapping[str, Any]],
    voided: Mapping[int, int],
    *,
    revealed: Revealed,
) -> list[Line]:
    """Return the timeline, newest first by when things happened."""
    newest_first = sorted(entries, key=lambda e: (e.event.happened_at, e.number), reverse=True)
    return [
        _line(entry, secrets.get(entry.number, {}), voided.get(entry.number), revealed=revealed)
        for entry in newest_first
    ]


def _line(
    entry: Stored, words: Mapping[str, Any], voided_by: int | None, *, revealed: Revealed
) -> Line:
    event = entry.event
    correction = event.data if isinstance(event.data, Corrected) else None
    return Line(
        entry=entry,
        kind=correction.kind if correction else event.kind,
        is_correction=correction is not None,
        data=correction.replacement if correction else event.data,
        texts={name: str(_words(words[name], revealed)) for name in TEXTS if name in words},
        why=_words(words.get(corrections.REASON), revealed),
        ticket_id=words.get("ticket_id"),
        voided_by=voided_by,
    )


def _words(words: str | None, revealed: Revealed) -> str | None:
    return words if words is None or revealed.texts else masking.HIDDEN
