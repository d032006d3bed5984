"""Frozen notices: every word as it was, and which of them stand as sent.

A notice whose event was taken back did not go out: it stays for the proof, and is counted nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from app.kit.database import Unit, rows_as
from app.kit.errors import NoSuchThing
from app.notices.models import notices
from app.takedowns import queries, sealing
from app.takedowns.event_kinds import notice_of
from app.takedowns.replay_order import Event, is_taking_back
from app.takedowns.rows import TakedownRow

_FROZEN = (
    select(notices)
    .where(notices.c.takedown_id == bindparam("takedown_id"))
    .order_by(notices.c.number)
)


# What a notice said, as it was frozen: JSON.
Words = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """A notice as its row keeps it."""

    takedown_id: int
    number: int
    purpose: str
    channel: str
    channel_kind: str
    language: str
    template_id: str
    template_version: str
    sealed: bytes
    frozen_at: datetime


class Frozen(NamedTuple):
    """A frozen notice; `words` holds its texts, `taken_back_by` the number of an event."""

    row: NoticeRow
    words: Words
    taken_back_by: int | None

    @property
    def was_sent(self) -> bool:
        """Tell whether it stands as sent."""
        return self.taken_back_by is None


def all_of(unit: Unit, row: TakedownRow) -> list[Frozen]:
    """Return the notices of a takedown as they were frozen, sent or taken back, in order."""
    rows = rows_as(NoticeRow, unit.connection.execute(_FROZEN, {"takedown_id": row.id}))
    if not rows:
        return []
    key = sealing.keys(unit, [row.id])[row.id]
    back = taken_back(entry.event for entry in queries.events_of(unit, [row.id])[row.id])
    return [
        Frozen(
            found,
            sealing.open_json(key, found.sealed, place(row.reference, found.number)),
            back.get(found.number),
        )
        for found in rows
    ]


def sent_of(unit: Unit, row: TakedownRow) -> list[Frozen]:
    """Return the notices of a takedown that stand as sent, in order."""
    return [frozen for frozen in all_of(unit, row) if frozen.was_sent]


def one_of(unit: Unit, row: TakedownRow, number: int | str) -> Frozen:
    """Return one notice of a takedown, by its number as an address writes it or as it is.

    Raises NoSuchThing.
    """
    for frozen in all_of(unit, row):
        if str(frozen.row.number) == str(number):
            return frozen
    raise NoSuchThing("this takedown has no such notice")


def taken_back(events: Iterable[Event]) -> Mapping[int, int]:
    """Return the notices that do not stand as sent, each with the event that took it back."""
    events = list(events)
    corrections = {event.voids: event for event in events if event.voids is not None}
    found = {}
    for event in events:
        if notice := notice_of(event.data):
            last = event
            while last.number in corrections:
                last = corrections[last.number]
            if is_taking_back(last):
                found[notice.number] = last.number
    return found


def place(reference: str, number: int) -> str:
    """Where the sealed texts of a frozen notice belong."""
    return f"notices.sealed:{reference}/{number}"
