"""A file is read as its author sees it, within bounds; what is none is refused with the mend."""

# ruff: noqa: DTZ001 - the cells of a sheet have no zone

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from app.imports import files, guessing
from app.imports.files import Days1904, Odd
from app.imports.vocabularies import CellRule
from app.kit import cells
from app.kit.cells import MACHINE, Dialect
from app.kit.errors import Refused
from tests.hostile_inputs import payloads
from tests.imports.sheets import HEADINGS, chart_alone, requests, row, workbook


def test_merged_cells_stand_for_each_of_theirs() -> None:
    rows = [["Nr", "Wat", None, "Slot"], [None, "Link", "Soort", None], ["1", "a", "b", None]]
    content = workbook({"x": rows}, merged=["A1:A2", "B1:C1", "D1:D2"])

    found = list(files.rows(content))

    assert [list(cells)[:4] for _, cells in found] == [
        ["Nr", "Wat", "Wat", "Slot"], ["Nr", "Link", "Soort", "Slot"], ["1", "a", "b"],
    ]  # fmt: skip
    assert guessing.headings(found, 2) == ["Nr", "Link", "Soort", "Slot"]


def test_two_headings_that_are_the_same_are_told_apart_by_what_stands_above() -> None:
    rows = [["Melding", None, "Antwoord", None], ["Datum", "Uur", "Datum", "Uur"]]

    found = list(files.rows(workbook({"x": rows}, merged=["A1:B1", "C1:D1"])))

    names = ["Melding – Datum", "Melding – Uur", "Antwoord – Datum", "Antwoord – Uur"]
    assert guessing.headings(found, 2) == names
    assert guessing.headings([(1, ["Datum", "Datum", None, "Uur"])], 1) == [
        "Datum", "Datum (2)", "", "Uur",
    ]  # fmt: skip


def test_cells_keep_what_they_are() -> None:
    book = Workbook()
    values = ["tekst", 17, 17.0, 12.5, True, datetime(2025, 12, 31), datetime(2025, 12, 31, 14, 30)]
    values += [time(9, 15), timedelta(hours=9, minutes=15), "#N/A", 1790000000000000000, "  "]
    book.active.append(values)
    book.active["F1"].number_format = "dd/mm/yyyy"
    file = io.BytesIO()
    book.save(file)

    [(number, cells)] = files.rows(file.getvalue())

    assert (number, list(cells)) == (
        1,
        [
            "tekst", 17, 17, 12.5, True, date(2025, 12, 31), datetime(2025, 12, 31, 14, 30),
            time(9, 15), time(9, 15), Odd("#N/A", CellRule.FORMULA_FAILED),
            Odd("1.79e+18", CellRule.SHORTENED),
        ],
    )  # fmt: skip
    assert [type(cell) for cell in cells[1:3]] == [int, int]


def test_a_formula_without_a_result_is_told() -> None:
    content = workbook({"x": [["a", "=1+1", None, "b"]]})

    [(_, cells)] = files.rows(content)

    assert list(cells) == ["a", Odd("", CellRule.FORMULA_UNSOLVED), None, "b"]


def test_hidden_sheets_are_named_as_such() -> None:
    content = workbook({"a": [["x"]], "b": [["y"]]}, hidden=["b"])

    assert files.names(content) == [("a", False), ("b", True)]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_read_whatever_parts_its_cells(sign: str, mark: str) -> None:
    lines = [["Titel", "", ""], ["Nr", "Link", "Soort"], ["1", "a\nb", ""]]
    text = "\r\n".join(sign.join(f'"{cell}"' for cell in line) for line in lines)

    found = list(files.rows(f"{mark}{text}".encode()))

    assert found == [
        (1, ["Titel"]), (2, ["Nr", "Link", "Soort"]), (3, ["1", "a\nb"]),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["-", "@zzfixture", "=1+1", "+32 2 555 01 01", "a;b;c;d", "'x'"])
def test_a_csv_that_we_handed_out_comes_back_as_it_was(text: str) -> None:
    line = cells.line(["Nr", "Wat"]) + cells.line([text, "1"])

    assert list(files.rows(line.encode())) == [(1, ["Nr", "Wat"]), (2, [text, "1"])]


TEXTS = (st.text() | st.sampled_from(payloads("csv"))).map(lambda text: text.replace("\0", ""))


