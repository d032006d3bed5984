"""The explanation that stands in a notice until somebody writes a better one.

Pure. A notice must say why content is illegal (DSA Art. 16(2)(a)); that the hotline assessed it,
and as what, is the least there is to say.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.kit.languages import Language
from app.platforms.catalogue import Catalogue
from app.platforms.placeholders import fill


class Explanation(NamedTuple):
    """An explanation, and whether it is in somebody's own words."""

    text: str
    is_own: bool


def explanation(catalogue: Catalogue, told: str, *, category: str, language: str) -> Explanation:
    """Return what stands in a notice: somebody's own words, else the usual ones of the category."""
    known = usual(catalogue)
    if told and told.strip() not in known.values():
        return Explanation(told, is_own=True)
    return Explanation(known.get((category, language), told), is_own=False)


def is_usual(catalogue: Catalogue, text: str) -> bool:
    """Tell whether a text is such an explanation: nobody's own words."""
    return text.strip() in usual(catalogue).values()


def usual(catalogue: Catalogue) -> Mapping[tuple[str, str], str]:
    """Return the explanations that say no more than a category's name, in each language."""
    return {
        (code, language): fill(
            catalogue.texts[language].assessed_as, {"category": category.labels[language]}
        )
        for code, category in catalogue.categories.items()
        for language in Language
    }
