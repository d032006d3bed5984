"""Pages by keyset: a cursor names the last row seen, so inserts neither repeat nor skip one."""

import base64
import binascii

from app.kit.errors import Fault, Refused

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
_MARK = b"c1:"
_LAST = 2**63 - 1


def cursor(last: int) -> str:
    """Return an opaque name for the place after the row with this id."""
    return base64.urlsafe_b64encode(_MARK + str(last).encode()).decode().rstrip("=")


def place(text: str) -> int:
    """Return the id behind a cursor; raises Refused for anything we did not hand out."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        clear = base64.b64decode(padded, altchars=b"-_", validate=True)
        if clear.startswith(_MARK) and clear[3:].isdigit() and int(clear[3:]) <= _LAST:
            return int(clear[3:])
    except (binascii.Error, ValueError, UnicodeEncodeError):
        pass
    mend = "use next_cursor of the page before, or leave it out"
    fault = Fault("/query/cursor", "bad_cursor", mend)
    raise Refused("bad_cursor", f"no such cursor: {mend}", [fault])
