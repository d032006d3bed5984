import pytest

from app.accounts import access, audit
from app.accounts.audit import Wanted
from app.accounts.permissions import Caller
from app.kit.database import Database
from app.kit.errors import NoSuchThing
from tests.callers import Caller as Api
from tests.factories import START, Hands


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
        (2, "First", scopes, START, None, None, None),
        (1, "second", scopes, START, None, None, None),
    ]


def test_a_revoked_token_is_nobodys_for_ever(database: Database, hands: Hands) -> None:
    token = made(database)
    with database.read() as unit:
        before = access.caller_of(unit, token, hands.now)
    with database.write() as unit:
        access.revoke(unit, 1, by="Iris")
        access.revoke(unit, 1, by="Iris")

    with database.read() as unit:
        after = access.caller_of(unit, token, hands.now)
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
    database: Database, hands: Hands
) -> None:
    made(database)

    with database.write() as unit:
        assert access.is_to_be_touched(unit, 1, hands.now)
        access.touch(unit, 1)
        assert not access.is_to_be_touched(unit, 1, hands.forward(59 / 3600))
        assert access.is_to_be_touched(unit, 1, hands.forward(1 / 3600))


def test_a_clock_that_ran_ahead_leaves_no_use_to_come(database: Database, hands: Hands) -> None:
    made(database)
    hands.forward(730 * 24)
    with database.write() as unit:
        access.touch(unit, 1)

    with database.read() as unit:
        assert access.is_to_be_touched(unit, 1, hands.forward(-730 * 24))


def test_a_call_writes_down_that_its_token_is_in_use(
    database: Database, call: Api, hands: Hands
) -> None:
    called_at = hands.forward(1)
    call("GET", "/takedowns")

    with database.read() as unit:
        [token] = access.everything(unit)
    assert token.used_at == called_at
