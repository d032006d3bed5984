"""Hand-over notes: a line for whoever goes on with a takedown, until somebody takes it away.

It is of the day's work like a claim, not of the record; sealed with the takedown's own key.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    Column,
    ForeignKey,
    LargeBinary,
    Table,
    bindparam,
    delete,
    insert,
    select,
)

from app.accounts.models import users
from app.kit.database import Moment, RowId, Unit, metadata
from app.takedowns import sealing

LONGEST = 200
handovers = Table(
    "handovers",
    metadata,
    Column("takedown_id", RowId, ForeignKey("takedowns.id"), primary_key=True),
    Column("user_id", RowId, ForeignKey("users.id"), nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_NOTES = (
    select(handovers.c.takedown_id, handovers.c.sealed, handovers.c.written_at, users.c.name)
    .join(users)
    .where(handovers.c.takedown_id.in_(_IDS))
)


class Handover(NamedTuple):
    """What somebody leaves to whoever goes on."""

    name: str
    written_at: datetime
    text: str


def of(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, Handover]:
    """Return the notes on these takedowns; one whose key was erased is absent."""
    rows = unit.connection.execute(_NOTES, {"ids": list(takedown_ids)}).all()
    keys = sealing.keys(unit, [row.takedown_id for row in rows])
    found = {}
    for row in rows:
        if row.takedown_id in keys:
            place = _place(row.takedown_id)
            text = sealing.open_json(keys[row.takedown_id], row.sealed, place)["text"]
            found[row.takedown_id] = Handover(row.name, row.written_at, text)
    return found


def leave(unit: Unit, takedown_id: int, user_id: int, *, text: str) -> None:
    """Leave a note instead of the one before; an empty one takes that away."""
    unit.connection.execute(delete(handovers).where(handovers.c.takedown_id == takedown_id))
    said = " ".join(text.split())[:LONGEST]
    key = sealing.keys(unit, [takedown_id]).get(takedown_id)
    if said and key is not None:
        sealed = sealing.seal_json(key, {"text": said}, _place(takedown_id))
        values = {"takedown_id": takedown_id, "user_id": user_id, "sealed": sealed}
        unit.connection.execute(insert(handovers).values(written_at=unit.clock(), **values))


def _place(takedown_id: int) -> str:
    return f"handovers.sealed:{takedown_id}"
