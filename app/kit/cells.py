"""A spreadsheet's cells and lines: what a program would run as a formula becomes text.

Pure: values in, CSV (RFC 4180) out.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from app.kit.clock import stamp

Value = str | float | bool | datetime | Sequence[str | None] | None
# Fullwidth forms too: some programs fold them (OWASP ASVS 5.0, 1.2.10).
FORMULA_STARTS = tuple("=+-@＝＋－＠")
SKIPPED = " \t\r\n\0\ufeff"


def cell(value: Value) -> str:
    """Write a value: None as an empty cell, a number as it is, a text so that nothing runs it.

    What there are many of stands in one cell, in order; a dot where one of them is not there.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else " ".join(one or "." for one in value)
    return f"'{text}" if text.lstrip(SKIPPED).startswith(FORMULA_STARTS) else text


def line(values: Iterable[Value]) -> str:
    """Write a row, its line's end included."""
    written = io.StringIO()
    csv.writer(written).writerow([cell(value) for value in values])
    return written.getvalue()


def table(header: Iterable[str], rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """Write a table line by line, its header first."""
    yield line(header)
    for row in rows:
        yield line(row)
