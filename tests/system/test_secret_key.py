"""A database opens with its own secret key only; with any other nothing is made or written.

The property is told once, by `harm`; every command is held to it, and an application that checks
no key is seen to break it.
"""

import base64
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import create_engine, delete, update
from sqlalchemy.pool import NullPool
from starlette.testclient import TestClient

from app import main, opening
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.context import Context
from app.kit import key_check, migrate
from app.kit import settings as settings_of
from app.kit.database import Database
from app.kit.errors import WrongKey
from app.kit.settings import Settings
from app.kit.vault import Vault
from app.opening import KeyVerdict
from app.takedowns.models import data_keys, events
from tests import broken
from tests.api_client import ApiClient
from tests.command_line import CommandResult, takedown
from tests.databases import Story, nothing
from tests.examples import first_quickly
from tests.factories import SECRET, ManualClock
from tests.migrations import releases
from tests.migrations.releases import SCHEMAS
from tests.proof.tampering import disarm
from tests.sample_record import facts, populate, submit
from tests.server_process import AS_SERVED, serving

KEY, OTHER = (base64.urlsafe_b64encode(key).decode() for key in (SECRET, SECRET[::-1]))
SHEET = "case_ref;category;explanation;url\nC-1;csam_ai;Assessed.;https://youtu.be/aB3dE5fG7hE\n"
READING = ("verify", "export", "token list", "backup {tmp}/a.backup")
COMMANDS = (
    *READING,
    "serve --port 1",
    "migrate",
    "token add another --scope admin",
    "token revoke case-system",
    "user add zz@hotline.example --role admin",
    "user link zz@hotline.example",
    "basis set x article_22 --from 2026-01-01",
    "import {tmp}/cases.csv",
    "import {tmp}/cases.csv --dry-run",
)


class Installation(NamedTuple):
    """A database, and the folder with its secret key."""

    folder: Path
    address: str

    def typed(self, command: str, **changed: str) -> CommandResult:
        """Type a command for this database."""
        words = command.format(tmp=self.folder.parent).split()
        settings = {"DATA_DIR": str(self.folder), "DATABASE_URL": self.address} | changed
        return takedown(*words, **{f"TAKEDOWN_{name}": value for name, value in settings.items()})

    def held(self) -> releases.Rows:
        engine = create_engine(self.address, poolclass=NullPool)
        with engine.connect() as connection:
            return releases.held(connection)

    def files(self) -> dict[Path, bytes]:
        """Everything that lies around, but the database itself."""
        return {
            path: path.read_bytes()
            for path in self.folder.parent.rglob("*")
            if path.is_file() and ".sqlite3" not in path.name
        }


SLOW = pytest.mark.slow


def without_drafts(api: ApiClient, clock: ManualClock) -> None:
    made = api.post("/takedowns", facts("C-1", "https://youtu.be/aB3dE5fG7hE"))
    submit(api, made["reference"], no_ticket=True)


@pytest.fixture(
    params=[
        pytest.param(populate, id="with drafts"),
        pytest.param(without_drafts, id="without drafts", marks=SLOW),
        pytest.param(nothing, id="a token only", marks=SLOW),
    ]
)
def past(request: pytest.FixtureRequest) -> Story:
    return request.param


@pytest.fixture
def installation(tmp_path: Path, address: str, api: ApiClient) -> Installation:
    installation = Installation(tmp_path / "installation" / "data", address)
    settings_of.keep_secret(Settings(data_dir=installation.folder), SECRET)
    (tmp_path / "installation" / "cases.csv").write_text(SHEET)
    return installation


def lost(installation: Installation) -> dict[str, str]:
    (installation.folder / "secret.key").unlink()
    return {}


def wrong(installation: Installation) -> dict[str, str]:
    (installation.folder / "secret.key").write_text(OTHER)
    return {}


def foreign(_: Installation) -> dict[str, str]:
    return {"SECRET_KEY": OTHER}


def from_another_folder(installation: Installation) -> dict[str, str]:
    return {"DATA_DIR": str(installation.folder.with_name("other"))}