@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4),
    dialect=st.sampled_from([MACHINE, Dialect(";", ",")]),
)
def test_however_often_it_was_handed_out(rows: list[tuple[str, ...]], dialect: Dialect) -> None:
    told = [("Nr", "Wat", "Waarom"), *rows]
    for _ in range(2):
        content = "".join(cells.line(one, dialect) for one in told)
        read = [row for _, row in files.rows(content.encode())]
        told, before = [tuple(map(files.shown, row)) + ("",) * (3 - len(row)) for row in read], told

    assert told == before


def test_a_guard_of_a_cell_does_not_outlive_a_workbook() -> None:
    assert [list(row) for _, row in files.rows(workbook({"x": [["'-", "'x", "'=1+1"]]}))] == [
        ["-", "'x", "=1+1"]
    ]


LISTED = "een, twee, drie, vier, vijf en zes"
UNLIKE = [
    ("sentences full of commas", f"Nr;Wat\n1;{LISTED}\n2;{LISTED}\n3;zeven, acht\n", ["1", LISTED]),
    ("empty rows first", f"\r\n;\r\n\r\nNr;Wat\r\n1;{LISTED}\r\n2;negen\r\n", ["1", LISTED]),
    ("a title first", f"Lijst, 2025, versie, 3\nNr;Wat\n1;{LISTED}\n2;negen\n", ["1", LISTED]),
    ("tabs beside semicolons", "Nr\tWat\n1\ta; b; c\n2\td; e\n", ["1", "a; b; c"]),
    ("rows that end as old Macs end them", "Nr;Wat\r1;b\r2;c", ["1", "b"]),
    ("quotes in the middle of a cell", 'Nr;Wat\n1;zei "nee" toen\n2;a\n', ["1", 'zei "nee" toen']),
]


@pytest.mark.parametrize(("text", "cells"), [one[1:] for one in UNLIKE], ids=[u[0] for u in UNLIKE])
def test_what_parts_the_cells_is_what_parts_rows_alike(text: str, cells: list[str]) -> None:
    assert cells in [row for _, row in files.rows(text.encode())]


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_days_of_a_workbook_that_counts_from_1904_are_those_days() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([datetime(2025, 12, 31, 14, 30), 44560, 44560.5, 2025, 17])

    [(_, cells)] = files.rows(saved(book))

    assert list(cells) == [datetime(2025, 12, 31, 14, 30), 44560, 44560.5, 2025, 17]
    assert [type(cell) for cell in cells[1:]] == [Days1904, Days1904, int, int]
    assert [files.shown(cell) for cell in cells[1:3]] == ["44560", "44560.5"]


