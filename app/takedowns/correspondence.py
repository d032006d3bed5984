"""What passed between us and one platform: last contacts, tickets, refusals."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select

from app.kit.database import Unit
from app.schemas.vocabularies import EventKind
from app.takedowns import queries, timeline
from app.takedowns.event_kinds import BY_THE_PLATFORM, BY_US
from app.takedowns.models import events, takedowns
from app.takedowns.queries import Stored
from app.takedowns.replay_order import standing
from app.takedowns.rows import TakedownRow

CONTACTS = BY_US | BY_THE_PLATFORM
# Corrections of other things lie between the contacts: read that many more.
_MARGIN = 4
_NEVER = datetime.min.replace(tzinfo=UTC)


class Contact(NamedTuple):
    """One message between us and a platform."""

    happened_at: datetime
    number: int
    kind: str
    reference: str

    @property
    def is_ours(self) -> bool:
        """Tell whether it came from us."""
        return self.kind in BY_US


class Refusal(NamedTuple):
    """An item the platform refuses to act on, as it stands now."""

    takedown: TakedownRow
    item: queries.Item
    has_reason: bool


def last_contacts(unit: Unit, platform: str, count: int) -> list[Contact]:
    """Return the last messages between us and a platform that stand, the newest first."""
    voided = select(events.c.voids).where(events.c.voids.is_not(None))
    query = (
        select(events.c.takedown_id, takedowns.c.reference)
        .join(takedowns, takedowns.c.id == events.c.takedown_id)
        .where(
            takedowns.c.platform == platform,
            events.c.kind.in_((*CONTACTS, EventKind.CORRECTED)),
            events.c.number.not_in(voided),
        )
        .order_by(events.c.happened_at.desc(), events.c.number.desc())
        .limit(count * _MARGIN)
    )
    references = {row.takedown_id: row.reference for row in unit.connection.execute(query)}
    found = [
        Contact(event.happened_at, event.number, event.kind, references[takedown_id])
        for takedown_id, entries in queries.events_of(unit, references).items()
        for event in standing([entry.event for entry in entries])
        if event.kind in CONTACTS
    ]
    return sorted(found, reverse=True)[:count]


def tickets_of(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the platform's tickets of these takedowns, in order of recording."""
    entries = queries.events_of(unit, takedown_ids)
    return {
        takedown_id: timeline.ticket_ids(found, queries.secrets_of(unit, found))
        for takedown_id, found in entries.items()
    }


def refusals(unit: Unit, references: Iterable[str]) -> list[Refusal]:
    """Return the refused items of these takedowns, the newest refusal first."""
    found = queries.by_references(unit, references)
    items = queries.items_of(unit, found)
    entries = queries.events_of(unit, [takedown.id for takedown in found])
    refused = [
        Refusal(takedown, item, _has_reason(entries[takedown.id], item))
        for takedown in found
        for item in items[takedown.id]
        if item.row.state == "refused"
    ]
    return sorted(refused, key=lambda one: one.item.row.said_at or _NEVER, reverse=True)


def _has_reason(entries: Sequence[Stored], item: queries.Item) -> bool:
    """Whether the decision came with a text; it lies sealed until somebody asks to read it."""
    return any(
        entry.sealed is not None
        and entry.event.kind in (EventKind.DECIDED, EventKind.CORRECTED)
        and entry.event.happened_at == item.row.said_at
        and (not entry.event.items or item.row.number in entry.event.items)
        for entry in entries
    )
