"""What must be looked at before a report is frozen, each with the place that mends it.

Pure. Findings that block refuse the freeze; the others are told.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from app.kit import personal_data
from app.kit.languages import Language
from app.platforms import spelling
from app.platforms.hostnames import names_a_host
from app.reports.made import Made
from app.reports.report import Place, Report
from app.reports.tables import ones
from app.reports.vocabularies import WITH_TEXTS, Check, Heading, Part
from app.schemas.vocabularies import Basis
from app.takedowns.facts import UNKNOWN

# A person looked at it, or it is only worth knowing.
TOLD_ONLY = frozenset({Check.INCOMPLETE_ROW, Check.TERMS_ONLY_NOTICE, Check.SPAN_NOT_OVER})


class Finding(NamedTuple):
    """One thing to look at: a heading in a language, a cell, a provider, or some requests."""

    check: Check
    heading: Heading | None = None
    language: Language | None = None
    cell: Place | None = None
    provider: str | None = None
    references: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """Tell whether the report cannot be frozen while it is there."""
        return self.check not in TOLD_ONLY


def findings(report: Report, made: Made, today: date) -> list[Finding]:
    """Return all that is to be looked at, in the order of the page."""
    return [
        *_of_the_span(report, today),
        *_of_rows(made),
        *_of_cells(report, made),
        *_of_texts(report),
    ]


def is_ready(found: list[Finding]) -> bool:
    """Tell whether nothing keeps the report from being frozen."""
    return not any(finding.blocks for finding in found)


def cells_of_one(made: Made) -> frozenset[Place]:
    """Return every cell in which somebody might be recognised."""
    return frozenset(
        (table.id, row, column) for table in made.tables.values() for row, column in ones(table)
    )


def _of_the_span(report: Report, today: date) -> Iterator[Finding]:
    if report.to_day > today:
        yield Finding(Check.SPAN_NOT_OVER)


def _of_rows(made: Made) -> Iterator[Finding]:
    unnamed = tuple(one.reference for one in made.requests if one.provider == UNKNOWN)
    if unnamed:
        yield Finding(Check.INCOMPLETE_ROW, references=unnamed)
    under_rules = tuple(
        one.reference
        for one in made.requests
        if one.part == Part.TERMS_ONLY and one.basis == Basis.ARTICLE_22
    )
    if under_rules:
        yield Finding(Check.TERMS_ONLY_NOTICE, references=under_rules)
    behind: dict[str, list[str]] = {}
    for one in made.requests:
        behind.setdefault(one.provider, []).append(one.reference)
    for provider, references in sorted(behind.items()):
        if provider != UNKNOWN:
            for check in _leaks(provider):
                yield Finding(check, provider=provider, references=tuple(references))


def _of_cells(report: Report, made: Made) -> Iterator[Finding]:
    for place in sorted(cells_of_one(made) - report.confirmed):
        table, row, column = place
        cell = made.tables[table].cells[row, column]
        yield Finding(Check.CELL_OF_ONE, cell=place, references=cell.references)


def _of_texts(report: Report) -> Iterator[Finding]:
    for heading in Heading if report.kind in WITH_TEXTS else ():
        said: Mapping[Language, str] = report.texts.get(heading, {})
        for language in report.languages:
            text = said.get(language, "")
            if not text.strip():
                yield Finding(Check.EMPTY_HEADING, heading=heading, language=language)
            for check in _leaks(text):
                yield Finding(check, heading=heading, language=language)


def _leaks(text: str) -> Iterator[Check]:
    if names_a_host(text):
        yield Check.HOST_NAME
    # A number is one however it is spaced, and whatever unseen stands in it.
    if personal_data.scan(spelling.plain_signs(unicodedata.normalize("NFKC", text))):
        yield Check.PERSONAL_DATA
