"""G3: what writing a takedown through SQLAlchemy Core costs, beside the driver alone.

The statements of one create are noted, then run again and again in transactions that are rolled
back: as Core executes them, and as SQL text with finished parameters on the bare driver.
"""

import secrets
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, event

from app import main
from app.kit.clock import system_clock
from app.kit.database import Database, Unit
from app.notices import drafts
from app.notices.filling import Desk
from app.takedowns import intake
from app.takedowns.timeline import Actor
from benchmarks import databases
from benchmarks.measuring import Result, Size, cpu_rate, interleaved

AT_MOST = {"SQLite": 3.0, "PostgreSQL": 2.2}
BY = Actor("token:bench", "api")
GIVEN = {"case_ref": "CASE-1", "category": "csam_ai", "explanation": "Assessed by an analyst."}


class Noted(NamedTuple):
    """The statements of one create, as Core took them and as the driver got them."""

    core: list[tuple[Executable, Any]]
    driver: list[tuple[str, Any, bool]]


def run(size: Size) -> Iterator[Result]:
    """Measure the CPU time of persistence on each database."""
    for name in databases.NAMES:
        with databases.place(name) as place:
            database = place.database()
            desk = main.desk_of(place.settings)
            noted = _noted(database, desk)
            yield _result(name, size, database, desk, noted)
            database.close()


def _result(name: str, size: Size, database: Database, desk: Desk, noted: Noted) -> Result:
    with database.write() as unit:
        ways: dict[str, Callable[[], object]] = {
            "core": lambda: _undone(unit, lambda: _by_core(unit.connection, noted)),
            "driver": lambda: _undone(unit, lambda: _by_driver(unit.connection, noted)),
            "create": lambda: _undone(unit, lambda: _create(unit, desk)),
            "nothing": lambda: _undone(unit, lambda: None),
        }
        for way in ways.values():
            way()
        found = interleaved(
            size.rounds, {name: _rate(way, size.seconds) for name, way in ways.items()}
        )
    factor = median(_net(found, "core", n) / _net(found, "driver", n) for n in range(size.rounds))
    whole = median(_net(found, "create", n) / _net(found, "driver", n) for n in range(size.rounds))
    return Result(
        "G3",
        f"CPU of persisting a takedown ÷ raw driver, {name}",
        f"{len(noted.core)} statements, {1e3 / median(found['core']):.2f} ms; with all that is "
        f"decided, sealed and chained {whole:.1f} ×",
        factor,
        f"≤ {AT_MOST[name]}",
        factor <= AT_MOST[name],
    )


def _rate(way: Callable[[], object], seconds: float) -> Callable[[], float]:
    return lambda: cpu_rate(way, seconds)


def _net(found: dict[str, list[float]], what: str, turn: int) -> float:
    """Return the seconds that the statements took, without those of the undoing."""
    return 1 / found[what][turn] - 1 / found["nothing"][turn]


def _create(unit: Unit, desk: Desk) -> None:
    now = system_clock()
    url = f"https://www.instagram.com/p/C{secrets.token_hex(5)}/"
    platform, items = drafts.items_at(desk, [url], None, now)
    intake.known(unit, [item.identity for item in items])
    drafts.log(unit, desk, GIVEN, platform, items, by=BY)


def _noted(database: Database, desk: Desk) -> Noted:
    """Note what a create does, the second time: the first one fills caches.

    The takedown gets the id it had, or a sequence would count on and the rest not fit to it.
    """
    noted = Noted([], [])

    def core(_: Connection, statement: Executable, many: Any, one: Any, __: Any) -> None:
        given = many or dict(one)
        if "wrapped" in given:
            taken = next(values for _, values in noted.core if "stage" in values)
            taken.setdefault("id", given["takedown_id"])
        noted.core.append((statement, given))

    def driver(_: Connection, __: Any, text: str, given: Any, ___: Any, many: bool) -> None:
        noted.driver.append((text, given, many))

    with database.write() as unit:
        _create(unit, desk)
        event.listen(unit.connection, "before_execute", core)
        _undone(unit, lambda: _create(unit, desk))
        event.remove(unit.connection, "before_execute", core)
        event.listen(unit.connection, "before_cursor_execute", driver)
        _undone(unit, lambda: _by_core(unit.connection, noted))
        event.remove(unit.connection, "before_cursor_execute", driver)
    return noted


def _undone(unit: Unit, work: Callable[[], object]) -> None:
    attempt = unit.connection.begin_nested()
    work()
    attempt.rollback()
    unit.data_keys.clear()


def _by_core(connection: Connection, noted: Noted) -> None:
    for statement, given in noted.core:
        result = connection.execute(statement, given)
        if result.returns_rows:
            result.all()


def _by_driver(connection: Connection, noted: Noted) -> None:
    cursor = connection.connection.cursor()
    for text, given, many in noted.driver:
        if many:
            cursor.executemany(text, given)
        else:
            cursor.execute(text, given)
        if cursor.description:
            cursor.fetchall()
    cursor.close()
