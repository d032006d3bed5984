"""A report as an Excel workbook: a first sheet of words, then a sheet for each table.

Pure. Numbers are numbers, every text is only a text, and no cell holds a formula.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.kit.workbook import AS_TEXT, sheet_name
from app.reports.document import Document
from app.reports.forms.edition import Edition
from app.reports.forms.sections import view
from app.reports.forms.view import Prose, Row, Section, Table, Unit, View

_NUMBERS: Mapping[Unit, str] = {Unit.COUNT: "#,##0", Unit.HOURS: "#,##0.0", Unit.SHARE: "0%"}
_WIDEST = 60


def rendered(document: Document, edition: Edition) -> bytes:
    """Write the workbook."""
    shown = view(document, edition)
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True, **AS_TEXT}) as workbook:
        workbook.set_properties(
            {
                "title": shown.name,
                "author": shown.organisation,
                "created": datetime.fromisoformat(shown.as_of).astimezone(UTC).replace(tzinfo=None),
            }
        )
        styles = _Styles(workbook)
        first = workbook.add_worksheet(sheet_name(0, shown.title))
        named = {
            id(table): _add(workbook, number, table, styles=styles)
            for number, table in enumerate(shown.tables, start=1)
        }
        _write_words(first, shown, named, styles=styles)
    return written.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, str | int], ...], Format] = {}

    def of(self, **told: str | int) -> Format:
        key = tuple(sorted(told.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"valign": "top", **told})
        return self._made[key]


def _write_words(
    sheet: Worksheet, shown: View, named: Mapping[int, str], *, styles: _Styles
) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, shown.title, styles.of(bold=True, font_size=16))
    facts = [*shown.facts, ("SHA-256", shown.sha256)]
    for line, (name, told) in enumerate(facts, start=2):
        sheet.write_string(line, 0, name, styles.of())
        sheet.write_string(line, 1, told, styles.of(bold=True))
    line = len(facts) + 3
    for section in (*shown.sections, shown.open_data):
        line = _write_section(sheet, line, section, named=named, styles=styles)


def _write_section(
    sheet: Worksheet, line: int, section: Section, *, named: Mapping[int, str], styles: _Styles
) -> int:
    """Write a section from a line on, and return the line of the next one.

    Of a table only the name of its sheet and its caption stand here.
    """
    size = {2: 14, 3: 12}[section.level]
    sheet.write_string(line, 0, section.heading, styles.of(bold=True, font_size=size))
    for block in section.blocks:
        told = block.paragraphs if isinstance(block, Prose) else (block.caption,)
        for text in told:
            line += 1
            if isinstance(block, Table):
                sheet.write_string(line, 0, named[id(block)], styles.of(text_wrap=True))
            sheet.write_string(line, 1, text, styles.of(text_wrap=True))
    return line + 2


def _add(workbook: Workbook, number: int, table: Table, *, styles: _Styles) -> str:
    """Add the sheet of a table, and return its name."""
    name = sheet_name(number, table.caption)
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(2, 1)
    sheet.write_string(0, 0, table.caption, styles.of(bold=True))
    head = styles.of(bold=True, bottom=1, text_wrap=True)
    for place, heading in enumerate((table.corner, *(one.heading for one in table.columns))):
        sheet.write_string(1, place, heading, head)
        sheet.set_column(place, place, _width(table, place))
    for line, row in enumerate(table.rows, start=2):
        _write_row(sheet, line, row, table=table, styles=styles)
    for line, note in enumerate(table.notes, start=len(table.rows) + 3):
        sheet.write_string(line, 0, note, styles.of(italic=True))
    return name


def _write_row(sheet: Worksheet, line: int, row: Row, *, table: Table, styles: _Styles) -> None:
    told: dict[str, str | int] = {"bold": row.is_total, "top": 1 if table.is_ruled(row) else 0}
    sheet.write_string(line, 0, row.heading, styles.of(text_wrap=True, **told))
    for place, (value, column) in enumerate(zip(row.values, table.columns, strict=True)):
        told["left"] = 1 if place in table.ruled_columns else 0
        if isinstance(value, str):
            sheet.write_string(line, place + 1, value, styles.of(text_wrap=True, **told))
        else:
            style = styles.of(num_format=_NUMBERS[column.unit], **told)
            sheet.write_number(line, place + 1, float(value), style)


def _width(table: Table, place: int) -> int:
    """Return how wide a column is: as its longest word or heading of a row, within reason."""
    if place == 0:
        return min(_WIDEST, 2 + max(len(row.heading) for row in table.rows))
    texts = [row.values[place - 1] for row in table.rows]
    words = table.columns[place - 1].heading.split()
    longest = max(len(str(one)) for one in (*texts, *words))
    return min(_WIDEST, 3 + longest)
