"""The data dictionary: what the tables and codes of the CSV file are, so that others can use it.

Pure.
"""

from collections.abc import Iterator

from app.reports.document import CountedTable, Document
from app.reports.forms.naming import Names
from app.reports.forms.table_views import name_of, part_name
from app.reports.forms.view import Column, Prose, Row, Section, Table, Unit
from app.reports.tables import TOTAL
from app.reports.vocabularies import Axis


def section(document: Document, names: Names) -> Section:
    """Explain the CSV file, table by table and code by code."""
    return Section(
        names.gettext("Data dictionary of the CSV file"),
        (
            Prose(
                (
                    names.gettext(
                        "The CSV file holds every number of the counted tables, one on each line:"
                        " table, row, column and value. Tables, rows and columns are named by"
                        " codes, the same in every language; a provider is named by its own name."
                        " Values are whole numbers. “total” stands for a sum."
                    ),
                    _licence(document, names),
                )
            ),
            _tables(document, names),
            _codes(document, names),
        ),
    )


def _licence(document: Document, names: Names) -> str:
    if document.licence:
        return names.gettext("Licence: %(licence)s.", licence=document.licence)
    return names.gettext("The organisation has not chosen a licence for these data.")


def _tables(document: Document, names: Names) -> Table:
    return Table(
        caption=names.gettext("Tables of the CSV file"),
        corner=names.gettext("Table"),
        columns=tuple(
            Column(heading, Unit.TEXT)
            for heading in (
                names.gettext("Part of the report"),
                names.gettext("What it holds"),
                names.gettext("Rows"),
                names.gettext("Columns"),
                names.gettext("Unit of the values"),
            )
        ),
        rows=tuple(Row(table.id, _told(table, names)) for table in document.tables),
    )


def _told(table: CountedTable, names: Names) -> tuple[str, ...]:
    counted = [names.label("counted", one) for one in table.counted]
    by_unit = table.columns_by == Axis.COUNTED
    return (
        part_name(table, names),
        names.label("report_table", name_of(table)),
        names.label("axis", table.rows_by),
        names.gettext("Unit") if by_unit else names.label("axis", table.columns_by),
        "; ".join(counted if by_unit else counted[:1]),
    )


def _codes(document: Document, names: Names) -> Table:
    return Table(
        caption=names.gettext("Codes of the CSV file"),
        corner=names.gettext("Code"),
        columns=(
            Column(names.gettext("Row or column"), Unit.TEXT),
            Column(names.gettext("What it means"), Unit.TEXT),
        ),
        rows=tuple(_rows(document, names)),
    )


def _rows(document: Document, names: Names) -> Iterator[Row]:
    """Tell each code once; a provider's name is no code, but that it is unknown is one."""
    found: dict[Axis, dict[str, None]] = {}
    for table in document.tables:
        found.setdefault(table.rows_by, {}).update(dict.fromkeys(table.rows))
        found.setdefault(table.columns_by, {}).update(dict.fromkeys(table.columns))
    yield Row(TOTAL, (names.gettext("Row or column"), names.gettext("Total")))
    for axis, keys in found.items():
        of = names.gettext("Unit") if axis == Axis.COUNTED else names.label("axis", axis)
        for key in keys:
            meaning = names.of(axis, key)
            if key != TOTAL and (axis != Axis.PROVIDER or meaning != key):
                yield Row(key, (of, meaning))
