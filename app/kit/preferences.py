"""What administrators change while the system runs: small JSON values by name."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, LargeBinary, String, Table, delete, insert, select

from app.kit.database import Moment, Unit, metadata

preferences = Table(
    "preferences",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("changed_at", Moment, nullable=False),
)


def read(unit: Unit) -> dict[str, Any]:
    """Return every preference that is set; values lie wrapped, for some are confidential."""
    return {
        row.name: json.loads(unit.vault.unwrap(row.wrapped, _place(row.name)))
        for row in unit.connection.execute(select(preferences))
    }


def write(unit: Unit, changed: Mapping[str, Any]) -> None:
    """Set preferences; None takes one back to its default."""
    for name, value in changed.items():
        unit.connection.execute(delete(preferences).where(preferences.c.name == name))
        if value is not None:
            unit.connection.execute(
                insert(preferences).values(
                    name=name,
                    wrapped=unit.vault.wrap(json.dumps(value).encode(), _place(name)),
                    changed_at=unit.clock(),
                )
            )


def _place(name: str) -> str:
    return f"preferences.wrapped:{name}"
