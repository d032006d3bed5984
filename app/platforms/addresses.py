"""One pasted address, read as a browser would and refused where a reader could be fooled.

Pure: text only, nothing is opened or resolved.
"""

import re
import unicodedata
from typing import NamedTuple

from app.platforms.spelling import BREAKS, INVISIBLE, refang, without_escape
from app.platforms.vocabularies import Unreadable

LONGEST = 8192
# Schemes that need no slashes; a word before a colon is otherwise no scheme.
OPAQUE = frozenset(
    [
        *("about", "blob", "data", "filesystem", "intent", "jar", "javascript", "magnet"),
        *("mailto", "sms", "tel", "urn", "vbscript", "view-source"),
    ]
)

# An address without anything unusual; all others are read with more care, and more slowly.
_ORDINARY = re.compile(
    r"https?://([a-z0-9.-]*[a-z0-9])(/[\w.~@:+=,$!*/-]*)?"
    r"(?:\?([\w!$%'()*+,./:=@~&\[\]-]*))?(?:#(?!!)([!-~]*))?",
    re.ASCII,
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(//)?", re.IGNORECASE)
_AUTHORITY = re.compile(r"[^/?#\\]*")
_UNPRINTABLE = re.compile(r"[\s<>\"\x00-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_UNSEEN_BREAK = re.compile(f"[{BREAKS}]+")
# Names for a network of one's own are no site's: RFC 6761, 6762 and 8375, ICANN's `internal`.
_OWN_NETWORK = r"(?:local|localhost|localdomain|internal|home\.arpa)"
_NAME = re.compile(
    rf"(?=.{{4,253}}\Z)(?!(?:.*\.)?{_OWN_NETWORK}\Z)"
    r"(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?!-)[a-z][a-z0-9-]{1,62}(?<!-)\Z"
)
_ESCAPED = re.compile(r"(?:%[0-9a-fA-F]{2})+")
# No path ends so: a slash means nothing, the others are a sentence's.
_AFTER_PATH = "/.,:!"
_SIGN_AFTER_PATH = "%20|%0[9AD]|%3B"
# Looked for where a run of them begins only, or long ones would be read again from each sign.
_ENDING = re.compile(
    rf"(?<![{_AFTER_PATH}])(?<!{_SIGN_AFTER_PATH})(?:[{_AFTER_PATH}]|{_SIGN_AFTER_PATH})++\Z"
)
_PLAIN_MARKS = frozenset("-._~@:$+=!*")
_READABLE = re.compile(r"[\w.~@:$+=!*,/-]*", re.ASCII)
_ODD = re.compile(r"[^\w.~@:$+=!*,/%-]", re.ASCII)


class Address(NamedTuple):
    """The parts of an http(s) address; host in lower case, path decoded where that is safe."""

    url: str
    host: str
    path: str = ""
    query: str = ""
    fragment: str = ""
    port: int | None = None


def read(text: str) -> Address | Unreadable:
    """The parts of a pasted address, or why it is none; a missing scheme is added."""
    return _read_ordinary(text) or _read_mended(without_escape(refang(text)))


def _read_mended(text: str) -> Address | Unreadable:
    return _read_ordinary(text) or _read_with_care(text)


def _read_ordinary(text: str) -> Address | None:
    found = _ORDINARY.fullmatch(text)
    if found is None or len(text) > LONGEST:
        return None
    host, path, query, fragment = found.groups("")
    if "//" in path or "/." in path:
        return None
    return Address(text, host, path.rstrip(_AFTER_PATH), query, fragment)


def _read_with_care(text: str) -> Address | Unreadable:
    if not text or len(text) > LONGEST or _UNPRINTABLE.search(text):
        return Unreadable.NOT_A_LINK
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    slashes = bool(found and found[2])
    if found and (slashes or scheme in OPAQUE or scheme in ("http", "https")):
        if scheme not in ("http", "https"):
            return Unreadable.UNSAFE_SCHEME
        return _parts(scheme, text[found.end() :]) if slashes else Unreadable.NOT_A_LINK
    rest = text.removeprefix("//")
    if "." not in rest.partition("/")[0]:
        return Unreadable.NOT_A_LINK
    return _read_ordinary(f"https://{rest}") or _parts("https", rest)


def _parts(scheme: str, rest: str) -> Address | Unreadable:
    authority = _authority(rest)
    behind = _UNSEEN_BREAK.sub("", rest[len(authority) :])
    head, hash_mark, fragment = behind.partition("#")
    path, question, query = head.partition("?")
    if not authority.strip("."):
        return Unreadable.NOT_A_LINK
    if "@" in authority:
        return Unreadable.USERINFO
    if "\\" in path:
        return Unreadable.BAD_HOST
    host, port = _host_and_port(authority.lower())
    if port is not None and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        return Unreadable.BAD_PORT
    if "&" in path:
        # A parameter glued to the path where a "?" was meant is common in copied links.
        path, _, glued = path.partition("&")
        query = "&".join(filter(None, (glued, query)))
        question = "?" if query else ""
    url = f"{scheme}://{authority.lower()}{path}{question}{query}{hash_mark}{fragment}"
    path = _ENDING.sub("", tidy(path))
    return Address(url, host, path, query, fragment, int(port) if port else None)


def _authority(rest: str) -> str:
    found = _AUTHORITY.match(rest)
    return found[0] if found else ""


def _host_and_port(authority: str) -> tuple[str, str | None]:
    host, colon, port = authority.partition(":")
    if authority.startswith("["):
        host, bracket, after = authority.partition("]")
        host, colon, port = host + bracket, after[:1], after[1:]
    return host.removesuffix("."), port if colon and port else None


def is_name(host: str) -> bool:
    """Whether an ASCII host in lower case is a domain name, and no number in disguise."""
    return _NAME.match(host) is not None


def tidy(path: str) -> str:
    """The path with letters readable, all else escaped, slashes single; once is enough."""
    if not _READABLE.fullmatch(path):
        path = _ODD.sub(_escaped, _INVISIBLE.sub("", path))
        path = unicodedata.normalize("NFC", _ESCAPED.sub(_unescaped, path))
    if "//" in path or "/." in path:
        kept: list[str] = []
        for segment in path.split("/"):
            if segment == "..":
                kept = kept[:-1]
            elif segment not in ("", "."):
                kept.append(segment)
        path = "/" + "/".join(kept)
    return path


def _escaped(odd: re.Match[str]) -> str:
    return odd[0] if _is_plain(odd[0]) else _escape(odd[0])


def _unescaped(escaped: re.Match[str]) -> str:
    text = bytes.fromhex(escaped[0].replace("%", "")).decode(errors="surrogateescape")
    text = _INVISIBLE.sub("", text)
    return "".join(letter if _is_plain(letter) else _escape(letter) for letter in text)


def _is_plain(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in _PLAIN_MARKS
    if unicodedata.normalize("NFC", character).isascii():
        # Such as the Greek question mark, which turns into a semicolon.
        return False
    return character == "·" or unicodedata.category(character)[0] in "LMN"


def _escape(character: str) -> str:
    octets = character.encode(errors="surrogateescape")
    return "".join(f"%{octet:02X}" for octet in octets)
