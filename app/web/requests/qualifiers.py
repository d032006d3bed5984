"""Words in the search box that narrow what is found: `platform:tiktok since:2026-01-31`.

Pure. Each has a name in every language of the pages; all of them are understood on every page.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.kit.errors import Fault, Refused
from app.platforms.catalogue import Catalogue
from app.schemas.list_filters import MANY, Filters
from app.web.shell import forms, labels

NAMES: Mapping[str, str] = {
    "platform": "platform", "plateforme": "platform",
    "status": "stage", "statut": "stage",
    "category": "category", "categorie": "category", "catégorie": "category",
    "since": "logged_from", "sinds": "logged_from", "depuis": "logged_from",
    "whose": "whose_turn", "beurt": "whose_turn", "tour": "whose_turn",
}  # fmt: skip
# Who has the turn, as people say it.
_TURNS = {"us": "us wij ons nous", "platform": "plateforme", "nobody": "niemand personne"}
_QUALIFIER = re.compile(rf"(?<!\S)({'|'.join(NAMES)}):(?:\"([^\"]*)\"|(\S*))(?!\S)", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")  # accents too, once they are parted from their letters
Label = Callable[[str, str], str]


class Sought(NamedTuple):
    """What to look for, and among which takedowns."""

    text: str
    filters: Filters

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but the text was asked for."""
        return bool(self.filters.given)


def read(typed: str, catalogue: Catalogue, zone: ZoneInfo, *, label: Label) -> Sought:
    """Part what was typed; raises Refused naming the words that tell nothing we know.

    `label` returns what a code of a list is called in the reader's language.
    """
    choices = {
        "platform": [(slug, [one.name]) for slug, one in catalogue.platforms.items()],
        "category": [
            (code, [*one.labels.values(), *one.synonyms])
            for code, one in catalogue.categories.items()
        ],
        "stage": [(code, [label("stage", code)]) for code in labels.CODES["stage"]],
        "whose_turn": [(code, words.split()) for code, words in _TURNS.items()],
    }
    told: dict[str, Any] = {}
    faults = []
    for found in _QUALIFIER.finditer(typed):
        # First in capitals: in any case a dotless i or a long s match too.
        name = NAMES[found[1].upper().lower()]
        given = found[2] if found[2] is not None else found[3]
        value = _day(given) if name == "logged_from" else _chosen(given, choices[name])
        if value is None:
            faults.append(Fault("/text", f"no_{name}", "choose one that is known"))
        told[name] = [value] if name in MANY else value
    if faults:
        raise Refused("unknown_qualifier", "a word with a colon is not known", faults)
    return Sought(_QUALIFIER.sub("", typed).strip(), Filters.model_validate(told).in_zone(zone))


def _chosen(given: str, choices: Iterable[tuple[str, Iterable[str]]]) -> str | None:
    """Return the code that is meant: by its own name, or by the beginning of one only."""
    sought = _plain(given)
    if not sought:
        return None
    begun = set()
    for code, words in choices:
        names = [_plain(word) for word in (code, *words)]
        if sought in names:
            return code
        if any(name.startswith(sought) for name in names):
            begun.add(code)
    return begun.pop() if len(begun) == 1 else None


def _day(given: str) -> str | None:
    return given if forms.day(given) else None


def _plain(words: str) -> str:
    """Spell words without accents, case, spaces and signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKD", words)).casefold()
