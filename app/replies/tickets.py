"""The platform's own number of a request, in what it wrote.

Pure. Each platform's shape stands in its file; else it is what follows a word such as "ticket".
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from app.platforms.platform import Platform
from app.platforms.replies import Replies

_VALUE = r"(?P<value>(?=[A-Z/-]{0,39}\d)[A-Z0-9][A-Z0-9/-]{3,39})(?![\w@-])"
_OURS = re.compile(r"TD-[A-Z0-9]{6}", re.IGNORECASE)
# A year, a day or a span of hours is no number of a request.
_NO_TICKET = re.compile(
    r"(?:19|20)\d\d|\d{4}-\d\d?-\d\d?|\d\d?[/-]\d\d?[/-]\d{2,4}|\d\d?/\d|24-?h\w*"
)


def find(
    text: str,
    spoken: Sequence[Replies],
    platforms: Mapping[str, Platform],
    *,
    platform: str,
    ours: Collection[str],
) -> str:
    """Return a platform's number of a request; "" where there is none. `ours` are our own."""
    flat = " ".join(text.split())
    not_theirs = {one.upper() for one in ours}
    for found in _candidates(flat, spoken, platforms, platform=platform):
        is_ours = _OURS.fullmatch(found) or found.upper() in not_theirs
        if not is_ours and not _NO_TICKET.fullmatch(found):
            return found
    return ""


def _candidates(
    text: str, spoken: Sequence[Replies], platforms: Mapping[str, Platform], *, platform: str
) -> Iterator[str]:
    """Give what may be the number: the platform's own shape first, then any other's."""
    if platform in platforms:
        yield from _shaped(platforms[platform], text)
    for is_named_theirs in (True, False):
        for one in spoken:
            found = _labelled(one, is_named_theirs=is_named_theirs).finditer(text)
            yield from (match["value"] for match in found)
    for other in platforms.values():
        yield from _shaped(other, text)


def _shaped(platform: Platform, text: str) -> Iterator[str]:
    told = platform.dealings.acknowledgement
    if told is not None and told.pattern is not None:
        for match in re.finditer(told.pattern, text, re.IGNORECASE):
            yield next((group for group in match.groups() if group), match[0])


def _labelled(spoken: Replies, *, is_named_theirs: bool) -> re.Pattern[str]:
    words = spoken.tickets
    return _expression(
        words.labels,
        words.numbers,
        words.plain,
        ours=words.ours,
        is_named_theirs=is_named_theirs,
    )


@lru_cache(maxsize=16)
def _expression(
    labels: tuple[str, ...],
    numbers: tuple[str, ...],
    plain: tuple[str, ...],
    *,
    ours: tuple[str, ...],
    is_named_theirs: bool,
) -> re.Pattern[str]:
    label = f"(?:{'|'.join(labels)})"
    number = rf"(?:[ _.]{{0,2}}(?:{'|'.join(numbers)})\b\.?)*"
    before = rf"(?<!\w)(?:{'|'.join(ours)}) " if is_named_theirs else r"(?<!\w)"
    after = r"\s*(?:(?:is|luidt|est)\b)?(?: (?:the|le|la)\b)?\s*[:#=(\[«\"n°.]*\s*"
    standing = f"|(?<!\\w)(?:{'|'.join(plain)}) " if plain and not is_named_theirs else ""
    return re.compile(f"(?:{before}{label}{number}{after}{standing}){_VALUE}", re.IGNORECASE)
