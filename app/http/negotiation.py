"""Which of the media types on offer a caller likes best (RFC 9110 section 12.5.1).

Pure: the Accept field in, one of those offered out.
"""

import re
from collections.abc import Sequence

_NAME = r"([a-z0-9!#$&^_.+-]+|\*)"
_RANGE = re.compile(rf"\s*{_NAME}/{_NAME}\s*(?:;\s*q=(0(?:\.[0-9]{{0,3}})?|1(?:\.0{{0,3}})?)\s*)?")


def preferred(accept: str, offered: Sequence[str]) -> str:
    """Return the type on offer that is liked best, of equals the one named first."""
    found = [_RANGE.fullmatch(part) for part in accept.lower().split(",")]
    liked = {
        f"{each[1]}/{each[2]}": (float(each[3] or 1), -place)
        for place, each in enumerate(found)
        if each
    }

    def quality(kind: str) -> tuple[float, int]:
        ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
        return next((liked[each] for each in ranges if each in liked), (0, -len(found)))

    return max(offered, key=quality)
