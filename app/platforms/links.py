"""The links a person would see in a pasted text: mail, web page, table, chat.

Pure, and linear in the length of the text.
"""

import bisect
import re
from typing import Protocol

from app.platforms import addresses, markup
from app.platforms.addresses import BREAKS, INVISIBLE

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe00-\ufe0f\U0001f000-\U0001faff"
    "\U000e0000-\U000e007f"
)
_QUOTES = "\"'`\u00b4\u00ab\u00bb\u2018-\u201f\u2039\u203a"
_SEEN_STOPS = rf"\s<>|\u2026{_QUOTES}{_EMOJI}"
_STOPS = _SEEN_STOPS + INVISIBLE

_WEB = r"(?i:h[tx]{2}ps?)(?:(?:\[:\]|:)(?://|\[//\]|\\\\)|\[://\])"
_DOT = r"(?:[.\u3002\uff0e\uff61\u2024]|\[\.\]|\(\.\)|\{\.\}|[\[({](?i:dot)[\])}])"
_START = re.compile(
    rf"(?:{_WEB})*(?P<web>{_WEB})"
    r"|(?<!\w)(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30}+://)"
    r"|(?<![\w<\[.-])(?P<opaque>(?i:data:(?=[a-z]+/[\w.+-]+[;,])|https?:/?(?=[\w-]+\.)"
    r"|(?:javascript|vbscript|view-source|blob|filesystem|jar|mailto):(?=\S)))"
    r"|(?:(?<![\w@./\\%&?#+~$])(?<![\w@./]-)|(?<=\A//)|(?<=[\s(\"'<>]//))"
    rf"(?P<host>[^\W_][\w-]*+(?:{_DOT}[\w-]++)++\.?(?::\d+)?(?!://))"
)
# Signs of an address: not those that end one, not another address glued to a letter or digit.
_ENDS = rf"(?!\Z|{_WEB}|[{_STOPS}])"
_GLUE = r"(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})"
_SIGNS = rf"[^{_STOPS}()\[\];,hH]++|[hH](?!(?i:[tx]{{2}}ps?://))|(?:{_GLUE})[hH]"
# A place to break a long address, which a reader does not see.
_BREAK = rf"[{BREAKS}]++(?!{_WEB})(?=[A-Za-z0-9_.~%/?&=-])"
_AFTER_SLASH = re.compile(rf"(?<=/)[{BREAKS}]+(?!{_WEB})")
# One that opens and does not close is a remark glued to the address.
_PARENTHESES = rf"\((?!{_WEB})(?:{_SIGNS}|[;,])*+\)"
_INNER = rf"{_SIGNS}|{_BREAK}|{_PARENTHESES}"
_BODY = re.compile(rf"(?:{_INNER}|[;,]{_ENDS})*+")
_COLUMN = {
    ";": re.compile(rf"(?:{_INNER}|,{_ENDS})*+"),
    ",": re.compile(rf"(?:{_INNER}|;{_ENDS})*+"),
}
_ANYTHING = re.compile(rf"[^{_STOPS}]*+")
# Inside an address a bracket holds a dot, a colon, an IPv6 address or a parameter's index.
_BRACKET = re.compile(r"\[(?:\.\]|:|dot\]|//\]|[0-9a-f:.]*:[0-9a-f:.]*\]|\w*\]=)", re.IGNORECASE)
_SPACE = re.compile(r"\s{1,3}")
_GLUED = re.compile(rf"[\w@./-][{INVISIBLE}]+\Z")
_GLUED_SCHEME = re.compile(r"(?:(?<=\w\w)|(?<=\.))h[tx]{2}ps?://\Z", re.IGNORECASE)
# What may follow a host without a path; a sign that passes for a dot or slash may not.
_AFTER_HOST = re.compile(
    rf"[{INVISIBLE}]*(?:\s|\Z)|[{_SEEN_STOPS}.,;:!?=*~(){{}}\[\]。、，！？）」』】]"
)
# Within a host even what is not seen belongs to it, or a reader could be fooled.
_HOST = re.compile(rf"[^/?#\\()\[\];,{_SEEN_STOPS}]*+")
_USER_BEFORE_HOST = re.compile(r"@[\w.()\[\]-]{1,255}/")
_TRAILING = INVISIBLE + ".,;:!?*~–—…。、，．！？：；）」』】؟،؛۔"
_BARE = re.compile(r"(?:\w+://)?(?:www\.)?", re.IGNORECASE)


