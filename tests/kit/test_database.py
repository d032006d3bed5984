from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, func, insert, select, text, update

from app.accounts.models import tokens
from app.kit.database import Database, Unit, micros
from app.kit.errors import Misconfigured
from app.kit.vault import Vault
from tests.factories import START, ManualClock


def test_what_is_written_is_read_back_as_the_same_moment(database: Database) -> None:
    at = datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC)

    with database.write() as unit:
        unit.connection.execute(
            insert(tokens).values(name="a", digest=b"1", scopes="admin", created_at=at)
        )

    with database.read() as unit:
        assert unit.connection.scalar(select(tokens.c.created_at)) == at


def test_a_unit_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as unit:
            unit.connection.execute(
                insert(tokens).values(name="a", digest=b"1", scopes="x", created_at=START)
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with database.read() as unit:
        assert unit.connection.execute(select(tokens)).all() == []


def test_a_rehearsal_sees_what_it_did_and_leaves_nothing(database: Database) -> None:
    with database.rehearse() as unit:
        unit.connection.execute(
            insert(tokens).values(name="a", digest=b"1", scopes="x", created_at=START)
        )
        seen = unit.connection.scalar(select(tokens.c.name))

    assert seen == "a"
    with database.read() as unit:
        assert unit.connection.execute(select(tokens)).all() == []


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(TypeError):
        micros(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001


def test_sqlite_is_durable_and_forgets_what_is_deleted(migrated_sqlite: str, vault: Vault) -> None:
    database = Database(migrated_sqlite, vault, ManualClock())

    with database.read() as unit:
        found = {
            name: unit.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "recursive_triggers",
                "secure_delete",
            )
        }

    database.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
    }


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_postgresql_that_would_lose_writes_is_refused(address: str, vault: Vault) -> None:
    lax = create_engine(address, isolation_level="AUTOCOMMIT")
    with lax.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {lax.url.database} SET synchronous_commit = off"))
    lax.dispose()
    database = Database(address, vault, ManualClock())

    with pytest.raises(Misconfigured, match="synchronous_commit=off"), database.read():
        pass
    database.close()


def test_many_writers_wait_for_each_other_and_all_get_through(database: Database) -> None:
    def add(number: int) -> None:
        with database.write() as unit:
            unit.connection.execute(
                insert(tokens).values(
                    name=str(number), digest=bytes([number]), scopes="x", created_at=START
                )
            )

    with ThreadPoolExecutor(16) as writers:
        list(writers.map(add, range(64)))

    with database.read() as unit:
        assert unit.connection.scalar(select(func.count()).select_from(tokens)) == 64


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_note_that_cannot_be_written_refuses_nobody(database: Database) -> None:
    notes: list[str] = []

    def write_down(unit: Unit) -> None:
        notes.append("begun")
        unit.connection.exec_driver_sql("PRAGMA query_only=ON")
        unit.connection.execute(update(tokens).values(used_at=START))
        notes.append("written")

    database.note(write_down)

    assert notes == ["begun"]
