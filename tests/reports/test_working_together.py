"""Two people at one report: whoever looked at an older one changes and freezes nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.kit.database import Database
from app.kit.errors import Refused, Stale
from app.kit.languages import Language
from app.metrics import cohort_reading
from app.notices.filling import Workspace
from app.reports import archive, drafts, freezing
from app.reports.report import Change, Report
from app.reports.vocabularies import HandFigure, Heading
from tests.reports.frozen import BY, begun, ready

PEOPLE = 8


def told(number: int) -> Change:
    return Change(texts={Heading.FUNDING: {Language.EN: f"Told by person {number}."}})


def changed(database: Database, report: Report, number: int) -> Report:
    with database.write() as unit:
        return drafts.change(unit, report.id, told(number), by=BY, version=report.version)


def outcomes(work: Callable[[int], object]) -> list[object]:
    """What each of several people at once is told: what was done, or that it was too late."""

    def tried(number: int) -> object:
        try:
            return work(number)
        except Stale:
            return None

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(tried, range(PEOPLE)))


def test_of_several_people_who_change_what_they_read_one_does(database: Database) -> None:
    report = begun(database)

    found = outcomes(lambda number: changed(database, report, number))

    [one] = [each for each in found if each is not None]
    with database.read() as unit:
        now = drafts.report(unit, report.id)
    assert now == one
    assert now.version == report.version + 1


def test_of_several_people_who_freeze_what_they_read_one_does(
    database: Database, workspace: Workspace
) -> None:
    report = ready(database, workspace, begun(database))

    found = outcomes(
        lambda _: freezing.freeze(database, workspace, report.id, by=BY, version=report.version)
    )

    with database.read() as unit:
        assert archive.versions(unit, report.id) == [each for each in found if each is not None]


def test_what_somebody_changes_while_it_is_frozen_is_in_no_version(
    database: Database, workspace: Workspace
) -> None:
    report = ready(database, workspace, begun(database))
    as_of = cohort_reading.latest(database)
    with database.read() as unit:
        prepared = freezing.prepare(unit, workspace, report.id, as_of=as_of)
    now = changed(database, report, 1)

    for version in (report.version, now.version):
        with pytest.raises(Stale), database.write() as unit:
            freezing.record(unit, prepared, by=BY, version=version)

    with database.read() as unit:
        assert archive.versions(unit, report.id) == []
    freezing.freeze(database, workspace, report.id, by=BY, version=now.version)
    with database.read() as unit:
        frozen = archive.frozen_document(unit, report.id, 1)
    assert frozen.texts[Heading.FUNDING][Language.EN] == "Told by person 1."


def test_two_people_who_write_under_different_headings_keep_both(database: Database) -> None:
    report = changed(database, begun(database), 1)

    with database.write() as unit:
        figures = Change(
            texts={Heading.TRAINING: {Language.EN: "Every year."}},
            figures={HandFigure.JUDGED_ILLEGAL: 7},
        )
        now = drafts.change(unit, report.id, figures, by="Another", version=report.version)

    assert now.texts[Heading.FUNDING][Language.EN] == "Told by person 1."
    assert now.texts[Heading.TRAINING][Language.EN] == "Every year."
    assert (now.changed_by, now.figures[HandFigure.JUDGED_ILLEGAL]) == ("Another", 7)


def test_what_lacks_a_word_is_not_frozen_and_nothing_of_it_is_kept(
    database: Database, workspace: Workspace
) -> None:
    report = ready(database, workspace, begun(database))
    with database.write() as unit:
        empty = Change(texts={Heading.RESOURCES: {Language.FR: "  "}})
        report = drafts.change(unit, report.id, empty, by=BY, version=report.version)

    with pytest.raises(Refused) as refused:
        freezing.freeze(database, workspace, report.id, by=BY, version=report.version)

    assert [fault.code for fault in refused.value.faults] == ["empty_heading"]
    with database.read() as unit:
        assert archive.versions(unit, report.id) == []
        assert drafts.report(unit, report.id) == report
