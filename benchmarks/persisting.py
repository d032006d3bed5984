"""G3: what writing a takedown through SQLAlchemy Core costs, beside the driver alone.

The statements of one create are noted, then run again with other ids, each create committed: as
Core executes them, and as SQL text with finished parameters on the bare driver.
"""

import secrets
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from time import process_time
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, event

from app import main
from app.kit.clock import system_clock
from app.kit.database import Database, Unit
from app.notices import drafts, new_items
from app.notices.filling import Workspace
from app.takedowns import same_content
from app.takedowns.timeline import Actor
from benchmarks import databases, stock
from benchmarks.measuring import Result, Size, interleaved, ratio

AT_MOST = {"SQLite": 3.0, "PostgreSQL": 2.2}
BY = Actor("token:bench", "api")
GIVEN = {"case_ref": "CASE-1", "category": "csam_ai", "explanation": "Assessed by an analyst."}
# No other number or text among the parameters looks like these.
TAKEDOWN, EVENT, REFERENCE, CONTENT = 7_000_000, 8_000_000, "TD-222222", b"content".ljust(24)


class Noted(NamedTuple):
    """The statements of one create, as Core took them and as the driver got them."""

    core: list[tuple[Executable, Any]]
    driver: list[tuple[str, Any, bool]]


def run(size: Size) -> Iterator[Result]:
    """Measure the CPU time of persistence on each database."""
    for name in databases.NAMES:
        with databases.place(name) as place:
            database = place.database()
            yield _result(name, size, database, main.workspace_of(place.settings))
            database.close()


def _result(name: str, size: Size, database: Database, workspace: Workspace) -> Result:
    noted, numbers = _noted(database, workspace), count(1)
    many = max(1, size.few // 50)

    def core() -> float:
        given = [_moved([one for _, one in noted.core], next(numbers)) for _ in range(many)]
        return _each(given, lambda one: _by_core(database, noted, one))

    def driver() -> float:
        given = [_moved([one for _, one, _ in noted.driver], next(numbers)) for _ in range(many)]
        return _each(given, lambda one: _by_driver(database, noted, one))

    def whole() -> float:
        given = [next(numbers) for _ in range(many)]  # ids that these will take
        return _each(given, lambda _: create(database, workspace))

    ways = {"core": core, "driver": driver, "create": whole}
    for way in ways.values():
        way()
    found = interleaved(size.rounds, ways)
    factor = ratio(found["core"], found["driver"])
    return Result(
        "G3",
        f"CPU of persisting a takedown ÷ raw driver, {name}",
        f"{len(noted.core)} statements and commit, {1e3 * median(found['core']):.2f} ms; with all "
        f"that is decided, sealed and chained {ratio(found['create'], found['driver']):.1f} ×",
        factor,
        f"≤ {AT_MOST[name]}",
        factor <= AT_MOST[name],
    )


def _each(given: list[Any], work: Callable[[Any], None]) -> float:
    start = process_time()
    for one in given:
        work(one)
    return (process_time() - start) / len(given)


def create(database: Database, workspace: Workspace) -> None:
    """Log a takedown of one new address, as the API does."""
    with database.write() as unit:
        _log(unit, workspace)


def _log(unit: Unit, workspace: Workspace) -> None:
    url = f"https://www.instagram.com/p/C{secrets.token_hex(5)}/"
    platform, items = new_items.items_at(workspace, [url], None, now=system_clock())
    same_content.history(unit, [item.identity for item in items])
    drafts.log(unit, workspace, GIVEN, platform=platform, items=items, by=BY)


def _noted(database: Database, workspace: Workspace) -> Noted:
    """Note what a create does, the second time: the first one fills caches."""
    noted = Noted([], [])

    def core(_: Connection, statement: Executable, many: Any, one: Any, __: Any) -> None:
        noted.core.append((statement, _renamed(many or one)))

    def driver(_: Connection, __: Any, text: str, given: Any, ___: Any, many: bool) -> None:
        noted.driver.append((text, given, many))

    create(database, workspace)
    with database.write() as unit:
        event.listen(unit.connection, "before_execute", core)
        _log(unit, workspace)
        event.remove(unit.connection, "before_execute", core)
    with database.write() as unit:
        event.listen(unit.connection, "before_cursor_execute", driver)
        for statement, given in noted.core:
            unit.connection.execute(statement, given)
        event.remove(unit.connection, "before_cursor_execute", driver)
    return noted


def _renamed(given: Any) -> Any:
    """Give the takedown and its event names that can be recognised among all parameters."""
    if isinstance(given, list):
        return [_renamed(one) for one in given]
    named = dict(given)
    if "takedown_id" in named:
        named["takedown_id"] = TAKEDOWN
    if "stage" in named:
        named |= {"id": TAKEDOWN, "reference": REFERENCE}
    if "mac" in named:
        named["number"] = EVENT
    if "what" in named:
        named["key"] = CONTENT
    if "keys" in named:
        named["keys"] = [CONTENT]
    return named


def _moved(given: Any, number: int) -> Any:
    """Return parameters for another takedown."""
    if isinstance(given, dict):
        return {name: _moved(value, number) for name, value in given.items()}
    if isinstance(given, (list, tuple)):
        return type(given)(_moved(value, number) for value in given)
    if given in (TAKEDOWN, EVENT):
        return given + number
    if given == CONTENT:
        return CONTENT + number.to_bytes(8)
    return stock.reference_of(number) if given == REFERENCE else given


def _by_core(database: Database, noted: Noted, given: list[Any]) -> None:
    with database.write() as unit:
        for (statement, _), one in zip(noted.core, given, strict=True):
            result = unit.connection.execute(statement, one)
            if result.returns_rows:
                result.all()


def _by_driver(database: Database, noted: Noted, given: list[Any]) -> None:
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    if database.is_sqlite:
        cursor.execute("BEGIN IMMEDIATE")
    for (text, _, many), one in zip(noted.driver, given, strict=True):
        if many:
            cursor.executemany(text, one)
        else:
            cursor.execute(text, one)
        if cursor.description:
            cursor.fetchall()
    connection.commit()
    connection.close()
