"""Pages by keyset: a cursor names the last row seen, so inserts neither repeat nor skip one.

It belongs to the list it was handed out for, `of`: in another it would name an arbitrary place.
"""

import base64
import binascii
import re
from typing import NamedTuple

from app.kit.errors import Fault, Refused

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
LIST_BYTES = 9
_MARK = b"c2:"
_LAST = 2**63 - 1
_PLACE = re.compile(rb"(?:([0-9]{1,19})\.)?([0-9]{1,19})")


class Place(NamedTuple):
    """Where a page ends: its last row's id, and in a sorted list what that row is sorted by."""

    id: int
    key: int | None = None


def cursor(last: Place, of: bytes = bytes(LIST_BYTES)) -> str:
    """Return an opaque name for the place after a row, in one list."""
    told = f"{last.id}" if last.key is None else f"{last.key}.{last.id}"
    return base64.urlsafe_b64encode(_MARK + of + told.encode()).decode().rstrip("=")


def place(text: str, of: bytes = bytes(LIST_BYTES)) -> Place:
    """Return what is behind a cursor; raises Refused for any not handed out for this list."""
    head = _MARK + of
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        clear = base64.b64decode(padded, altchars=b"-_", validate=True)
        found = _PLACE.fullmatch(clear, len(head)) if clear.startswith(head) else None
        if found is not None:
            key, last = None if found[1] is None else int(found[1]), int(found[2])
            if max(key or 0, last) <= _LAST:
                return Place(last, key)
    except (binascii.Error, ValueError, UnicodeEncodeError):
        pass
    mend = "use next_cursor of the page before with the same filters, or leave it out"
    fault = Fault("/query/cursor", "bad_cursor", mend)
    raise Refused("bad_cursor", f"no such cursor: {mend}", [fault])
