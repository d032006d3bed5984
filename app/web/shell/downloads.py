"""Tables handed out by pages: as an Excel workbook, or as CSV that the reader's Excel reads."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from enum import StrEnum
from io import BytesIO
from itertools import islice
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

from starlette.responses import Response

from app.http.streaming import Streamed
from app.kit import cells, workbook
from app.kit.cells import BOM, MACHINE, Dialect, Value
from app.kit.languages import SOURCE
from app.web.shell.request_context import Visit

AT_ONCE = 500  # rows
PIECE = 64 * 1024  # bytes


class SheetForm(StrEnum):
    """The forms a page's table is handed out in; each is its file's ending."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA: Mapping[SheetForm, str] = {
    SheetForm.CSV: "text/csv; charset=utf-8",
    SheetForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Table(NamedTuple):
    """A table: its file's name without the ending, its columns' codes with their headings."""

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Generator[Sequence[Value]]
    is_marked: bool = False  # begins with a BOM in English too
    is_sealed: bool = False  # what stands in it may lie in no file of the server


def answered(visit: Visit, table: Table, form: SheetForm) -> Response:
    """Hand a table out; its rows are read some at a time."""
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.{form}"'}
    pieces = _csv(visit, table) if form is SheetForm.CSV else _pieces(_workbook(visit, table))
    return Streamed(pieces, media_type=MEDIA[form], headers=headers)


def asked_form(visit: Visit) -> SheetForm:
    """Return the form that an address ends with."""
    return SheetForm(visit.request.url.path.rpartition(".")[2])


def dialect_of(visit: Visit) -> Dialect:
    """Return how the reader's Excel expects a CSV: in Dutch and French with decimal commas."""
    return MACHINE if visit.language == SOURCE else Dialect(";", ",", visit.workspace.zone)


def _csv(visit: Visit, table: Table) -> Generator[str]:
    dialect = dialect_of(visit)
    with closing(table.rows) as rows:
        mark = BOM if table.is_marked or dialect is not MACHINE else ""
        yield mark + cells.line(table.columns, dialect)
        while some := list(islice(rows, AT_ONCE)):
            yield "".join(cells.line(row, dialect) for row in some)


def _workbook(visit: Visit, table: Table) -> BinaryIO:
    """Write the workbook before anything is sent: a fault is told as one, not as half a file."""
    headings = list(table.columns.values())
    head = workbook.Head(table.title, headings, visit.context.clock(), visit.workspace.zone)
    file = BytesIO() if table.is_sealed else TemporaryFile()  # noqa: SIM115 - closed when it was sent
    with closing(table.rows) as rows:
        workbook.write(file, head, rows, in_memory=table.is_sealed)
    file.seek(0)
    return file


def _pieces(file: BinaryIO) -> Generator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
