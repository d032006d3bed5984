"""How the columns of Annex I, part 4, are headed: as the templates and published reports spell it.

Pure. English stands in the templates; German and French were seen in reports of providers. No
other language is here, for none was seen.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.transparency.vocabularies import ReportColumn


class Headings(NamedTuple):
    """The headings of one language, and what the words about a number begin with."""

    of: Mapping[ReportColumn, str]
    context: str


def _headings(context: str, *, what: tuple[str, ...], numbers: Mapping[str, str]) -> Headings:
    """Put headings in order: what a row is of, then each number of all notices and of flaggers."""
    headings = (*what, *(one for pair in numbers.items() for one in pair))
    return Headings(MappingProxyType(dict(zip(ReportColumn, headings, strict=True))), context)


def _paired(headings: tuple[str, ...], of_flaggers: str) -> dict[str, str]:
    return {one: f"{one} {of_flaggers}" for one in headings}


_ITEMS = "Number of specific items of information included in the total number of notices"
_ELEMENTS = (
    "Nombre d’éléments d’information spécifiques inclus dans le nombre total de notifications"
)
_OF_FLAGGERS = "(Trusted Flagger notices)"
_DE_SIGNALEURS = "(notifications émanant d’un signaleur de confiance)"
_VON_HINWEISGEBERN = "von vertrauenswürdigen Hinweisgebern"
ENGLISH = _headings(
    "Contextual information on ",
    what=(
        "Service",
        "Reporting period",
        "Category of illegal content",
        'Description of the sub-category "Other"',
    ),
    numbers={
        "Number of notices received": "Number of notices received from Trusted flaggers",
        _ITEMS: f"{_ITEMS} by Trusted Flaggers {_OF_FLAGGERS}",
        **_paired(
            (
                "Median time to take action",
                "Number of actions taken on the basis of the law",
                "Number of actions taken on the basis of the terms and conditions of the service",
            ),
            _OF_FLAGGERS,
        ),
    },
)
GERMAN = _headings(
    "Hintergrundinformationen zur ",
    what=(
        "Dienst",
        "Berichtszeitraum",
        "Kategorie illegaler Inhalte",
        "Beschreibung der Unterkategorie „Sonstige“",
    ),
    numbers={
        "Anzahl der eingegangenen Meldungen": f"Anzahl der Meldungen {_VON_HINWEISGEBERN}",
        **_paired(
            ("Anzahl bestimmter Einzelinformationen in der Gesamtzahl der Meldungen",),
            _VON_HINWEISGEBERN,
        ),
        **_paired(
            (
                "Mediandauer bis zur Ergreifung von Maßnahmen",
                "Anzahl der auf der Grundlage von Rechtsvorschriften ergriffenen Maßnahmen",
                "Anzahl der auf der Grundlage der Geschäftsbedingungen des Dienstes ergriffenen"
                " Maßnahmen",
            ),
            f"(Meldungen {_VON_HINWEISGEBERN})",
        ),
    },
)
FRENCH = _headings(
    "Informations contextuelles sur ",
    what=(
        "Service",
        "Période couverte par le rapport",
        "Catégorie de contenu illicite",
        "Description de la sous-catégorie «Autre»",
    ),
    numbers={
        "Nombre de notifications reçues": (
            "Nombre de notifications reçues de signaleurs de confiance"
        ),
        _ELEMENTS: f"{_ELEMENTS} soumises par des signaleurs de confiance {_DE_SIGNALEURS}",
        **_paired(
            (
                "Délai médian nécessaire pour entreprendre une action",
                "Nombre d’actions entreprises sur la base de la législation",
                "Nombre d’actions entreprises sur la base des conditions générales applicables au"
                " service",
            ),
            _DE_SIGNALEURS,
        ),
    },
)
KNOWN = (ENGLISH, GERMAN, FRENCH)
