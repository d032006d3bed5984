"""A transparency report is kept whole, once, and is never changed."""

import hashlib

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from app.kit.database import Database
from app.transparency import kept, reading, verification
from app.transparency.kept import File
from app.transparency.layout import TOTAL
from app.transparency.models import transparency_reports
from tests.proof.tampering import Intruder
from tests.shipped_platforms import shipped
from tests.transparency.report_files import CSAM, as_csv, as_workbook, line

CSV = File("4_notices.csv", as_csv([line(TOTAL, "9", "4"), line(CSAM, "1,1", "1")]))


def keep(database: Database, file: File, platform: str = "tiktok") -> int:
    read = reading.read(file.content)
    with database.write() as unit:
        return kept.keep(unit, file, read, platform=platform, service="Zzfixture", by="Heron")


def test_a_file_and_what_was_read_of_it_come_back_as_they_were(database: Database) -> None:
    book = File("report.xlsx", as_workbook([line(TOTAL, "9", "4")]))
    numbers = [keep(database, CSV), keep(database, book), keep(database, CSV)]

    with database.read() as unit:
        found = {one.id: one for one in kept.every(unit)}
        contents = [kept.content_of(unit, number) for number in numbers]
        absent = kept.find(unit, 7000)

    assert len(found) == 2  # the same file of the same platform is kept once
    assert contents == [CSV.content, book.content, CSV.content]
    first = found[numbers[0]]
    assert first.reading == reading.read(CSV.content)
    assert first.sha256 == hashlib.sha256(CSV.content).hexdigest()
    assert (first.name, first.kept_by, absent) == ("4_notices.csv", "Heron", None)


def test_a_report_stands_in_the_series_of_its_own_platform(database: Database) -> None:
    keep(database, CSV)

    with database.read() as unit:
        found = kept.published(unit, shipped(), ["tiktok", "x", "unheard_of"])

    assert sorted(found) == ["tiktok", "x"]
    assert [one.n for one in found["tiktok"] if "4_notices.csv" in one.source] == [4]
    assert list(found["x"]) == list(shipped().platforms["x"].dealings.published)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("content", b"another file"),
        ("sha256", "0" * 64),
        ("rows", "[]"),
        ("findings", "[]"),
        ("platform", "x"),
    ],
)
def test_what_was_changed_behind_its_back_is_named(
    database: Database, address: str, column: str, value: object
) -> None:
    keep(database, CSV)
    with database.read() as unit:
        assert list(verification.faults(unit)) == []

    intruder = Intruder(address)
    [row] = intruder.read(transparency_reports)
    intruder.write(transparency_reports, [row | {column: value}])

    with database.read() as unit:
        assert ("transparency report 1", "is not what was kept") in verification.faults(unit)


def test_a_report_that_is_gone_is_missed(database: Database, address: str) -> None:
    keep(database, CSV)

    Intruder(address).write(transparency_reports, [])

    with database.read() as unit:
        assert list(verification.faults(unit)) == [
            ("transparency reports", "1 that were kept are missing")
        ]


@pytest.mark.parametrize(
    "change", [update(transparency_reports).values(name="another"), delete(transparency_reports)]
)
def test_what_is_kept_stays(database: Database, change: object) -> None:
    keep(database, CSV)

    with pytest.raises(DBAPIError, match="what was recorded stays"), database.write() as unit:
        unit.connection.execute(change)  # type: ignore[call-overload]