def from_another_installation(installation: Installation) -> dict[str, str]:
    folder = installation.folder.with_name("other")
    settings_of.keep_secret(Settings(data_dir=folder), SECRET[::-1])
    return {"DATA_DIR": str(folder)}


STORIES = (lost, wrong, foreign, from_another_folder, from_another_installation)


def harm(
    installation: Installation, story: Callable[[Installation], dict[str, str]], *commands: str
) -> list[tuple[str, str]]:
    """What commands do that they must not, where the key is not the database's own."""
    changed = story(installation)
    rows, files = installation.held(), installation.files()
    found = []
    for command in commands:
        done = installation.typed(command, **changed)
        said = done.stderr
        wrong = {
            "was not refused": done.returncode == 0,
            "did not say so in one line": said.count("\n") != 1,
            "did not name the key": "secret key" not in said and "secret.key" not in said,
            "wrote rows": installation.held() != rows,
            "wrote files": installation.files() != files,
        }
        found += [(command, what) for what, is_so in wrong.items() if is_so]
    (installation.folder / "secret.key").unlink(missing_ok=True)
    settings_of.keep_secret(Settings(data_dir=installation.folder), SECRET)
    if installation.typed("verify").returncode != 0:
        found.append(("verify", "is not clean with the right key back"))
    return found


@pytest.mark.parametrize("story", first_quickly(STORIES, 2))
def test_no_command_works_or_writes_without_the_databases_own_key(
    installation: Installation, story: Callable[[Installation], dict[str, str]]
) -> None:
    assert harm(installation, story, *COMMANDS) == []


@pytest.mark.parametrize(
    ("story", "without", "command"),
    [
        (wrong, broken.trusting, "token add another --scope admin"),
        (foreign, broken.trusting, "verify"),
        (from_another_installation, broken.trusting, "user add zz@hotline.example --role admin"),
        (lost, broken.forgetful, "token add another --scope admin"),
        (from_another_folder, broken.forgetful, "migrate"),
    ],
)
@pytest.mark.parametrize("past", [populate])
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_application_that_checks_no_key_is_found_out(
    installation: Installation,
    story: Callable[[Installation], dict[str, str]],
    without: Callable[[], Iterator[None]],
    command: str,
) -> None:
    with without():
        assert harm(installation, story, command) != []


def made_by_reading(folder: Path, command: str) -> list[Path]:
    """What a command that only reads has made where nothing was."""
    words = command.format(tmp=folder).split()
    done = takedown(*words, TAKEDOWN_DATA_DIR=str(folder / "data"))
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    return list(folder.iterdir())


@pytest.mark.parametrize("command", [*READING, "token revoke x", "user link zz@hotline.example"])
def test_a_command_that_only_reads_makes_no_folder_key_or_database(
    tmp_path: Path, command: str
) -> None:
    assert made_by_reading(tmp_path, command) == []


def test_an_application_that_makes_what_is_not_there_is_found_out(tmp_path: Path) -> None:
    with broken.generous(), pytest.raises(AssertionError):
        assert made_by_reading(tmp_path, "token list") == []


def opened(installation: Installation, clock: ManualClock) -> closing[Database]:
    return closing(Database(installation.address, Vault(SECRET), clock))


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def upgraded(
    kind: str, empty: Callable[[str], str], tmp_path: Path, clock: ManualClock
) -> Callable[[str], Installation]:
    """Makes an installation of a released schema."""

    def made(schema: str) -> Installation:
        release = releases.read(schema)
        installation = Installation(tmp_path / "installation" / "data", empty(kind))
        settings_of.keep_secret(Settings(data_dir=installation.folder), SECRET)
        with opened(installation, clock) as database, database.write() as unit:
            migrate.to(unit.connection, schema)
            releases.fill(unit.connection, release.rows)
        return installation

    return made


@pytest.mark.parametrize("schema", releases.some())
def test_a_released_database_upgrades_with_its_own_key_and_with_no_other(
    upgraded: Callable[[str], Installation], schema: str
) -> None:
    installation = upgraded(schema)
    before = installation.held()

    refused = installation.typed("migrate", SECRET_KEY=OTHER)
    after = installation.held()
    done = [installation.typed(command).returncode for command in ("migrate", "verify", "migrate")]

    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert after == before
    assert done == [0, 0, 0]
    assert installation.held()["key_check"] == [{"value": releases.plain(Vault(SECRET).key_check)}]


