"""Read a spreadsheet file row by row: CSV (RFC 4180) in UTF-8, header first.

Cells are parted by commas, semicolons or tabs, whichever the header holds most of.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TextIO

from app.kit import csv_files
from app.kit.errors import Fault, Refused
from app.kit.texts import trimmed

MAX_LINE = 256 * 1024  # characters; as much as the body of a request


class Sheet(NamedTuple):
    """A file that can be read to its end: how, and how many rows it holds."""

    path: Path
    delimiter: str
    columns: tuple[str, ...]
    rows: int


class Row(NamedTuple):
    """The filled cells of a row by column; numbered as a spreadsheet shows it.

    `remark` says what of it is a person's word for all rows, not the file's.
    """

    number: int
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    remark: str = ""


class Table(NamedTuple):
    """Rows to be brought in, under the columns of the importer that their file has."""

    columns: Sequence[str]
    rows: Iterable[Row]


def sheet(path: Path, known: Collection[str]) -> Sheet:
    """Read a file once through, keeping nothing, so that nothing is stored of a broken one.

    Raises Refused: not UTF-8, quotes that do not close, a column that is not `known`.
    """
    with path.open("rb") as file:
        first = file.readline(MAX_LINE).decode(errors="replace")
    delimiter = csv_files.delimiter_of(first)
    records = _records(path, delimiter)
    _, header = next(records, (1, []))
    columns = _columns(header, known)
    return Sheet(path, delimiter, columns, sum(1 for _, cells in records if _filled(cells)))


def table(found: Sheet) -> Table:
    """Return a sheet as what can be brought in, read as it is asked for."""
    return Table(found.columns, rows(found))


def rows(found: Sheet) -> Iterator[Row]:
    """Read the rows below the header; empty ones are passed over."""
    for number, cells in _records(found.path, found.delimiter):
        if number > 1 and _filled(cells):
            yield _row(number, cells, found.columns)


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    faults = []
    if len(cells) < len(columns) or _filled(cells[len(columns) :]):
        mend = f"the row has {len(cells)} cells and the header {len(columns)}: check its quotes"
        faults.append(Fault("", "cell_count", mend))
    if any("\0" in cell for cell in cells):
        faults.append(Fault("", "nul", "a cell holds a NUL character: take it out"))
    texts = {name: trimmed(cell) for name, cell in zip(columns, cells, strict=False)}
    return Row(number, {name: text for name, text in texts.items() if text}, tuple(faults))


def _filled(cells: Sequence[str]) -> bool:
    return any(trimmed(cell) for cell in cells)


def _records(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from csv_files.records(_lines(file), delimiter)
        except UnicodeDecodeError:
            raise Refused("not_utf8", "the file is not UTF-8: save it as “CSV UTF-8”") from None


def _lines(file: TextIO) -> Iterator[str]:
    for line in iter(partial(file.readline, MAX_LINE + 1), ""):
        if len(line) > MAX_LINE:
            raise Refused("long_line", f"a line is longer than {MAX_LINE} characters: split it")
        yield line


def _columns(header: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the names of the columns, without the nameless ones a program leaves at the end.

    Raises Refused naming places only: where the header is missing, its place holds content.
    """
    names = [name.strip().lower() for name in header]
    while names and not names[-1]:
        names.pop()
    strangers = [str(place) for place, name in enumerate(names, start=1) if name not in known]
    if strangers or not names:
        where = f"column {', '.join(strangers)}" if names else "the first row"
        mend = f"{where} has no name we know: choose from {', '.join(known)}"
        raise Refused("unknown_column", mend)
    if len(set(names)) != len(names):
        raise Refused("column_twice", "two columns have the same name: leave one out")
    return tuple(names)
