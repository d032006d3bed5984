"""The steady time as a database keeps it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.kit import preferences, steady_clock
from app.kit.clock import Clock
from app.kit.database import Database
from app.kit.vault import Vault
from tests.factories import START, ManualClock

HOUR = timedelta(hours=1)


@pytest.fixture
def another(address: str, vault: Vault) -> Iterator[Callable[[Clock], Database]]:
    """Makes another process on the same database: a second one, or the same after a start."""
    made: list[Database] = []

    def another(clock: Clock) -> Database:
        made.append(Database(address, vault, clock))
        return made[-1]

    yield another
    for database in made:
        database.close()


def read(database: Database) -> datetime:
    with database.read() as unit:
        return to_the_second(steady_clock.now(unit))


def written(database: Database) -> datetime:
    with database.write() as unit:
        return to_the_second(steady_clock.now(unit))


def to_the_second(moment: datetime) -> datetime:
    """A clock put back is noticed at the next reading: what the test took until then counts too."""
    return moment.replace(microsecond=0)


@pytest.mark.parametrize("seen", [read, written])
@pytest.mark.parametrize("back_hours", [1, 2 * 365 * 24])
def test_what_was_seen_before_a_start_holds_after_it(
    database: Database, clock: ManualClock, another: Callable[[Clock], Database],
    seen: Callable[[Database], datetime], back_hours: int,
) -> None:  # fmt: skip
    clock.advance(5)
    seen(database)
    clock.advance(-back_hours)

    after = another(clock)

    assert read(after) == START + 5 * HOUR
    clock.advance(1)
    assert read(after) == START + 6 * HOUR


def test_what_one_process_has_seen_holds_in_the_other_at_once(
    database: Database, another: Callable[[Clock], Database]
) -> None:
    other = another(ManualClock(START + 24 * HOUR))
    read(database)

    read(other)

    assert read(database) == START + 24 * HOUR


def test_what_is_taken_back_is_kept_no_more_than_the_rest_of_it(
    database: Database, clock: ManualClock, another: Callable[[Clock], Database]
) -> None:
    written(database)
    clock.advance(5)
    with database.rehearse() as unit:
        steady_clock.now(unit)
    clock.advance(-5)

    assert read(another(clock)) == START
    assert read(database) == START + 5 * HOUR


def test_it_is_kept_every_ten_seconds_at_most_and_is_no_preference(
    database: Database, clock: ManualClock
) -> None:
    written(database)
    kept = []
    for _ in range(4):
        clock.advance(5 / 3600)
        written(database)
        with database.read() as unit:
            kept.append(preferences.moment(unit, steady_clock.NAME))
            assert preferences.read(unit) == {}

    seconds = [(at - START).total_seconds() for at in kept if at]
    assert seconds == [0, 10, 10, 20]
    with database.read() as unit:
        table = preferences.preferences
        assert unit.connection.scalar(select(func.count()).select_from(table)) == 1


def test_a_moment_of_the_clock_comes_when_the_clock_shows_it(
    database: Database, clock: ManualClock
) -> None:
    written(database)
    clock.advance(-10)
    with database.write() as unit:
        tomorrow = steady_clock.of_clock(unit, clock.now + 24 * HOUR)

    clock.advance(24)

    assert read(database) == to_the_second(tomorrow)
