"""Countries that a sentence names beside what was done there.

Pure. Names come from Unicode's data; a region stands for its countries, for a look from one of them
must be able to contradict what was said.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

from app.kit.languages import Language
from app.platforms.phrases import pattern
from app.platforms.replies import Replies

EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
REGIONS: Mapping[str, tuple[str, ...]] = {"EU": EU, "EEA": (*EU, "IS", "LI", "NO")}
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_BETWEEN = 10  # words at most from what was done to where


def beside(spoken: Replies, sentence: str, start: int, *, end: int) -> tuple[str, ...] | None:
    """Return the countries named beside a phrase; none of them named: (); no place at all: None."""
    borders = pattern((*spoken.clauses.borders, *spoken.clauses.links), spoken.shared)
    not_after = pattern(tuple(f"{one}$" for one in spoken.places.not_after), spoken.shared)
    for place in _places(spoken).finditer(sentence):
        if not_after.search(sentence[: place.start()].rstrip()):
            continue
        if place.start() >= end:
            between = sentence[end : place.start()]
        elif place.end() <= start:
            between = sentence[place.end() : start].lstrip(" ,")
        else:
            continue
        if len(between.split()) <= _BETWEEN and not borders.search(between):
            return _named(spoken, place[0])
    return None


def _named(spoken: Replies, text: str) -> tuple[str, ...]:
    names = _names(spoken.language, _own(spoken))
    found = _any(tuple(names)).findall(text)
    return tuple(sorted({code for name in found for code in names[name]}))


def _places(spoken: Replies) -> re.Pattern[str]:
    names = tuple(_names(spoken.language, _own(spoken)))
    return _expression(spoken.places.before, spoken.places.unnamed, names)


@lru_cache(maxsize=16)
def _expression(
    before: tuple[str, ...], unnamed: tuple[str, ...], names: tuple[str, ...]
) -> re.Pattern[str]:
    """Return what finds a place: a preposition, then one name or several."""
    where = "|".join(f"(?:{one})" for one in before)
    name = f"(?:{'|'.join(unnamed)}|{'|'.join(map(re.escape, _longest_first(names)))})"
    further = rf"(?:(?:{where}) ?)?(?:the |de |la |le |les |l')?{name}(?!\w)"
    joined = rf"(?:(?:,? (?:and|or|en|of|et|ou|&)|,) {further})*"
    listed = rf"(?: ?[:(] ?{name}(?!\w){joined})?"
    return re.compile(rf"(?<!\w)(?:{where}) ?{name}(?!\w){joined}{listed}")


@lru_cache(maxsize=16)
def _any(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _longest_first(names)))})(?!\w)")


def _longest_first(names: tuple[str, ...]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _own(spoken: Replies) -> tuple[tuple[str, tuple[str, ...]], ...]:
    places = spoken.places
    regions = ((name, REGIONS[one]) for one, names in places.regions.items() for name in names)
    others = ((name, (code,)) for code, names in places.countries.items() for name in names)
    return (*regions, *others)


@lru_cache(maxsize=16)
def _names(
    language: Language, own: tuple[tuple[str, tuple[str, ...]], ...]
) -> Mapping[str, tuple[str, ...]]:
    """Return the countries that each name stands for, with and without its accents."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in Locale(language).territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:
            for written in (name, _bare(name)):
                found[written.lower().replace("’", "'")] = (code,)
    for name, codes in own:
        found[name] = found[_bare(name)] = codes
    return found


def _bare(name: str) -> str:
    apart = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
