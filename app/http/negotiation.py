"""Which of the media types on offer a caller likes best (RFC 9110 section 12.5.1).

Pure: the Accept field in, one of those offered out.
"""

import re
from collections.abc import Callable, Sequence

_NAME = r"([a-z0-9!#$&^_.+-]+|\*)"
_RANGE = re.compile(rf"\s*{_NAME}/{_NAME}\s*(?:;\s*q=(0(?:\.[0-9]{{0,3}})?|1(?:\.0{{0,3}})?)\s*)?")


def preferred(accept: str, offered: Sequence[str]) -> str:
    """Return the type on offer that is liked best, of equals the one named first."""
    return max(offered, key=_liking(accept))


def acceptable(accept: str, offered: Sequence[str]) -> str | None:
    """Return the same; None where the caller takes none of them."""
    best = preferred(accept, offered)
    return best if not accept.strip() or _liking(accept)(best)[0] > 0 else None


def _liking(accept: str) -> Callable[[str], tuple[float, int]]:
    """Return how much each type is liked, and how early it is named."""
    found = [_RANGE.fullmatch(part) for part in accept.lower().split(",")]
    liked = {
        f"{each[1]}/{each[2]}": (float(each[3] or 1), -place)
        for place, each in enumerate(found)
        if each
    }

    def quality(kind: str) -> tuple[float, int]:
        ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
        return next((liked[each] for each in ranges if each in liked), (0, -len(found)))

    return quality
