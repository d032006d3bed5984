"""The page about spreadsheets names every column, and its example can be imported."""

import re
from pathlib import Path

import pytest

from app.imports import import_columns, importing, reading
from app.kit.database import Database
from app.kit.settings import ROOT
from app.notices.filling import Workspace
from app.takedowns import list_columns as listed
from app.web.requests import list_sheet
from tests.factories import ManualClock

PAGE = (ROOT / "docs/spreadsheets.md").read_text("utf-8")
IN, OUT = PAGE.split("## Out: `takedown export`")


def first_cells(text: str, header: str) -> list[str]:
    """The names in the first column of the table below a header."""
    table = text.partition(f"| {header} |")[2].partition("\n\n")[0]
    return [name for line in table.splitlines() for name in re.findall(r"`(\w+)`", first(line))]


def first(line: str) -> str:
    return line.split("|")[1] if line.count("|") > 2 else ""


def test_the_page_names_every_column() -> None:
    assert sorted(first_cells(IN, "column")) == sorted(import_columns.KNOWN)
    assert first_cells(OUT, "column") == list(listed.names(content=True))


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_example_can_be_imported(
    database: Database, workspace: Workspace, clock: ManualClock, tmp_path: Path
) -> None:
    [example] = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "cases.csv"
    path.write_text(example, "utf-8")
    clock.advance(48)

    told = importing.bring_in(
        database, workspace, reading.table(reading.sheet(path, import_columns.KNOWN))
    )

    assert [done.outcome for done in told] == ["logged", "logged"]


def test_every_column_of_lists_has_its_heading() -> None:
    names = {*listed.names(content=False), *listed.GROUNDS, *listed.TICKETS}

    assert names - set(list_sheet.HEADINGS) == set()
