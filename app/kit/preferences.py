"""What administrators, and people for themselves, set while it runs: small JSON values by name."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from app.kit.database import Moment, Unit, metadata

preferences = Table(
    "preferences",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

# What preferences are set to: JSON, of a shape that its reader knows.
Set = Mapping[str, Any]
# What some preferences are set to, as it lies in the database: another whenever one is changed.
Stored = tuple[tuple[str, bytes], ...]

_NAMED = (
    select(preferences.c.name, preferences.c.wrapped)
    .where(preferences.c.name.in_(bindparam("names", expanding=True)))
    .order_by(preferences.c.name)
)
_IS_NAMED = preferences.c.name == bindparam("called")
_CHANGED_AT = select(preferences.c.changed_at).where(_IS_NAMED)
_TOUCH = update(preferences).where(_IS_NAMED)


def read(unit: Unit) -> Set:
    """Return every preference that is set; values lie wrapped, for some are confidential."""
    found = {
        row.name: json.loads(unit.vault.unwrap(row.wrapped, _place(row.name)))
        for row in unit.connection.execute(select(preferences))
    }
    return {name: value for name, value in found.items() if value is not None}


def one(unit: Unit, name: str) -> object:
    """Return what one preference is set to; None where it is not."""
    found = unit.connection.execute(_NAMED, {"names": [name]}).first()
    return json.loads(unit.vault.unwrap(found.wrapped, _place(name))) if found else None


def stored(unit: Unit, names: Sequence[str]) -> Stored:
    """Return what these are set to, to be compared only."""
    rows = unit.connection.execute(_NAMED, {"names": names})
    return tuple((row.name, row.wrapped) for row in rows)


def write(unit: Unit, changed: Mapping[str, object]) -> None:
    """Set preferences; None takes one back to its default."""
    for name, value in changed.items():
        unit.connection.execute(delete(preferences).where(preferences.c.name == name))
        if value is not None:
            _insert(unit, name, value, at=unit.clock())


def moment(unit: Unit, name: str) -> datetime | None:
    """Return a moment that is kept by a name of its own, which is no preference."""
    found: datetime | None = unit.connection.scalar(_CHANGED_AT, {"called": name})
    return found


def keep_moment(unit: Unit, name: str, at: datetime) -> None:
    """Keep a moment instead of the one before."""
    if not unit.connection.execute(_TOUCH, {"called": name, "changed_at": at}).rowcount:
        _insert(unit, name, None, at=at)


def _insert(unit: Unit, name: str, value: object, *, at: datetime) -> None:
    wrapped = unit.vault.wrap(json.dumps(value).encode(), _place(name))
    unit.connection.execute(insert(preferences).values(name=name, wrapped=wrapped, changed_at=at))


def _place(name: str) -> str:
    return f"preferences.wrapped:{name}"
