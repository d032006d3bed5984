from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from app.accounts.models import tokens
from app.kit.database import Database, micros


def test_what_is_written_is_read_back_as_the_same_moment(database: Database) -> None:
    at = datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC)

    with database.write() as unit:
        unit.connection.execute(
            insert(tokens).values(name="a", digest=b"1", scopes="admin", created_at=at)
        )

    with database.read() as unit:
        assert unit.connection.scalar(select(tokens.c.created_at)) == at


def test_a_unit_that_fails_leaves_nothing(database: Database, hands: object) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as unit:
        unit.connection.execute(
            insert(tokens).values(name="a", digest=b"1", scopes="x", created_at=database.clock())
        )
        raise ZeroDivisionError

    with database.read() as unit:
        assert unit.connection.execute(select(tokens)).all() == []


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(TypeError):
        micros(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001
