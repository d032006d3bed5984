"""A table as an Excel workbook, written row by row: in memory, or in files however long it is.

The same table is the same bytes, but for the moment it tells.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import count, islice
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.kit import cells
from app.kit.cells import Value

# No text becomes a formula, a number or a link.
AS_TEXT: Mapping[str, bool] = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
ROWS = 1_048_575  # as many as a sheet takes below its headings; what is more goes on in another
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_NARROWEST, _WIDEST = 17, 40  # a moment stands in the narrowest


class Head(NamedTuple):
    """What stands above and around the rows: moments are local to the zone."""

    title: str
    headings: Sequence[str]
    made_at: datetime
    zone: ZoneInfo


class _Styles(NamedTuple):
    """The formats of a workbook."""

    heading: Format
    moment: Format
    day: Format
    like_formula: Format


def write(
    file: BinaryIO, head: Head, rows: Iterable[Iterable[Value]], *, in_memory: bool = False
) -> None:
    """Write a workbook into a file; on the way it lies in memory, or in a folder of its own."""
    if in_memory:
        _write_sheets(Workbook(file, {"in_memory": True, **AS_TEXT}), head, rows)
        return
    with TemporaryDirectory() as folder:
        flat = {"constant_memory": True, "tmpdir": folder}
        _write_sheets(Workbook(file, {**flat, **AS_TEXT}), head, rows)


def _write_sheets(workbook: Workbook, head: Head, rows: Iterable[Iterable[Value]]) -> None:
    left = iter(rows)
    with workbook:
        made_at = head.made_at.astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"title": head.title, "created": made_at})
        styles = _Styles(
            workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            workbook.add_format({"num_format": "yyyy-mm-dd"}),
            workbook.add_format({"quote_prefix": True}),  # stays a text when somebody edits it
        )
        for number in count(1):
            sheet = workbook.add_worksheet(sheet_name(number if number > 1 else 0, head.title))
            if _fill(sheet, head, islice(left, ROWS), styles=styles) < ROWS:
                break


def sheet_name(number: int, caption: str) -> str:
    """Name a sheet: its number, where it is not 0, makes it another than all others."""
    name = _NOT_IN_A_NAME.sub(" ", f"{number} {caption}" if number else caption)
    return textwrap.shorten(name, _LONGEST_NAME, placeholder="…")


def _fill(sheet: Worksheet, head: Head, rows: Iterator[Iterable[Value]], *, styles: _Styles) -> int:
    """Write a sheet, and return how many rows it holds."""
    sheet.freeze_panes(1, 1)
    for place, heading in enumerate(head.headings):
        sheet.set_column(place, place, min(max(_NARROWEST, len(heading) + 4), _WIDEST))
        sheet.write_string(0, place, heading, styles.heading)
    line = 0
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, (line, place), value, zone=head.zone, styles=styles)
    sheet.autofilter(0, 0, line, len(head.headings) - 1)
    return line


def _write(
    sheet: Worksheet, at: tuple[int, int], value: Value, *, zone: ZoneInfo, styles: _Styles
) -> None:
    """Write a cell by its type; nothing where there is no value."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, cells.local(value, zone), styles.moment)
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime.combine(value, time()), styles.day)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value)
    elif told := cells.text(value):
        sheet.write_string(*at, told, styles.like_formula if cells.is_like_formula(told) else None)
