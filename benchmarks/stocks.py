"""Stocked places: filled once, kept in a folder where one is given, and handed out as copies."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import insert

from app import main
from app.kit.database import Database
from app.takedowns.models import rule_sets
from benchmarks import databases, stock
from benchmarks.databases import Place
from benchmarks.measuring import Size

# A quarter of 10,000 takedowns in three years.
A_QUARTER = 12
Kind = Literal["years", "mixed"]


def fill(place: Place, kind: Kind, rows: int, size: Size) -> None:
    """Fill a place: "years" of any size end in the same quarter; "mixed" goes on as it began."""
    database = place.database()
    if kind == "years":
        stock.fill_years(database, rows, recent_of(size))
    else:
        stock.fill(database, rows, (*stock.DRAFTS, *stock.ANSWERED))
    if place.name == "PostgreSQL":
        with database.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")  # as it does by itself after a while
    _recognised(database, main.workspace_of(place.settings).recogniser.digest, rows)
    database.close()


def _recognised(database: Database, rules: str, rows: int) -> None:
    """Note that today's rules gave the addresses, else a first start would look at each of them."""
    with database.write() as unit:
        told = {"rules": rules, "reached": rows, "finished_at": unit.clock()}
        unit.connection.execute(insert(rule_sets), told)


def recent_of(size: Size) -> int:
    """Return how many takedowns there are in the last quarter of "years"."""
    return max(size.few // A_QUARTER, 1)


@contextmanager
def stocked(kind: Kind, rows: int, size: Size, on: str = "SQLite") -> Iterator[Place]:
    """Make a place that holds so many takedowns; removes it afterwards. Kept is SQLite only."""
    with databases.place(on) as place:
        name = f"{kind}-{rows}" + (f"-{recent_of(size)}" if kind == "years" else "")
        kept = size.stocks / name if size.stocks and on == "SQLite" else None
        if kept and kept.is_dir():
            _copy(kept, place.settings.data_dir)
        else:
            fill(place, kind, rows, size)
            if kept:
                _copy(place.settings.data_dir, kept)
        yield place


def _copy(source: Path, target: Path) -> None:
    """Copy a data folder whole: never half of one under the name of a stock."""
    half = target.with_name(f"{target.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(source, half)
    half.rename(target)
