"""Tables handed out by pages: as an Excel workbook, or as CSV that the reader's Excel reads.

A new table is its columns, its rows and an address. In a workbook the codes of its cells are words
of the reader's language; a CSV keeps them.
"""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from enum import StrEnum
from io import BytesIO
from itertools import chain, islice
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, TypeVar

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action
from app.http.streaming import Streamed
from app.kit import cells, workbook
from app.kit.canonical import Json
from app.kit.cells import BOM, MACHINE, Dialect, Value
from app.kit.languages import SOURCE
from app.kit.wording import say
from app.web.shell import cell_words
from app.web.shell.addresses import of as address_of
from app.web.shell.cell_words import NO_LABELS, Labels
from app.web.shell.request_context import Visit

R = TypeVar("R")
Endpoint = TypeVar("Endpoint", bound=Callable[..., Response])
# Of each column its heading, and what stands in the row of something.
Columns = Mapping[str, tuple[str, Callable[[R], Value]]]
AT_ONCE = 500  # rows
PIECE = 64 * 1024  # bytes
# So many rows of a workbook are written in memory, some 8 kB each; for more it takes files.
IN_MEMORY = 2_000
NOTHING: Mapping[str, str] = MappingProxyType({})


class SheetForm(StrEnum):
    """The forms a page's table is handed out in; each is its file's ending."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA: Mapping[SheetForm, str] = {
    SheetForm.CSV: "text/csv; charset=utf-8",
    SheetForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Table(NamedTuple):
    """A table: its file's name without the ending, its columns' codes with their headings.

    `sealed` are columns sealed at rest, which no file of the server holds, by what the audit log
    calls them. `labels` are the words of codes that no other table has, by column.
    """

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Generator[Sequence[Value]]
    is_marked: bool = False  # begins with a BOM in English too
    sealed: Mapping[str, str] = NOTHING
    labels: Labels = NO_LABELS


def at(router: APIRouter, path: str) -> Callable[[Endpoint], Endpoint]:
    """Serve a table at a path in each form: `/inbox` as `/inbox.csv` and `/inbox.xlsx`."""

    def served(endpoint: Endpoint) -> Endpoint:
        for form in SheetForm:
            router.get(f"{path}.{form}")(endpoint)
        return endpoint

    return served


def of(
    visit: Visit,
    name: str,
    title: str,
    *,
    columns: Columns[R],
    rows: Iterable[R],
    labels: Labels = NO_LABELS,
) -> Table:
    """Return a table whose title and headings are marked sentences."""
    tells = [told for _, told in columns.values()]
    return Table(
        name=name,
        title=say(visit.words, title),
        columns={code: say(visit.words, heading) for code, (heading, _) in columns.items()},
        rows=([told(row) for told in tells] for row in rows),
        labels=labels,
    )


def answered(visit: Visit, table: Table, form: SheetForm) -> Response:
    """Hand a table out; its rows are read some at a time."""
    if form is SheetForm.CSV:
        return _streamed(_csv(visit, table), table, form)
    return _streamed(_pieces(_workbook(visit, table)[0]), table, form)


def recorded(
    visit: Visit,
    table: Table,
    form: SheetForm,
    *,
    detail: Mapping[str, Json],
    reference: str | None = None,
) -> Response:
    """Hand a table out and write down that it was, and whether with what is sealed at rest.

    `reference` names the one request that it is of.
    """
    file, is_whole = None, True
    if table.sealed and form is SheetForm.XLSX:
        file, is_whole = _workbook(visit, table)
    told = {**detail, **dict.fromkeys(table.sealed.values(), is_whole)}
    with visit.write() as unit:
        audit.record(unit, visit.actor.name, Action.EXPORTED, reference=reference, **told)
    return answered(visit, table, form) if file is None else _streamed(_pieces(file), table, form)


def addresses(path: str, asked: Mapping[str, object] = NOTHING) -> dict[SheetForm, str]:
    """Return where a table is handed out in each form, under what is asked of its page."""
    return {form: address_of(f"{path}.{form}", asked) for form in SheetForm}


def asked_form(visit: Visit) -> SheetForm:
    """Return the form that an address ends with."""
    return SheetForm(visit.request.url.path.rpartition(".")[2])


def form_of(told: str) -> SheetForm:
    """Return the form that a button asks for; CSV where it names none."""
    return SheetForm.XLSX if told == SheetForm.XLSX else SheetForm.CSV


def dialect_of(visit: Visit) -> Dialect:
    """Return how the reader's Excel expects a CSV: in Dutch and French with decimal commas."""
    return MACHINE if visit.language == SOURCE else Dialect(";", ",", visit.workspace.zone)


def _streamed(pieces: Generator[str] | Generator[bytes], table: Table, form: SheetForm) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{table.name}.{form}"'}
    return Streamed(pieces, media_type=MEDIA[form], headers=headers)


def _csv(visit: Visit, table: Table) -> Generator[str]:
    dialect = dialect_of(visit)
    with closing(table.rows) as rows:
        mark = BOM if table.is_marked or dialect is not MACHINE else ""
        some = list(islice(rows, AT_ONCE))
        yield mark + cells.line(table.columns, dialect)
        while some:
            yield "".join(cells.line(row, dialect) for row in some)
            some = list(islice(rows, AT_ONCE))


def _workbook(visit: Visit, table: Table) -> tuple[BinaryIO, bool]:
    """Write the workbook before anything is sent: a fault is told as one, not as half a file.

    Tells too whether all columns are in it: a long one leaves out what no file may hold.
    """
    with closing(table.rows) as rows:
        first = list(islice(rows, IN_MEMORY + 1))
        is_short = len(first) <= IN_MEMORY
        left_out = NOTHING if is_short else table.sealed
        kept = [place for place, code in enumerate(table.columns) if code not in left_out]
        headings = list(table.columns.values())
        head = workbook.Head(
            table.title,
            [headings[place] for place in kept],
            visit.context.clock(),
            visit.workspace.zone,
        )
        worded = cell_words.teller(visit, table.columns, table.labels)
        lines = ([row[place] for place in kept] for row in map(worded, chain(first, rows)))
        file = BytesIO() if is_short else TemporaryFile()  # noqa: SIM115 - closed when it was sent
        workbook.write(file, head, lines, in_memory=is_short)
    file.seek(0)
    return file, not left_out


def _pieces(file: BinaryIO) -> Generator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
