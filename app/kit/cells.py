"""A spreadsheet's cells and lines: what a program would run as a formula becomes text.

Pure: values in, CSV (RFC 4180) out.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.kit.clock import stamp

Value = str | float | bool | datetime | date | Sequence[str | None] | None
# Fullwidth forms too: some programs fold them (OWASP ASVS 5.0, 1.2.10).
FORMULA_STARTS = tuple("=+-@＝＋－＠")
GUARD = "'"
SKIPPED = " \t\r\n\0\ufeff"
BOM = "\ufeff"  # spreadsheet programs take a file for UTF-8 by it


class Dialect(NamedTuple):
    """How a CSV is written where its reader's spreadsheet program expects it so.

    In a `zone`, moments are its local time, to the second; without one, RFC 3339 in UTC.
    """

    separator: str = ","
    decimal: str = "."
    zone: ZoneInfo | None = None


MACHINE = Dialect()


def cell(value: Value, dialect: Dialect = MACHINE) -> str:
    """Write a value: None as an empty cell, a number as it is, a text so that nothing runs it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return str(local(value, dialect.zone)) if dialect.zone else stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value).replace(".", dialect.decimal)
    return guarded(text(value))


def text(value: str | Sequence[str | None]) -> str:
    """Write what there are many of as one text, in order; a dot where one of them is not there."""
    return value if isinstance(value, str) else " ".join(one or "." for one in value)


def is_like_formula(told: str) -> bool:
    """Tell whether a spreadsheet program would run a text."""
    return told.lstrip(SKIPPED).startswith(FORMULA_STARTS)


def guarded(told: str) -> str:
    """Write a text so that no program runs it; one that looks guarded is guarded once more."""
    return f"{GUARD}{told}" if is_like_formula(told.lstrip(GUARD)) else told


def unguarded(written: str) -> str:
    """Return the text that was guarded: what `guarded` did is undone, everything else stays."""
    told = written.removeprefix(GUARD)
    return told if guarded(told) == written else written


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment as spreadsheets keep one: local time to the second, without its zone."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def line(values: Iterable[Value], dialect: Dialect = MACHINE) -> str:
    """Write a row, its line's end included."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=dialect.separator)
    writer.writerow([cell(value, dialect) for value in values])
    return written.getvalue()


def table(header: Iterable[str], rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """Write a table line by line, its header first."""
    yield line(header)
    for row in rows:
        yield line(row)
