"""The layout of part 4, "notices", of Annex I to Implementing Regulation (EU) 2024/2835.

Pure. Where the headings are in a language of which none were seen, columns go by their place, once
the first row shows the shape (docs/spreadsheets.md).
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from app.transparency import headings
from app.transparency.headings import Headings
from app.transparency.vocabularies import ReportColumn

COUNTS = (
    ReportColumn.NOTICES,
    ReportColumn.TF_NOTICES,
    ReportColumn.ITEMS,
    ReportColumn.TF_ITEMS,
    ReportColumn.ACTIONS_LAW,
    ReportColumn.TF_ACTIONS_LAW,
    ReportColumn.ACTIONS_TERMS,
    ReportColumn.TF_ACTIONS_TERMS,
)
MEDIANS = (ReportColumn.MEDIAN, ReportColumn.TF_MEDIAN)
NUMBERS = tuple(ReportColumn)[4:]
# Each figure of trusted flaggers, and that of all notices of which it is a part.
PARTS: Mapping[ReportColumn, ReportColumn] = MappingProxyType(
    {
        ReportColumn.TF_NOTICES: ReportColumn.NOTICES,
        ReportColumn.TF_ITEMS: ReportColumn.ITEMS,
        ReportColumn.TF_ACTIONS_LAW: ReportColumn.ACTIONS_LAW,
        ReportColumn.TF_ACTIONS_TERMS: ReportColumn.ACTIONS_TERMS,
    }
)
TOTAL = "TOTAL"
OTHER = "KEYWORD_OTHER"
# What the template itself says where a provider is to describe its own sub-category.
PLACEHOLDERS = frozenset(
    {'text to detail the "other" keyword.', "texte pour préciser le mot-clé «autre»."}
)
_SIGNS = str.maketrans("„“”«»’", '"""""\'')
PERIOD = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
# Categories of illegal content with their sub-categories; each has KEYWORD_OTHER besides.
SUB_CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        f"STATEMENT_CATEGORY_{category}": tuple(f"KEYWORD_{word}" for word in words.split())
        for category, words in {
            "ANIMAL_WELFARE": "ANIMAL_HARM UNLAWFUL_SALE_ANIMALS",
            "CONSUMER_INFORMATION": (
                "HIDDEN_ADVERTISEMENT INSUFFICIENT_INFORMATION_ON_TRADERS"
                " MISLEADING_INFO_GOODS_SERVICES MISLEADING_INFO_CONSUMER_RIGHTS"
                " NONCOMPLIANCE_PRICING"
            ),
            "CYBER_VIOLENCE": (
                "CYBER_BULLYING_INTIMIDATION CYBER_HARASSMENT CYBER_INCITEMENT CYBER_STALKING"
                " NON_CONSENSUAL_IMAGE_SHARING NON_CONSENSUAL_MATERIAL_DEEPFAKE"
            ),
            "CYBER_VIOLENCE_AGAINST_WOMEN": (
                "BULLYING_AGAINST_GIRLS CYBER_HARASSMENT_AGAINST_WOMEN"
                " CYBER_STALKING_AGAINST_WOMEN FEMALE_GENDERED_DISINFORMATION"
                " INCITEMENT_AGAINST_WOMEN NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN"
                " NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN"
            ),
            "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": (
                "BIOMETRIC_DATA_BREACH DATA_FALSIFICATION MISSING_PROCESSING_GROUND"
                " RIGHT_TO_BE_FORGOTTEN"
            ),
            "ILLEGAL_OR_HARMFUL_SPEECH": "DEFAMATION DISCRIMINATION HATE_SPEECH",
            "INTELLECTUAL_PROPERTY_INFRINGEMENTS": (
                "COPYRIGHT_INFRINGEMENT DESIGN_INFRINGEMENT GEOGRAPHIC_INDICATIONS_INFRINGEMENT"
                " PATENT_INFRINGEMENT TRADE_SECRET_INFRINGEMENT TRADEMARK_INFRINGEMENT"
            ),
            "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS": (
                "MISINFORMATION_DISINFORMATION VIOLATION_EU_LAW VIOLATION_NATIONAL_LAW"
            ),
            "PROTECTION_OF_MINORS": (
                "AGE_SPECIFIC_RESTRICTIONS_MINORS CHILD_SEXUAL_ABUSE_MATERIAL"
                " CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE GROOMING_SEXUAL_ENTICEMENT_MINORS"
                " UNSAFE_CHALLENGES"
            ),
            "RISK_FOR_PUBLIC_SECURITY": (
                "ILLEGAL_ORGANIZATIONS RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH"
                " TERRORIST_CONTENT"
            ),
            "SCAMS_AND_FRAUD": (
                "IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS INAUTHENTIC_LISTINGS"
                " INAUTHENTIC_USER_REVIEWS PHISHING PYRAMID_SCHEMES"
            ),
            "SELF_HARM": "CONTENT_PROMOTING_EATING_DISORDERS SELF_MUTILATION SUICIDE",
            "UNSAFE_AND_PROHIBITED_PRODUCTS": "PROHIBITED_PRODUCTS UNSAFE_PRODUCTS",
            "VIOLENCE": (
                "COORDINATED_HARM INCITEMENT_VIOLENCE_HATRED HUMAN_EXPLOITATION HUMAN_TRAFFICKING"
                " TRAFFICKING_WOMEN_GIRLS"
            ),
            "NOT_SPECIFIED_NOTICE": "",
        }.items()
    }
)
CATEGORY_OF: Mapping[str, str] = MappingProxyType(
    {keyword: category for category, words in SUB_CATEGORIES.items() for keyword in words}
)
CODES = frozenset({TOTAL, *SUB_CATEGORIES, *CATEGORY_OF})


