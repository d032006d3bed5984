"""What a platform answered since a notice went out: its tickets, and the reasons it gave."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.kit.database import Unit
from app.schemas.vocabularies import Outcome
from app.takedowns import queries, timeline
from app.takedowns.event_kinds import Decided
from app.takedowns.queries import Stored
from app.takedowns.replay_order import standing
from app.takedowns.rows import TakedownRow


class Decision(NamedTuple):
    """A decision that stands, with the reason the platform gave."""

    happened_at: datetime
    items: tuple[int, ...]
    outcome: Outcome
    reason: str | None


class Answers(NamedTuple):
    """The platform's tickets in order of recording, and its decisions that stand."""

    tickets: tuple[str, ...] = ()
    decisions: Sequence[Decision] = ()

    def reason(self, number: int, said_at: datetime, outcome: str) -> str | None:
        """Return the reason of the decision about an item, where one was given."""
        found = [
            decision.reason
            for decision in self.decisions
            if (decision.happened_at, decision.outcome) == (said_at, outcome)
            and (not decision.items or number in decision.items)
        ]
        return found[-1] if found else None


def of(unit: Unit, row: TakedownRow) -> Answers:
    """Return what was answered about a takedown; nothing was before it went out."""
    if row.submitted_at is None:
        return Answers()
    entries = queries.events_of(unit, [row.id])[row.id]
    secrets = queries.secrets_of(unit, entries)
    last = _last_words(entries)
    decisions = [
        Decision(
            event.happened_at,
            event.items,
            event.data.outcome,
            secrets.get(last.get(event.number, event.number), {}).get("reason"),
        )
        for event in standing([entry.event for entry in entries])
        if isinstance(event.data, Decided)
    ]
    return Answers(tuple(timeline.ticket_ids(entries, secrets)), decisions)


def _last_words(entries: Sequence[Stored]) -> Mapping[int, int]:
    """Return for each corrected event, as it was first recorded, the correction that stands."""
    first: dict[int, int] = {}
    for entry in entries:
        event = entry.event
        if event.voids is not None:
            first[event.number] = first.get(event.voids, event.voids)
    return {original: number for number, original in first.items()}
