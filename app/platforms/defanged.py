"""Addresses taken apart, put together: so a person writes them, or a program breaks them.

Pure, and linear in the length of the text.
"""

import re
from typing import Protocol

from app.platforms.spelling import BREAKS, INVISIBLE, WEB

# A scheme with spaces or signs inside that a reader does not see, or with signs that pass for it.
_GAP = rf"[{INVISIBLE} ]{{0,4}}"
_COLON = "[:\uff1a\ufe55\ufe30\ua789\u2236\u02d0]"
_SLASH = "[/\uff0f\u2044\u2215\u29f8]"
_LOOSE_SCHEME = re.compile(
    rf"(?i)(?<!\w)[h\uff48]{_GAP}([tx\uff54]){_GAP}[tx\uff54]{_GAP}[p\uff50]{_GAP}([s\uff53]?)"
    rf"{_GAP}{_COLON}{_GAP}{_SLASH}{_GAP}{_SLASH}(?=\w)"
)
# A place to break a long address, which a reader does not see.
_AROUND_SLASH = re.compile(rf"(?<=/)[{BREAKS}]+(?!{WEB})|(?<=[A-Za-z0-9])[{BREAKS}]+(?=/\w)")
# A host whose dots are spelled out or stand apart, before a path.
_FANGED = r"(?:\[\.\]|\(\.\)|\{\.\}|[\[({]dot[\])}])"
_SPELLED_DOT = rf"(?: (?:dot|punt|point) | {_FANGED} ?|{_FANGED} )"
_SPELLED_HOST = re.compile(
    rf"(?:(?<=//)|(?<![\w/.@-]))\w[\w.-]{{0,62}}+(?:{_SPELLED_DOT}\w[\w.-]{{0,62}}+){{1,4}}(?=(?::443|:80)?/\S)",
    re.IGNORECASE,
)
_APART = re.compile(_SPELLED_DOT, re.IGNORECASE)
# The last dot of a host, with a space beside it or written as a comma; what comes before is looked
# at only then.
_LOOSE_DOT = re.compile(r"(?: ?[.,] |(?: [.,]|,))([a-z]{2,4}|[A-Z]{2,4})(?= ?/ ?[\w@?])")
# Read from its end.
_NAME = re.compile(
    r"[\w-]++(?:\.[\w-]++)*+(?: ?[.,] ?(?:www|m|mv|tv|elibom))?(?![\w/.@,-])", re.IGNORECASE
)
_LONGEST_NAME = 64


class Ours(Protocol):
    """Who can tell a platform's hosts from others."""

    def is_ours(self, host: str, *, has_path: bool) -> bool:
        """Whether a host in lower case is a platform's."""


def closed(text: str, hosts: Ours) -> str:
    """The text with such addresses as they were meant; a host only if it is a platform's."""
    text = _AROUND_SLASH.sub("", text)
    text = _LOOSE_SCHEME.sub(_scheme, text)
    text = _SPELLED_HOST.sub(_in_brackets, text)
    return _with_hosts(text, hosts)


def _scheme(loose: re.Match[str]) -> str:
    sign, secure = ("x" if loose[1] in "xX" else "t"), "s" if loose[2] else ""
    plain = f"h{sign}{sign}p{secure}://"
    return plain if len(plain) < len(loose[0]) or not loose[0].isascii() else loose[0]


def _in_brackets(host: re.Match[str]) -> str:
    return _APART.sub("[.]", host[0])


def _with_hosts(text: str, hosts: Ours) -> str:
    parts, end = list[str](), 0
    for dot in _LOOSE_DOT.finditer(text):
        first = max(end, dot.start() - _LONGEST_NAME)
        name = _NAME.match(text[first : dot.start()][::-1])
        if name is None:
            continue
        host = f"{name[0][::-1].replace(',', '.').replace(' ', '')}.{dot[1]}"
        if hosts.is_ours(host.lower(), has_path=True):
            parts += (text[end : dot.start() - name.end()], host)
            end = dot.end()
    return "".join([*parts, text[end:]]) if parts else text
