"""Tables of a document as people read them: captions, headings, and what stands under the line.

Pure.
"""

from app.kit.wording import N_
from app.reports.actions import UNDER_THE_LINE
from app.reports.document import CountedTable
from app.reports.forms.naming import Names
from app.reports.forms.view import Column, Row, Table
from app.reports.layouts import PROMOTION
from app.reports.tables import TOTAL
from app.reports.vocabularies import Axis, Counted, Part

_ROWS_UNDER = N_(
    "Under the line: notices that the total includes, but that say nothing of the provider's"
    " action."
)
_COLUMNS_UNDER = N_(
    "Between the upright lines: notices that the total includes, but that say nothing of the"
    " provider's action."
)
_ONCE = N_("A case is counted once in each cell, each row, each column and the total.")


def name_of(table: CountedTable) -> str:
    """Return by which name its caption is found: its id without the part of the report."""
    return table.id.rpartition(".")[2]


def part_name(table: CountedTable, names: Names) -> str:
    """Return what the part of the report is called in which a table stands."""
    part = table.id.rpartition(".")[0]
    if Part.has(part):
        return names.label("report_part", part)
    if part:
        return names.label("deepnude", part.removeprefix("deepnude_"))
    if name_of(table) == "promotion":
        return names.category(PROMOTION)
    return names.gettext("Counts")


def counts_anything(table: CountedTable) -> bool:
    """Tell whether any of its sums is above 0."""
    return any(table.values[-1])


def view_of(table: CountedTable, names: Names) -> Table:
    """Show a table as it was counted."""
    columns = tuple(
        Column(
            names.of(table.columns_by, key),
            under_the_line=_is_under(table.columns_by, key),
        )
        for key in table.columns
    )
    # Beside many columns there is no room for codes; the method part has them all.
    named = names.with_code if table.columns_by == Axis.COUNTED else names.of
    rows = tuple(
        Row(
            named(table.rows_by, key),
            values,
            under_the_line=_is_under(table.rows_by, key),
            is_total=key == TOTAL,
        )
        for key, values in zip(table.rows, table.values, strict=True)
    )
    return Table(
        caption=names.label("report_table", name_of(table)),
        corner=names.label("axis", table.rows_by),
        columns=columns,
        rows=rows,
        notes=tuple(map(names.say, _notes(table, columns, rows))),
    )


def chart_of(table: CountedTable, names: Names, caption: str) -> Table:
    """Show the sums of its rows as bars: those that count anything, without the total."""
    column = table.columns.index(TOTAL) if TOTAL in table.columns else 0
    rows = tuple(
        Row(names.of(table.rows_by, key), (values[column],))
        for key, values in zip(table.rows, table.values, strict=True)
        if key != TOTAL and values[column]
    )
    heading = names.label("counted", table.counted[0])
    corner = names.label("axis", table.rows_by)
    return Table(caption, corner, (Column(heading),), rows, bars=True)


def _is_under(axis: Axis, key: str) -> bool:
    return axis == Axis.ACTION and key in UNDER_THE_LINE


def _notes(table: CountedTable, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> list[str]:
    notes = []
    if any(row.under_the_line for row in rows):
        notes.append(_ROWS_UNDER)
    if any(column.under_the_line for column in columns):
        notes.append(_COLUMNS_UNDER)
    if Counted.CASES in table.counted:
        notes.append(_ONCE)
    return notes
