"""What must be looked at before a report is frozen, each with the place that mends it.

Pure. Findings that block refuse the freeze; the others are told.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import NamedTuple

from app.kit.languages import Language
from app.platforms.leaks import Leak, leaks
from app.reports.made import Made
from app.reports.report import Confirmed, Place, Report
from app.reports.tables import ones
from app.reports.vocabularies import WITH_TEXTS, Check, Heading, Part
from app.schemas.vocabularies import Basis
from app.takedowns.facts import UNKNOWN

# A person looked at it, or it is only worth knowing.
TOLD_ONLY = frozenset({Check.INCOMPLETE_ROW, Check.TERMS_ONLY_NOTICE, Check.SPAN_NOT_OVER})
_CHECKS = {Leak.HOST: Check.HOST_NAME, Leak.PERSONAL_DATA: Check.PERSONAL_DATA}


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
        """Tell whether the report cannot be frozen while it is there.

        What a provider's name gives away does not: such a name is not printed.
        """
        return self.check not in TOLD_ONLY and self.provider is None


def findings(report: Report, made: Made, today: date, *, host_endings: Set[str]) -> list[Finding]:
    """Return all that is to be looked at, in the order of the page."""
    return [
        *_of_the_span(report, today),
        *_of_rows(made),
        *_of_providers(made, host_endings),
        *_of_cells(report, made),
        *_of_texts(report, host_endings),
    ]


def is_ready(found: Sequence[Finding]) -> bool:
    """Tell whether nothing keeps the report from being frozen."""
    return not any(finding.blocks for finding in found)


def cells_of_one(made: Made) -> Confirmed:
    """Return every cell in which somebody might be recognised, as it is confirmed."""
    return {
        (table.id, row, column): table.cells[row, column].digest
        for table in made.tables.values()
        for row, column in ones(table)
    }


def _of_the_span(report: Report, today: date) -> Iterator[Finding]:
    if report.to_day > today:
        yield Finding(Check.SPAN_NOT_OVER)


def _of_rows(made: Made) -> Iterator[Finding]:
    unnamed = tuple(
        one.reference for one in made.requests if one.provider == UNKNOWN and not one.unprinted
    )
    if unnamed:
        yield Finding(Check.INCOMPLETE_ROW, references=unnamed)
    under_rules = tuple(
        one.reference
        for one in made.requests
        if one.part == Part.TERMS_ONLY and one.basis == Basis.ARTICLE_22
    )
    if under_rules:
        yield Finding(Check.TERMS_ONLY_NOTICE, references=under_rules)


def _of_providers(made: Made, host_endings: Set[str]) -> Iterator[Finding]:
    behind: dict[str, list[str]] = {}
    for one in made.requests:
        if one.unprinted:
            behind.setdefault(one.unprinted, []).append(one.reference)
    for provider, references in sorted(behind.items()):
        for leak in leaks(provider, host_endings):
            yield Finding(_CHECKS[leak], provider=provider, references=tuple(references))


def _of_cells(report: Report, made: Made) -> Iterator[Finding]:
    """Ask again for a cell that was confirmed when other requests stood in it."""
    for place, digest in sorted(cells_of_one(made).items()):
        if report.confirmed.get(place) == digest:
            continue
        table, row, column = place
        cell = made.tables[table].cells[row, column]
        yield Finding(Check.CELL_OF_ONE, cell=place, references=cell.references)


def _of_texts(report: Report, host_endings: Set[str]) -> Iterator[Finding]:
    for heading in Heading if report.kind in WITH_TEXTS else ():
        said: Mapping[Language, str] = report.texts.get(heading, {})
        for language in report.languages:
            text = said.get(language, "")
            if not text.strip():
                yield Finding(Check.EMPTY_HEADING, heading=heading, language=language)
            for leak in leaks(text, host_endings):
                yield Finding(_CHECKS[leak], heading=heading, language=language)
