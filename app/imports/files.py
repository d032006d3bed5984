"""A person's file as sheets of cells: CSV (RFC 4180, UTF-8) or a workbook, merged cells parted.

Pure. What it takes is bounded: the file, what it unpacks to, its sheets, rows and columns. Of
formulas the result is read that the file holds.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from app.imports.merged_cells import Merged, Range
from app.imports.vocabularies import CellRule
from app.kit import csv_files, read_sheets, workbook_files
from app.kit.cells import unguarded
from app.kit.errors import Refused
from app.kit.read_sheets import ReadCell, ReadSheet
from app.kit.texts import trimmed

MAX_FILE = 8 * 1024 * 1024  # bytes
MAX_UNPACKED = 48 * 1024 * 1024
MAX_SHEETS = 40
MAX_ROWS = 50_000  # filled ones
LAST_ROW = 1_048_576  # of any spreadsheet
MAX_COLUMNS = 100
MAX_CELL = 8_192  # characters
MAX_MERGED = 5_000
# As spreadsheets number days: from 1990 on, before 2100.
DAYS = (32_874, 73_051)
DAYS_1904 = (DAYS[0] - 1_462, DAYS[1] - 1_462)
# Excel keeps fifteen digits of a number: a longer one has lost its last.
_DIGITS = 10**15
_OLD = b"\xd0\xcf\x11\xe0"  # .xls, and whatever is locked with a password
_ODS = b"mimetypeapplication/vnd.oasis.opendocument"
# Bounded in every part: whoever makes a file may choose what stands between two signs.
_MERGED = re.compile(
    rb'<(?:\w{1,9}:)?mergeCell [^<>]{0,99}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
_HIDDEN_ROW = re.compile(rb'<(?:\w{1,9}:)?row [^<>]{0,300}?hidden="(?:1|true)"')
_COLUMNS = re.compile(rb"<(?:\w{1,9}:)?col ([^<>]{0,300})")
_BEYOND = re.compile(rb'<(?:\w{1,9}:)?c r="(C[W-Z]|[D-Z][A-Z]|[A-Z]{3})\d{1,7}"[^<>/]{0,99}>')
_UNSOLVED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"[^<>]{0,99}>\s{0,9}<f[^<>]{0,200}?(?:/>|>[^<]{0,9000}</f>)\s{0,9}'
    rb"(?:<v ?/>|<v></v>)?\s{0,9}</c>"
)


class Odd(NamedTuple):
    """What stands in a cell that cannot be used, and why."""

    text: str
    rule: CellRule


class Days1904(float):
    """A number that may be a day, of a workbook that counts days from 1904 (old Macs)."""


Cell = str | int | float | bool | date | time | Odd | None
Row = tuple[int, Sequence[Cell]]


class Unseen(NamedTuple):
    """What of a sheet its author does not see and is read, and whether columns are not read."""

    rows: int
    columns: int
    is_cut: bool


class SheetName(NamedTuple):
    """A sheet of a file: what it is called, and whether its author hid it."""

    name: str
    is_hidden: bool


def names(content: bytes) -> list[SheetName]:
    """Return the sheets of a file, in order; raises Refused where it cannot be read at all."""
    if not content.startswith(workbook_files.BEGINNING):
        _text(content)
        return [SheetName("", is_hidden=False)]
    found = _sheets(content)[:MAX_SHEETS]
    return [SheetName(str(one.title), one.sheet_state != "visible") for one in found]


def rows(content: bytes, sheet: int = 0) -> Iterator[Row]:
    """Read the filled rows of a sheet, numbered as a spreadsheet shows them; raises Refused."""
    if content.startswith(workbook_files.BEGINNING):
        return _filled(_of_workbook(_sheets(content)[sheet]))
    return _filled(_of_csv(_text(content)))


def beginnings(content: bytes, most: int) -> list[list[Row]]:
    """Return the first filled rows of each sheet, in their order; raises Refused."""
    if not content.startswith(workbook_files.BEGINNING):
        return [list(islice(rows(content), most))]
    sheets = _sheets(content)[:MAX_SHEETS]
    return [list(islice(_filled(_of_workbook(sheet)), most)) for sheet in sheets]


def unseen(content: bytes) -> list[Unseen]:
    """Tell of each sheet how many rows and filled columns are hidden in it, up to what is broken.

    Raises Refused where the file cannot be read at all.
    """
    if not content.startswith(workbook_files.BEGINNING):
        return [Unseen(0, 0, _is_wide(_text(content)))]
    return [_unseen(sheet) for sheet in _sheets(content)[:MAX_SHEETS]]


def _is_wide(text: str) -> bool:
    with suppress(Refused):  # whoever reads all of it is told
        return any(
            len(record) > MAX_COLUMNS and any(map(trimmed, record[MAX_COLUMNS:]))
            for _, record in _records(text)
        )
    return False


def _unseen(sheet: ReadSheet) -> Unseen:
    with sheet._get_source() as part:
        written = part.read()
    width, hidden = 0, set[int]()
    with suppress(Refused):  # whoever reads all of it is told
        for _, cells in islice(_filled(_of_workbook(sheet)), 100):
            width = max(width, len(cells))
    for found in _COLUMNS.finditer(written):
        told = dict(re.findall(rb'(\w{1,20})="(\w{1,20})"', found[1]))
        if told.get(b"hidden") in (b"1", b"true"):
            with suppress(KeyError, ValueError):  # it hides what no spreadsheet has
                first, last = (int(told[name]) for name in (b"min", b"max"))
                hidden |= set(range(max(first, 1), min(last, width) + 1))
    rows = sum(1 for _ in _HIDDEN_ROW.finditer(written))
    return Unseen(rows, len(hidden), _BEYOND.search(written) is not None)


def _filled(found: Iterator[Row]) -> Iterator[Row]:
    count = 0
    for number, cells in found:
        last = next((at for at in range(len(cells), 0, -1) if cells[at - 1] is not None), 0)
        count += last > 0
        if count > MAX_ROWS or number > LAST_ROW:
            raise Refused("too_many_rows_to_import", f"a sheet has at most {MAX_ROWS} rows")
        if last:
            yield number, cells[:last]


def _text(content: bytes) -> str:
    if len(content) > MAX_FILE:
        raise Refused("file_too_large", f"send a file of at most {MAX_FILE} bytes")
    if content.startswith(_OLD):
        raise Refused("old_workbook", "save it as .xlsx, without a password")
    if not content.strip() or content.lstrip().startswith((b"<", b"%PDF", b"{\\rtf")):
        raise Refused("not_a_table", "send a workbook (.xlsx) or a CSV")
    return csv_files.decoded(content).removeprefix(csv_files.BYTE_ORDER_MARK)


def _of_csv(text: str) -> Iterator[Row]:
    for number, record in _records(text):
        if any(record) or number > LAST_ROW:
            yield number, [_plain(cell) for cell in record[:MAX_COLUMNS]]


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = csv_files.delimiter_of("".join(islice(csv_files.lines(text), 20)))
    return csv_files.records(csv_files.lines(text), delimiter)


def _plain(text: str) -> str | Odd | None:
    """Read a text; it may come from one of our own files, corrected, or saved as a workbook."""
    whole = unguarded(trimmed(text.replace("\0", ""))).strip()
    return Odd(whole, CellRule.CELL_TOO_LONG) if len(whole) > MAX_CELL else whole or None


def _sheets(content: bytes) -> list[ReadSheet]:
    if len(content) > MAX_FILE:
        raise Refused("file_too_large", f"send a file of at most {MAX_FILE} bytes")
    if _ODS in content[:200]:
        raise Refused("open_document", "save it as .xlsx")
    return workbook_files.opened(content, MAX_UNPACKED, results=True)


def _of_workbook(sheet: ReadSheet) -> Iterator[Row]:
    try:
        ranges, unsolved = _marks(sheet)
        merged: Merged[Cell] = Merged(ranges)
        is_of_1904 = sheet.parent.epoch.year == 1904
        for number, found in read_sheets.written(sheet, MAX_COLUMNS):
            cells = [None if cell is None else _cell(cell, is_of_1904=is_of_1904) for cell in found]
            for place in unsolved.get(number, ()):
                if place < len(cells):
                    cells[place] = Odd("", CellRule.FORMULA_UNSOLVED)
            merged.part(number, cells)
            yield number, cells
    except Exception as error:
        raise workbook_files.broken(error) from error


def _marks(sheet: ReadSheet) -> tuple[list[Range], dict[int, list[int]]]:
    """Return what a reader row by row is not told: merged cells, and formulas without a result."""
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    with sheet._get_source() as part:
        written: bytes = part.read()
    ranges = (one[1].decode() for one in islice(_MERGED.finditer(written), MAX_MERGED))
    bounds = [range_boundaries(one) for one in ranges]
    merged = [(a, b, min(c, MAX_COLUMNS), d) for a, b, c, d in bounds if a <= MAX_COLUMNS]
    unsolved: dict[int, list[int]] = {}
    if b"<f" in written:
        for found in _UNSOLVED.finditer(written):
            row, column = coordinate_to_tuple(found[1].decode())
            if column <= MAX_COLUMNS:
                unsolved.setdefault(row, []).append(column - 1)
    return merged, unsolved


def _cell(cell: ReadCell, *, is_of_1904: bool) -> Cell:
    """Read a workbook's cell; a day without a time is a day, a whole number whole."""
    value = cell.value
    match value:
        case None | bool() | time():
            return value
        case datetime():
            has_time = "h" in (cell.number_format or "").lower() or value.time() != time()
            return value if has_time else value.date()
        case timedelta():
            return _clock_time(value)
        case int() | float():
            is_day = is_of_1904 and DAYS_1904[0] <= value < DAYS_1904[1]
            return Days1904(value) if is_day else _number(value)
        case _ if cell.data_type == "e":
            return Odd(str(value), CellRule.FORMULA_FAILED)
    return _plain(str(value))


def _clock_time(value: timedelta) -> Cell:
    whole = int(value.total_seconds())
    if not 0 <= whole < 24 * 60 * 60:
        return str(value)
    return time(whole // 3600, whole // 60 % 60, whole % 60)


def _number(value: float) -> Cell:
    if abs(value) >= _DIGITS:
        return Odd(str(value), CellRule.SHORTENED)
    return int(value) if float(value).is_integer() else value


def shown(cell: Cell) -> str:
    """Spell a cell as its author sees it, about."""
    match cell:
        case None:
            return ""
        case Odd():
            return cell.text
        case datetime():
            return cell.isoformat(" ", "minutes")
        case time():
            return cell.isoformat("minutes")
        case Days1904() if cell.is_integer():
            return str(int(cell))
    return str(cell)
