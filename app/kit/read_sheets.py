"""A sheet of a workbook that was opened, as openpyxl reads it, which carries no types.

Pure.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import IO, Protocol


class ReadCell(Protocol):
    """A cell; an empty one has no format."""

    @property
    def value(self) -> object:
        """What stands in it, of the type that the workbook says."""

    @property
    def number_format(self) -> str | None:
        """How a number or moment is shown."""

    @property
    def data_type(self) -> str:
        """What the workbook says it is: `n`, `s`, `b`, `d`, `e` or `f`."""


class ReadBook(Protocol):
    """What openpyxl knows of a workbook, and needs to read a sheet."""

    data_only: bool
    epoch: datetime  # from when days are counted
    _date_formats: object
    _timedelta_formats: object


class ReadSheet(Protocol):
    """A sheet, read row by row."""

    title: str
    sheet_state: str
    parent: ReadBook
    _shared_strings: object

    def reset_dimensions(self) -> None:
        """Forget what the sheet says of its size."""

    def iter_rows(self, *, max_col: int) -> Iterator[Sequence[ReadCell]]:
        """Read its rows, each no longer than this."""

    def _get_source(self) -> AbstractContextManager[IO[bytes]]: ...


def written(sheet: ReadSheet, most: int) -> Iterator[tuple[int, list[ReadCell | None]]]:
    """Read the rows that a sheet holds, each no longer than this; those it passes over are none."""
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._reader import WorkSheetParser

    book, last = sheet.parent, 0
    with sheet._get_source() as part:
        rows = WorkSheetParser(
            part,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        ).parse()
        for number, found in rows:
            if number <= last:  # no program writes rows in another order
                continue
            last = number
            near = [cell for cell in found if cell["column"] <= most]
            cells: list[ReadCell | None] = [None] * max((one["column"] for one in near), default=0)
            for cell in near:
                cells[cell["column"] - 1] = ReadOnlyCell(sheet, **cell)
            yield number, cells
