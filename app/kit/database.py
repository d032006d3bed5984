"""The database: one unit of work at a time, on SQLite or PostgreSQL, durable before it answers."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Engine,
    FromClause,
    Integer,
    MetaData,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.types import TypeDecorator

from app.kit import database_faults
from app.kit.clock import Clock, SteadyClock, system_clock
from app.kit.errors import DatabaseFault, Misconfigured
from app.kit.group_commit import NotCommitted, Turns
from app.kit.vault import Vault

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
RowId = BigInteger().with_variant(Integer, "sqlite")
# On PostgreSQL writers lock this number; on SQLite there is one writer by nature.
WRITERS = 7_301_001
_BEGIN_WRITING = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": f"SELECT pg_advisory_xact_lock({WRITERS})",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BUSY_MS = 30_000
CONNECT_SECONDS = 5
T = TypeVar("T")


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment, stored as microseconds since 1970-01-01T00:00Z."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse naive values; they mean another moment on every machine."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC moment."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Word(TypeDecorator[StrEnum]):
    """A code of a closed vocabulary, stored as it is written."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum], length: int) -> None:
        super().__init__(length)
        self.vocabulary = vocabulary

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Write the code."""
        return None if value is None else str(value)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], StrEnum | None]:
        """Give back members: by a look into a table, for lists read thousands of them.

        Raises KeyError for a code that is none.
        """
        members: dict[str | None, StrEnum | None] = {None: None}
        members.update((member.value, member) for member in self.vocabulary)
        return members.__getitem__


class Codes(TypeDecorator[tuple[str, ...]]):
    """A few codes in order, stored as a text with spaces between them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str:
        """Write them into one text."""
        return " ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Give them back, each by itself."""
        return tuple((value or "").split())


class Rows(Protocol):
    """What a statement found, with the names of its columns."""

    def keys(self) -> Iterable[str]:
        """Return the names, in the order of a row's values."""

    def all(self) -> Sequence[Sequence[object]]:
        """Return the rows."""


def rows_as(kind: type[T], found: Rows) -> list[T]:
    """Return rows as values of a dataclass that names and types their columns.

    Filled in without its constructor: that would cost as much as the reading.
    """
    names = tuple(found.keys())
    return [row_as(kind, zip(names, row, strict=True)) for row in found.all()]


def row_as(kind: type[T], columns: Mapping[str, object] | Iterable[tuple[str, object]]) -> T:
    """Return one row as such a value."""
    value = object.__new__(kind)
    value.__dict__.update(columns)
    return value


def micros(moment: datetime) -> int:
    """Return the microseconds since 1970-01-01T00:00Z of an aware moment."""
    if moment.tzinfo is None:
        raise TypeError("a moment without a time zone is not a moment")
    return (moment - _EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Unit:
    """One unit of work: a transaction, the keys, the clocks and the data keys opened so far.

    `afterwards` is written down when it has ended, should that be possible then.
    """

    connection: Connection
    vault: Vault
    clock: Clock
    data_keys: dict[int, bytes] = field(default_factory=dict)
    steady: SteadyClock = field(default_factory=lambda: SteadyClock(system_clock))
    is_writing: bool = False
    afterwards: list[Callable[["Unit"], object]] = field(default_factory=list)


class _Rehearsed(Exception):
    """Ends a transaction of which nothing is to be kept."""


class Database:
    """Where units of work come from."""

    def __init__(self, address: str, vault: Vault, clock: Clock) -> None:
        self.engine = _engine(address)
        self.vault = vault
        self.clock = clock
        self.steady = SteadyClock(clock)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # Writers of this process queue here: fair, where SQLite would sleep and starve some.
        self.writers = Turns(self._begin_writing)
        # What must hold before anything is written: that the database is of this secret key.
        self.guard: Callable[[Connection, Vault], None] | None = None

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """Wait until nobody else writes; what was written is durable when the block ends."""
        with self.writers.turn() as connection:
            yield Unit(connection, self.vault, self.clock, steady=self.steady, is_writing=True)

    @contextmanager
    def rehearse(self) -> Iterator[Unit]:
        """Write like everybody else, but keep nothing of it: it is taken back at the end."""
        try:
            with self.write() as unit:
                yield unit
                raise _Rehearsed
        except _Rehearsed:
            return

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Open a transaction that only reads, all of it from one moment."""
        with self.engine.connect() as connection:
            unit = Unit(connection, self.vault, self.clock, steady=self.steady)
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                if self.is_sqlite:
                    connection.exec_driver_sql("BEGIN")
                yield unit
        for write_down in unit.afterwards:
            self.note(write_down)

    def note(self, write_down: Callable[[Unit], object]) -> None:
        """Write down what is no reason to refuse anybody, should it not be possible now."""
        with suppress(DatabaseFault, NotCommitted), self.write() as unit:
            write_down(unit)

    def _begin_writing(self) -> Connection:
        connection = self.engine.connect()
        try:
            connection.exec_driver_sql(_BEGIN_WRITING[self.engine.dialect.name]).close()
            if self.guard is not None:
                self.guard(connection, self.vault)
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


class _WithHints(SQLiteCompiler):
    """Writes the hints of statements, which SQLAlchemy leaves out on SQLite."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        """Return what stands behind a table's name."""
        return text


def _engine(address: str) -> Engine:
    if address.startswith("sqlite"):
        engine = create_engine(
            address,
            hide_parameters=True,
            pool_size=20,
            max_overflow=40,
            connect_args={"isolation_level": None, "timeout": _BUSY_MS / 1000},
        )
        engine.dialect.statement_compiler = _WithHints
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        engine = create_engine(
            address,
            hide_parameters=True,
            pool_size=16,
            max_overflow=8,
            pool_pre_ping=True,
            connect_args={"options": "-c timezone=UTC", "connect_timeout": CONNECT_SECONDS},
        )
        event.listen(engine, "first_connect", _check_postgresql)
    where = database_faults.place(address)
    event.listen(engine, "handle_error", database_faults.translating(where))
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # else REPLACE would go past the guards of rows that stay
        "secure_delete=ON",
        f"busy_timeout={_BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _check_postgresql(connection: DBAPIConnection, _: object) -> None:
    with closing(connection.cursor()) as cursor:
        for name in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone() == ("off",):
                connection.close()
                raise Misconfigured(f"PostgreSQL runs with {name}=off and would lose writes")
    connection.rollback()
