"""What was recorded can be neither changed nor deleted over the application's own connection."""

from contextlib import suppress

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import audit
from app.context import Context
from app.kit.database import Database
from app.takedowns.models import events
from tests.api_client import ApiClient
from tests.migrations import migrating
from tests.proof.tampering import disarm
from tests.sample_record import facts, settle_in

UPSERT = (
    "INSERT INTO {0} SELECT * FROM {0} WHERE number = 1"
    " ON CONFLICT (number) DO UPDATE SET \"by\" = 'somebody else'"
)
BY_DIALECT = {
    "sqlite": (
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0} WHERE number = 1",
        "UPDATE OR REPLACE {0} SET number = 1 WHERE number = 2",
    ),
    "postgresql": ("TRUNCATE {0} CASCADE", UPSERT),
}
CHANGES = (
    "UPDATE {0} SET \"by\" = 'somebody else'",
    'UPDATE {0} SET "by" = "by" WHERE number = 1',
    "DELETE FROM {0}",
    "DELETE FROM {0} WHERE number = (SELECT max(number) FROM {0})",
)


@pytest.fixture
def recorded(api: ApiClient, parts: Context) -> Database:
    for number in range(2):
        api.post(
            "/takedowns", facts(f"C-{number}", f"https://www.instagram.com/p/C7aB2cD3e{number}F/")
        )
    settle_in(parts.database, parts.workspace.recogniser)
    return parts.database


def rows(database: Database, table: Table) -> list[tuple[object, ...]]:
    with database.read() as unit:
        return [tuple(row) for row in unit.connection.execute(select(table).order_by("number"))]


def tried(database: Database, table: Table, *, is_disarmed: bool = False) -> list[str]:
    """The changes that went through; all of them are taken back."""
    found = []
    for change in (*CHANGES, *BY_DIALECT[database.engine.dialect.name]):
        with suppress(IntegrityError), database.rehearse() as unit:
            if is_disarmed:
                disarm(unit.connection)
            unit.connection.exec_driver_sql(change.format(table.name))
            found.append(change)
    return found


@pytest.mark.parametrize("table", [events, audit], ids=str)
def test_no_recorded_row_is_changed_or_deleted(recorded: Database, table: Table) -> None:
    before = rows(recorded, table)

    assert tried(recorded, table) == []

    assert rows(recorded, table) == before
    assert len(before) > 1


@pytest.mark.parametrize("table", [audit], ids=str)
def test_it_is_the_guards_that_refuse(recorded: Database, table: Table) -> None:
    assert tried(recorded, table, is_disarmed=True)[:4] == list(CHANGES)


def test_the_guards_come_and_go_with_their_migration(recorded: Database) -> None:
    migrating.back_to(recorded, "0003")
    without = tried(recorded, audit)
    migrating.to_head(recorded)

    assert (without[:4], tried(recorded, audit)) == (list(CHANGES), [])
