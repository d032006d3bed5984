"""What a screen shows instead of what must not be read over a shoulder.

Pure. An item is told apart by the last two signs of its id or account: enough to know which one,
too little to find it. The texts of notices are masked in `notices.masking`.
"""

import re
from typing import Protocol

from app.notices.masking import HIDDEN

__all__ = ["HIDDEN", "item", "told_apart"]

_SHORTEST = 4


class Pointing(Protocol):
    """What of an item points at its content."""

    @property
    def content_id(self) -> str | None:
        """Its number."""

    @property
    def account(self) -> str | None:
        """Whose it is."""

    @property
    def url(self) -> str | None:
        """Its address."""


def told_apart(one: Pointing | str) -> str:
    """Return how an item, or an address that is none, is told apart from the others."""
    if isinstance(one, str):
        return item(None, None, one)
    return item(one.content_id, one.account, one.url)


def item(content_id: str | None, account: str | None, url: str | None) -> str:
    """Return the last signs of what is known of an item.

    What has no more than four letters and digits is hidden whole.
    """
    known = content_id or account or _last_part(url or "")
    signs = re.sub(r"[\W_]", "", known)
    return f"{HIDDEN}{signs[-2:]}" if len(signs) > _SHORTEST else HIDDEN


def _last_part(url: str) -> str:
    """Return the part of an address after the last slash, `?`, `&`, `=`, `#` or `@`."""
    return re.split(r"[/?&=#@]", url.rstrip("/?&=#@"))[-1]
