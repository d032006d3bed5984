"""What a form is made for: a language, the number of a version, and what things are called.

Pure.
"""

from collections.abc import Callable
from typing import NamedTuple

from app.kit.languages import Language
from app.platforms.catalogue import Catalogue
from app.reports.document import Document


class Edition(NamedTuple):
    """One version of a report in one language; categories and platforms are named as now."""

    language: Language
    number: int
    catalogue: Catalogue


# The same document and edition give the same bytes.
Renderer = Callable[[Document, Edition], bytes]
