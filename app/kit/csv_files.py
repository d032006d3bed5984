"""A CSV as somebody sent it (RFC 4180): text in UTF-8, and its records by number.

Pure. Bounds are its reader's: records are read as they are asked for. `cells` writes them.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

from app.kit.errors import Refused

BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = ",;\t"
# A first line that spreadsheet programs write to say what parts the cells, and do not show.
_SEPARATOR = re.compile(rf"{BYTE_ORDER_MARK}?sep=([{DELIMITERS}])(?=[\r\n]|\Z)")


def decoded(content: bytes) -> str:
    """Return the text of a file, with the mark it may begin with; raises Refused."""
    try:
        if b"\0" in content:
            raise UnicodeDecodeError("utf-8", content, content.index(0), 0, "no text has a NUL")
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        mend = f"byte {error.start + 1} is not UTF-8: save the file as “CSV UTF-8”"
        raise Refused("not_utf8", mend) from None


def delimiter_of(beginning: str) -> str:
    """Return what parts the cells: what the first line says, else what parts most rows alike.

    A sign that is there often may stand in sentences.
    """
    said = _SEPARATOR.match(beginning)
    return said[1] if said else max(DELIMITERS, key=lambda sign: _alike(beginning, sign))


def _alike(beginning: str, delimiter: str) -> tuple[int, int]:
    """Count the rows that a sign parts into the same number of cells, and the signs."""
    found = csv.reader(lines(beginning), delimiter=delimiter)
    with suppress(csv.Error):  # it is told when it is read
        widths = Counter(len(record) for record in found if len(record) > 1)
        return max(widths.values(), default=0), beginning.count(delimiter)
    return 0, 0


def lines(text: str) -> Iterator[str]:
    """Return the lines of a text, each with its end."""
    return io.StringIO(text, newline="")


def records(written: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Read the records, numbered as a spreadsheet shows them; lines keep their ends.

    Raises Refused where quotes do not fit.
    """
    number = 0
    try:
        found = csv.reader(_shown(written), delimiter=delimiter, strict=True)
        for number, record in enumerate(found, start=1):
            yield number, record
    except csv.Error:
        mend = f"after row {number} a cell's quotes do not open or close rightly: mend them"
        raise Refused("broken_quotes", mend) from None


def _shown(written: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(written):
        if number or not _SEPARATOR.match(line):
            yield line
