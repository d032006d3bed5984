"""Make a backup while others write: all of it from one moment, in two files.

What erasing a takedown destroys for ever, its data key, lies in a file apart, beside the backup; of
that only the newest is kept, so that older backups cannot bring an erased takedown back.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Table, select

from app.backups import rows, sealed_file
from app.kit import migrate
from app.kit.clock import stamp
from app.kit.database import Database, Unit
from app.kit.errors import TrackerError
from app.kit.progress import Progress, silent
from app.schemas.vocabularies import EventKind
from app.takedowns import chain as event_chain
from app.takedowns.models import data_keys, events

CONTENT = "takedown backup"
KEYS = "takedown data keys"
KEYS_FILE = "takedown.keys"
# Beside the data keys: the MAC of the first event of every takedown, erased ones included.
LOGGED = "logged"
# What lets somebody in and may since have been used up or ended; what was typed and never sent.
LEFT_OUT = frozenset(
    {
        "sessions", "known_devices", "invitations", "form_drafts", "imports", "import_parts",
        "alembic_version",
    }
)  # fmt: skip


class CannotBackUp(TrackerError):
    """There is nothing to back up, or it would take the keys away from other backups."""


class Head(NamedTuple):
    """What a file is a copy of: its schema, its moment, and how far the event chain went."""

    schema: str
    made_at: str
    number: int
    mac: str


def back_up(database: Database, path: Path, progress: Progress = silent) -> Head:
    """Write the backup, and its data keys beside it; both are replaced whole or not at all.

    The keys come first: newer keys open an older backup, not the other way round.
    """
    keys = path.with_name(KEYS_FILE)
    with database.read() as unit:
        head = _head(unit)
        tables = [table for table in rows.tables(unit.connection) if table.name not in LEFT_OUT]
        apart = [table for table in tables if table.name == data_keys.name]
        with sealed_file.replacing(path) as file:
            others = [table for table in tables if table not in apart]
            lines = _told(_lines(unit, head, others), progress)
            sealed_file.write(file, unit.vault, CONTENT, lines=lines)
            with sealed_file.replacing(keys) as keys_file:
                keys_lines = chain(_lines(unit, head, apart), _logged(unit))
                sealed_file.write(keys_file, unit.vault, KEYS, lines=keys_lines)
                _refuse_other_keys(unit, keys)
    return head


def head_of(line: str) -> Head:
    """Read the first line of either file."""
    return Head(**json.loads(line))


def _head(unit: Unit) -> Head:
    schema = migrate.schema_of(unit.connection)
    if schema is None:
        raise CannotBackUp("there is nothing to back up: the database is empty")
    last = event_chain.head(unit)
    return Head(schema, stamp(unit.clock()), last.number, last.mac.hex())


def _lines(unit: Unit, head: Head, tables: Sequence[Table]) -> Iterator[str]:
    yield json.dumps(head._asdict())
    for table in tables:
        yield from rows.lines(unit.connection, table)


def _told(lines: Iterator[str], progress: Progress) -> Iterator[str]:
    """Pass lines on, telling how many there were by now."""
    for number, line in enumerate(lines, start=1):
        progress("lines written", number, 0)
        yield line


def _logged(unit: Unit) -> Iterator[str]:
    """Write down by which event each takedown began: whose record the data keys are of."""
    query = select(events.c.takedown_id, events.c.mac).where(events.c.kind == EventKind.LOGGED)
    return rows.of_query(unit.connection, LOGGED, query.order_by(events.c.takedown_id))


def _refuse_other_keys(unit: Unit, keys: Path) -> None:
    """Keep the keys that are there, unless they are of an earlier moment of this same record."""
    if not keys.exists():
        return
    kept = head_of(next(sealed_file.read(keys, unit.vault, KEYS)))
    mac = unit.connection.scalar(select(events.c.mac).where(events.c.number == kept.number))
    if kept.number and (mac is None or mac.hex() != kept.mac):
        raise CannotBackUp(
            f"{keys}: holds the data keys of another record, or of a later moment of this one; "
            "back up into another folder"
        )
