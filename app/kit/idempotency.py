"""Same key, same answer: what was answered is remembered for seven days per caller.

An answer may hold reported addresses, so it is sealed with a key of its own use, then once with
every data key it speaks of: it opens only while all of them exist and dies with the first that is
destroyed. The seven days are of the steady time, which callers give as `now`.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    Column,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
)

from app.kit import canonical, vault
from app.kit.database import Moment, RowId, Unit, metadata
from app.kit.errors import Conflict, Fault, Refused

LIFE = timedelta(days=7)
FORGET_EVERY = timedelta(hours=1)

answers = Table(
    "answers",
    metadata,
    Column("token_id", RowId, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("headers", Text, nullable=False),
    Column("takedown_ids", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("answered_at", Moment, nullable=False),
    Index("ix_answers_answered_at", "answered_at"),
)
_FIND = select(answers).where(
    answers.c.token_id == bindparam("token_id"), answers.c.key == bindparam("key")
)
_FORGET = delete(answers).where(answers.c.answered_at <= bindparam("until"))
_KEEP = insert(answers)


class Slot(NamedTuple):
    """Where the answer to one keyed request is kept."""

    token_id: int
    key: bytes
    fingerprint: bytes

    @property
    def place(self) -> str:
        """Where its sealed body belongs."""
        return f"answers.sealed:{self.token_id}/{self.key.hex()}"


class Kept(NamedTuple):
    """A remembered answer, its body still sealed."""

    status: int
    headers: str
    takedown_ids: tuple[int, ...]
    sealed: bytes


class InFlight:
    """The keyed requests that this process is working on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy: set[tuple[int, bytes]] = set()
        self._forgot_at: datetime | None = None

    @contextmanager
    def only_one(self, slot: Slot) -> Iterator[None]:
        """Hold the slot; raises Conflict(in_flight) while another caller holds it."""
        mark = (slot.token_id, slot.key)
        with self._lock:
            if mark in self._busy:
                raise Conflict("in_flight", "the same request is still being worked on; ask again")
            self._busy.add(mark)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(mark)

    def forget(self, unit: Unit, now: datetime) -> None:
        """Delete answers older than their life, once an hour."""
        if self._forgot_at is None or self._forgot_at + FORGET_EVERY <= now:
            _forget(unit, now)
            self._forgot_at = now


def slot_of(unit_vault: vault.Vault, token_id: int, key: str, *, request: bytes) -> Slot:
    """Return where the answer to this key is kept; `request` is method, address and body."""
    return Slot(
        token_id,
        unit_vault.fingerprint(b"key\0" + key.encode()),
        unit_vault.fingerprint(b"request\0" + request),
    )


def find(unit: Unit, slot: Slot, now: datetime) -> Kept | None:
    """Return what was answered; raises Refused when the key was used for something else."""
    row = unit.connection.execute(_FIND, {"token_id": slot.token_id, "key": slot.key}).first()
    if row is None:
        return None
    if row.answered_at + LIFE <= now:
        _forget(unit, now)
        return None
    if row.fingerprint != slot.fingerprint:
        mend = (
            "this Idempotency-Key came with another body: repeat that one byte for byte where its "
            "answer was lost, or draw a new key for a request of its own"
        )
        fault = Fault("/header/idempotency-key", "idempotency_key_reused", mend)
        raise Refused("idempotency_key_reused", mend, [fault])
    ids = tuple(int(part) for part in row.takedown_ids.split())
    return Kept(row.status, row.headers, ids, row.sealed)


def is_kept(unit: Unit, slot: Slot, now: datetime) -> bool:
    """Tell whether this very request was answered, without forgetting what is old."""
    row = unit.connection.execute(_FIND, {"token_id": slot.token_id, "key": slot.key}).first()
    if row is None or row.answered_at + LIFE <= now:
        return False
    return bool(row.fingerprint == slot.fingerprint)


def remember(
    unit: Unit,
    slot: Slot,
    status: int,
    *,
    headers: Mapping[str, str],
    body: bytes,
    data_keys: Mapping[int, bytes],
    now: datetime,
) -> None:
    """Keep an answer."""
    sealed = vault.seal(unit.vault.answers, body, slot.place)
    for key in data_keys.values():
        sealed = vault.seal(key, sealed, slot.place)
    unit.connection.execute(
        _KEEP,
        {
            "token_id": slot.token_id,
            "key": slot.key,
            "fingerprint": slot.fingerprint,
            "status": status,
            "headers": canonical.text(dict(headers)),
            "takedown_ids": " ".join(str(number) for number in data_keys),
            "sealed": sealed,
            "answered_at": now,
        },
    )


def reopen(unit: Unit, kept: Kept, slot: Slot, *, data_keys: Sequence[bytes]) -> bytes:
    """Return the remembered body; `data_keys` in the order of `kept.takedown_ids`."""
    body = kept.sealed
    for key in reversed(data_keys):
        body = vault.unseal(key, body, slot.place)
    return vault.unseal(unit.vault.answers, body, slot.place)


def _forget(unit: Unit, now: datetime) -> None:
    unit.connection.execute(_FORGET, {"until": now - LIFE})