class Hosts(Protocol):
    """Who can tell a platform's hosts from others; hosts are in lower case."""

    def is_ours(self, host: str, *, has_path: bool) -> bool:
        """Whether a host is a platform's; without a path, one that addresses are known of."""

    def imitates(self, host: str) -> bool:
        """Whether a foreign host looks like a platform's."""


def find(text: str, hosts: Hosts) -> list[str]:
    """Links as pasted, in order, each spelling once.

    A word without a scheme is one only if its host is ours, or imitates ours and has a path.
    """
    text = _AFTER_SLASH.sub("", markup.plain(text)).replace("\\_", "_")
    found: dict[str, bool] = {}
    position = 0
    while start := _START.search(text, position):
        position = start.end()
        if start["host"] and not _is_link(text, start, hosts):
            continue
        if start["web"] and _is_apart(text, position, hosts):
            continue
        first = _first(start)
        end = _end(text, start, text[first - 1 : first])
        link = _trimmed(text, first, end)
        if link:
            is_cut = text[end : end + 1] == "…" or text.endswith("...", position, end)
            found[link] = is_cut and found.get(link, True)
        position = end
    return _without_stumps(found)


def _is_link(text: str, start: re.Match[str], hosts: Hosts) -> bool:
    if _GLUED.search(text, max(0, start.start() - 8), start.start()):
        return False
    host = addresses.refang(start["host"]).lower().partition(":")[0].removesuffix(".")
    after = text[start.end() : start.end() + 1]
    if after == "@":
        # A mail address, unless a path shows that a host poses as a user's name before another.
        has_path = _USER_BEFORE_HOST.match(text, start.end()) is not None
        return has_path and (hosts.is_ours(host, has_path=True) or hosts.imitates(host))
    if after in ("/", "?", "#", "\\"):
        return hosts.is_ours(host, has_path=True) or (after == "/" and hosts.imitates(host))
    ends = _AFTER_HOST.match(text, start.end()) is not None
    return ends and hosts.is_ours(host, has_path=False)


def _is_apart(text: str, position: int, hosts: Hosts) -> bool:
    """Whether white space parts a scheme from a word that is a link without it."""
    space = _SPACE.match(text, position)
    start = _START.match(text, space.end()) if space else None
    return start is not None and start["host"] is not None and _is_link(text, start, hosts)


def _first(start: re.Match[str]) -> int:
    """Where a link begins: behind a word or another scheme that was glued to its scheme."""
    glued = _GLUED_SCHEME.search(start[0])
    return start.start() + glued.start() if glued else start.start(start.lastgroup or 0)


def _end(text: str, start: re.Match[str], before: str) -> int:
    """Where a link ends; one that follows a table's separator ends at the next."""
    position = start.end()
    if start["host"] and not text.startswith(("/", "?", "#", "\\", "@"), position):
        return position
    body = _ANYTHING if start["opaque"] else _COLUMN.get(before, _BODY)
    if not start["opaque"] and not start["host"]:
        position = _through(_HOST, text, position)
    opened = 0
    while found := body.match(text, position):
        position = found.end()
        mark = text[position : position + 1]
        if mark == "[" and _BRACKET.match(text, position):
            opened += 1
        elif mark == "]" and opened:
            opened -= 1
        else:
            break
        position += 1
    return position


def _through(signs: re.Pattern[str], text: str, position: int) -> int:
    found = signs.match(text, position)
    return found.end() if found else position


def _trimmed(text: str, first: int, end: int) -> str:
    """The link without a sentence's punctuation, and without the emphasis that surrounds it."""
    link = text[first:end].rstrip(_TRAILING)
    if "{" not in link:
        link = link.rstrip("}" + _TRAILING)
    before = text[first - 1 : first] if first else ""
    return link.rstrip(before) if before in ("_", "*", "~") else link


def _without_stumps(found: dict[str, bool]) -> list[str]:
    """Links without those shown cut short ("…") that stand in full elsewhere in the text."""
    if not any(found.values()):
        return list(found)
    bare = {link: link[_bare(link) :] for link in found}
    whole = sorted(bare.values())

    def is_stump(link: str) -> bool:
        place = bisect.bisect_right(whole, bare[link])
        return found[link] and place < len(whole) and whole[place].startswith(bare[link])

    return [link for link in found if not is_stump(link)]


def _bare(link: str) -> int:
    found = _BARE.match(link)
    return found.end() if found else 0
