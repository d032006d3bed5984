"""The explanation that stands in a notice until somebody writes a better one.

Pure. A notice must say why content is illegal (DSA Art. 16(2)(a)); that the hotline assessed it,
and as what, is the least there is to say.
"""

from typing import NamedTuple

from app.platforms.catalogue import Catalogue


class Explanation(NamedTuple):
    """An explanation, and whether it is in somebody's own words."""

    text: str
    is_own: bool


def explanation(catalogue: Catalogue, told: str, *, category: str, language: str) -> Explanation:
    """Return what stands in a notice: somebody's own words, else the usual ones of the category."""
    known = catalogue.usual_explanations
    if told and told.strip() not in known.values():
        return Explanation(told, is_own=True)
    return Explanation(known.get((category, language), told), is_own=False)


def is_usual(catalogue: Catalogue, text: str) -> bool:
    """Tell whether a text is such an explanation: nobody's own words."""
    return text.strip() in catalogue.usual_explanations.values()
