"""`takedown report`: the report of a year made, checked and frozen from a terminal."""

import hashlib
import json
from pathlib import Path

import pytest

from app import main
from app.kit import settings as settings_of
from app.kit.languages import Language
from app.metrics.periods import Period
from app.reports import archive, drafts
from app.reports.report import Change
from app.reports.vocabularies import Heading
from tests.command_line import CommandResult, takedown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def made(folder: Path, *words: str) -> CommandResult:
    return takedown("report", "article-22", "2025", *words, "--data-dir", str(folder))


def write(folder: Path) -> None:
    """Write under every heading of the report there is."""
    parts = main.context(settings_of.read(folder))
    texts = {heading: dict.fromkeys(Language, "As we do it.") for heading in Heading}
    with parts.database.write() as unit:
        [report] = drafts.every(unit)
        drafts.change(unit, report.id, Change(texts=texts), by="Els", version=report.version)
    parts.database.close()


def test_a_year_is_begun_once_and_what_blocks_is_told(folder: Path) -> None:
    first, again = made(folder), made(folder, "--language", "nl")

    for found in (first, again):
        assert found.returncode == 1
        assert found.stdout.startswith("table,row,column,")
        assert "blocks\tempty_heading\tgovernance nl" in found.stderr.splitlines()
        assert len(found.stderr.splitlines()) == len(Heading) * len(Language)
    parts = main.context(settings_of.read(folder))
    with parts.database.read() as unit:
        [report] = drafts.every(unit)
    parts.database.close()
    assert (report.period, report.created_by) == (
        Period(report.from_day.replace(2025, 1, 1), report.from_day.replace(2026, 1, 1)),
        "command line",
    )


def test_what_blocks_is_not_frozen(folder: Path) -> None:
    found = made(folder, "--freeze", "-o", str(folder / "report.csv"))

    assert (found.returncode, found.stdout) == (1, "")
    assert "something has to be mended before the freeze" in found.stderr
    assert not (folder / "report.csv").exists()


def test_a_report_is_frozen_and_written_to_a_file(folder: Path) -> None:
    assert made(folder).returncode == 1
    write(folder)
    path = folder / "report.json"
    draft = made(folder, "--form", "json")

    found = made(folder, "--freeze", "--form", "json", "-o", str(path))

    assert (draft.returncode, draft.stderr) == (0, "")
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    document = json.loads(path.read_bytes())
    assert (document["from"], document["to"]) == ("2025-01-01", "2026-01-01")
    assert document | {"as_of": ""} == json.loads(draft.stdout) | {"as_of": ""}
    parts = main.context(settings_of.read(folder))
    with parts.database.read() as unit:
        [version] = archive.versions(unit, 1)
    parts.database.close()
    assert (version.number, version.frozen_by) == (1, "command line")
    assert version.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["article-22", "soon"], "YEAR"),
        (["article-22", "1789"], "YEAR"),
        (["article-22"], "YEAR"),
        (["article-22", "2025", "--form", "docx"], "json"),
        (["article-22", "2025", "--language", "de"], "nl"),
        (["article-23", "2025"], "article-22"),
    ],
)
def test_wrong_words_are_told_as_wrong_usage(folder: Path, words: list[str], said: str) -> None:
    found = takedown("report", *words, "--data-dir", str(folder))

    assert found.returncode == 2
    assert said in found.stderr
    assert not folder.exists()
