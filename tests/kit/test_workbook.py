"""A table as a workbook: typed, framed, the same as its CSV, and nothing in it runs."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from app.kit import cells, workbook
from app.kit.cells import Dialect, Value
from app.kit.workbook import Head
from tests.hostile_inputs import payloads

ZONE = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 22, 30, 59, 999_999, tzinfo=UTC)
HEAD = Head("Requests: [all]", ["Reference", "Sent", "Hours"], NOW, ZONE)
READERS = Dialect(";", ",", ZONE)


def written(rows: Sequence[Sequence[Value]], head: Head = HEAD) -> bytes:
    file = io.BytesIO()
    workbook.write(file, head, rows)
    return file.getvalue()


def sheets(rows: Sequence[Sequence[Value]], head: Head = HEAD) -> list[Worksheet]:
    found: list[Worksheet] = load_workbook(io.BytesIO(written(rows, head))).worksheets
    return found


def cell_of(value: Value) -> Cell:
    [sheet] = sheets([[value]])
    found = sheet.cell(2, 1)
    assert isinstance(found, Cell)
    return found


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("12", "s", "12"),
        ("", "n", None),
        (None, "n", None),
        (7, "n", 7),
        (-1.25, "n", -1.25),
        (True, "b", True),
        (False, "b", False),
        (NOW, "d", datetime.fromisoformat("2026-03-02T10:00:30")),
        (SUMMER, "d", datetime.fromisoformat("2026-07-02T00:30:59")),
        (["refused", None], "s", "refused ."),
        ("https://demo.invalid/", "s", "https://demo.invalid/"),
        ("=1+1", "s", "=1+1"),
        (["=1+1"], "s", "=1+1"),
    ],
)
def test_a_cell_has_its_type(value: Value, kind: str, read: object) -> None:
    found = cell_of(value)

    assert (found.data_type, found.value, found.hyperlink) == (kind, read, None)
    assert found.is_date == (kind == "d")


@pytest.mark.parametrize(
    "told", [one for one in payloads("csv") if cells.is_like_formula(one)] or ["=1+1"]
)
def test_what_looks_like_a_formula_is_text_and_stays_so_when_it_is_edited(told: str) -> None:
    found = cell_of(told)

    assert found.data_type == "s"
    assert found.quotePrefix


def test_headings_stay_in_sight_and_every_column_has_a_filter() -> None:
    [sheet] = sheets([["A-1", NOW, 1.5], ["A-2", NOW, None]])

    assert sheet.title == "Requests all"
    assert [one.value for one in sheet[1]] == list(HEAD.headings)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"


def test_no_rows_are_a_sheet_with_headings() -> None:
    [sheet] = sheets([])

    assert (sheet.max_row, sheet.auto_filter.ref) == (1, "A1:C1")


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 2)

    found = sheets([["A-1"], ["A-2"], ["A-3"]])

    assert [one.title for one in found] == ["Requests all", "2 Requests all"]
    assert [[row[0].value for row in one] for one in found] == [
        ["Reference", "A-1", "A-2"], ["Reference", "A-3"],
    ]  # fmt: skip


def test_the_same_table_is_the_same_bytes() -> None:
    rows: list[list[Value]] = [["A-1", NOW, 1.5], ["=1", SUMMER, -2]]

    assert written(rows) == written(rows)
    assert written(rows) != written(rows, HEAD._replace(made_at=NOW + timedelta(1)))


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))
MOMENTS = st.integers(10**6, 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e9, 1e9).map(lambda one: round(one, 4)).filter(lambda one: not one.is_integer()),
    MOMENTS,
    TEXTS,
    st.lists(st.none() | TEXTS, max_size=3),
)


def read_back(value: Any) -> str:
    """What stands in a cell, as the CSV of the same reader has it; XML knows one line's end."""
    if isinstance(value, datetime):
        return str(value)
    told = unescape(value) if isinstance(value, str) else value
    return one_end(cells.cell(told, READERS))


def one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@example(row=["_x0041_", "\r\n", " ", "a;b,c", "\0=1"])
@given(row=st.lists(VALUES, min_size=1, max_size=6))
def test_the_workbook_says_what_the_csv_says(row: list[Value]) -> None:
    text = cells.line(row, READERS)
    [from_csv] = csv.reader(io.StringIO(text, newline=""), delimiter=";")

    [sheet] = sheets([row], HEAD._replace(headings=["x"] * len(row)))

    found = [read_back(sheet.cell(2, place).value) for place in range(1, len(row) + 1)]
    assert found == [one_end(one) for one in from_csv]
