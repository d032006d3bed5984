"""The fictional year: the same every time, with every state, provable like real work."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app import demo, main, proof
from app.context import Context
from app.kit import settings as settings_of
from app.kit.clock import starting_at
from app.kit.errors import Misconfigured
from app.metrics import cohort_reading
from app.reports import archive, checks, drafts, making, spans
from app.reports.vocabularies import Check
from app.takedowns.models import events, items, takedowns
from tests import fictional_year
from tests.fictional_year import FICTION


@pytest.fixture(scope="module")
def year_parts(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    folder = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(year, folder)
    parts = main.context(settings_of.read(folder, **FICTION), starting_at(demo.NOW))
    yield parts
    parts.database.close()


def test_the_year_has_every_state(year_parts: Context) -> None:
    with year_parts.database.read() as unit:
        stages = Counter(unit.connection.scalars(select(takedowns.c.stage)))
        states = Counter(unit.connection.scalars(select(items.c.state)))
        last = unit.connection.scalars(select(events.c.recorded_at)).all()[-1]

    assert sum(stages.values()) == demo.TOTAL
    assert set(stages) == {
        "draft", "held", "submitted", "acknowledged", "decided", "closed", "withdrawn",
    }  # fmt: skip
    assert set(states) == {
        "draft", "waiting", "gone", "already_gone", "came_back", "restricted", "refused",
        "withdrawn",
    }  # fmt: skip
    assert last <= demo.NOW


def test_the_year_is_proven(year_parts: Context) -> None:
    with year_parts.database.read() as unit:
        assert list(proof.faults(unit)) == []


def test_the_year_is_the_same_every_time(year_parts: Context, tmp_path: Path) -> None:
    again = fictional_year.told(tmp_path / "again")

    def story(parts: Context) -> list[tuple[object, ...]]:
        query = select(events.c.kind, events.c.happened_at, events.c.by).order_by(events.c.number)
        with parts.database.read() as unit:
            frozen = archive.frozen_document(unit, 1, 1).sha256()
            return [(frozen,), *(tuple(row) for row in unit.connection.execute(query))]

    assert story(again) == story(year_parts)


def test_there_is_a_frozen_report_and_one_worked_on(year_parts: Context) -> None:
    def told(parts: Context) -> list[tuple[str, int, tuple[str, ...]]]:
        with parts.database.read() as unit:
            return [
                (
                    f"{one.kind} {spans.named(one.period)}",
                    one.version,
                    tuple(version.sha256 for version in archive.versions(unit, one.id)),
                )
                for one in drafts.every(unit)
            ]

    quarter, half = told(year_parts)
    assert (quarter[0], quarter[2]) == ("article_22 2026-Q3", ())
    assert (half[0], len(half[2])) == ("article_22 2026-H1", 1)
    with year_parts.database.read() as unit:
        document = archive.frozen_document(unit, 1, 1)
    assert document.table("article_22.provider").value("total", "notices") > 20


def test_what_is_worked_on_has_rows_to_complete(year_parts: Context) -> None:
    as_of = cohort_reading.latest(year_parts.database)
    with year_parts.database.read() as unit:
        draft = drafts.every(unit)[0]
        made = making.make(unit, year_parts.workspace, draft, as_of=as_of)
    found = checks.findings(
        draft, made, demo.NOW.date(), host_endings=year_parts.workspace.catalogue.host_endings
    )

    [unnamed] = [one.references for one in found if one.check == Check.INCOMPLETE_ROW]
    assert len(unnamed) == 7


def test_a_demo_never_mixes_with_real_work(year_parts: Context) -> None:
    with pytest.raises(Misconfigured, match="empty database"):
        demo.fill(year_parts.database, year_parts.workspace, demo.Moving())
