"""The least a durable write can cost: the drivers alone, one small transaction after the other.

One transaction: 1 takedown (15 columns, 4 indexes), 2 events, 1 notice text.
"""

import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from benchmarks.databases import Place
from benchmarks.measuring import rate

TEXT = "x" * 1500
COLUMNS = [f"c{number}" for number in range(13)]
PG_CONNECTIONS = 4

Write = Callable[[str, tuple[Any, ...]], object]


@contextmanager
def transactions(place: Place) -> Iterator[Callable[[float], float]]:
    """Give a measurement: the durable transactions a second over some seconds."""
    if place.name == "SQLite":
        with _sqlite(str(place.settings.data_dir / "raw.sqlite3")) as once:
            yield lambda seconds: rate(once, seconds)
    else:
        assert place.settings.database_url is not None
        with _postgresql(place.settings.database_url) as measured:
            yield measured


@contextmanager
def _sqlite(path: str) -> Iterator[Callable[[], None]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        for statement in _schema("INTEGER", "BLOB"):
            connection.execute(statement)

        def once() -> None:
            connection.execute("BEGIN IMMEDIATE")
            _write(connection.execute, "?")
            connection.execute("COMMIT")

        yield once


@contextmanager
def _postgresql(address: str) -> Iterator[Callable[[float], float]]:
    connections = [psycopg.connect(address) for _ in range(PG_CONNECTIONS)]
    for statement in _schema("BIGINT", "BYTEA"):
        connections[0].execute(statement)
    connections[0].commit()

    def once(connection: "psycopg.Connection[Any]") -> None:
        _write(connection.execute, "%s")
        connection.commit()

    def measured(seconds: float) -> float:
        rates: list[float] = []
        threads = [
            threading.Thread(target=lambda c=one: rates.append(rate(lambda: once(c), seconds)))
            for one in connections
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(rates)

    yield measured
    for connection in connections:
        connection.close()


def _schema(number: str, raw: str) -> Iterator[str]:
    columns = ", ".join(f"{name} TEXT" for name in COLUMNS)
    yield f"CREATE TABLE raw_takedowns (id {number} PRIMARY KEY, at {number}, {columns})"
    for name in ("at", *COLUMNS[:3]):
        yield f"CREATE INDEX ix_raw_{name} ON raw_takedowns ({name})"
    yield f"CREATE TABLE raw_events (id {number} PRIMARY KEY, takedown {number}, data TEXT)"
    yield f"CREATE TABLE raw_notices (takedown {number} PRIMARY KEY, sealed {raw})"


def _write(execute: Write, mark: str) -> None:
    number = int.from_bytes(os.urandom(7), "big")
    words = [secrets.token_hex(6) for _ in COLUMNS]
    marks = ", ".join([mark] * (2 + len(COLUMNS)))
    execute(f"INSERT INTO raw_takedowns VALUES ({marks})", (number, number, *words))
    for event in (number, number + 1):
        execute(
            f"INSERT INTO raw_events VALUES ({mark}, {mark}, {mark})", (event, number, words[0])
        )
    execute(f"INSERT INTO raw_notices VALUES ({mark}, {mark})", (number, TEXT.encode()))
