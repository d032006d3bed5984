"""Workbooks as people send them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Dossiernr.", "Soort feiten", "Link", "Omschrijving", "Gemeld op", "Uur")
TEXT = "Beelden van een minderjarige, beoordeeld door een opgeleide analist."


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    *,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
) -> bytes:
    """Return a workbook; `merged` are ranges of its last sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    for cells in merged:
        sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def row(number: int, **more: Any) -> list[Any]:
    """Return a row of requests under HEADINGS."""
    told = {
        "Dossiernr.": f"2025/{number:03d}",
        "Soort feiten": "grooming",
        "Link": f"https://x.com/zzfixture/status/17900000000000{number:05d}",
        "Omschrijving": TEXT,
        "Gemeld op": "3 dec 2025",
        "Uur": "14u30",
    }
    return list((told | more).values())


def requests(*rows: Sequence[Any]) -> bytes:
    """Return a workbook of one sheet: HEADINGS in its first row."""
    return workbook({"2025": [HEADINGS, *rows]})


def chart_alone() -> bytes:
    """Return a workbook without a single cell."""
    book = Workbook()
    book.remove(book.active)
    book.create_chartsheet()
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
