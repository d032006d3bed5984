"""Prove the chain: every event is the one that was recorded, in its place, and none is missing."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.kit.database import Moment, Unit
from app.takedowns import chain, raw_rows
from app.takedowns.models import events, takedowns
from app.takedowns.raw_rows import RawRow

# Told how many were read so far.
Progress = Callable[[int], object]
MAC_BYTES = 32


class Fault(NamedTuple):
    """Something that is not as it was recorded: what it concerns, and what is wrong with it."""

    subject: str
    detail: str


class Anchor(NamedTuple):
    """A head of the chain that left the machine earlier."""

    number: int
    mac: bytes


def faults(unit: Unit, anchor: Anchor | None = None, progress: Progress = int) -> Iterator[Fault]:
    """Name the first event that is not what was recorded, and a tail that is missing."""
    previous, number = chain.GENESIS, 0
    query = (
        select(*raw_rows.columns(events), takedowns.c.reference)
        .outerjoin(takedowns, takedowns.c.id == events.c.takedown_id)
        .order_by(events.c.number)
    )
    with unit.connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            if row.number != number + 1:
                yield Fault(f"event {number + 1}", "is missing")
                return
            if not _fits(unit, row._asdict(), previous):
                yield Fault(f"event {row.number}", "is not what was recorded, or not in its place")
                return
            if anchor and row.number == anchor.number and bytes(row.mac) != anchor.mac:
                yield Fault(f"event {row.number}", "is not the one the given head was taken from")
                return
            previous, number = row.mac, row.number
            progress(number)
    if anchor and number < anchor.number:
        yield Fault(f"event {number + 1}", f"is missing: the tail up to {anchor.number} was cut")


def is_newest_bound(unit: Unit) -> bool | None:
    """Whether the newest event was bound with this secret key; None when there is no event."""
    query = (
        select(*raw_rows.columns(events), takedowns.c.reference)
        .outerjoin(takedowns, takedowns.c.id == events.c.takedown_id)
        .order_by(events.c.number.desc())
        .limit(2)
    )
    newest, *before = [*unit.connection.execute(query), None]
    if newest is None:
        return None
    return _fits(unit, newest._asdict(), before[0].mac if before[0] is not None else chain.GENESIS)


def _fits(unit: Unit, row: RawRow, previous: bytes) -> bool:
    try:
        link = chain.Link(
            number=row["number"],
            takedown=row["reference"],
            kind=row["kind"],
            happened_at=_moment(row["happened_at"]),
            recorded_at=_moment(row["recorded_at"]),
            by=row["by"],
            source=row["source"],
            items=row["items"],
            data=row["data"],
            sealed=row["sealed"],
            voids=row["voids"],
        )
        return bool(unit.vault.chain_mac(chain.message(link, previous)) == row["mac"])
    except (TypeError, ValueError, AttributeError, OverflowError):
        return False


def _moment(stored: int) -> datetime:
    moment = Moment().process_result_value(stored, None)  # type: ignore[arg-type]
    assert moment is not None  # noqa: S101 - the column is never null
    return moment
