import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import Connection, event, insert, select

from app.accounts.models import tokens
from app.kit.database import Database
from app.kit.group_commit import NotCommitted
from tests.factories import START

PATIENCE = 30
Work = Callable[[Connection], object]


def adding(name: str) -> Work:
    row = {"name": name, "digest": name.encode(), "scopes": "x", "created_at": START}
    return lambda connection: connection.execute(insert(tokens).values(row))


def failing(connection: Connection) -> None:
    adding("taken back")(connection)
    raise ZeroDivisionError


def breaking(connection: Connection) -> None:
    connection.exec_driver_sql("ROLLBACK")


def waiting(database: Database, number: int) -> None:
    until = time.monotonic() + PATIENCE
    while database.writers.waiting < number:
        assert time.monotonic() < until
        time.sleep(0.001)


def together(database: Database, *works: Work) -> list[type[BaseException] | None]:
    """Let the first writer keep the turn until all others wait; return what each one met."""

    has_begun = Event()

    def turn(number: int) -> None:
        with database.write() as unit:
            has_begun.set()
            if number == 0:
                waiting(database, len(works) - 1)
            works[number](unit.connection)

    with ThreadPoolExecutor(len(works)) as pool:
        met = [pool.submit(turn, 0)]
        has_begun.wait()
        met += [pool.submit(turn, number) for number in range(1, len(works))]
    return [type(error) if (error := one.exception()) else None for one in met]


def names(database: Database) -> set[str]:
    with database.read() as unit:
        return set(unit.connection.scalars(select(tokens.c.name)))


def test_writers_that_wait_share_one_commit(database: Database) -> None:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)

    met = together(database, *(adding(str(number)) for number in range(8)))

    assert met == [None] * 8
    assert len(commits) == 1
    assert names(database) == {str(number) for number in range(8)}


def test_a_turn_that_fails_takes_back_only_its_own(database: Database) -> None:
    met = together(database, adding("a"), failing, adding("b"))

    assert met == [None, ZeroDivisionError, None]
    assert names(database) == {"a", "b"}


def test_a_first_turn_that_fails_leaves_the_others_a_fresh_start(database: Database) -> None:
    met = together(database, failing, adding("a"), adding("b"))

    assert met == [ZeroDivisionError, None, None]
    assert names(database) == {"a", "b"}


def test_nobody_is_told_that_it_is_kept_when_the_shared_transaction_broke(
    database: Database,
) -> None:
    met = together(database, adding("lost"), breaking)

    assert met[0] is NotCommitted
    assert met[1] is not None
    assert names(database) == set()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_commit_that_fails_fails_for_all_who_share_it(database: Database) -> None:
    def orphaning(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("INSERT INTO data_keys (takedown_id, wrapped) VALUES (7, 'x')")

    met = together(database, adding("lost"), orphaning)

    assert met[0] is NotCommitted
    assert met[1] is not None
    assert names(database) == set()
