"""A takedown's secret fields: sealed with its own data key, found again by blind index."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, func, select

from app.kit import canonical, vault
from app.kit.canonical import Json
from app.kit.database import Unit
from app.kit.vault import CannotOpen
from app.takedowns.models import data_keys

# What was sealed, opened: JSON, of a shape that its reader knows.
Opened = dict[str, Any]
# The texts that are sealed on a takedown's own row.
TEXTS = ("explanation", "recipient")

_WRAPPED = select(data_keys.c.takedown_id, data_keys.c.wrapped).where(
    data_keys.c.takedown_id.in_(bindparam("ids", expanding=True))
)


def keys(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, bytes]:
    """Return the data keys of these takedowns, opened; an erased one is absent."""
    wanted = {number for number in takedown_ids if number not in unit.data_keys}
    if wanted:
        for takedown_id, wrapped in unit.connection.execute(_WRAPPED, {"ids": list(wanted)}):
            unit.data_keys[takedown_id] = unit.vault.unwrap(wrapped, key_place(takedown_id))
    return unit.data_keys


def is_newest_wrapped(unit: Unit) -> bool | None:
    """Whether the newest data key was wrapped with this secret key; None when there is none."""
    newest = unit.connection.scalar(select(func.max(data_keys.c.takedown_id)))
    if newest is None:
        return None
    try:
        return bool(keys(unit, [newest]))
    except CannotOpen:
        return False


def key_place(takedown_id: int) -> str:
    """Where a wrapped data key belongs."""
    return f"data_keys.wrapped:{takedown_id}"


def item_place(reference: str, number: int) -> str:
    """Where the sealed part of an item belongs."""
    return f"items.sealed:{reference}/{number}"


def text_place(name: str, reference: str) -> str:
    """Where a sealed text of a takedown belongs: its explanation, or its recipient."""
    return f"takedowns.{name}:{reference}"


def event_place(number: int) -> str:
    """Where the sealed texts of an event belong."""
    return f"events.sealed:{number}"


def seal_json(key: bytes, value: Mapping[str, Json], place: str) -> bytes:
    """Seal a JSON object."""
    return vault.seal(key, canonical.text(value).encode(), place)


def open_json(key: bytes, sealed: bytes, place: str) -> Opened:
    """Open what `seal_json` sealed; raises CannotOpen when it was changed or moved."""
    return dict(json.loads(vault.unseal(key, sealed, place)))


def digest(sealed: bytes) -> str:
    """Return the SHA-256 of a ciphertext, as the timeline carries it."""
    return hashlib.sha256(sealed).hexdigest()
