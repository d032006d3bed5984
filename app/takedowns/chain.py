"""The event chain: numbers without gap, each event bound by a MAC to all before it.

The message of event n is the UTF-8 of its canonical JSON (keys sorted, times RFC 3339 UTC with
six decimals and `Z`, `previous` and `sealed` in lower-case hex) and its MAC is HMAC-SHA-256 with
a key that is not in the database. A sealed value takes part by the SHA-256 of its ciphertext,
so the chain proves itself without any data key and survives erasure (docs/formats.md).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from app.kit import canonical
from app.kit.canonical import Json
from app.kit.database import Unit
from app.kit.vault import Vault
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import sealing
from app.takedowns.models import events

GENESIS = bytes(32)
_quoted = json.JSONEncoder(ensure_ascii=False).encode

_HEAD = (
    select(events.c.number, events.c.mac, events.c.recorded_at)
    .order_by(events.c.number.desc())
    .limit(1)
)
_STORE = insert(events)


class Link(NamedTuple):
    """An event as it is bound: `items` and `data` are canonical JSON texts."""

    number: int
    takedown: str
    kind: EventKind
    happened_at: datetime
    recorded_at: datetime
    by: str
    source: Source
    items: str
    data: str
    sealed: bytes | None
    voids: int | None


class Head(NamedTuple):
    """The last event's number, MAC and moment of recording; number 0 when there is none."""

    number: int
    mac: bytes
    at: datetime | None


class Secrets(NamedTuple):
    """Texts that must not lie readable, and the data key that seals them."""

    data_key: bytes
    texts: Mapping[str, Json]


class NewLink(NamedTuple):
    """An event about to be recorded."""

    reference: str
    kind: EventKind
    happened_at: datetime
    by: str
    source: Source
    items: Sequence[int]
    data: Mapping[str, Json]
    secrets: Secrets | None = None
    voids: int | None = None


class Bound(NamedTuple):
    """An event that has its place in the chain, still to be stored."""

    link: Link
    mac: bytes

    @property
    def head(self) -> Head:
        """The end of the chain that ends with it."""
        return Head(self.link.number, self.mac, self.link.recorded_at)


def head(unit: Unit) -> Head:
    """Return the end of the chain."""
    row = unit.connection.execute(_HEAD).first()
    return Head(row.number, row.mac, row.recorded_at) if row else Head(0, GENESIS, None)


def end(unit: Unit, now: datetime) -> Head:
    """Return the end of the chain to one who goes on with it; a clock that is behind is told of."""
    last = head(unit)
    if last.at is not None:
        unit.steady.check(now, last.at)
    return last


def bind(unit: Unit, new: NewLink) -> Bound:
    """Number, seal and bind an event; it must be stored before the next one is bound."""
    now = unit.clock()
    return bound_after(end(unit, now), new, unit.vault, now=now)


def bound_after(last: Head, new: NewLink, vault: Vault, *, now: datetime) -> Bound:
    """Return an event bound to the one before it, and recorded neither before that one was nor
    before it happened: so what is known at a moment begins the chain, whatever the clock did.
    """
    number = last.number + 1
    sealed = None
    if new.secrets:
        place = sealing.event_place(number)
        sealed = sealing.seal_json(new.secrets.data_key, new.secrets.texts, place)
    link = Link(
        number=number,
        takedown=new.reference,
        kind=new.kind,
        happened_at=new.happened_at,
        recorded_at=max(now, new.happened_at, last.at or now),
        by=new.by,
        source=new.source,
        items=canonical.text(list(new.items)),
        data=canonical.text(new.data),
        sealed=sealed,
        voids=new.voids,
    )
    return Bound(link, vault.chain_mac(message(link, last.mac)))


def store(unit: Unit, takedown_id: int, bound: Bound) -> None:
    """Write a bound event down."""
    unit.connection.execute(_STORE, row_of(takedown_id, bound))


def row_of(takedown_id: int, bound: Bound) -> dict[str, object]:
    """Return the row of a bound event."""
    row = bound.link._asdict() | {"takedown_id": takedown_id, "mac": bound.mac}
    del row["takedown"]
    return row


def message(link: Link, previous: bytes) -> bytes:
    """Return the bytes whose MAC binds this event to the one before it.

    Spells out the canonical JSON: `items` and `data` are spliced in as they are stored, so a
    changed space is a changed message.
    """
    sealed = f'"{sealing.digest(link.sealed)}"' if link.sealed is not None else "null"
    return (
        f'{{"by":{_quoted(link.by)},"data":{link.data},'
        f'"happened_at":"{instant(link.happened_at)}","items":{link.items},'
        f'"kind":{_quoted(link.kind)},"number":{link.number},"previous":"{previous.hex()}",'
        f'"recorded_at":"{instant(link.recorded_at)}","sealed":{sealed},'
        f'"source":{_quoted(link.source)},"takedown":{_quoted(link.takedown)},'
        f'"voids":{"null" if link.voids is None else link.voids}}}'
    ).encode()


def instant(moment: datetime) -> str:
    """Write a moment the one way the chain does: six decimals and `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
