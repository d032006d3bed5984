"""Every released schema upgrades, and the newest is the one the code was written for."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from app.context import Context
from app.kit import migrate
from app.kit.database import Database
from app.tables import metadata
from app.takedowns.models import takedowns
from tests.api_client import ApiClient
from tests.migrations import migrating


def test_a_migrated_database_has_the_tables_of_the_code(database: Database) -> None:
    with database.read() as unit:
        found = compare_metadata(
            MigrationContext.configure(unit.connection, opts={"compare_type": True}), metadata
        )

    assert found == []


def test_downgrading_leaves_no_table_and_upgrading_again_works(database: Database) -> None:
    migrating.back_to(database, "base")

    with database.read() as unit:
        assert inspect(unit.connection).get_table_names() == ["alembic_version"]

    migrating.to_head(database)
    with database.read() as unit:
        assert migrate.is_current(unit.connection)


def test_migrating_twice_changes_nothing(database: Database) -> None:
    for _ in range(2):
        migrating.to_head(database)

    with database.read() as unit:
        assert migrate.is_current(unit.connection)


def test_who_runs_any_other_website_is_unknown_until_somebody_says(
    api: ApiClient, parts: Context
) -> None:
    url = "https://forum.zz-fixture.example/7"
    told = {"case_ref": "C-1", "category": "csam", "platform": "other", "urls": [url]}
    reference = api.post("/takedowns", told | {"explanation": "Assessed."})["reference"]
    providers = select(takedowns.c.provider).where(takedowns.c.reference == reference)
    with parts.database.write() as unit:
        migrating.back(unit.connection, "0005")
        before = unit.connection.scalar(providers)
    migrating.to_head(parts.database)

    with parts.database.read() as unit:
        assert (before, unit.connection.scalar(providers)) == ("Other provider", None)
    assert api.get(f"/takedowns/{reference}")["provider"] is None
