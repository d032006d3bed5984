"""A database filled by any released version keeps everything on the way to the newest, and back."""

import hashlib
import signal
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from starlette.testclient import TestClient

from app import main, proof
from app.accounts import form_drafts, second_factor, signing_in
from app.context import Context
from app.kit import migrate, preferences
from app.kit.database import Database
from app.kit.progress import silent
from app.tables import metadata
from app.takedowns import assignments, reindexing, snoozes
from tests.api_client import ApiClient
from tests.broken import migrate_and_die
from tests.databases import Story, nothing
from tests.factories import ManualClock
from tests.forked import FORKS
from tests.migrations import migrating, releases
from tests.migrations.releases import SCHEMAS, Release
from tests.proof.tampering import disarm
from tests.sample_record import TYPED, facts
from tests.users import PASSWORD


def schema_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def filled(schema: str) -> Story:
    """The story of a database that a released version filled."""

    def filled(api: ApiClient, clock: ManualClock) -> None:
        kept = releases.read(schema)
        database = api.parts.database
        migrating.back_to(database, "base")
        clock.now = kept.told_at
        with database.write() as unit:
            migrate.to(unit.connection, schema)
            releases.fill(unit.connection, kept.rows)

    return filled


@cache
def brought_to_the_newest(schema: str) -> Story:
    """The story of such a database that was upgraded since."""

    def upgraded(api: ApiClient, clock: ManualClock) -> None:
        filled(schema)(api, clock)
        migrating.to_head(api.parts.database)

    return upgraded


@pytest.fixture
def past(request: pytest.FixtureRequest) -> Story:
    if "release" in request.fixturenames:
        return filled(request.getfixturevalue("release").schema)
    if "upgraded" in request.fixturenames:
        return brought_to_the_newest(request.getfixturevalue("upgraded").schema)
    return nothing


@pytest.fixture(params=releases.some())
def release(request: pytest.FixtureRequest) -> Release:
    """A released schema; the database has it, and holds what that version filled in."""
    return releases.read(request.param)


@pytest.fixture(params=releases.some())
def upgraded(request: pytest.FixtureRequest) -> Release:
    """A released schema; the database holds what that version filled in, and was upgraded."""
    return releases.read(request.param)


