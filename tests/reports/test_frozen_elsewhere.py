"""A frozen report is the same everywhere and for ever: hash, bytes, and rows that stay."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.backups import making as backups
from app.kit.database import Database
from app.metrics.questions import AsOf
from app.notices.filling import Workspace
from app.reports import archive, drafts, freezing, making
from app.reports.models import report_forms, report_versions
from app.reports.report import Report, Version
from app.reports.vocabularies import ReportKind
from tests.api_client import ApiClient
from tests.backups.test_restoring import OTHER, Restore, restored
from tests.databases import Story, kind_of
from tests.factories import ManualClock
from tests.reports.frozen import BY, begun, ready
from tests.reports.random_years import BEGIN, YearWriter, award

__all__ = ["restored"]  # a fixture
CHANGES = ("UPDATE {0} SET number = 2", "UPDATE {0} SET sha256 = sha256", "DELETE FROM {0}")
BY_DIALECT = {
    "sqlite": ("INSERT OR REPLACE INTO {0} SELECT * FROM {0}",),
    "postgresql": ("TRUNCATE {0} CASCADE",),
}


def some_weeks(api: ApiClient, clock: ManualClock) -> None:
    """Tell of some weeks, and freeze reports of every kind."""
    clock.now = BEGIN
    database, workspace = api.parts.database, api.parts.workspace
    award(database)
    YearWriter(api, clock, seed=5).tell(120)
    for kind in ReportKind:
        report = ready(database, workspace, begun(database, kind))
        freezing.freeze(database, workspace, report.id, by=BY, version=report.version)


@pytest.fixture
def past() -> Story:
    return some_weeks


@pytest.fixture
def record(database: Database) -> Database:
    """A record of some weeks, with reports of every kind that were frozen."""
    return database


def frozen_in(database: Database) -> list[tuple[Report, Version]]:
    with database.read() as unit:
        return [(one, archive.versions(unit, one.id)[0]) for one in drafts.every(unit)]


def forms_in(database: Database) -> Mapping[tuple[object, ...], bytes]:
    with database.read() as unit:
        return {
            tuple(row[:4]): row.content for row in unit.connection.execute(select(report_forms))
        }


def made_again(database: Database, workspace: Workspace, report: Report, at: Version) -> str:
    with database.read() as unit:
        made = making.make(unit, workspace, report, as_of=AsOf(at.as_of, at.as_of))
        return made.document.sha256()


def test_the_same_record_elsewhere_gives_the_same_hash_at_any_later_time(
    record: Database,
    address: str,
    workspace: Workspace,
    restored: Restore,
    api: ApiClient,
    clock: ManualClock,
    tmp_path: Path,
) -> None:
    before, forms = frozen_in(record), forms_in(record)
    path = tmp_path / "there.backup"
    backups.back_up(record, path)
    clock.advance(24 * 30)
    kind = kind_of(address)
    YearWriter(api, clock, seed=6).tell(40)  # the one goes on, the others stay

    for database in (record, restored(path, kind), restored(path, OTHER[kind])):
        found = frozen_in(database)
        assert found == before
        assert forms_in(database) == forms
        for report, version in found:
            assert made_again(database, workspace, report, version) == version.sha256
            with database.read() as unit:
                kept = archive.frozen_document(unit, report.id, version.number)
            assert kept.sha256() == version.sha256
    assert len(before) == len(ReportKind)
    assert len(forms) >= len(ReportKind) * 3


def test_what_was_frozen_can_be_neither_changed_nor_deleted(record: Database) -> None:
    went_through = []
    for table in (report_versions, report_forms):
        for change in (*CHANGES, *BY_DIALECT[record.engine.dialect.name]):
            with suppress(IntegrityError), record.rehearse() as unit:
                unit.connection.exec_driver_sql(change.format(table.name))
                went_through.append(change)

    assert went_through == []
    assert len(frozen_in(record)) == len(ReportKind)
