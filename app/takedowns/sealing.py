"""A takedown's secret fields: sealed with its own data key, found again by blind index."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, select

from app.kit import canonical, vault
from app.kit.database import Unit
from app.takedowns.models import data_keys


def new_key(unit: Unit, takedown_id: int) -> bytes:
    """Draw, wrap and store the data key of a new takedown."""
    key = vault.new_data_key()
    unit.connection.execute(
        insert(data_keys).values(
            takedown_id=takedown_id, wrapped=unit.vault.wrap(key, key_place(takedown_id))
        )
    )
    unit.data_keys[takedown_id] = key
    return key


def keys(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, bytes]:
    """Return the data keys of these takedowns, opened; an erased one is absent."""
    wanted = {number for number in takedown_ids if number not in unit.data_keys}
    if wanted:
        found = unit.connection.execute(
            select(data_keys.c.takedown_id, data_keys.c.wrapped).where(
                data_keys.c.takedown_id.in_(wanted)
            )
        )
        for takedown_id, wrapped in found:
            unit.data_keys[takedown_id] = unit.vault.unwrap(wrapped, key_place(takedown_id))
    return unit.data_keys


def key_place(takedown_id: int) -> str:
    """Where a wrapped data key belongs."""
    return f"data_keys.wrapped:{takedown_id}"


def item_place(reference: str, number: int) -> str:
    """Where the sealed part of an item belongs."""
    return f"items.sealed:{reference}/{number}"


def explanation_place(reference: str) -> str:
    """Where the sealed explanation belongs."""
    return f"takedowns.explanation:{reference}"


def event_place(number: int) -> str:
    """Where the sealed texts of an event belong."""
    return f"events.sealed:{number}"


def seal_json(key: bytes, value: Mapping[str, Any], place: str) -> bytes:
    """Seal a JSON object."""
    return vault.seal(key, canonical.text(value).encode(), place)


def open_json(key: bytes, sealed: bytes, place: str) -> dict[str, Any]:
    """Open what `seal_json` sealed; raises CannotOpen when it was changed or moved."""
    opened: dict[str, Any] = json.loads(vault.unseal(key, sealed, place))
    return opened


def digest(sealed: bytes) -> str:
    """Return the SHA-256 of a ciphertext, as the timeline carries it."""
    return hashlib.sha256(sealed).hexdigest()
