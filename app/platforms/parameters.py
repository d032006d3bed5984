"""The part of an address after its question mark: read it, and leave out what only tracks.

Pure.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote_plus, unquote, unquote_plus

_AS_IT_IS = re.compile(r"[\w.~-]*", re.ASCII)


class Tracking:
    """Names of parameters that say who shared a link, not what it points at."""

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        self._names = frozenset(name for name in names if not name.endswith("*"))
        self._beginnings = tuple(name[:-1] for name in names if name.endswith("*"))

    def has(self, name: str) -> bool:
        """Whether a parameter only tracks."""
        return name in self._names or name.startswith(self._beginnings)

    def left_out(self, url: str, query: str) -> str:
        """The address without tracking parameters; one without any stays as it stands."""
        parts = query.split("&")
        kept = [part for part in parts if part and not self.has(name_of(part))]
        if len(kept) == len(parts):
            return url
        before, _, after = url.partition("?")
        mark = "?" if kept else ""
        return before + mark + "&".join(kept) + after[len(query) :]


def name_of(part: str) -> str:
    """The name of one `name=value`, read."""
    name = part.partition("=")[0]
    return unquote_plus(name).removeprefix("amp;") if "%" in name or ";" in name else name


def read(query: str) -> dict[str, str]:
    """Raw values by name; the first of several counts."""
    found: dict[str, str] = {}
    for part in query.split("&"):
        name, _, raw = part.partition("=")
        if "%" in name or ";" in name:
            name = name_of(part)
        if name not in found:
            found[name] = raw
    return found


def value(raw: str) -> str:
    """A value as a person reads it."""
    return unquote_plus(raw) if "%" in raw or "+" in raw else raw


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """A query of these names and values, encoded."""
    return "&".join([f"{encoded(name)}={encoded(text)}" for name, text in pairs])


def encoded(text: str) -> str:
    """A value as it stands in a query."""
    return text if _AS_IT_IS.fullmatch(text) else quote_plus(text)


def wrapped(query: str, params: Mapping[str, str], names: Iterable[str]) -> str | None:
    """The address that one of the parameters carries; None when none does."""
    raw = next((params[name] for name in names if params.get(name)), None)
    if raw is None:
        return None
    if "://" in raw and "?" in raw:
        # Written without encoding: the rest of the query belongs to the address within.
        raw += query.partition(raw)[2]
    text = unquote(raw)
    return unquote(text) if "%3A%2F%2F" in text[:14].upper() else text
