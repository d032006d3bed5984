"""What a screen shows instead of what must not be read over a shoulder.

Pure. An item is told apart by the last two signs of its id or account: enough to know which one,
too little to find it.
"""

import re
from collections.abc import Iterable

HIDDEN = "••••"
_ADDRESS = re.compile(r"(?:https?|hxxps?)://\S+|www\.\S+", re.IGNORECASE)
_SHORTEST = 4


def item(content_id: str | None, account: str | None, url: str | None) -> str:
    """Return how an item is told apart from the others of its takedown."""
    known = content_id or account or (url or "").rstrip("/")
    ending = re.sub(r"[^\w]", "", known)[-2:] if len(known) > _SHORTEST else ""
    return f"{HIDDEN}{ending}"


def text(words: str, secrets: Iterable[str | None]) -> str:
    """Hide every address in a text, and every one of these secrets, whatever its case."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        words = re.sub(re.escape(secret), HIDDEN, words, flags=re.IGNORECASE)
    return _ADDRESS.sub(HIDDEN, words)