class Heading(NamedTuple):
    """Where the columns stand: each one's place, the words about the medians, how it was told."""

    places: Mapping[ReportColumn, int]
    context: tuple[int, ...]
    width: int
    is_by_name: bool


class Missing(NamedTuple):
    """A row of headings, and those that it lacks."""

    headings: tuple[str, ...]


def heading_of(cells: Sequence[str], below: Sequence[str]) -> Heading | Missing | None:
    """Read a row of headings over the row below it; None where it is none."""
    names = [_plain(cell) for cell in cells]
    found = [_named(names, known) for known in headings.KNOWN]
    places, known = max(found, key=lambda one: len(one[0]))
    if len(places) == len(ReportColumn):
        medians = {_plain(known.context + known.of[column]) for column in MEDIANS}
        context = tuple(place for place, name in enumerate(names) if name in medians)
        return Heading(places, context, len(cells), is_by_name=True)
    if any(column in places for column in NUMBERS):
        return Missing(tuple(known.of[column] for column in ReportColumn if column not in places))
    return _by_place(cells, below)


def _named(names: Sequence[str], known: Headings) -> tuple[Mapping[ReportColumn, int], Headings]:
    places = {
        column: names.index(_plain(heading))
        for column, heading in known.of.items()
        if _plain(heading) in names
    }
    return places, known


def _by_place(cells: Sequence[str], below: Sequence[str]) -> Heading | None:
    """Columns B to O and P to Y, where each has a heading and the row below is of that shape."""
    first, last = 1, 1 + len(ReportColumn)
    is_shaped = (
        len(below) >= last
        and all(map(_plain, cells[first:last]))
        and len(cells) >= last
        and PERIOD.fullmatch(below[2])
        and below[3] in CODES
    )
    if not is_shaped:
        return None
    places = dict(zip(ReportColumn, range(first, last), strict=True))
    own = [places[column] + len(NUMBERS) for column in MEDIANS]
    context = tuple(place for place in own if place < len(cells))
    return Heading(places, context, len(cells), is_by_name=False)


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().translate(_SIGNS).split())
