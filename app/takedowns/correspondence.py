"""What passed between us and one platform: last contacts, tickets, refusals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select

from app.kit.clock import SKEW
from app.kit.database import Unit
from app.schemas.vocabularies import EventKind, ItemState
from app.takedowns import queries, timeline
from app.takedowns.event_kinds import BY_THE_PLATFORM, BY_US
from app.takedowns.models import takedowns
from app.takedowns.queries import Stored
from app.takedowns.replay_order import standing
from app.takedowns.rows import ItemRow, TakedownRow

CONTACTS = BY_US | BY_THE_PLATFORM
AT_ONCE = 20  # takedowns
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
    query = (
        select(takedowns.c.id, takedowns.c.reference, takedowns.c.updated_at)
        .where(takedowns.c.platform == platform)
        .order_by(takedowns.c.updated_at.desc(), takedowns.c.id.desc())
        .execution_options(yield_per=AT_ONCE)
    )
    found: list[Contact] = []
    with unit.connection.execute(query) as result:
        for changed in result.partitions():
            # Nothing is told of a takedown after it last changed, but dated a little ahead.
            if len(found) == count and found[-1].happened_at > changed[0].updated_at + SKEW:
                break
            references = {row.id: row.reference for row in changed}
            found = sorted([*found, *_contacts(unit, references)], reverse=True)[:count]
    return found


def _contacts(unit: Unit, references: Mapping[int, str]) -> Iterator[Contact]:
    for takedown_id, entries in queries.events_of(unit, references).items():
        for event in standing([entry.event for entry in entries]):
            if event.kind in CONTACTS:
                yield Contact(event.happened_at, event.number, event.kind, references[takedown_id])


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
        Refusal(takedown, item, has_reason(entries[takedown.id], item.row))
        for takedown in found
        for item in items[takedown.id]
        if item.row.state == ItemState.REFUSED
    ]
    return sorted(refused, key=lambda one: one.item.row.said_at or _NEVER, reverse=True)


def has_reason(entries: Sequence[Stored], item: ItemRow) -> bool:
    """Whether the decision came with a text; it lies sealed until somebody asks to read it."""
    return any(
        entry.sealed is not None
        and entry.event.kind in (EventKind.DECIDED, EventKind.CORRECTED)
        and entry.event.happened_at == item.said_at
        and (not entry.event.items or item.number in entry.event.items)
        for entry in entries
    )
