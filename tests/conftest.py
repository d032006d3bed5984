"""What tests stand on: a fresh, migrated database each, on SQLite and on a real PostgreSQL."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from starlette.testclient import TestClient

from app import main
from app.accounts import access, passwords
from app.accounts.permissions import SCOPES
from app.context import Context
from app.kit import database as database_module
from app.kit import settings as settings_of
from app.kit.clock import Clock
from app.kit.database import Database
from app.kit.vault import Vault
from app.notices.filling import Workspace
from tests import databases, fictional_year
from tests.api_client import ApiClient
from tests.both_databases import is_told_on_sqlite
from tests.databases import Story, Template
from tests.factories import SECRET, START, ManualClock


def in_memory() -> str | None:
    """Where what looks like a disk is memory, and has room: databases sync after every write."""
    place = Path("/dev/shm")
    is_roomy = place.is_dir() and shutil.disk_usage(place).free > 2 * 1024**3
    return str(place) if is_roomy and os.access(place, os.W_OK) else None


IN_MEMORY = in_memory()
if IN_MEMORY:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", IN_MEMORY)
# Nothing is timed in a test: a busy machine proves nothing. `./run check` draws fully.
hypothesis.settings.register_profile("quick", deadline=None, max_examples=20)
hypothesis.settings.register_profile("full", deadline=None)
hypothesis.settings.load_profile("quick")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for a server, a deadline or a browser."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if is_told_on_sqlite(item.nodeid) and "postgresql" in (
            parameters.get("address"),
            parameters.get("kind"),
        ):
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Modules stay for the whole run: looking through them for garbage took a tenth of its time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _passwords_at_the_least_cost() -> Iterator[None]:
    """A password takes 40 ms to keep or compare; tests/accounts/test_passwords.py pays that."""
    least = PasswordHash((Argon2Hasher(memory_cost=8, time_cost=1, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHING", least)
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """A test has a database of its own, and what others compiled for one of its kind."""
    compiled = LRUCache[Any, Any](2000)
    engine_of = database_module._engine

    def sharing(address: str) -> Engine:
        engine = engine_of(address)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "_engine", sharing)
        # Compiled statements are kept by dialect: two of a kind write the same.
        patch.setattr(DefaultDialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(DefaultDialect, "__hash__", lambda one: hash(type(one)))
        yield


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault(SECRET)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'empty.sqlite3'}"
    databases.migrate(address, vault)
    return address


@pytest.fixture(scope="session")
def migrated_postgresql(vault: Vault) -> Iterator[str]:
    """Start the PostgreSQL that a wheel brings; yields the address of a migrated database."""
    # Not in pytest's folder: every other run on the machine closes that to the server's user.
    with TemporaryDirectory(
        prefix="takedown-", dir=IN_MEMORY, ignore_cleanup_errors=True
    ) as folder:
        server = databases.start_postgresql(Path(folder))
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        databases.migrate(address, vault)
        yield address
        server.cleanup()


@pytest.fixture(scope="session")
def template(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    vault: Vault,
    workspace: Workspace,
) -> Callable[[str, Story], Template]:
    """Makes the database of a kind that was told a story, once for all tests that copy it."""

    @cache
    def made(kind: str, story: Story) -> Template:
        migrated = request.getfixturevalue(f"migrated_{kind}")
        if story is databases.nothing:
            return Template(migrated, START)
        copy = databases.copied(migrated, tmp_path_factory.mktemp("told"))
        return databases.tell(story, copy, vault, workspace)

    return made


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo's fictional year; tests work on copies of it."""
    return fictional_year.kept(tmp_path_factory)


@pytest.fixture
def past() -> Story:
    """What the database of a test has been told; a module whose tests begin later says so."""
    return databases.nothing


@pytest.fixture(params=["sqlite", "postgresql"])
def address(
    request: pytest.FixtureRequest,
    template: Callable[[str, Story], Template],
    past: Story,
    clock: ManualClock,
    tmp_path: Path,
) -> Iterator[str]:
    """The address of a fresh, migrated database, at the end of its past."""
    found = template(request.param, past)
    clock.now = found.ends_at
    made = databases.copied(found.address, tmp_path)
    yield made
    databases.drop(made)


@pytest.fixture
def told(address: str, past: Story, template: Callable[[str, Story], Template]) -> Any:
    """What the story of a test's past returned."""
    return template(databases.kind_of(address), past).told


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Tells the address of a database without any table; one of SQLite comes about by its use."""
    all_made = []

    def made(kind: str) -> str:
        if kind == "sqlite":
            all_made.append(f"sqlite:///{tmp_path / f'{len(all_made)}.sqlite3'}")
        else:
            server = request.getfixturevalue("migrated_postgresql")
            all_made.append(databases.created(server, "template0"))
        return all_made[-1]

    yield made
    for address in all_made:
        databases.drop(address)


@pytest.fixture
def database(address: str, vault: Vault, clock: Clock) -> Iterator[Database]:
    """A fresh, migrated database whose clock the test moves."""
    database = Database(address, vault, clock)
    yield database
    database.close()


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return main.workspace_of(
        settings_of.Settings(
            organisation_name="Fictional Hotline",
            organisation_email="notices@hotline.example",
            rate_limit=0,
        )
    )


@pytest.fixture
def parts(database: Database, workspace: Workspace, clock: ManualClock) -> Context:
    settings = settings_of.Settings(rate_limit=0)
    return Context(settings, database, clock, workspace)


@pytest.fixture
def api(parts: Context) -> Iterator[ApiClient]:
    """A client of the API that may do everything."""
    with parts.database.write() as unit:
        token = access.add_token(unit, "case system", SCOPES)
    with TestClient(main.create_app(parts)) as client:
        yield ApiClient(client, token)


@pytest.fixture
def api_with(parts: Context, api: ApiClient) -> Any:
    """Make a client of the API with these scopes only."""
    numbers = count(1)

    def made(*scopes: str) -> ApiClient:
        with parts.database.write() as unit:
            token = access.add_token(unit, f"limited {next(numbers)}", scopes)
        return ApiClient(api.client, token)

    return made
