from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import people, sessions
from app.accounts.models import sessions as table
from app.accounts.sessions import Session
from app.kit.database import Database
from app.kit.errors import NoSuchThing
from tests.factories import ManualClock
from tests.users import add_user


def begun(database: Database, user_id: int, *, is_complete: bool = True) -> str:
    with database.write() as unit:
        return sessions.begin(unit, user_id, is_complete=is_complete)


def found(database: Database, token: str) -> Session | None:
    with database.read() as unit:
        return sessions.find(unit, token)


def test_a_visit_is_found_by_its_token_and_by_nothing_else(database: Database) -> None:
    person = add_user(database)
    token = begun(database, person.id)

    now = database.clock()
    assert found(database, token) == Session(person, True, now, now, now, now)
    assert [found(database, other) for other in ("", token[:-1], token + "A")] == [None] * 3


def test_the_database_keeps_no_token(database: Database) -> None:
    token = begun(database, add_user(database).id)

    with database.read() as unit:
        [kept] = unit.connection.scalars(select(table.c.digest))

    assert len(kept) == 32
    assert token.encode() not in kept
    assert len(token) >= 43  # 256 bits in base64


@pytest.mark.parametrize(
    ("story", "minutes", "is_over"),
    [
        ("idle almost too long", [29.9], False),
        ("idle too long", [30], True),
        ("in use all the time", [20] * 35, False),
        ("in use for twelve hours", [20] * 36, True),
    ],
)
def test_a_visit_ends_when_idle_or_after_twelve_hours(
    database: Database, clock: ManualClock, story: str, minutes: list[float], is_over: bool
) -> None:
    token = begun(database, add_user(database).id)

    for wait in minutes[:-1]:
        clock.advance(wait / 60)
        with database.write() as unit:
            sessions.touch(unit, token)
    clock.advance(minutes[-1] / 60)

    assert (found(database, token) is None) == is_over


def test_use_is_written_down_once_a_minute_at_most(database: Database) -> None:
    person = add_user(database)
    now = database.clock()
    session = Session(person, True, now, now, now, now + timedelta(seconds=59))

    assert not session.is_to_be_touched
    assert session._replace(read_at=now + timedelta(seconds=60)).is_to_be_touched


def test_the_second_factor_gives_a_new_token_and_ends_the_old_one(database: Database) -> None:
    token = begun(database, add_user(database).id, is_complete=False)
    before = found(database, token)

    with database.write() as unit:
        completed = sessions.complete(unit, token)

    after = found(database, completed)
    assert (before is not None and before.is_complete) is False
    assert after is not None
    assert after.is_complete
    assert found(database, token) is None
    with pytest.raises(NoSuchThing), database.write() as unit:
        sessions.complete(unit, completed)


def test_a_proof_holds_for_fifteen_minutes(database: Database, clock: ManualClock) -> None:
    token = begun(database, add_user(database).id)
    clock.advance(0.4)
    with database.write() as unit:
        sessions.prove(unit, token)

    session = found(database, token)

    assert session is not None
    assert session._replace(read_at=clock.now + timedelta(minutes=14)).is_proved
    assert not session._replace(read_at=clock.now + timedelta(minutes=15)).is_proved


def test_ending_one_visit_leaves_the_others(database: Database) -> None:
    person, other = add_user(database), add_user(database, "Iris")
    tokens = [begun(database, person.id), begun(database, person.id), begun(database, other.id)]

    with database.write() as unit:
        sessions.end(unit, tokens[0])
    assert [found(database, token) is None for token in tokens] == [True, False, False]

    with database.write() as unit:
        sessions.end_all(unit, person.id)
    assert [found(database, token) is None for token in tokens] == [True, True, False]


@pytest.mark.parametrize("change", ["role", "mandate", "password", "disable", "disable and enable"])
def test_a_change_of_what_somebody_may_do_ends_every_visit_at_once(
    database: Database, change: str
) -> None:
    person = add_user(database)
    token = begun(database, person.id)

    with database.write() as unit:
        match change:
            case "role":
                people.change(unit, person.id, by="test", role="manager")
            case "mandate":
                people.change(unit, person.id, by="test", may_view=True)
            case "password":
                people.set_password(unit, person, "acht groene heuvels")
            case _:
                people.disable(unit, person.id, by="test")
        if change == "disable and enable":
            people.enable(unit, person.id, by="test")

    assert found(database, token) is None


def test_what_only_changes_the_look_ends_nothing(database: Database) -> None:
    person = add_user(database)
    token = begun(database, person.id)

    with database.write() as unit:
        people.prefer(unit, person.id, language="nl", has_shortcuts=False)

    session = found(database, token)
    assert session is not None
    assert session.person == person._replace(language="nl", has_shortcuts=False)


def test_own_visits_are_listed_without_those_that_are_over(
    database: Database, clock: ManualClock
) -> None:
    person = add_user(database)
    begun(database, person.id)
    clock.advance(0.25)
    begun(database, person.id)
    clock.advance(0.3)

    with database.read() as unit:
        visits = sessions.of(unit, person.id)

    assert [visit.created_at for visit in visits] == [clock.now - timedelta(hours=0.3)]


def test_beginning_one_forgets_those_that_are_over(database: Database, clock: ManualClock) -> None:
    person = add_user(database)
    begun(database, person.id)
    clock.advance(13)
    begun(database, person.id)

    with database.read() as unit:
        assert unit.connection.scalar(select(func.count()).select_from(table)) == 1
