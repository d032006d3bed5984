"""An intruder in the database: rewrites its tables as they lie there, rules switched off."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    create_engine,
    text,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from app.kit.database import Moment
from app.notices.models import notices
from app.takedowns.models import data_keys, events, items, lookups, takedowns

RECORD: tuple[Table, ...] = (takedowns, items, events, notices, lookups, data_keys)
Rows = list[dict[str, Any]]


class Intruder:
    """Somebody with the database in hand, but not the secret key."""

    def __init__(self, address: str) -> None:
        self.engine: Engine = create_engine(address, poolclass=NullPool)
        self.found = {table.name: self.read(table) for table in RECORD}

    def read(self, table: Table) -> Rows:
        with self._at_work() as connection:
            order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
            rows = connection.execute(text(f'SELECT * FROM "{table.name}" ORDER BY {order}'))
            return [{n: _plain(v) for n, v in row._mapping.items()} for row in rows]

    @contextmanager
    def having(self, table: Table, rows: Rows) -> Iterator[None]:
        """Let a table hold these rows, and afterwards again what was in it."""
        try:
            self.write(table, rows)
            yield
        finally:
            self.write(table, self.found[table.name])

    def write(self, table: Table, rows: Rows) -> None:
        """Raises IntegrityError where the database itself refuses."""
        names = [column.name for column in table.columns]
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(f":{name}" for name in names)
        with self._at_work() as connection:
            connection.execute(text(f'DELETE FROM "{table.name}"'))
            if rows:
                query = text(f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})')
                connection.execute(query, rows)

    @contextmanager
    def _at_work(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            disarm(connection)
            yield connection


def disarm(connection: Connection) -> None:
    """Take the guards away: on PostgreSQL for this connection's work, in SQLite for good."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    guards = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for name in connection.scalars(guards).all():
        connection.execute(text(f'DROP TRIGGER "{name}"'))


def changes(table: Table, row: Mapping[str, Any], column: Column[Any], dice: Random) -> list[Any]:
    """Other values that a cell could hold."""
    value = row[column.name]
    others: list[Any]
    if isinstance(column.type, Boolean):
        others = [kind for kind in (False, True, None) if kind is not value and kind != value]
    elif isinstance(column.type, LargeBinary):
        others = [flipped(value, dice) if value else b"\x01", None]
    elif isinstance(column.type, (Integer, Moment)):
        others = [1, None] if value is None else [value + 1, value + 1000, None]
    else:
        others = [reworded(value), None]
    return [o for o in others if o != value and (column.nullable or o is not None)]


def flipped(value: bytes, dice: Random) -> bytes:
    bit = dice.randrange(8 * len(value))
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def reworded(value: str | None) -> str:
    """Another text of the same length, so that it fits its column."""
    if not value:
        return "a"
    return value[:-1] + ("b" if value[-1] != "b" else "c")


def with_change(rows: Rows, index: int, name: str, value: Any) -> Rows:
    return [row | {name: value} if at == index else row for at, row in enumerate(rows)]


def without(rows: Rows, index: int) -> Rows:
    return rows[:index] + rows[index + 1 :]


def swapped(table: Table, rows: Rows, one: int, other: int) -> Rows:
    """Two rows under each other's names."""
    keys = [column.name for column in table.primary_key.columns]
    if len(keys) == len(table.columns):
        keys = keys[:1]
    changed = list(rows)
    for at, name in ((one, other), (other, one)):
        changed[at] = rows[at] | {key: rows[name][key] for key in keys}
    return changed


def is_possible(table: Table, rows: Rows) -> bool:
    """Whether the database itself would take these rows."""
    for rule in table.constraints:
        if isinstance(rule, (PrimaryKeyConstraint, UniqueConstraint)):
            keys = [tuple(row[column.name] for column in rule.columns) for row in rows]
            told = [key for key in keys if None not in key]
            if len(set(told)) < len(told):
                return False
    return True


def with_copy(table: Table, rows: Rows, index: int) -> Rows:
    """A copy of a row under the next free name."""
    name = [c for c in table.primary_key.columns if isinstance(c.type, Integer)][-1].name
    copy = rows[index] | {name: 1 + max(row[name] for row in rows)}
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint):
            last = list(rule.columns)[-1]
            copy[last.name] = None if last.nullable else reworded(copy[last.name])
    return [*rows, copy]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
