"""Browsers that their owner signed in from before: what strangers do elsewhere keeps nobody out."""

import hashlib

import pytest
from sqlalchemy import select

from app.accounts import people, second_factor, sessions, signing_in
from app.accounts.models import known_devices
from app.accounts.permissions import Person
from app.accounts.signing_in import NotSignedIn, Step, TooManyTries
from app.kit.database import Database, Unit
from tests.factories import ManualClock
from tests.users import (
    EVERY_ROLE,
    PASSWORD,
    SecondFactor,
    add_second_factor,
    add_user,
    repeat_failed_attempts,
)

HOME, ELSEWHERE = "192.0.2.7", "198.51.100.7"
EMAIL = "aloe@hotline.example"


@pytest.fixture
def person(database: Database) -> Person:
    return add_user(database)


@pytest.fixture
def factor(database: Database, person: Person) -> SecondFactor:
    return add_second_factor(database, person)


def tried(
    database: Database,
    email: str = EMAIL,
    password: str = PASSWORD,
    address: str = HOME,
    device: str = "",
) -> Step:
    return signing_in.by_password(
        database,
        email,
        password,
        network_address=address,
        second_factor_roles=EVERY_ROLE,
        device=device,
    )


def failed(database: Database, times: int, address: str = HOME, device: str = "") -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            tried(database, password="not the password", address=address, device=device)


def signed_in(
    database: Database, factor: SecondFactor, device: str = "", email: str = EMAIL
) -> Step:
    """Sign in by password and the next recovery code, from a browser."""
    begun = tried(database, email, device=device)
    with database.read() as unit:
        used = 10 - second_factor.codes_left(unit, begun.person.id)
    return signing_in.by_code(
        database, begun.token, factor.codes[used], network_address=HOME, device=device
    )


def known(step: Step) -> str:
    """By what the browser is known from now on."""
    assert step.device is not None
    return step.device


def shut(database: Database) -> None:
    """Strangers fail a hundred times in a row."""
    failed(database, 1, ELSEWHERE)
    repeat_failed_attempts(database, 99)


def test_a_browser_known_by_password_and_code_stays_open_whatever_strangers_do(
    database: Database, clock: ManualClock, factor: SecondFactor
) -> None:
    device = known(signed_in(database, factor))
    shut(database)

    with pytest.raises(TooManyTries):
        tried(database)
    clock.advance(0.1)
    step = signed_in(database, factor, device)
    with pytest.raises(TooManyTries):
        tried(database)
    clock.advance(0.2)
    signed_in(database, factor, known(step))

    assert (step.is_complete, step.device == device) == (True, False)
    assert tried(database).person.name == "Aloe"  # signing in began the strangers' count anew


@pytest.mark.parametrize(
    "story",
    [
        "never seen", "signed in from later", "password alone", "somebody else's", "too long ago",
        "new password", "disabled and enabled", "another role", "second factor set anew",
        "signed out everywhere",
    ],
)  # fmt: skip
def test_a_browser_that_is_not_known_any_more_is_a_stranger(
    database: Database, clock: ManualClock, person: Person, factor: SecondFactor, story: str
) -> None:
    device = known(signed_in(database, factor))
    match story:
        case "never seen":
            device = "A" * 43
        case "signed in from later":
            signed_in(database, factor, device)
        case "password alone":
            device = tried(database, device=device).token
        case "somebody else's":
            other = add_second_factor(database, add_user(database, "Lotus"))
            device = known(signed_in(database, other, email="lotus@hotline.example"))
        case "too long ago":
            clock.advance(24 * 90)
        case _:
            with database.write() as unit:
                ends(unit, person, story)
    shut(database)

    with pytest.raises(TooManyTries):
        tried(database, device=device)


def ends(unit: Unit, person: Person, story: str) -> None:
    match story:
        case "new password":
            people.set_password(unit, person, PASSWORD)
        case "disabled and enabled":
            people.disable(unit, person.id, by="test")
            people.enable(unit, person.id, by="test")
        case "another role":
            people.change(unit, person.id, by="test", role="manager")
        case "second factor set anew":
            second_factor.drop(unit, person, "test")
        case _:
            sessions.end_all(unit, person.id)


def test_a_known_browser_has_tries_of_its_own_and_no_more_than_others(
    database: Database, clock: ManualClock, factor: SecondFactor
) -> None:
    device = known(signed_in(database, factor))

    failed(database, 10, device=device)
    with pytest.raises(TooManyTries):
        tried(database, device=device)
    assert tried(database).person.name == "Aloe"  # elsewhere nothing was counted

    repeat_failed_attempts(database, 90)
    clock.advance(24)
    with pytest.raises(TooManyTries):
        tried(database, device=device)


def test_two_people_at_one_browser_are_both_known_there(
    database: Database, factor: SecondFactor
) -> None:
    other = add_second_factor(database, add_user(database, "Iris"))
    device = known(signed_in(database, factor))
    step = signed_in(database, other, device, "iris@hotline.example")
    shut(database)

    with pytest.raises(TooManyTries):
        tried(database, device=device)
    assert signed_in(database, factor, known(step)).is_complete


def test_a_known_browser_proves_a_visit_again_whatever_strangers_do(
    database: Database, factor: SecondFactor
) -> None:
    step = signed_in(database, factor)
    shut(database)

    with pytest.raises(TooManyTries):
        signing_in.again(database, step.token, PASSWORD, network_address=HOME)
    signing_in.again(database, step.token, PASSWORD, network_address=HOME, device=known(step))


def test_what_a_browser_is_known_by_is_not_in_the_database(
    database: Database, factor: SecondFactor
) -> None:
    device = known(signed_in(database, factor))

    with database.read() as unit:
        kept = unit.connection.execute(select(known_devices)).one()
    assert (kept.digest, kept.user_id) == (hashlib.sha256(device.encode()).digest(), 1)
