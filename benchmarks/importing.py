"""G10: `takedown import` end to end, beside the driver alone writing the very rows it wrote.

A quarter of the rows are drafts; the others bring a submission, half of them a decision, a quarter
a sighting. The driver writes into the same tables of a second database, as much a transaction:
by executemany on SQLite, by COPY on PostgreSQL.
"""

import csv
import resource
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import Table, select

from app import main
from app.imports import import_columns, importing, reading
from app.kit.database import Database
from app.notices.filling import Workspace
from app.notices.models import notices
from app.takedowns.models import data_keys, events, items, lookups, takedowns
from benchmarks import databases
from benchmarks.databases import Place
from benchmarks.measuring import Result, Size, ratio, took

AT_LEAST = {"SQLite": 0.25, "PostgreSQL": 0.4}
HOW = {"SQLite": "executemany", "PostgreSQL": "COPY"}
TABLES = (takedowns, data_keys, items, lookups, events, notices)
START = datetime(2022, 1, 3, 8, 0, tzinfo=UTC)
COLUMNS = (
    "case_ref", "category", "url", "explanation", "external_ref", "reported_at", "submitted_at",
    "ticket_id", "decided_at", "outcome", "seen_gone_at",
)  # fmt: skip
Rows = Sequence[Sequence[Any]]


class Chunk(NamedTuple):
    """Rows of a table for one transaction, as the driver takes them."""

    table: Table
    rows: Rows


def run(size: Size) -> Iterator[Result]:
    """Measure on each database."""
    for name in databases.NAMES:
        with databases.place(name) as place, databases.place(name) as bare:
            database, empty = place.database(), bare.database()
            yield _result(size, database, main.workspace_of(place.settings), bare)
            database.close()
            empty.close()


def _result(size: Size, database: Database, workspace: Workspace, bare: Place) -> Result:
    many, path = size.few // 2, bare.settings.data_dir / "rows.csv"
    imported, driven, memory = list[float](), list[float](), list[int]()
    for number in range(size.rounds + 1):  # the first one fills caches
        write_rows(path, number * many, many)
        imported.append(many / took(partial(_import, database, workspace, path)))
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        driven.append(many / took(partial(_drive, bare, _written(database, many))))
    share = ratio(imported[1:], driven[1:])
    return Result(
        "G10",
        f"rows imported a second ÷ {HOW[bare.name]} of what they become, {bare.name}",
        f"{median(imported[1:]):,.0f}/s of {median(driven[1:]):,.0f}/s; memory + "
        f"{(memory[-1] - memory[0]) / 1024:.0f} MB over {size.rounds * many:,} rows",
        share,
        f"≥ {AT_LEAST[bare.name]}",
        share >= AT_LEAST[bare.name],
    )


def write_rows(path: Path, first: int, count: int) -> None:
    """Write a spreadsheet as a hotline might bring one in."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(number) for number in range(first, first + count))


def _row(number: int) -> Iterator[str]:
    at, steps = START + timedelta(minutes=number), number % 4  # nothing, sent, decided, gone
    yield from (f"CASE-{number // 3}", "csam_ai", f"https://www.instagram.com/p/C{number:010d}/")
    yield from ("Assessed by a trained analyst as AI-made abuse material.", f"E-{number}")
    moments = [(at + timedelta(hours=hours)).isoformat() for hours in (0, 1, 5, 20)]
    told = [moment if steps >= step else "" for step, moment in enumerate(moments)]
    yield from (told[0], told[1], f"T-{number}" if told[1] else "")
    yield from (told[2], "removed" if told[2] else "", told[3])


def _import(database: Database, workspace: Workspace, path: Path) -> None:
    sheet = reading.sheet(path, import_columns.KNOWN)
    for done in importing.bring_in(database, workspace, reading.table(sheet)):
        assert done.outcome == "logged", done


def _written(database: Database, count: int) -> list[list[Chunk]]:
    """Return what the last import wrote, by transaction, as it lies in the database."""
    with database.read() as unit:
        ids = unit.connection.scalars(
            select(takedowns.c.id).order_by(takedowns.c.id.desc()).limit(count)
        ).all()[::-1]
    parts = [ids[at : at + importing.CHUNK] for at in range(0, count, importing.CHUNK)]
    return [[_chunk(database, table, part[0], part[-1]) for table in TABLES] for part in parts]


def _chunk(database: Database, table: Table, first: int, last: int) -> Chunk:
    whose = "id" if table is takedowns else "takedown_id"
    statement = f"SELECT {_names(table)} FROM {table.name} WHERE {whose} BETWEEN {first} AND {last}"
    with database.engine.connect() as connection:
        return Chunk(table, [tuple(row) for row in connection.exec_driver_sql(statement)])


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _drive(bare: Place, written: list[list[Chunk]]) -> None:
    if bare.name == "SQLite":
        _executemany(str(bare.settings.data_dir / "takedown.sqlite3"), written)
    else:
        assert bare.settings.database_url is not None
        _copy(bare.settings.database_url, written)


def _executemany(path: str, written: list[list[Chunk]]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        for chunks in written:
            connection.execute("BEGIN IMMEDIATE")
            for table, rows in chunks:
                marks = ", ".join("?" * len(table.columns))
                into = f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks})"
                connection.executemany(into, rows)
            connection.execute("COMMIT")


def _copy(address: str, written: list[list[Chunk]]) -> None:
    with psycopg.connect(address) as connection:
        for chunks in written:
            for table, rows in chunks:
                into = f"COPY {table.name} ({_names(table)}) FROM STDIN"
                with connection.cursor().copy(into) as copy:
                    for row in rows:
                        copy.write_row(row)
            connection.commit()
