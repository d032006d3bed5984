"""What the page of one takedown shows: three facts kept apart, and secrets only once revealed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.imports import importing
from app.kit.database import Unit
from app.notices import frozen
from app.notices.frozen import NoticeRow
from app.operations import undo_last
from app.schemas.vocabularies import EventKind, Source, Stage
from app.takedowns import (
    clocks,
    legality,
    lifecycle,
    next_step,
    queries,
    timeline,
)
from app.takedowns.items import remains
from app.takedowns.lifecycle import ReplayedItem, State
from app.takedowns.queries import Item, Stored
from app.takedowns.rows import TakedownRow
from app.takedowns.vocabularies import Remains
from app.web.shell import masking
from app.web.takedown import actions, timeline_lines
from app.web.takedown.timeline_lines import Line, Teller


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
    remains: Remains
    seen_by: Teller | None
    vantage: str | None
    window_ends_at: datetime | None


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
    of_import: Collection[int]  # notices that an import froze
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
    def given_up(self) -> int:
        """How many of its items were not gone when a person closed it."""
        return sum(item.remains == Remains.NOT_REMOVED for item in self.items)

    @property
    def is_ended(self) -> bool:
        """Tell whether nothing more is to be waited for."""
        return self.row.stage in (Stage.CLOSED, Stage.WITHDRAWN)

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
        lines=timeline_lines.of(entries, secrets, voided, shows_texts=revealed.texts),
        notices=[sent.row for sent in frozen.sent_of(unit, row)],
        of_import=importing.frozen_by_it(entries),
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
    who = {entry.number: timeline_lines.teller_of(entry) for entry in entries}
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
                remains=remains(state.stage, states[number].state),
                seen_by=who[looked.number] if looked else None,
                vantage=looked.vantage if looked else None,
                window_ends_at=next_step.window_ends_at(states[number]),
            )
        )
    return lines


def _words(words: str | None, revealed: Revealed) -> str | None:
    return words if words is None or revealed.texts else masking.HIDDEN
