"""How things grow with the number of takedowns: figures, lists, `verify`, a start, room taken.

Three sizes on SQLite, two on PostgreSQL, or as many as `--rows` leaves beside the smallest; all of
it CPU of the tracker's process, without what PostgreSQL's own spend.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from math import inf
from statistics import median
from time import process_time

from app import proof
from app.kit.database import Unit
from benchmarks import databases, response_times, stocks
from benchmarks.listing import PAGE
from benchmarks.measuring import Result, Size, took
from benchmarks.response_times import Asked

ROWS = (10_000, 100_000, 300_000)
AT_MOST = {"SQLite": inf, "PostgreSQL": 100_000}
REPEATS = 5
# What is asked of a served stock, by its name.
ASKED = {
    "figures of three years by platform": f"{response_times.PATH}platform",
    "figures of a quarter by platform": response_times.VIEWS["a quarter"],
    "the page /metrics, a quarter": response_times.VIEWS["the page /metrics"],
    "a platform's card, a quarter": response_times.VIEWS["a platform's card"],
    "the inbox": "/inbox",
    "the first page of the list": f"{PAGE}?limit=50",
    "a filter that matches nothing": f"{PAGE}?limit=50&basis=voluntary",
}


def run(size: Size) -> Iterator[Result]:
    """Measure one size after the other, and set each thing beside itself."""
    recent = size._replace(few=min(size.few, ROWS[0]))  # as much in the last quarter of each
    for name in databases.NAMES:
        sizes = [rows for rows in rows_of(size) if rows <= AT_MOST[name]]
        found = [_at(name, rows, recent) for rows in sizes]
        for what in found[0]:
            pairs = zip(sizes, found, strict=True)
            told = ", ".join(f"{rows:,}: {_rounded(one[what])}" for rows, one in pairs)
            first, last = found[0][what], found[-1][what]
            factor = last / max(first, 1e-9)
            yield Result("Growth", f"{what}, {name}", told, factor, "", None)


def rows_of(size: Size) -> tuple[int, ...]:
    """Return the sizes: the usual three, smaller ones in a small trial, a larger one by hand."""
    if size.many <= ROWS[0]:
        return (size.few, size.many)
    return tuple(sorted({*(rows for rows in ROWS if rows <= size.many), size.many}))


def _at(name: str, rows: int, size: Size) -> Mapping[str, float]:
    """Return what everything takes in a stock of this size, each by a name with its unit."""
    print(f"growth: {rows:,} takedowns on {name} …", file=sys.stderr, flush=True)
    with ExitStack() as stack:
        place = stack.enter_context(stocks.stocked("years", rows, size, name))
        found = {"the database, MB": _megabytes(place)}
        found["verify, s of CPU"] = _verified(place)
        asked = response_times.served(stack, place, rows)
        server = asked.by_token.server
        found["a start, ms of CPU"] = 1e3 * server.spent()
        found["a server that was just started holds, MB"] = server.megabytes()
        cold = 1e3 * asked.cpu(f"{response_times.PATH}all")
        found["figures for the first time, ms of CPU"] = cold
        found |= {f"{name}, ms of CPU": _spent(asked, path) for name, path in ASKED.items()}
        found["with all figures in memory it holds, MB"] = server.megabytes()
    return found


def _spent(asked: Asked, path: str) -> float:
    asked.cpu(path)
    return 1e3 * median(asked.cpu(path) for _ in range(REPEATS))


def _megabytes(place: databases.Place) -> float:
    if place.settings.database_url is None:
        return sum(file.stat().st_size for file in place.settings.data_dir.iterdir()) / 1e6
    database = place.database()
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar()
    database.close()
    return float(found or 0) / 1e6


def _verified(place: databases.Place) -> float:
    database = place.database()
    with database.read() as unit:
        seconds = took(lambda: _proved(unit), process_time)
    database.close()
    return seconds


def _proved(unit: Unit) -> None:
    assert list(proof.faults(unit)) == []


def _rounded(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
