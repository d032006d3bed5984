"""What strangers who try to sign in may cost: a bounded number of tries, of hashes, of entries."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts import audit, passwords, people, signing_in
from app.accounts.audit import Wanted
from app.accounts.models import attempts
from app.accounts.signing_in import Busy, NotSignedIn, TooManyTries
from app.kit.database import Database
from tests.factories import ManualClock
from tests.users import EVERY_ROLE, PASSWORD, add_second_factor, add_user, totp_code

HOME, ELSEWHERE = "192.0.2.7", "198.51.100.7"
EMAIL = "aloe@hotline.example"


def tried(
    database: Database, email: str, password: str = "wrong", address: str = HOME, device: str = ""
) -> type[Exception] | str:
    """How a try ends."""
    try:
        step = signing_in.by_password(
            database,
            email,
            password,
            network_address=address,
            second_factor_roles=EVERY_ROLE,
            device=device,
        )
    except (NotSignedIn, TooManyTries) as refused:
        return type(refused)
    return step.token


def strangers(database: Database, count: int, address: str = HOME) -> list[Any]:
    """How tries for ever other accounts that nobody has end."""
    return [tried(database, f"s{number}@example.org", address=address) for number in range(count)]


def failures_told(database: Database) -> list[tuple[str, dict[str, Any]]]:
    with database.read() as unit:
        found = audit.page(unit, Wanted(action="sign_in_failed"), before=None, limit=99)
    return [(entry.by, dict(entry.detail)) for entry in reversed(found)]


def summed(tries: int, accounts: int, networks: int) -> tuple[str, dict[str, Any]]:
    return "unknown", {
        "step": "password", "tries": tries, "accounts": accounts, "networks": networks,
    }  # fmt: skip


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were compared."""
    compared: list[str] = []
    matches: Callable[[str, str | None], bool] = passwords.matches

    def seen(password: str, kept_as: str | None) -> bool:
        compared.append(password)
        return matches(password, kept_as)

    monkeypatch.setattr(passwords, "matches", seen)
    return compared


def test_sixty_tries_from_one_network_are_looked_at_in_a_quarter_of_an_hour(
    database: Database, clock: ManualClock, hashes: list[str]
) -> None:
    add_user(database)
    first = strangers(database, 61)
    mapped = tried(database, EMAIL, PASSWORD, f"::ffff:{HOME}")

    assert (first, mapped) == ([NotSignedIn] * 60 + [TooManyTries], TooManyTries)
    assert len(hashes) == 60
    assert isinstance(tried(database, EMAIL, PASSWORD, ELSEWHERE), str)
    clock.advance(0.26)
    assert isinstance(tried(database, EMAIL, PASSWORD), str)


def test_neighbours_of_a_stranger_come_in_from_browsers_that_are_known(
    database: Database, clock: ManualClock
) -> None:
    factor = add_second_factor(database, add_user(database))
    clock.advance(0.1)
    token = tried(database, EMAIL, PASSWORD)
    assert isinstance(token, str)
    step = signing_in.by_code(
        database, token, totp_code(database, factor.secret), network_address=HOME
    )
    strangers(database, 60)

    assert tried(database, EMAIL, PASSWORD) is TooManyTries
    assert isinstance(tried(database, EMAIL, PASSWORD, device=step.device or ""), str)


def test_failures_of_accounts_nobody_has_are_one_entry_a_window(
    database: Database, clock: ManualClock
) -> None:
    add_user(database)
    strangers(database, 1)
    clock.advance(0.01)
    strangers(database, 20)
    strangers(database, 10, ELSEWHERE)
    tried(database, EMAIL)
    assert failures_told(database)[0] == summed(1, 1, 1)
    assert [by for by, _ in failures_told(database)] == ["unknown", "Aloe"]

    clock.advance(0.26)
    tried(database, "another@example.org")
    clock.advance(0.01)
    strangers(database, 4)
    clock.advance(0.26)
    signing_in.by_password(database, EMAIL, PASSWORD, network_address=HOME, second_factor_roles=())

    told = [one for one in failures_told(database) if one[0] == "unknown"]
    assert told == [summed(1, 1, 1), summed(31, 21, 2), summed(4, 4, 1)]
    assert sum(detail["tries"] for _, detail in told) == 36


def test_without_failures_nothing_is_summed_up(database: Database, clock: ManualClock) -> None:
    add_user(database)
    for _ in range(3):
        clock.advance(1)
        signing_in.by_password(
            database, EMAIL, PASSWORD, network_address=HOME, second_factor_roles=()
        )

    assert failures_told(database) == []


@contextmanager
def everybody_at_it(turns: int) -> Iterator[None]:
    with ExitStack() as taken:
        for _ in range(turns):
            taken.enter_context(passwords.turn())
        yield


def test_while_many_sign_in_others_are_told_to_wait_and_no_try_is_counted(
    database: Database,
) -> None:
    add_user(database)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_AT_ONCE", ExitStack())
        with everybody_at_it(16):
            assert tried(database, EMAIL, PASSWORD) is Busy
        with everybody_at_it(15):
            assert isinstance(tried(database, EMAIL, PASSWORD), str)

    with database.read() as unit:
        assert unit.connection.scalar(select(func.count()).select_from(attempts)) == 0
        assert people.find(unit, EMAIL) is not None
