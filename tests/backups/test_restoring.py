"""A restored record is the record, on either database, from any schema; what was erased is not."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.exc import IntegrityError
from starlette.testclient import TestClient

from app import main, proof
from app.backups import making, restoring, sealed_file
from app.backups.making import KEYS, KEYS_FILE, LEFT_OUT, CannotBackUp
from app.backups.restoring import CannotRestore
from app.context import Context
from app.kit import migrate
from app.kit.database import Database
from app.kit.vault import Vault
from app.takedowns import bases
from app.takedowns.bases import Basis
from app.takedowns.chain_verification import Fault
from app.takedowns.flagger_status import Change
from app.takedowns.models import data_keys, takedowns
from tests.api_client import ApiClient
from tests.broken import Torn, credulous
from tests.databases import Story, kind_of
from tests.examples import first_quickly
from tests.factories import ManualClock
from tests.migrations import migrating, releases
from tests.migrations.test_upgrades import as_far_as
from tests.reports.frozen import frozen
from tests.sample_record import POST, facts, populate, settle_in
from tests.system.test_backup import Empty

Restore = Callable[[Path, str], Database]
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


@pytest.fixture
def restored(empty: Empty, vault: Vault, clock: ManualClock) -> Iterator[Restore]:
    """Restores a backup into a new database of this kind."""
    made = []

    def restored(path: Path, kind: str) -> Database:
        made.append(Database(empty(kind), vault, clock))
        restoring.prove(path, vault)
        restoring.restore(made[-1], path)
        return made[-1]

    yield restored
    for database in made:
        database.close()


def rows(database: Database) -> releases.Rows:
    with database.read() as unit:
        return releases.held(unit.connection)


def faults(database: Database) -> list[Fault]:
    with database.read() as unit:
        return list(proof.faults(unit))


def whole(api: ApiClient, clock: ManualClock) -> str:
    """Put rows into every table there is; returns the token of who did."""
    populate(api, clock)
    assert releases.keyed(api).status_code == 201
    database, workspace = api.parts.database, api.parts.workspace
    settle_in(database, workspace.recogniser)
    with database.write() as unit:
        bases.record(unit, Basis("x", "voluntary", date(2026, 1, 1), "A letter.", ("csam",)))
        bases.record_change(
            unit, Change("awarded", date(2026, 2, 1), "BIPT", decision="D-1"), by="somebody"
        )
    frozen(database, workspace)
    return api.headers["Authorization"].split()[-1]


@pytest.fixture
def past() -> Story:
    return whole


@pytest.fixture
def api(api: ApiClient, told: str) -> ApiClient:
    """Whoever calls goes on with what was asked for in the past."""
    return ApiClient(api.client, told)


@pytest.fixture
def full(database: Database) -> Database:
    """A record with rows in every table there is."""
    return database


def test_every_row_comes_back_from_the_other_database_too(
    full: Database, address: str, restored: Restore, tmp_path: Path
) -> None:
    before, there, back = rows(full), tmp_path / "there.backup", tmp_path / "back.backup"
    assert [name for name, those in before.items() if not those] == []

    making.back_up(full, there)
    other = restored(there, OTHER[kind_of(address)])
    making.back_up(other, back)
    again = restored(back, kind_of(address))

    expected = before | {name: [] for name in LEFT_OUT & before.keys()}
    assert rows(other) == expected
    assert rows(again) == expected


def test_a_restored_record_goes_on_where_it_was(
    full: Database,
    api: ApiClient,
    parts: Context,
    address: str,
    restored: Restore,
    tmp_path: Path,
) -> None:
    making.back_up(full, tmp_path / "a.backup")
    database = restored(tmp_path / "a.backup", OTHER[kind_of(address)])

    with TestClient(main.create_app(replace(parts, database=database))) as client:
        there = ApiClient(client, api.headers["Authorization"].split()[-1])
        again = releases.keyed(there)
        new = there.post("/takedowns", facts("C-10", POST.format("C7aB2cD3eH1")))
    assert again.headers["Idempotent-Replayed"] == "true"
    assert new["reference"] not in {row["reference"] for row in rows(full)["takedowns"]}
    assert faults(database) == []


@pytest.mark.parametrize("schema", first_quickly(releases.SCHEMAS))
def test_a_backup_of_an_older_schema_is_brought_to_the_newest(
    schema: str,
    address: str,
    empty: Empty,
    vault: Vault,
    clock: ManualClock,
    restored: Restore,
    tmp_path: Path,
) -> None:
    release = releases.read(schema)
    clock.now = release.told_at
    old = Database(empty(kind_of(address)), vault, clock)
    with old.write() as unit:
        migrate.to(unit.connection, schema)
        releases.fill(unit.connection, release.rows)

    head = making.back_up(old, tmp_path / "a.backup")
    database = restored(tmp_path / "a.backup", OTHER[kind_of(address)])

    old.close()
    assert (head.schema, faults(database)) == (schema, [])
    assert as_far_as(release.export, releases.export(database)) == release.export


def test_what_was_erased_stays_closed_in_an_older_backup(
    full: Database, api: ApiClient, address: str, restored: Restore, tmp_path: Path
) -> None:
    erased = releases.keyed(api).json()["reference"]
    making.back_up(full, tmp_path / "older.backup")
    unharmed = restored(tmp_path / "older.backup", kind_of(address))
    api.post("/takedowns", facts("C-10", POST.format("C7aB2cD3eH1")))
    with full.write() as unit:
        row_id = unit.connection.scalar(
            select(takedowns.c.id).where(takedowns.c.reference == erased)
        )
        unit.connection.execute(delete(data_keys).where(data_keys.c.takedown_id == row_id))
    making.back_up(full, tmp_path / "newer.backup")

    database = restored(tmp_path / "older.backup", kind_of(address))

    of_it = [row for row in rows(unharmed)["lookups"] if row["takedown_id"] == row_id]
    assert faults(unharmed) == []
    assert {fault.subject for fault in faults(database)} == {erased}
    assert rows(database) == rows(unharmed) | {
        "answers": [],
        "data_keys": [row for row in rows(unharmed)["data_keys"] if row["takedown_id"] != row_id],
        "lookups": [row for row in rows(unharmed)["lookups"] if row not in of_it],
    }
    # A content and an account, by the rules of both days.
    assert (len(of_it), len(rows(unharmed)["answers"])) == (4, 1)


def interrupted(reader: Database, write: Callable[[], object]) -> None:
    """Let something be written while a backup has read some tables, and not yet the others."""
    due = [write]

    def between(connection: object, cursor: object, statement: str, *_: object) -> None:
        if due and "FROM items" in statement:
            due.pop()()

    event.listen(reader.engine, "before_cursor_execute", between)


def logging_one(api: ApiClient) -> Callable[[], object]:
    return lambda: api.post("/takedowns", facts("C-10", POST.format("C7aB2cD3eH1")))


def test_what_is_written_while_a_backup_reads_is_not_in_it(
    full: Database,
    address: str,
    api: ApiClient,
    vault: Vault,
    clock: ManualClock,
    restored: Restore,
    tmp_path: Path,
) -> None:
    before, reader = rows(full), Database(address, vault, clock)
    interrupted(reader, logging_one(api))

    making.back_up(reader, tmp_path / "a.backup")

    reader.close()
    there = rows(restored(tmp_path / "a.backup", kind_of(address)))
    assert there == before | {name: [] for name in LEFT_OUT & before.keys()}
    assert len(rows(full)["takedowns"]) == len(there["takedowns"]) + 1


def test_a_backup_that_is_not_of_one_moment_is_found(
    full: Database,
    address: str,
    api: ApiClient,
    vault: Vault,
    clock: ManualClock,
    restored: Restore,
    tmp_path: Path,
) -> None:
    reader = Torn(address, vault, clock)
    interrupted(reader, logging_one(api))

    making.back_up(reader, tmp_path / "a.backup")

    reader.close()
    # By the proof, or by the database where it looks at once.
    with pytest.raises((CannotRestore, IntegrityError)):
        restored(tmp_path / "a.backup", kind_of(address))


on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@on_sqlite
def test_keys_of_another_record_or_a_later_moment_are_not_overwritten(
    full: Database,
    api: ApiClient,
    clock: ManualClock,
    vault: Vault,
    restored: Restore,
    tmp_path: Path,
) -> None:
    (tmp_path / "backups").mkdir()
    older, newer = (tmp_path / "backups" / name for name in ("older.backup", "newer.backup"))
    making.back_up(full, older)
    behind = restored(older, "sqlite")
    logging_one(api)()
    making.back_up(full, newer)
    before = {path: path.read_bytes() for path in newer.parent.iterdir()}
    new = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}", vault, clock)
    migrating.to_head(new)

    for database in (behind, new):
        with pytest.raises(CannotBackUp, match="another record, or of a later moment"):
            making.back_up(database, newer)

    new.close()
    assert {path: path.read_bytes() for path in newer.parent.iterdir()} == before
    (tmp_path / "elsewhere").mkdir()
    making.back_up(behind, tmp_path / "elsewhere" / "a.backup")
    assert rows(restored(tmp_path / "elsewhere" / "a.backup", "sqlite")) == rows(behind)


def test_nothing_is_made_of_an_empty_database(
    clock: ManualClock, vault: Vault, tmp_path: Path
) -> None:
    bare = Database(f"sqlite:///{tmp_path / 'bare.sqlite3'}", vault, clock)

    with pytest.raises(CannotBackUp, match="the database is empty"):
        making.back_up(bare, tmp_path / "a.backup")

    bare.close()
    assert not list(tmp_path.glob("*.backup"))


@on_sqlite
def test_files_that_do_not_fit_together_are_refused(
    full: Database, api: ApiClient, vault: Vault, tmp_path: Path
) -> None:
    path, keys = tmp_path / "a.backup", tmp_path / KEYS_FILE
    making.back_up(full, path)
    older = keys.read_bytes()
    logging_one(api)()
    head = making.back_up(full, path)
    later = head._replace(schema="9999")

    keys.write_bytes(older)
    with pytest.raises(CannotRestore, match="is older than the backup"):
        restoring.prove(path, vault)
    with sealed_file.replacing(keys) as file:
        sealed_file.write(file, vault, KEYS, lines=[json.dumps(later._asdict())])
    with pytest.raises(CannotRestore, match="was made by a newer version"):
        restoring.prove(path, vault)
    keys.unlink()
    with pytest.raises(CannotRestore, match="is missing"):
        restoring.prove(path, vault)


def grown(fork: Database, parts: Context, token: str, *, logs: bool) -> None:
    """Go another way: log takedowns, or only note something of those that are there."""
    with TestClient(main.create_app(replace(parts, database=fork))) as client:
        there = ApiClient(client, token)
        reference = there.get("/takedowns")["data"][0]["reference"]
        for number in range(3):
            if logs:
                there.post("/takedowns", facts(f"F-{number}", POST.format(f"C7aB2cD3e{number}1")))
            else:
                event = {"kind": "noted", "text": f"Another way, {number}."}
                there.post(f"/takedowns/{reference}/events", event)


def restored_with_a_forks_keys(
    full: Database, api: ApiClient, parts: Context, restored: Restore, tmp_path: Path, *, logs: bool
) -> Database:
    """Restore a backup beside the data keys of a record that went another way before it."""
    making.back_up(full, tmp_path / "earlier.backup")
    fork = restored(tmp_path / "earlier.backup", "sqlite")
    grown(fork, parts, api.headers["Authorization"].split()[-1], logs=logs)
    logging_one(api)()
    making.back_up(full, tmp_path / "a.backup")
    (tmp_path / "fork").mkdir()
    making.back_up(fork, tmp_path / "fork" / "b.backup")
    (tmp_path / KEYS_FILE).write_bytes((tmp_path / "fork" / KEYS_FILE).read_bytes())
    return restored(tmp_path / "a.backup", "sqlite")


@on_sqlite
@pytest.mark.parametrize("logs", first_quickly([True, False]), ids=["logged others", "only noted"])
def test_data_keys_of_a_record_that_went_another_way_are_refused(
    full: Database, api: ApiClient, parts: Context, restored: Restore, tmp_path: Path, logs: bool
) -> None:
    with pytest.raises(CannotRestore, match=r"takedown\.keys is of another record"):
        restored_with_a_forks_keys(full, api, parts, restored, tmp_path, logs=logs)


@pytest.mark.slow
@on_sqlite
def test_a_restore_that_proves_nothing_is_found_out(
    full: Database, api: ApiClient, parts: Context, restored: Restore, tmp_path: Path
) -> None:
    with credulous():
        taken = restored_with_a_forks_keys(full, api, parts, restored, tmp_path, logs=True)

    assert faults(taken) != []


@on_sqlite
def test_a_changed_row_in_a_backup_is_refused_before_anything_is_kept(
    full: Database, restored: Restore, tmp_path: Path
) -> None:
    with full.write() as unit:
        unit.connection.execute(update(takedowns).values(urgent=~takedowns.c.urgent))
    making.back_up(full, tmp_path / "a.backup")

    with pytest.raises(CannotRestore, match="is not what was recorded"):
        restored(tmp_path / "a.backup", "sqlite")
