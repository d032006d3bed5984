"""The explanation that stands in a notice until somebody writes a better one.

Pure. A notice must say why content is illegal (DSA Art. 16(2)(a)); that the hotline assessed it,
and as what, is the least there is to say.
"""

from app.kit.languages import Language
from app.platforms.catalogue import Catalogue


def usual(catalogue: Catalogue, category: str, language: Language) -> str:
    """Return the explanation of a category that says no more than its name."""
    return catalogue.usual_explanations[category, language]


def is_usual(catalogue: Catalogue, text: str) -> bool:
    """Tell whether a text is such an explanation: nobody's own words."""
    return text.strip() in catalogue.usual_explanations.values()
