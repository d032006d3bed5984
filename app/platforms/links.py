"""The links a person would see in a pasted text: mail, web page, table, chat.

Pure, and linear in the length of the text.
"""

import bisect
import re
from typing import NamedTuple, Protocol

from app.platforms import spelling
from app.platforms.spelling import (
    BRACKETED,
    BREAKS,
    CODED,
    CUT,
    DOT,
    ELLIPSES,
    INVISIBLE,
    MISTYPED,
    WEB,
)

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u20e3\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe00-\ufe0f\U0001f000-\U0001faff"
    "\U000e0000-\U000e007f"
)
_QUOTES = "\"'`\u00b4\u00ab\u00bb\u2018-\u201f\u2039\u203a"
_SEEN_STOPS = rf"\s<>|{ELLIPSES}{_QUOTES}{_EMOJI}"
_STOPS = _SEEN_STOPS + INVISIBLE

_START = re.compile(
    rf"(?:{WEB})*(?P<web>{WEB})"
    rf"|(?<!\w)(?:(?P<mistyped>{MISTYPED})(?=\w)|(?P<coded>{CODED}))"
    r"|(?<!\w)(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30}+://)"
    r"|(?<![\w<\[.-])(?P<opaque>(?i:data:(?=[a-z]+/[\w.+-]+[;,])|https?:/?(?=[\w-]+\.)"
    r"|[a-z]{2,12}:(?=[a-z_]{2,20}\?[a-z_]+=)"
    r"|(?:javascript|vbscript|view-source|blob|filesystem|jar|mailto):(?=\S)))"
    r"|(?:(?<![\w@./\\%&?#+~$\u2044\u2215\u29f8\uff0f])(?<![\w@./]-)|(?<=\A//)|(?<=[\s(\"'<>:]//))"
    rf"(?P<host>[^\W_][\w-]*+(?:{DOT}[\w-]++|{BRACKETED})++\.?(?::\d+)?(?!://))"
)
# What may part two addresses, and may be a sign of one.
_COLUMNS = ";,、，；"
# Signs of an address: not those that end one, not another address glued to a letter or digit.
_ENDS = rf"(?!\Z|{WEB}|[{_STOPS}])"
_GLUE = r"(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})"
_SIGNS = rf"[^{_STOPS}()\[\]{_COLUMNS}hH]++|[hH](?!(?i:[tx]{{2}}ps?://))|(?:{_GLUE})[hH]"
# A place to break a long address, which a reader does not see.
_BREAK = rf"[{BREAKS}]++(?!{WEB})(?=[A-Za-z0-9_.~%/?&=-])"
# One that opens and does not close is a remark glued to the address.
_PARENTHESES = rf"\((?!{WEB})(?:{_SIGNS}|[{_COLUMNS}])*+\)"
_INNER = rf"{_SIGNS}|{_BREAK}|{_PARENTHESES}"
_BODY = re.compile(rf"(?:{_INNER}|[{_COLUMNS}]{_ENDS})*+")
_COLUMN = {
    ";": re.compile(rf"(?:{_INNER}|[,、，；]{_ENDS})*+"),
    ",": re.compile(rf"(?:{_INNER}|[;、，；]{_ENDS})*+"),
}
_ANYTHING = re.compile(rf"[^{_STOPS}]*+")
_CODED_BODY = re.compile(rf"[^{_STOPS}&()\[\];,]*+")
# Inside an address a bracket holds a dot, a colon, an IPv6 address or a parameter's index.
_BRACKET = re.compile(
    r"\[(?:\.\w*\]|/\]|:|dot\]|//\]|[0-9a-f:.]*:[0-9a-f:.]*\]|\w*\]=)", re.IGNORECASE
)
_SPACE = re.compile(r"\s{1,3}")
# Read from its end.
_GLUED = re.compile(rf"(?:[{INVISIBLE}]++[\w@./-]++)++")
_LONGEST_HOST = 64
_ODD_DOTS = frozenset(spelling.ODD_DOTS)
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
# What a host of no platform is followed by, so that it is a link and no abbreviation or file.
_PATH = re.compile(r"/(?![\s/])|/(?=\s|\Z)|\?[\w.-]{1,40}=|#[/!]|%(?:25)*2F", re.IGNORECASE)
_FILES = frozenset({"zip", "mov", "py"})
_ONION = re.compile(r"(?:[a-z2-7]{56}|[a-z2-7]{16})\.onion")
_CUT = re.compile(CUT)
_DOTS = ("...", "。。。", "．．．")
# Where a line ends behind a link, or a space is, and what comes then but for marks of a reply.
_REST = re.compile(
    r"(?:[ \t]{0,3}\r?\n[>| \t]{0,12}|[ \xa0]{1,3})"
    r"((?:/ )?[\w%/?&=@-][\w.~%/?&=+@#,-]*(?: ?/ ?[\w%@-][\w.~%?&=+@#,-]*)*)([ \t]*(?=\r?\n|\Z))?"
)


class Found(NamedTuple):
    """A link as pasted, and what shows that it may not be whole.

    `rest` is what follows behind a space or in the next line, and whether that is all of the
    line; `whole` is the link elsewhere in the text that this one is the beginning of.
    """

    text: str
    is_cut: bool = False
    rest: str | None = None
    rest_is_line: bool = False
    whole: str | None = None


class Hosts(Protocol):
    """Who can tell a platform's hosts from others; hosts are in lower case."""

    def is_ours(self, host: str, *, has_path: bool) -> bool:
        """Whether a host is a platform's; without a path, one that addresses are known of."""

    def imitates(self, host: str) -> bool:
        """Whether a foreign host looks like a platform's."""

    def is_site(self, host: str, *, is_plain: bool) -> bool:
        """Whether a word is some site's host; `is_plain` when nothing else says so."""


