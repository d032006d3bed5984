"""A file is read as cells within bounds; what would blow up, call out or compute is not."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from app.kit.errors import Refused
from app.kit.workbook_files import MAX_PARTS
from app.transparency import reading, sheets
from app.transparency.layout import TOTAL
from app.transparency.sheets import MAX_ROWS, MAX_UNPACKED
from app.transparency.vocabularies import ReportRule
from tests.transparency.report_files import HEADING, as_workbook, line, number

BOOK = as_workbook([line(TOTAL, "4")])


def rewritten(change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """The workbook with its parts changed, and others beside them."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
        for name, content in (more or {}).items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def same(_: str, content: bytes) -> bytes:
    return content


def with_entity(name: str, content: bytes) -> bytes:
    if not name.startswith("xl/worksheets/"):
        return content
    return b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + content.split(b"?>", 1)[-1]


def in_wide_letters(name: str, content: bytes) -> bytes:
    changed = with_entity(name, content)
    return content if changed == content else changed.decode().encode("utf-16")


def not_xml(name: str, content: bytes) -> bytes:
    return b"<sheet" if name.startswith("xl/worksheets/") else content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (rewritten(with_entity), "not_a_workbook"),
        (rewritten(in_wide_letters), "not_a_workbook"),
        (rewritten(not_xml), "not_a_workbook"),
        (rewritten(same, {"big": bytes(MAX_UNPACKED)}), "file_too_large"),
        (rewritten(same, {f"{n}": b"" for n in range(MAX_PARTS)}), "file_too_large"),
        (BOOK[: len(BOOK) // 2], "not_a_workbook"),
        (BOOK[:-200], "not_a_workbook"),
        (BOOK[:60] + BOOK[61:], "not_a_workbook"),  # its parts lie elsewhere than it says
        (BOOK[:60] + bytes([255]) * 20 + BOOK[80:], "not_a_workbook"),  # packed wrongly
        (b"PK\x03\x04" + bytes(5000), "not_a_workbook"),
    ],
)
def test_a_workbook_that_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        reading.read(content)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("value", "number_format", "rule"),
    [
        ("=1+1", "General", ReportRule.FORMULA),
        (0.5, "0%", ReportRule.PERCENTAGE),
        (date(2026, 1, 1), "yyyy-mm-dd", ReportRule.NOT_PLAIN),
        (datetime(2026, 1, 1, 9), "yyyy-mm-dd hh:mm", ReportRule.NOT_PLAIN),  # noqa: DTZ001 - of a cell
        (time(9, 30), "h:mm", ReportRule.NOT_PLAIN),
        (timedelta(hours=30), "[h]:mm", ReportRule.NOT_PLAIN),
        (True, "General", ReportRule.NOT_PLAIN),
        ("6,564", "General", ReportRule.COMMA),
        (12.5, "General", ReportRule.NOT_A_COUNT),
        (-4, "General", ReportRule.NEGATIVE),
    ],
)
def test_a_cell_of_another_kind_than_a_number_leaves_its_row_out(
    value: object, number_format: str, rule: ReportRule
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    cell = book.worksheets[1].cell(2, 6, value)
    cell.number_format = number_format
    kept = io.BytesIO()
    book.save(kept)

    found = reading.read(kept.getvalue())

    assert [(one.row, one.rule) for one in found.findings if one.row] == [(2, rule)]
    assert found.rows == ()


def test_a_whole_number_is_whole_however_it_is_stored() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    book.worksheets[1].cell(2, 6, 471.0)
    kept = io.BytesIO()
    book.save(kept)

    [row] = reading.read(kept.getvalue()).rows

    assert row.texts[0] == "471"


def test_a_workbook_of_another_program_is_read_too() -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:  # keeps its texts apart, as Excel does
        sheet = book.add_worksheet("4_notices")
        for place, cells in enumerate([HEADING, line(TOTAL, "4", "2", "", "", "1.5")]):
            for column, cell in enumerate(cells):
                sheet.write(place, column, number(cell) if cell else None)

    [row] = reading.read(kept.getvalue()).rows

    assert row.texts[:5] == ("4", "2", "", "", "1.5")


@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_sheet_that_is_a_chart_is_passed_over(is_drawn: bool) -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        chart_sheet = book.add_chartsheet("Chart")
        sheet = book.add_worksheet("4_notices")
        for place, cells in enumerate([HEADING, line(TOTAL, "4")]):
            for column, cell in enumerate(cells):
                sheet.write(place, column, number(cell) if cell else None)
        if is_drawn:
            chart = book.add_chart({"type": "bar"})
            assert chart is not None
            chart.add_series({"values": "='4_notices'!$F$2:$G$2"})
            chart_sheet.set_chart(chart)

    [row] = reading.read(kept.getvalue()).rows

    assert row.texts[0] == "4"


def test_only_the_sheet_that_has_the_headings_is_read_through() -> None:
    book = openpyxl.Workbook(write_only=True)
    orders = book.create_sheet("3_member_states_orders")
    for _ in range(MAX_ROWS + 1):
        orders.append(["All", "Zzfixture", 0])
    notices = book.create_sheet("Meldungen")
    notices.append(list(HEADING))
    notices.append([*line(TOTAL)[:5], 4])
    kept = io.BytesIO()
    book.save(kept)

    [row] = reading.read(kept.getvalue()).rows

    assert row.texts[0] == "4"


def test_a_row_far_down_is_not_waited_for() -> None:
    far = rewritten(
        lambda name, content: (
            content.replace(b'r="2"', b'r="1048576"').replace(b'2"', b'1048576"')
            if name == "xl/worksheets/sheet2.xml"
            else content
        )
    )

    with pytest.raises(Refused) as refused:
        list(next(one for one in list(sheets.sheets_of(far))[1:]).rows)

    assert refused.value.code in ("too_many_rows", "not_a_workbook")


def test_a_record_of_very_many_cells_is_not_read_to_its_end() -> None:
    [sheet] = sheets.sheets_of(b"a," * 50_000)

    assert [len(row) for row in sheet.rows] == [sheets.MAX_CELLS]
