from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.accounts import access, audit
from app.accounts.audit import Wanted
from app.accounts.permissions import Caller
from app.kit import steady_clock
from app.kit.database import Database
from app.kit.errors import Conflict, NoSuchThing, Refused
from tests.api_client import ApiClient
from tests.factories import START, ManualClock


def made(database: Database, name: str = "case system") -> str:
    with database.write() as unit:
        return access.add_token(unit, name, ["events:write", "content:read"], by="Iris")


def test_tokens_are_listed_without_what_opens_the_door(database: Database) -> None:
    made(database, "second")
    made(database, "First")

    with database.read() as unit:
        listed = access.everything(unit)

    scopes = ["content:read", "events:write"]
    assert [tuple(token) for token in listed] == [
        (2, "First", scopes, START, None, None, None, None, None),
        (1, "second", scopes, START, None, None, None, None, None),
    ]


def test_a_revoked_token_is_nobodys_for_ever(database: Database, clock: ManualClock) -> None:
    token = made(database)
    with database.read() as unit:
        before = access.caller_of(unit, token, clock.now)
    with database.write() as unit:
        access.revoke(unit, 1, by="Iris")
        access.revoke(unit, 1, by="Iris")

    with database.read() as unit:
        after = access.caller_of(unit, token, clock.now)
        told = audit.page(unit, Wanted(by="Iris"), before=None, limit=9)

    scopes = ["content:read", "events:write"]
    assert (before, after) == (Caller(1, "case system", frozenset(scopes)), None)
    assert [(entry.action, entry.detail) for entry in reversed(told)] == [
        ("token_added", {"token": "case system", "scopes": scopes}),
        ("token_revoked", {"token": "case system"}),
    ]


def test_a_token_that_is_not_there_cannot_be_revoked(database: Database) -> None:
    with pytest.raises(NoSuchThing), database.write() as unit:
        access.revoke(unit, 17)


def test_use_of_a_token_is_due_to_be_written_down_once_a_minute(
    database: Database, clock: ManualClock
) -> None:
    secret = access.digest(made(database))

    with database.write() as unit:
        assert access.is_to_be_touched(unit, secret, clock.now)
        access.touch(unit, secret)
        assert not access.is_to_be_touched(unit, secret, clock.advance(59 / 3600))
        assert access.is_to_be_touched(unit, secret, clock.advance(1 / 3600))


def test_a_clock_that_ran_ahead_leaves_no_use_to_come(
    database: Database, clock: ManualClock
) -> None:
    secret = access.digest(made(database))
    clock.advance(730 * 24)
    with database.write() as unit:
        access.touch(unit, secret)

    with database.read() as unit:
        assert access.is_to_be_touched(unit, secret, clock.advance(-730 * 24))


def holder(database: Database, token: str) -> Caller | None:
    with database.read() as unit:
        return access.caller_of(unit, token, steady_clock.now(unit))


def test_a_token_expires_at_its_moment_and_no_clock_put_back_revives_it(
    database: Database, clock: ManualClock
) -> None:
    with database.write() as unit:
        expires_at = clock.now + timedelta(hours=2)
        token = access.add_token(unit, "guest", ["metrics:read"], expires_at=expires_at)

    clock.advance(2 - 1 / 3600)
    assert holder(database, token) is not None
    clock.advance(1 / 3600)
    assert holder(database, token) is None
    clock.advance(-1)
    assert holder(database, token) is None


def test_a_rotated_token_has_two_secrets_until_the_given_moment(
    database: Database, clock: ManualClock
) -> None:
    old = made(database)
    with database.write() as unit:
        access.touch(unit, access.digest(old))
        new = access.rotate(unit, 1, until=clock.now + timedelta(hours=24), by="Iris")
    used_at = clock.advance(1)
    with database.write() as unit:
        access.touch(unit, access.digest(new))
        [token] = access.everything(unit)

    assert (token.used_at, token.previous_used_at) == (used_at, START)
    assert holder(database, old) == holder(database, new) is not None
    clock.advance(23)
    assert [holder(database, old), holder(database, new) is None] == [None, False]


def test_revoking_ends_both_secrets_of_a_rotated_token(
    database: Database, clock: ManualClock
) -> None:
    old = made(database)
    with database.write() as unit:
        new = access.rotate(unit, 1, until=clock.now + timedelta(hours=24))
        access.revoke(unit, 1)

    assert [holder(database, old), holder(database, new)] == [None, None]
    with pytest.raises(Conflict), database.write() as unit:
        access.rotate(unit, 1, until=clock.now + timedelta(hours=24))


def test_a_third_secret_ends_the_first(database: Database, clock: ManualClock) -> None:
    first = made(database)
    until = clock.now + timedelta(hours=24)
    with database.write() as unit:
        second, third = (access.rotate(unit, 1, until=until) for _ in range(2))

    assert [holder(database, one) is None for one in (first, second, third)] == [True, False, False]


@pytest.mark.parametrize("hours", [0, -1])
def test_nothing_works_until_a_moment_that_is_over(
    database: Database, clock: ManualClock, hours: int
) -> None:
    made(database)
    over = clock.now + timedelta(hours=hours)

    with pytest.raises(Refused), database.write() as unit:
        access.add_token(unit, "late", ["admin"], expires_at=over)
    with pytest.raises(Refused), database.write() as unit:
        access.rotate(unit, 1, until=over)


def test_what_works_until_a_day_works_all_through_it() -> None:
    day, zone = date(2026, 3, 29), ZoneInfo("Europe/Brussels")

    assert access.end_of(day, zone) == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_a_call_writes_down_that_its_token_is_in_use(
    database: Database, api: ApiClient, clock: ManualClock
) -> None:
    called_at = clock.advance(1)
    api.request("GET", "/takedowns")

    with database.read() as unit:
        [token] = access.everything(unit)
    assert token.used_at == called_at
