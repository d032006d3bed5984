"""The part of an address after its question mark: read it, and leave out what is not needed.

Pure.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote_plus, unquote_plus

from app.platforms.mail_in_addresses import holds_mail

_AS_IT_IS = re.compile(r"[\w.~-]*", re.ASCII)
# What an "&amp;" leaves of itself, once or several times.
_ENTITIES = re.compile(r"\A(?:amp;)+")
# A value that may hold a mail address in some encoding; a number may not.
_DOUBTFUL = re.compile(r"[@%\ufe6b\uff20]|(?!\d+\Z).{12}")


class Query(NamedTuple):
    """A query read: the raw values by name, what is sent of it, and what is told of that.

    Of several values of one name the first one counts. `rest` is None where all of it is sent;
    `is_personal` tells that something named who shared or received it.
    """

    params: dict[str, str]
    rest: str | None = None
    is_personal: bool = False


class Names:
    """Names of parameters that say how a link was shared, and those that say by or to whom."""

    def __init__(self, tracking: Iterable[str], personal: Iterable[str]) -> None:
        tracking, personal = list(tracking), list(personal)
        self._names, self._beginnings = _split([*tracking, *personal])
        self._personal, self._personal_beginnings = _split(personal)

    def read(self, query: str) -> Query:
        """Read a query; what names nobody and only tracks is left out without a word."""
        found: dict[str, str] = {}
        sent: list[str] = []
        is_personal = False
        parts = query.split("&")
        for part in parts:
            name, _, raw = part.partition("=")
            if "%" in name or "+" in name or ";" in name:
                name = _plain(name)
            if name not in found:
                found[name] = raw
            if name in self._names or name.startswith(self._beginnings):
                is_personal = is_personal or self._names_somebody(name)
            elif _DOUBTFUL.search(part) and holds_mail(part):
                is_personal = True
            elif part:
                sent.append(part)
        rest = "&".join(sent) if len(sent) < len(parts) else None
        return Query(found, rest, is_personal)

    def kept(self, query: str) -> list[tuple[str, str]]:
        """Names and values of what is sent of a query, all of them, in order."""
        rest = self.read(query).rest
        found = pairs(query if rest is None else rest)
        return sorted((name, value(raw)) for name, raw in found)

    def _names_somebody(self, name: str) -> bool:
        return name in self._personal or name.startswith(self._personal_beginnings)


def _plain(name: str) -> str:
    return _ENTITIES.sub("", unquote_plus(name))


def pairs(query: str) -> list[tuple[str, str]]:
    """Names and raw values of a query; a part without a name is none."""
    parts = (part.partition("=") for part in query.split("&"))
    return [(_plain(name), raw) for name, _, raw in parts if name]


def _split(names: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Names as they are, and the beginnings that others stand for."""
    names = list(names)
    beginnings = tuple(name[:-1] for name in names if name.endswith("*"))
    return frozenset(name for name in names if not name.endswith("*")), beginnings


def whole(query: str) -> Query:
    """Read a query of which nothing is left out."""
    return Query(dict(reversed(pairs(query))))


def without(url: str, query: str, rest: str | None) -> str:
    """The address with only this rest of its query; as it stands where that is all of it."""
    if rest is None:
        return url
    before, _, after = url.partition("?")
    return before + ("?" if rest else "") + rest + after[len(query) :]


def value(raw: str) -> str:
    """A value as a person reads it."""
    return unquote_plus(raw) if "%" in raw or "+" in raw else raw


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """A query of these names and values, encoded."""
    return "&".join([f"{encoded(name)}={encoded(text)}" for name, text in pairs])


def encoded(text: str) -> str:
    """A value as it stands in a query."""
    return text if _AS_IT_IS.fullmatch(text) else quote_plus(text)
