"""A database that is down, read-only, newer, damaged or foreign is told in one line, with its mend.

What a full disk does stands in test_full_disk.py.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool
from starlette.testclient import TestClient

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.http import request_log
from app.kit import database_faults
from app.kit import settings as settings_of
from tests.api.factories import TAKEDOWN
from tests.api_client import ApiClient
from tests.broken import broken
from tests.command_line import takedown
from tests.server_process import made_ready, serving

GARBAGE = b"\xff" * 4096
DOWN = "postgresql://nobody:a-password@127.0.0.1:1/takedown"


class Installation(NamedTuple):
    """A data folder and the database that goes with it."""

    folder: Path
    address: str

    @property
    def file(self) -> Path:
        return Path(str(make_url(self.address).database))

    def run(self, *statements: str) -> None:
        """Do something to the database from outside."""
        engine = maintaining(self.address)
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def overwrite(self, offset: int, content: bytes) -> None:
        """Harm the file of a SQLite database, and let nobody go on with what he read before."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with self.file.open("r+b") as file:
            file.seek(offset)
            file.write(content)


def maintaining(address: str) -> Engine:
    return create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")


@pytest.fixture
def installation(tmp_path: Path, address: str) -> Installation:
    made_ready(tmp_path / "data", database_url=address)
    return Installation(tmp_path / "data", address)


def newer(installation: Installation) -> None:
    installation.run("UPDATE alembic_version SET version_num = '9999'")


def foreign(installation: Installation) -> None:
    installation.run("ALTER TABLE alembic_version RENAME TO versions")


def read_only(installation: Installation) -> None:
    if installation.address.startswith("sqlite"):
        # The file asks a later version of SQLite of those who write (its format, section 1.3.3).
        installation.overwrite(18, b"\x03")
    else:
        name = make_url(installation.address).database
        installation.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on", THROW_OUT)


def damaged(installation: Installation) -> None:
    installation.overwrite(100, GARBAGE)


def no_database(installation: Installation) -> None:
    installation.overwrite(0, GARBAGE)


THROW_OUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


# At the start.


@pytest.mark.parametrize(
    ("address", "story", "said"),
    [
        (kind, story, said)
        for story, said in (
            (newer, "was made by a newer version (schema 9999); install that one, or restore"),
            (foreign, "holds tables of something else; name a database of its own"),
            (read_only, "cannot be written: "),
        )
        for kind in ("sqlite", "postgresql")
    ]
    + [
        ("sqlite", damaged, "is damaged; stop the server and restore the newest backup"),
        ("sqlite", no_database, "is not a SQLite database; name another file, or restore"),
    ],
    indirect=["address"],
)
def test_at_the_start_it_is_one_line_and_the_end(
    installation: Installation, story: Callable[[Installation], None], said: str
) -> None:
    story(installation)

    assert (
        at_the_start(installation.folder, installation.address)
        == f"takedown: {place(installation.address)}: {said}"
    )


