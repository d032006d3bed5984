"""The part of an address after its question mark: read it, and leave out what only tracks.

Pure.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote_plus, unquote, unquote_plus

_AS_IT_IS = re.compile(r"[\w.~-]*", re.ASCII)

_MARK = re.compile(r"%(?:3[fd]|26)", re.IGNORECASE)

# What an "&amp;" leaves of itself, once or several times.
_ENTITIES = re.compile(r"\A(?:amp;)+")


class Tracking:
    """Names of parameters that say who shared a link, not what it points at."""

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        self._names = frozenset(name for name in names if not name.endswith("*"))
        self._beginnings = tuple(name[:-1] for name in names if name.endswith("*"))

    def left_out(self, url: str, query: str) -> tuple[str, dict[str, str]]:
        """The address without tracking parameters, and the raw values of all by name.

        An address without any stays as it stands; the first of several values counts.
        """
        found: dict[str, str] = {}
        kept: list[str] = []
        parts = query.split("&")
        for part in parts:
            name, _, raw = part.partition("=")
            if "%" in name or "+" in name or ";" in name:
                name = _ENTITIES.sub("", unquote_plus(name))
            if name not in found:
                found[name] = raw
            if part and name not in self._names and not name.startswith(self._beginnings):
                kept.append(part)
        if len(kept) < len(parts):
            before, _, after = url.partition("?")
            url = before + ("?" if kept else "") + "&".join(kept) + after[len(query) :]
        return url, found

    def has(self, name: str) -> bool:
        """Whether a parameter only tracks."""
        return name in self._names or name.startswith(self._beginnings)


def value(raw: str) -> str:
    """A value as a person reads it."""
    return unquote_plus(raw) if "%" in raw or "+" in raw else raw


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """A query of these names and values, encoded."""
    return "&".join([f"{encoded(name)}={encoded(text)}" for name, text in pairs])


def encoded(text: str) -> str:
    """A value as it stands in a query."""
    return text if _AS_IT_IS.fullmatch(text) else quote_plus(text)


def unmarked(inside: str) -> str:
    """An address within a path with its own signs; its host stays as it is written."""
    host, slash, path = inside.partition("/")
    return host + slash + _MARK.sub(lambda mark: unquote(mark[0]), path)


def wrapped(query: str, params: Mapping[str, str], names: Iterable[str]) -> str | None:
    """The address that one of the parameters carries; None when none does."""
    raw = next((params[name] for name in names if params.get(name)), None)
    if raw is None:
        return None
    if "://" in raw and "?" in raw:
        # Written without encoding: the rest of the query belongs to the address within.
        raw += query.partition(raw)[2]
    text = unquote(raw)
    if "%3A%2F%2F" in text[:14].upper():
        text = unquote(text)
    return text.replace(" ", "%20")
