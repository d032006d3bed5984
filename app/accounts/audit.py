"""Who did what: a log that only grows, its entries bound to each other by MACs.

`detail` holds names of fields, codes and keyed digests; never a link, an account, a text, a ticket
or an e-mail address, so the log may be shown and kept (docs/formats.md tells the format).
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, insert, select, type_coerce

from app.accounts.models import audit
from app.accounts.vocabularies import Action
from app.kit import canonical
from app.kit.canonical import Json
from app.kit.database import Unit, micros

GENESIS = bytes(32)
COMMAND_LINE = "command line"
UNKNOWN = "unknown"
# As it lies in the database, so that nothing a driver forgives slips by.
_RAW = select(
    *(
        type_coerce(column, BigInteger).label(column.name) if column is audit.c.at else column
        for column in audit.columns
    )
)
_IN_ORDER = _RAW.order_by(audit.c.number)
_NEWEST_TWO = _RAW.order_by(audit.c.number.desc()).limit(2)


class Head(NamedTuple):
    """The last entry's number, MAC and moment; number 0 when there is none."""

    number: int
    mac: bytes
    at: datetime | None = None


class Entry(NamedTuple):
    """One thing that somebody did."""

    number: int
    at: datetime
    by: str
    action: str  # of `Action`, unless somebody changed the log
    reference: str | None
    detail: Mapping[str, Json]


class Wanted(NamedTuple):
    """Which entries to show; None means all."""

    by: str | None = None
    action: str | None = None
    reference: str | None = None


def record(
    unit: Unit, by: str, action: Action, *, reference: str | None = None, **detail: Json
) -> None:
    """Write down what `by` does in this same transaction."""
    last = head(unit)
    now = unit.clock()
    at = max(now, last.at or now)
    unit.steady.check(now, at)
    row: dict[str, Json] = {
        "number": last.number + 1,
        "at": micros(at),
        "by": by,
        "action": action,
        "reference": reference,
        "detail": canonical.text(detail),
    }
    mac = unit.vault.audit_mac(message(row, last.mac))
    unit.connection.execute(insert(audit).values(row | {"at": at, "mac": mac}))


def head(unit: Unit) -> Head:
    """Return the end of the log."""
    row = unit.connection.execute(select(audit).order_by(audit.c.number.desc()).limit(1)).first()
    return Head(row.number, row.mac, row.at) if row else Head(0, GENESIS)


def page(unit: Unit, wanted: Wanted, *, before: int | None, limit: int) -> Sequence[Entry]:
    """Return entries, newest first, below the number `before`."""
    query = select(audit).order_by(audit.c.number.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.number < before)
    for name, value in wanted._asdict().items():
        if value is not None:
            query = query.where(audit.c[name] == value)
    return [
        Entry(number, at, by, action, reference, json.loads(detail))
        for number, at, by, action, reference, detail, _ in unit.connection.execute(query)
    ]


def names(unit: Unit) -> Sequence[str]:
    """Return everybody who ever did something, by name."""
    return unit.connection.scalars(select(audit.c.by).distinct().order_by(audit.c.by)).all()


def actions(unit: Unit) -> Sequence[str]:
    """Return everything that was ever done, by its code."""
    done = select(audit.c.action).distinct().order_by(audit.c.action)
    return unit.connection.scalars(done).all()


def faults(
    unit: Unit, kept: Head | None = None, progress: Callable[[int], object] = int
) -> Iterator[tuple[str, str]]:
    """Name the first entry that is not what was recorded, and what is wrong with it.

    `kept` is a head that left the machine earlier; only with it a cut tail is found. `progress` is
    told the number of each entry read.
    """
    previous, number = GENESIS, 0
    with unit.connection.execute(_IN_ORDER, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            if row.number != number + 1:
                yield f"audit {number + 1}", "is missing"
                return
            if not _fits(unit, row._asdict(), previous):
                yield f"audit {row.number}", "is not what was recorded, or not in its place"
                return
            if kept and row.number == kept.number and row.mac != kept.mac:
                yield f"audit {row.number}", "is not the one the given head was taken from"
                return
            previous, number = row.mac, row.number
            progress(number)
    if kept and number < kept.number:
        yield f"audit {number + 1}", f"is missing: the tail up to {kept.number} was cut"


def is_newest_bound(unit: Unit) -> bool | None:
    """Whether the newest entry was bound with this secret key; None when there is no entry."""
    newest, *before = [*unit.connection.execute(_NEWEST_TWO), None]
    if newest is None:
        return None
    last = before[0].mac if before[0] is not None else GENESIS
    return _fits(unit, newest._asdict(), last)


def message(row: Mapping[str, Json], previous: bytes) -> bytes:
    """Return the bytes whose MAC binds an entry, as it is stored, to the one before it."""
    told = {name: value for name, value in row.items() if name != "mac"}
    return canonical.text(told | {"previous": previous.hex()}).encode()


def _fits(unit: Unit, row: Mapping[str, Json], previous: bytes) -> bool:
    try:
        return unit.vault.audit_mac(message(row, previous)) == row["mac"]
    except (TypeError, ValueError, AttributeError, OverflowError):
        return False