@pytest.mark.parametrize("schema", releases.some([name for name in SCHEMAS if name < "0006"]))
@pytest.mark.parametrize("table", [events, data_keys])
def test_no_key_is_kept_by_a_record_whose_newest_entry_was_changed(
    upgraded: Callable[[str], Installation],
    schema: str,
    table: object,
    clock: ManualClock,
) -> None:
    installation = upgraded(schema)
    column = events.c.mac if table is events else data_keys.c.wrapped
    with opened(installation, clock) as database, database.write() as unit:
        disarm(unit.connection)
        unit.connection.execute(update(table).values({column: b"\x02" + bytes(60)}))

    done = installation.typed("migrate")

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "run takedown verify" in done.stderr
    assert "key_check" not in installation.held()


def test_a_changed_check_value_is_named_by_verify_and_stops_the_server(
    installation: Installation, database: Database
) -> None:
    with database.write() as unit:
        unit.connection.execute(update(key_check.key_check).values(value=bytes(32)))

    proved, started = installation.typed("verify"), installation.typed("serve --port 1")

    assert proved.returncode == started.returncode == 1
    assert "key check value: is not the one of this secret key" in proved.stdout
    assert "run takedown verify" in started.stderr


@pytest.fixture
def guarded(installation: Installation) -> Iterator[Context]:
    """The application over a database that was opened with its own key."""
    parts = main.context(
        Settings(data_dir=installation.folder, database_url=installation.address, rate_limit=0)
    )
    yield parts
    parts.database.close()


def swapped(parts: Context) -> None:
    """Let another record lie where this one lay."""
    with parts.database.engine.begin() as connection:
        connection.execute(delete(key_check.key_check))
        connection.execute(key_check.key_check.insert().values(value=bytes(32)))


@pytest.mark.parametrize("past", [without_drafts])
def test_a_server_whose_database_was_swapped_writes_nothing_and_is_not_ready(
    installation: Installation, guarded: Context
) -> None:
    with guarded.database.write() as unit:
        token = access.add_token(unit, "caller", SCOPES)
    with TestClient(main.create_app(guarded)) as client:
        api = ApiClient(client, token)
        ready = api.request("GET", "/health/ready")
        swapped(guarded)
        rows = installation.held()

        answers = [
            api.request("GET", "/health/ready"),
            api.request("POST", "/takedowns", facts("C-2", "https://youtu.be/aB3dE5fG7hF")),
        ]

    assert ready.status_code == 200
    assert [(told.status_code, told.json()["code"]) for told in answers] == [
        (503, "wrong_key"),
        (503, "wrong_key"),
    ]
    assert installation.held() == rows


@pytest.mark.parametrize("past", [without_drafts])
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_server_that_does_not_look_again_is_found_out(
    installation: Installation, guarded: Context
) -> None:
    swapped(guarded)
    with pytest.raises(WrongKey), guarded.database.write():
        pass

    guarded.database.guard = None
    with guarded.database.write() as unit:
        assert opening.verdict(unit) is KeyVerdict.CHANGED


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("past", [populate])
def test_a_server_that_lost_its_key_says_so_and_ends(installation: Installation) -> None:
    lost(installation)

    with (
        pytest.raises(AssertionError, match=r"secret\.key: is missing"),
        serving(installation.folder, "", AS_SERVED, TAKEDOWN_DATABASE_URL=installation.address),
    ):
        pass


@pytest.mark.parametrize("key", [None, OTHER])
def test_a_new_installation_is_made_with_the_key_that_is_set_else_with_one_of_its_own(
    tmp_path: Path, key: str | None
) -> None:
    where = {"TAKEDOWN_DATA_DIR": str(tmp_path / "new")}
    where |= {"TAKEDOWN_SECRET_KEY": key} if key else {}

    done = takedown("token", "add", "x", "--scope", "admin", **where)

    assert done.returncode == 0
    assert (tmp_path / "new" / "secret.key").exists() is (key is None)
    assert takedown("verify", **where).returncode == 0