def test_what_is_hidden_or_beyond_is_told_of_each_sheet() -> None:
    book = Workbook()
    sheet = book.active
    for number in range(5):
        sheet.append([number, "a", "b"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["X"].hidden = True  # nothing stands there
    wide = book.create_sheet("wide")
    wide.cell(1, files.MAX_COLUMNS, "last")
    beyond = book.create_sheet("beyond")
    beyond.cell(1, files.MAX_COLUMNS + 1, "lost")

    assert files.unseen(saved(book)) == [(1, 1, False), (0, 0, False), (0, 0, True)]
    assert files.unseen(("a;" * 100 + "\n").encode()) == [(0, 0, False)]
    assert files.unseen(("a;" * 100 + "b\n").encode()) == [(0, 0, True)]


def test_what_is_broken_in_a_sheet_keeps_nobody_from_choosing_it() -> None:
    book = Workbook()
    book.active.append(["a"])
    content, part = saved(book), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = archive.read(part)
    columns = b'<col min="1" max="x" hidden="1"/><col min="1" max="1" hidden="1"/>'
    told = b"<cols>" + columns + b"</cols><sheetData"
    hidden = rewritten(content, part, written.replace(b"<sheetData", told))

    rows = written.replace(b"</sheetData>", b'<row r="40"><c r="A40"><v>0</sheetData>')

    assert files.unseen(hidden) == [(0, 1, False)]
    assert files.unseen(rewritten(content, part, rows)) == [(0, 0, False)]
    assert files.unseen(broken_late(100 * "a;" + "b\n")) == [(0, 0, True)]
    assert files.unseen(broken_late("a;b\n")) == [(0, 0, False)]


def broken_late(line: str) -> bytes:
    """A file whose last quote is never closed."""
    return f'{line * 40}"c;d'.encode()


def test_a_cell_that_is_too_long_is_told_and_kept_whole() -> None:
    long = "a" * (files.MAX_CELL + 1)

    [(_, cells)] = files.rows(f"1;{long}\n".encode())

    assert list(cells) == ["1", Odd(long, CellRule.CELL_TOO_LONG)]


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def rewritten(content: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return zipped(parts | {name: part})


def sheet_of(rows: str, merged: str = "") -> bytes:
    """A workbook whose one sheet is written so."""
    place = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = f'<worksheet xmlns="{place}"><sheetData>{rows}</sheetData>{merged}</worksheet>'
    return rewritten(workbook({"x": [["a"]]}), SHEET, part.encode())


GOOD = requests(row(1))
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
)


def strict(content: bytes) -> bytes:
    """As “Strict Open XML” of Excel saves it: the same names in other namespaces."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    other = b"http://purl.oclc.org/ooxml/"
    for old in (b"spreadsheetml/2006/main", b"officeDocument/2006/relationships"):
        usual = b"http://schemas.openxmlformats.org/" + old
        new = other + old.replace(b"2006/", b"")
        parts = {name: part.replace(usual, new) for name, part in parts.items()}
    return zipped(parts)


@pytest.mark.filterwarnings("ignore:File contains an invalid specification:UserWarning")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_table"), (b"  \r\n", "not_a_table"), (b"<html><table>", "not_a_table"),
        (b"%PDF-1.7", "not_a_table"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old_workbook"),
        (b"Soort;Link\r\nmisbruik \xe9\xe9n;x", "not_utf8"), (b"a;b\0", "not_utf8"),
        ("Soort;Link".encode("utf-16"), "not_utf8"), (b'a;b\n"c;d\n', "broken_quotes"),
        (b"PK\x03\x04 broken", "not_a_workbook"), (GOOD[: len(GOOD) // 2], "not_a_workbook"),
        (zipped({"readme.txt": b"x"}), "not_a_workbook"), (chart_alone(), "not_a_workbook"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "not_a_workbook"),
        (rewritten(GOOD, SHEET, b"<worksheet><sheetData>"), "not_a_workbook"),
        (rewritten(GOOD, SHEET, LAUGHS), "not_a_workbook"), (strict(GOOD), "not_a_workbook"),
        (b"a" * (files.MAX_FILE + 1), "file_too_large"),
        (b"PK\x03\x04" + bytes(files.MAX_FILE), "file_too_large"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_with_the_mend(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _ = [list(files.rows(content, sheet)) for sheet in range(len(files.names(content)))]

    assert refused.value.code == code


def test_a_workbook_that_unpacks_to_more_than_fits_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        files.names(rewritten(GOOD, "xl/media/bomb", bytes(files.MAX_UNPACKED)))

    assert refused.value.code == "file_too_large"


def test_an_open_document_is_named_as_such() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # stored first and plain, as the format demands
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    with pytest.raises(Refused) as refused:
        files.names(file.getvalue())

    assert refused.value.code == "open_document"


def test_rows_are_bounded_and_empty_ones_count_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "MAX_ROWS", 3)
    last = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9000"><c r="A9000"><v>2</v></c></row>'
    )

    assert [number for number, _ in files.rows(last)] == [1, 9000]
    assert len(list(files.rows(b"a\n\n;;\nb\nc\n"))) == 3
    with pytest.raises(Refused) as refused:
        list(files.rows(b"a\nb\nc\nd\n"))
    assert refused.value.code == "too_many_rows_to_import"


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (sheet_of("".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in (1, 1048576))),
         [1, 1048576]),
        (b"a\n" + b"\n" * 1_048_574 + b"b\n", [1, 1048576]),
        (sheet_of("".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 501)),
                  "<mergeCells>" + '<mergeCell ref="A1:CV1048576"/>' * 5_000 + "</mergeCells>"),
         [*range(1, 501)]),
    ],
    ids=["the last row there is", "a million empty lines", "merged again and again"],
)  # fmt: skip
def test_what_a_file_says_of_its_size_adds_no_row(content: bytes, numbers: list[int]) -> None:
    assert [number for number, _ in files.rows(content)] == numbers


@pytest.mark.parametrize("content", [
    sheet_of('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
    sheet_of('<row r="99999999999999999999"><c r="A1"><v>1</v></c></row>'),
    b"\n" * 1_048_576 + b"b\n",
])  # fmt: skip
def test_a_row_that_no_spreadsheet_has_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        list(files.rows(content))

    assert refused.value.code == "too_many_rows_to_import"


def test_headings_are_found_below_a_title() -> None:
    rows = [["Meldpunt 2025", None, None, None, None, None], [None], HEADINGS, row(1), row(2)]

    found = list(files.rows(workbook({"x": rows}, merged=["A1:F1"])))

    assert guessing.heading_row(found) == 3
