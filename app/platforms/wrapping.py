"""The address inside another: redirects of platforms, and what mail gateways make of a link.

Pure.
"""

import base64
import html
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from app.platforms.vocabularies import Writing

_MARK = re.compile(r"%(?:3[fd]|26)", re.IGNORECASE)
_CODED = re.compile(r"(?i)[a-z][a-z0-9+.-]{1,11}(?::|%(?:25)*3A)(?:/|%(?:25)*2F)|%(?:25)*2F")
_DEEPEST = 4
_FIRST_PART = "?"
# Proofpoint, version 3: the address between __ and __;, where * stands for a sign and **X for a run
# of them, and those signs in base 64. X tells the length of the run: A is 2, B is 3, and so on.
_V3 = re.compile(r"__(?P<url>.+?)__(?:;|%3B)(?P<signs>[\w-]*)", re.IGNORECASE | re.DOTALL)
_V3_STAR = re.compile(r"\*(?:\*(?P<run>[\w-]))?")
_V3_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STAR = re.compile(r"\*([0-9a-f]{2})", re.IGNORECASE)
_ONE_SLASH = re.compile(r"(?i)\A(https?:/)(?!/)")


def target(
    query: str, params: Mapping[str, str], names: Iterable[str], *, written_in: Writing
) -> str | None:
    """The address that one of the parameters carries; None when none does."""
    names = tuple(names)
    if names == (_FIRST_PART,):
        return _first_part(query)
    raw = next((params[name] for name in names if params.get(name)), None)
    if raw is None:
        return None
    if written_in != Writing.PLAIN:
        return read(raw, written_in)
    if "://" in raw and "?" in raw:
        # Written without encoding: the rest of the query belongs to the address within.
        raw += query.partition(raw)[2]
    text = unquote(raw)
    for _ in range(_DEEPEST):
        if "%" not in text[:16] or not _CODED.match(text):
            break
        text = unquote(text)
    return text.replace(" ", "%20")


def _first_part(query: str) -> str | None:
    """A query that begins with a path or an address, the parameters of which follow it."""
    path, _, rest = query.partition("&")
    path = unquote(path)
    if _CODED.match(path):
        return path
    if not path or "=" in path.partition("?")[0]:
        return None
    return f"/{path.lstrip('/')}" + (f"{'&' if '?' in path else '?'}{rest}" if rest else "")


def inside(path: str, query: str, written_in: Writing) -> str | None:
    """The address that a path carries, from where it begins; the query may belong to it."""
    if written_in != Writing.PLAIN:
        return read(f"{path}?{query}" if query else path, written_in)
    host, slash, rest = path.partition("/")
    path = host + slash + _MARK.sub(lambda mark: unquote(mark[0]), rest)
    if _CODED.match(path):
        path = unquote(path)
    return f"{_ONE_SLASH.sub(_two_slashes, path)}{f'?{query}' if query else ''}"


def read(text: str, written_in: Writing) -> str | None:
    """An address that is written as a gateway writes it; None when it is not."""
    match written_in:
        case Writing.PLAIN:
            return text
        case Writing.BASE64:
            # Bing puts two signs before it.
            text = unquote(text)
            return _from_base64(text) or _from_base64(text[2:])
        case Writing.CHECK_POINT:
            # It ends at three strokes; a star and two digits are one of its signs.
            text = _STAR.sub(_sign_of, unquote(text.partition("___")[0]))
            return _ONE_SLASH.sub(_two_slashes, text)
        case Writing.PROOFPOINT_V2:
            return html.unescape(unquote(text.replace("-", "%").replace("_", "/")))
        case Writing.PROOFPOINT_V3:
            return _proofpoint_v3(text)


def _from_base64(text: str) -> str | None:
    text = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return None
    return found if _CODED.match(found) else None


def _proofpoint_v3(text: str) -> str | None:
    found = _V3.search(text)
    if found is None:
        return None
    coded = found["signs"]
    try:
        signs = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except ValueError:
        return None
    place = 0

    def sign(star: re.Match[str]) -> str:
        nonlocal place
        length = _V3_RUNS.index(star["run"]) + 2 if star["run"] else 1
        place += length
        return signs[place - length : place]

    url = _V3_STAR.sub(sign, unquote(found["url"]))
    return _ONE_SLASH.sub(_two_slashes, url)


def _sign_of(star: re.Match[str]) -> str:
    return chr(int(star[1], 16))


def _two_slashes(found: re.Match[str]) -> str:
    return f"{found[1]}/"
