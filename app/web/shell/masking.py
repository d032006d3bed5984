"""What a screen shows instead of what must not be read over a shoulder.

Pure. An item is told apart by the last two signs of its id or account: enough to know which one,
too little to find it. The texts of notices are masked in `notices.masking`.
"""

import re

from app.notices.masking import HIDDEN

__all__ = ["HIDDEN", "item"]

_SHORTEST = 4


def item(content_id: str | None, account: str | None, url: str | None) -> str:
    """Return how an item is told apart from the others of its takedown.

    What has no more than four letters and digits is hidden whole.
    """
    known = content_id or account or _last_part(url or "")
    signs = re.sub(r"[\W_]", "", known)
    return f"{HIDDEN}{signs[-2:]}" if len(signs) > _SHORTEST else HIDDEN


def _last_part(url: str) -> str:
    """Return the part of an address after the last slash, `?`, `&`, `=`, `#` or `@`."""
    return re.split(r"[/?&=#@]", url.rstrip("/?&=#@"))[-1]
