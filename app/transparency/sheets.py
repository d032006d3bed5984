"""A file as sheets of cells: CSV (RFC 4180, UTF-8), or a workbook, whose formulas nobody works out.

Pure. What it takes is bounded: the file, what it unpacks to, its sheets and rows.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.kit import csv_files, workbook_files
from app.kit.errors import Refused
from app.kit.read_sheets import ReadCell, ReadSheet
from app.transparency.vocabularies import ReportRule

MAX_FILE = 8_000_000  # bytes
MAX_UNPACKED = 16 * 1024 * 1024
MAX_SHEETS = 40
MAX_ROWS = 5_000
MAX_COLUMNS = 40
MAX_CELLS = 1_000  # of a record: what stands behind them makes it too long anyway


class Cell(NamedTuple):
    """What stands in a cell, and the rule that its kind breaks where a number is wanted."""

    text: str
    rule: ReportRule | None = None


class Sheet(NamedTuple):
    """The rows of a sheet, empty ones too, read as they are asked for; and what is odd about it.

    Those of a workbook are all as long, for it does not keep empty cells.
    """

    rows: Iterator[Sequence[Cell]]
    odd: tuple[ReportRule, ...] = ()


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """Read a file's sheets, one after the other; raises Refused where it cannot be read at all."""
    if len(content) > MAX_FILE:
        raise Refused("file_too_large", f"send a file of at most {MAX_FILE} bytes")
    if content.startswith(workbook_files.BEGINNING):
        yield from _of_workbook(content)
    else:
        yield _of_csv(content)


def _of_csv(content: bytes) -> Sheet:
    text = csv_files.decoded(content)
    odd = [ReportRule.BYTE_ORDER_MARK] if text.startswith(csv_files.BYTE_ORDER_MARK) else []
    text = text.removeprefix(csv_files.BYTE_ORDER_MARK)
    delimiter = csv_files.delimiter_of(text.partition("\n")[0])
    odd += [ReportRule.DELIMITER] if delimiter != "," else []
    return Sheet(_records(text, delimiter), tuple(odd))


def _records(text: str, delimiter: str) -> Iterator[Sequence[Cell]]:
    for number, record in csv_files.records(csv_files.lines(text), delimiter):
        _bound(number)
        yield [Cell(cell) for cell in record[:MAX_CELLS]]


def _of_workbook(content: bytes) -> Iterator[Sheet]:
    for sheet in workbook_files.opened(content, MAX_UNPACKED)[:MAX_SHEETS]:
        yield Sheet(_padded(sheet))


def _padded(sheet: ReadSheet) -> Iterator[Sequence[Cell]]:
    try:
        sheet.reset_dimensions()  # what a sheet says of its size is not believed
        for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            _bound(number)
            yield [*map(_cell, row), *[Cell("")] * (MAX_COLUMNS - len(row))]
    except Exception as error:
        raise workbook_files.broken(error) from error


def _cell(cell: ReadCell) -> Cell:
    """Spell a workbook's cell; a whole number is whole however it was stored."""
    value = cell.value
    match value:
        case None:
            return Cell("")
        case bool() | datetime() | date() | time() | timedelta():
            return Cell(str(value), ReportRule.NOT_PLAIN)
        case int() | float() if "%" in (cell.number_format or ""):
            return Cell(str(value), ReportRule.PERCENTAGE)
        case float() if value.is_integer():
            return Cell(f"{value:.0f}")
        case _ if cell.data_type == "f":
            return Cell(str(getattr(value, "text", value)), ReportRule.FORMULA)
    return Cell(str(value))


def _bound(number: int) -> None:
    if number > MAX_ROWS:
        raise Refused("too_many_rows", f"a sheet has at most {MAX_ROWS} rows")