def find(text: str, hosts: Hosts) -> list[Found]:
    """Links as pasted, in order, each spelling once.

    A word without a scheme is one only if its host is ours, or a site's and has a path.
    """
    found: dict[str, Found] = {}
    position = 0
    while start := _START.search(text, position):
        position = start.end()
        if start["host"] and not _is_link(text, start, hosts):
            continue
        if start["web"] and _is_apart(text, position, hosts):
            continue
        first = _first(text, start)
        end = _end(text, start, text[first - 1 : first])
        rest, is_line = _rest(text, end, hosts)
        link = _trimmed(text, first, end)
        if link:
            is_cut = text.endswith(_DOTS, position, end) or _CUT.match(text, end) is not None
            if link not in found:
                found[link] = Found(link, is_cut, rest, is_line)
            elif not is_cut:
                found[link] = found[link]._replace(is_cut=False)
        position = end
    return _with_wholes(found)


def _rest(text: str, end: int, hosts: Hosts) -> tuple[str | None, bool]:
    """What comes behind a space or in the next line if that may be a link's rest, as `Found`."""
    after, mark = _REST.match(text, end), text[end - 1]
    if after is None or (mark in _TRAILING and mark != "?"):
        return None, False
    rest = (mark if mark == "?" else "") + after[1].replace(" ", "").rstrip(_TRAILING)
    word = _START.match(text, after.start(1))
    if not rest or (word and (not word["host"] or _is_link(text, word, hosts))):
        return None, False
    return rest, after[2] is not None


def _is_link(text: str, start: re.Match[str], hosts: Hosts) -> bool:
    host = spelling.refang_host(start["host"]).partition(":")[0]
    is_dotted, host = host.endswith("."), host.removesuffix(".")
    name, after = host.lower(), text[start.end() : start.end() + 1]
    begin = _first(text, start)
    if begin < start.start("host") or not _ODD_DOTS.isdisjoint(host):
        # Signs that a reader does not see or takes for dots: told if it seems to be ours.
        seen = spelling.seen(text[begin : start.start("host")] + name)
        return after == "/" and hosts.is_ours(seen, has_path=True)
    if after == "@":
        # A mail address, unless a path shows that a host poses as a user's name before another.
        has_path = _USER_BEFORE_HOST.match(text, start.end()) is not None
        return has_path and (hosts.is_ours(name, has_path=True) or hosts.imitates(name))
    if after in ("/", "?", "#", "\\", "%", "["):
        if hosts.is_ours(name, has_path=True) or (after == "/" and hosts.imitates(name)):
            return True
    elif hosts.is_ours(name, has_path=False):
        return _AFTER_HOST.match(text, start.end()) is not None
    return not is_dotted and _is_site(text, start.end(), host, hosts=hosts)


def _is_site(text: str, end: int, host: str, *, hosts: Hosts) -> bool:
    """Whether a word is a site's host, and no abbreviation, file or end of a sentence."""
    if host.lower().startswith("www.") or _ONION.fullmatch(host):
        is_named = _AFTER_HOST.match(text, end) or _PATH.match(text, end)
        return bool(is_named) and hosts.is_site(host, is_plain=False)
    if _PATH.match(text, end) is None or not hosts.is_site(host, is_plain=True):
        return False
    ending = host.rpartition(".")[2].lower()
    after = text[end + 1 : end + 65].split(maxsplit=1)[:1] or [""]
    return ending not in _FILES and not after[0].lower().rstrip(_TRAILING).endswith(f".{ending}")


def _is_apart(text: str, position: int, hosts: Hosts) -> bool:
    """Whether white space parts a scheme from a word that is a link without it."""
    space = _SPACE.match(text, position)
    start = _START.match(text, space.end()) if space else None
    return start is not None and start["host"] is not None and _is_link(text, start, hosts)


def _first(text: str, start: re.Match[str]) -> int:
    """Where a link begins: behind a word or another scheme that was glued to its scheme.

    A host begins before what a reader does not see.
    """
    if start["host"]:
        first = start.start("host")
        if first == 0 or text[first - 1] not in INVISIBLE:
            return first
        glued = _GLUED.match(text[max(0, first - _LONGEST_HOST) : first][::-1])
        return first - glued.end() if glued else first
    glued = _GLUED_SCHEME.search(start[0])
    return start.start() + glued.start() if glued else start.start(start.lastgroup or 0)


def _end(text: str, start: re.Match[str], before: str) -> int:
    """Where a link ends; one that follows a table's separator ends at the next."""
    position = start.end()
    if start["host"] and not text.startswith(("/", "?", "#", "\\", "@", "%", "[/]"), position):
        return position
    if start["coded"] or text.startswith("%", position):
        return _through(_CODED_BODY, text, position)
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
    link = spelling.without_escape(text[first:end]).rstrip(_TRAILING)
    if "{" not in link:
        link = link.rstrip("}" + _TRAILING)
    before = text[first - 1 : first] if first else ""
    return link.rstrip(before) if before in ("_", "*", "~") else link


def _with_wholes(found: dict[str, Found]) -> list[Found]:
    """Links, and for those shown cut short ("…") the one that stands in full elsewhere."""
    if not any(link.is_cut for link in found.values()):
        return list(found.values())
    bare = {link: link[_bare(link) :] for link in found}
    whole = sorted((bare[link], link) for link in found)

    def with_whole(link: Found) -> Found:
        mine = bare[link.text]
        place = bisect.bisect_right(whole, (mine, link.text))
        if link.is_cut and place < len(whole) and whole[place][0].startswith(mine):
            return link._replace(whole=whole[place][1])
        return link

    return [with_whole(link) for link in found.values()]


def _bare(link: str) -> int:
    found = _BARE.match(link)
    return found.end() if found else 0