def at_the_start(folder: Path, address: str, length: int = 10_000) -> Any:
    done = takedown(
        "serve", "--port", "0", "--data-dir", str(folder), TAKEDOWN_DATABASE_URL=address
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return Beginning(done.stderr)


class Beginning(str):
    """A line that equals what it begins with."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.startswith(other)


def place(address: str) -> str:
    url = make_url(address)
    if url.drivername == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_application_that_does_not_translate_faults_is_found_out(
    installation: Installation,
) -> None:
    damaged(installation)

    untranslated = (database_faults, "translating", lambda _: lambda _: None)
    with broken(untranslated), pytest.raises(AssertionError, match=r"== \(1, '', 1\)"):
        at_the_start(installation.folder, installation.address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (DOWN, "does not answer, or does not let this user in; "),
        ("sqlite:////no/such/folder/a.sqlite3", "cannot be opened; "),
    ],
)
def test_where_nobody_answers_the_line_names_the_place_without_its_password(
    tmp_path: Path, address: str, said: str
) -> None:
    told = at_the_start(tmp_path / "data", address)

    assert told == f"takedown: {place(address)}: {said}"
    assert "a-password" not in told


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_a_damaged_table_of_postgresql_is_one_line(tmp_path: Path, address: str) -> None:
    with maintaining(address).connect() as connection:
        where = connection.execute(
            text("SELECT current_setting('data_directory'), pg_relation_filepath('key_check')")
        ).one()
    Path(*where).write_bytes(GARBAGE * 2)
    settings_of.keep_secret(settings_of.read(tmp_path / "data"), bytes(32))

    assert at_the_start(tmp_path / "data", address) == f"takedown: {place(address)}: is damaged"


# While it serves.


@pytest.fixture
def served(installation: Installation) -> Iterator[ApiClient]:
    """A caller of an application that was started while all was well."""
    parts = main.context(
        settings_of.Settings(data_dir=installation.folder, database_url=installation.address)
    )
    with parts.database.write() as unit:
        token = access.add_token(unit, "another", SCOPES)
    with TestClient(main.create_app(parts)) as client:
        caller = ApiClient(client, token)
        assert (
            caller.request("POST", "/takedowns", TAKEDOWN | {"report_again": True}).status_code
            == 201
        )
        yield caller
    parts.database.close()


def raising(code: str) -> Callable[[Installation], None]:
    """Let PostgreSQL refuse new takedowns as if this had befallen it."""

    def refuse(installation: Installation) -> None:
        installation.run(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE 'a secret' USING ERRCODE = '{code}'; END $$",
            "CREATE TRIGGER refuse BEFORE INSERT ON takedowns "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
        )

    return refuse


def table_gone(installation: Installation) -> None:
    installation.run("ALTER TABLE takedowns RENAME TO others")


def down(installation: Installation) -> None:
    name = make_url(installation.address).database
    server = Installation(
        installation.folder, str(make_url(installation.address).set(database="template1"))
    )
    server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    server.run(THROW_OUT.replace("current_database()", f"'{name}'"))


@pytest.mark.parametrize(
    ("address", "story", "code", "logged"),
    [
        ("sqlite", newer, "not_migrated", "migrated by a newer version; start that one"),
        ("postgresql", newer, "not_migrated", "migrated by a newer version; start that one"),
        ("sqlite", read_only, "unavailable", "cannot be written: file or folder are read-only"),
        ("postgresql", read_only, "unavailable", "cannot be written: it is read-only"),
        ("sqlite", table_gone, "unavailable", "look whether it is the right database"),
        ("postgresql", table_gone, "unavailable", "look whether it is the right database"),
        ("sqlite", damaged, "unavailable", "is damaged; stop the server and restore"),
        ("sqlite", no_database, "unavailable", "is not a SQLite database; name another file"),
        ("postgresql", raising("XX001"), "unavailable", "is damaged; look at the server's log"),
        ("postgresql", raising("53100"), "unavailable", "disk, memory or connections are used up"),
        ("postgresql", down, "unavailable", "does not answer, or does not let this user in"),
    ],
    indirect=["address"],
)
def test_while_it_serves_it_is_our_503_and_one_line_in_the_log(
    installation: Installation,
    served: ApiClient,
    caplog: pytest.LogCaptureFixture,
    story: Callable[[Installation], None],
    code: str,
    logged: str,
) -> None:
    story(installation)

    answer = served.request("POST", "/takedowns", TAKEDOWN | {"report_again": True})

    assert (answer.status_code, answer.headers["content-type"], answer.json()["code"]) == (
        (503, "application/problem+json", code)
    )
    faults = [record for record in caplog.records if record.levelno >= logging.WARNING]
    [line] = [record for record in faults if record.name != request_log.__name__]
    assert (line.exc_info, line.getMessage().count(logged), "\n" in line.getMessage()) == (
        (None, 1, False)
    )
    assert "a secret" not in line.getMessage() + answer.text


def test_a_server_that_lost_its_database_works_on_once_it_is_back(
    tmp_path: Path, empty: Callable[[str], str]
) -> None:
    installation = Installation(tmp_path / "data", empty("postgresql"))
    token = made_ready(installation.folder, database_url=installation.address)
    with serving(installation.folder, token, TAKEDOWN_DATABASE_URL=installation.address) as server:
        down(installation)
        gone = [server.client.get(path) for path in ("/health/live", "/health/ready", "/takedowns")]
        lines = server.output.read_text().splitlines()
        name = make_url(installation.address).database
        there = Installation(
            installation.folder, str(make_url(installation.address).set(database="template1"))
        )
        there.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        back = server.client.get("/health/ready")

    assert [answer.status_code for answer in (*gone, back)] == [200, 503, 503, 200]
    assert len([line for line in lines if "does not answer" in line]) == 2
    assert "Traceback" not in server.output.read_text()
