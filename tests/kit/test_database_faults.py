"""What a database refuses is told in one line, by its code and never by its message."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from app.kit import database_faults

SECRET_WORDS = "https://zz-fixture.example/a"


def of_sqlite(name: str) -> DBAPIError:
    cause = sqlite3.OperationalError(SECRET_WORDS)
    cause.sqlite_errorname = name
    return DBAPIError("INSERT", {}, cause)


def of_postgresql(state: str | None) -> DBAPIError:
    kind = psycopg.OperationalError if state is None else psycopg.errors.lookup(state)
    return DBAPIError("INSERT", {}, kind(SECRET_WORDS))


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (of_sqlite("SQLITE_NOTADB"), "is not a SQLite database"),
        (of_sqlite("SQLITE_CORRUPT_INDEX"), "is damaged"),
        (of_sqlite("SQLITE_READONLY_DBMOVED"), "cannot be written"),
        (of_sqlite("SQLITE_IOERR_WRITE"), "cannot be read or written"),
        (of_sqlite("SQLITE_CONSTRAINT_UNIQUE"), "refused this"),
        (of_postgresql(None), "does not answer"),
        (of_postgresql("28P01"), "does not let this user in"),
        (of_postgresql("3D000"), "is not there"),
        (of_postgresql("53100"), "cannot take more"),
        (of_postgresql("25006"), "cannot be written"),
        (of_postgresql("23505"), "refused this"),
    ],
)
def test_a_fault_names_its_mend_and_quotes_nothing(error: DBAPIError, begins: str) -> None:
    told = database_faults.words(error)

    assert told.startswith(begins)
    assert SECRET_WORDS not in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql+psycopg://els:hunter2@host/db", "postgresql://els:***@host/db"),
        ("postgresql://els@host/db?password=hunter2", "postgresql://els@host/db"),
        (
            "postgresql://els@host/db?sslmode=require&sslpassword=hunter2",
            "postgresql://els@host/db?sslmode=require",
        ),
        ("sqlite:////data/takedown.sqlite3", "/data/takedown.sqlite3"),
    ],
)
def test_a_place_shows_no_password_wherever_it_stands(address: str, shown: str) -> None:
    assert database_faults.place(address) == shown
