"""The only place that moves a takedown along."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select

from app.kit.canonical import Json
from app.kit.database import Unit
from app.kit.vault import Vault
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import cache, chain, event_data, legality, lifecycle, queries, sealing
from app.takedowns.event_kinds import Payload, Tried
from app.takedowns.lifecycle import Event, State
from app.takedowns.models import lookups
from app.takedowns.queries import Stored
from app.takedowns.rows import TakedownRow
from app.takedowns.sealing import Opened

_INDEX = insert(lookups)
_INDEXED = select(lookups.c.item).where(
    lookups.c.takedown_id == bindparam("takedown_id"),
    lookups.c.what == "ticket",
    lookups.c.key == bindparam("key"),
)


class Actor(NamedTuple):
    """Who records, and how it came in: person, api, mail, probe or system."""

    name: str
    source: Source


class NewEvent(NamedTuple):
    """Something to be recorded; `happened_at` None means now, `items` empty means all."""

    kind: EventKind
    data: Mapping[str, Json] = {}
    secrets: Mapping[str, Json] = {}
    happened_at: datetime | None = None
    items: Sequence[int] = ()
    voids: int | None = None


class Recorded(NamedTuple):
    """An event after it was recorded, and what the takedown amounts to now."""

    entry: Stored
    state: State


def record(
    unit: Unit,
    takedown: TakedownRow,
    new: NewEvent,
    *,
    by: Actor,
    missing: cache.Missing = (),
) -> Recorded:
    """Append an event and write down what the timeline amounts to.

    Raises NotAllowedNow when the story including it would be impossible. `missing` is what a
    draft's notice lacks.
    """
    timeline = queries.events_of(unit, [takedown.id])[takedown.id]
    happened_at = _check(unit, timeline, new, data=event_data.of(new.kind, new.data))
    entry = append(
        unit, takedown.id, takedown.reference, new=new._replace(happened_at=happened_at), by=by
    )
    state = cache.write(unit, takedown.id, [*timeline, entry], missing=missing, now=unit.clock())
    return Recorded(entry, state)


def refuse_impossible(
    unit: Unit, takedown: TakedownRow, kind: EventKind, *, happened_at: datetime | None
) -> None:
    """Raise NotAllowedNow when the story including an event of this kind would be impossible."""
    timeline = queries.events_of(unit, [takedown.id])[takedown.id]
    _check(unit, timeline, NewEvent(kind, happened_at=happened_at), data=Tried())


def _check(unit: Unit, timeline: Sequence[Stored], new: NewEvent, *, data: Payload) -> datetime:
    """Return when a new event happened, never later than now; raises NotAllowedNow."""
    now = unit.clock()
    happened_at = min(new.happened_at, now) if new.happened_at else now
    number = timeline[-1].number + 1  # at least: the chain may have gone on with others' events
    candidate = Event(number, new.kind, happened_at, now, tuple(new.items), data, new.voids)
    legality.check(lifecycle.story_of([*(entry.event for entry in timeline), candidate]))
    return happened_at


def append(unit: Unit, takedown_id: int, reference: str, *, new: NewEvent, by: Actor) -> Stored:
    """Bind an event into the chain and index its ticket; the caller has checked it is legal."""
    key = sealing.keys(unit, [takedown_id])[takedown_id] if _texts_of(new) else None
    bound = chain.bind(unit, link_of(reference, new, by=by, key=key, now=unit.clock()))
    chain.store(unit, takedown_id, bound)
    for what, index, _ in ticket_index(unit.vault, [new]):
        where = {"takedown_id": takedown_id, "key": index}
        if unit.connection.execute(_INDEXED, where).first() is None:
            unit.connection.execute(_INDEX, where | {"what": what, "item": 0})
    link = bound.link
    event = event_of(link, new)
    return Stored(event, takedown_id, link.by, link.source, link.sealed, bound.mac, link.data)


def link_of(
    reference: str, new: NewEvent, *, by: Actor, key: bytes | None, now: datetime
) -> chain.NewLink:
    """Return a new event as it is bound, never later than now; `key` seals its texts."""
    texts = _texts_of(new)
    return chain.NewLink(
        reference=reference,
        kind=new.kind,
        happened_at=min(new.happened_at or now, now),
        by=by.name,
        source=by.source,
        items=new.items,
        data=new.data,
        secrets=chain.Secrets(key, texts) if key and texts else None,
        voids=new.voids,
    )


def _texts_of(new: NewEvent) -> dict[str, Json]:
    return {name: value for name, value in new.secrets.items() if value is not None}


def event_of(link: chain.Link, new: NewEvent) -> Event:
    """Return a new event as the replay reads it once it is bound."""
    return Event(
        link.number,
        link.kind,
        link.happened_at,
        link.recorded_at,
        tuple(new.items),
        event_data.read(link.kind, link.data),
        new.voids,
    )


def ticket_index(vault: Vault, told: Iterable[NewEvent]) -> list[tuple[str, bytes, int]]:
    """Return the blind keys by which a takedown is found by the tickets told of it, each once."""
    tickets = (new.secrets.get("ticket_id") for new in told)
    spelled = (ticket_key(ticket) for ticket in tickets if ticket and isinstance(ticket, str))
    return [("ticket", vault.index("ticket", ticket), 0) for ticket in dict.fromkeys(spelled)]


def ticket_key(ticket_id: str) -> str:
    """Spell a ticket the way it is looked up: without case, spaces and a leading `#`."""
    return "".join(ticket_id.split()).casefold().lstrip("#")


def ticket_ids(timeline: Sequence[Stored], secrets: Mapping[int, Opened]) -> list[str]:
    """Return the tickets of a takedown that stand, in order of recording, each once."""
    voided = {entry.event.voids for entry in timeline}
    found = [
        told["ticket_id"]
        for number, told in sorted(secrets.items())
        if "ticket_id" in told and number not in voided
    ]
    return list(dict.fromkeys(found))