def as_far_as(then: Any, now: Any) -> Any:
    """What is told now, without what nobody told then."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {name: as_far_as(value, now[name]) for name, value in then.items() if name in now}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [as_far_as(one, other) for one, other in zip(then, now, strict=True)]
    return now


def test_upgrading_keeps_everything(release: Release, parts: Context) -> None:
    migrating.to_head(parts.database)

    assert as_far_as(release.export, releases.export(parts.database)) == release.export
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []
        options = {"compare_type": True}
        context = MigrationContext.configure(unit.connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_an_upgraded_database_goes_on_working(upgraded: Release, parts: Context) -> None:
    with TestClient(main.create_app(parts)) as client:
        api = ApiClient(client, upgraded.token)
        again = releases.keyed(api)
        new = api.post("/takedowns", facts("C-10", "https://www.instagram.com/p/C7aB2cD3eH1/"))
        listed = api.get("/takedowns")["data"]
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.json()["reference"] in {takedown["reference"] for takedown in upgraded.export}
    assert len(listed) == len(upgraded.export) + 1
    assert new["reference"] in {takedown["reference"] for takedown in listed}


@pytest.mark.parametrize(
    "upgraded", releases.some([one for one in SCHEMAS if one >= "0002"]), indirect=True
)
def test_whoever_worked_there_goes_on_where_they_were(upgraded: Release, parts: Context) -> None:
    step = signing_in.by_password(
        parts.database,
        "aloe@hotline.example",
        PASSWORD,
        network_address="192.0.2.7",
        second_factor_roles=(),
    )
    with parts.database.read() as unit:
        draft = form_drafts.find(unit, step.person.id, "new")
        assert second_factor.codes_left(unit, step.person.id) == 9
        assert assignments.of(unit, [1])[1].name == "Aloe"
        assert list(snoozes.of(unit, [1, 2])) == [2]
        assert preferences.read(unit) == {"targets": {"instagram": {"gone_hours": 12}}}
    assert (draft.values if draft else None, step.is_complete) == (TYPED, False)


def test_downgrading_keeps_everything_that_was_there(upgraded: Release, parts: Context) -> None:
    migrating.back_to(parts.database, upgraded.schema)
    with parts.database.read() as unit:
        assert releases.held(unit.connection) == upgraded.rows
    migrating.to_head(parts.database)
    assert as_far_as(upgraded.export, releases.export(parts.database)) == upgraded.export


# As released up to schema 0008; later texts begin with what is asked.
WORDS_THEN = "The content is at the following exact location(s):"


@pytest.mark.parametrize(
    "upgraded", releases.some([one for one in SCHEMAS if one <= "0008"]), indirect=True
)
def test_frozen_notices_still_show_the_words_they_were_sent_with(
    upgraded: Release, parts: Context
) -> None:
    references = {row["id"]: row["reference"] for row in upgraded.rows["takedowns"]}
    with TestClient(main.create_app(parts)) as client:
        api = ApiClient(client, upgraded.token)
        found = [
            api.get(f"/takedowns/{references[row['takedown_id']]}/notices/{row['number']}")
            for row in upgraded.rows["notices"]
        ]
    assert {notice["purpose"] for notice in found} >= {"first", "withdrawal"}
    for notice in found:
        assert hashlib.sha256(notice["body"].encode()).hexdigest() == notice["sha256"]
        assert (WORDS_THEN in notice["body"]) == (notice["purpose"] != "withdrawal")


def not_found_again(release: Release, parts: Context) -> set[str]:
    """The takedowns whose links, pasted again, are not known to be reported."""
    with TestClient(main.create_app(parts)) as client:
        api = ApiClient(client, release.token)
        return {
            takedown["reference"]
            for takedown in release.export
            for item in takedown["items"]
            if item["url"] and takedown["platform"] != "other"
            for [link] in [api.post("/recognise", {"text": item["url"]}, status=200)["links"]]
            if takedown["reference"] not in {known["reference"] for known in link["known"]}
        }


def test_old_content_pasted_again_is_found(upgraded: Release, parts: Context) -> None:
    reindexing.run(parts.database, parts.workspace.recogniser, silent)

    assert not_found_again(upgraded, parts) == set()
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []


@pytest.mark.parametrize(
    "upgraded",
    ["0001", *(pytest.param(schema, marks=pytest.mark.slow) for schema in ("0003", "0005"))],
    indirect=True,
)
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_record_that_is_not_recognised_anew_is_found_out(
    upgraded: Release, parts: Context
) -> None:
    assert not_found_again(upgraded, parts) != set()


@pytest.mark.parametrize("table", ["data_keys", "events", "items", "lookups", "notices"])
@pytest.mark.parametrize(
    "release",
    [SCHEMAS[0], *(pytest.param(schema, marks=pytest.mark.slow) for schema in SCHEMAS[1:])],
    indirect=True,
)
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_row_lost_on_the_way_is_seen(release: Release, parts: Context, table: str) -> None:
    with parts.database.write() as unit:
        disarm(unit.connection)
        last = f"(SELECT max(rowid) FROM {table})"
        unit.connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = {last}")
    migrating.to_head(parts.database)

    with parts.database.read() as unit:
        assert list(proof.faults(unit)) != []


def killed_upgrades(address: str, starts: Iterator[int]) -> Iterator[int]:
    """Upgrade and be killed ever later, until an upgrade comes to its end."""
    for statements in starts:
        upgrade = FORKS.Process(target=migrate_and_die, args=(address, statements))
        upgrade.start()
        upgrade.join()
        assert upgrade.exitcode in (0, -signal.SIGKILL)
        if upgrade.exitcode == 0:
            return
        yield statements


def test_an_upgrade_killed_in_the_middle_is_no_upgrade(database: Database, address: str) -> None:
    migrating.back_to(database, "base")
    database.close()

    assert next(killed_upgrades(address, count(12))) == 12

    with database.read() as unit:
        assert schema_of(unit.connection) is None
    migrating.to_head(database)
    with database.read() as unit:
        assert migrate.is_current(unit.connection)


@pytest.mark.slow
@pytest.mark.parametrize("schema", ["base", *(name for name in SCHEMAS if name < migrate.newest())])
def test_an_upgrade_killed_anywhere_is_no_upgrade(
    database: Database, address: str, schema: str
) -> None:
    migrating.back_to(database, schema)
    with database.read() as unit:
        before = schema_of(unit.connection)
    database.close()

    kills = 0
    for _ in killed_upgrades(address, count(step=8)):
        kills += 1
        with database.read() as unit:
            # Once the schema is new, rows are rewritten; that goes on at the next start.
            assert schema_of(unit.connection) in (before, migrate.newest())
            before = schema_of(unit.connection)
        database.close()

    assert kills > 1
    with database.read() as unit:
        assert migrate.is_current(unit.connection)
