"""Whether a form was sent from one of our own pages.

Pure. Fetch metadata where the browser tells it, else the Origin; and for a visitor who is signed
in, a token that only our own pages know.
"""

import hashlib
import hmac
from collections.abc import Mapping

FIELD = "csrf"
HEADER = "x-csrf"
_OWN = ("same-origin", "none")


def token(session: str) -> str:
    """Return the token of a session: its id cannot be read from it."""
    return hmac.digest(session.encode(), b"csrf", hashlib.sha256).hex()


def is_from_us(headers: Mapping[str, str]) -> bool:
    """Tell whether the browser says that one of our pages sent this."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] == headers.get("host")


def is_of(session: str, sent: str | None) -> bool:
    """Tell whether the token belongs to the session."""
    return sent is not None and hmac.compare_digest(token(session).encode(), sent.encode())
