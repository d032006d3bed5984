"""Pages by keyset: a cursor names the last row seen, so inserts neither repeat nor skip one.

It belongs to the list it was handed out for, `of`: in another it would name an arbitrary place.
"""

import base64
import binascii

from app.kit.errors import Fault, Refused

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
LIST_BYTES = 9
_MARK = b"c2:"
_LAST = 2**63 - 1


def cursor(last: int, of: bytes = bytes(LIST_BYTES)) -> str:
    """Return an opaque name for the place after the row with this id, in one list."""
    return base64.urlsafe_b64encode(_MARK + of + str(last).encode()).decode().rstrip("=")


def place(text: str, of: bytes = bytes(LIST_BYTES)) -> int:
    """Return the id behind a cursor; raises Refused for any we did not hand out for this list."""
    head = _MARK + of
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        clear = base64.b64decode(padded, altchars=b"-_", validate=True)
        last = clear.removeprefix(head)
        if clear.startswith(head) and last.isdigit() and int(last) <= _LAST:
            return int(last)
    except (binascii.Error, ValueError, UnicodeEncodeError):
        pass
    mend = "use next_cursor of the page before with the same filters, or leave it out"
    fault = Fault("/query/cursor", "bad_cursor", mend)
    raise Refused("bad_cursor", f"no such cursor: {mend}", [fault])
