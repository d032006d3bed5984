"""What a platform publishes, as one series: what its file tells, and what its reports told since.

Pure. Of several reports of one service and period the newest counts; the earlier ones are kept.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from app.platforms.platform import Platform
from app.platforms.published import Published, newest_first, period_of
from app.platforms.taxonomy import Category
from app.platforms.vocabularies import PublishedMethod
from app.transparency.layout import OTHER, TOTAL
from app.transparency.reading import Reading
from app.transparency.rows import Row
from app.transparency.vocabularies import ReportColumn

ANNEX = "Implementing Regulation (EU) 2024/2835, Annex I part 4"
SHORT = 12  # signs of a digest that a person compares


class Report(NamedTuple):
    """A report that is kept: of which platform and service, from which file, and what it says."""

    id: int
    platform: str
    service: str
    name: str
    sha256: str
    kept_by: str
    kept_at: datetime
    reading: Reading

    @property
    def source(self) -> str:
        """Return how a figure names where it comes from."""
        service = f"{self.service}, " if self.service else ""
        return f"{ANNEX}: {service}{self.name} (SHA-256 {self.sha256[:SHORT]})"


def series_of(
    platform: Platform, reports: Iterable[Report], categories: Sequence[Category]
) -> list[Published]:
    """Return what a platform's file and its reports tell, the newest period first."""
    own = platform.dealings.published
    method, note = _rule_of(own)
    found = [
        _published(row, report, categories, method=method, note=note)
        for report, row in newest_of(reports)
    ]
    return newest_first([*own, *(one for one in found if one is not None)])


def newest_of(reports: Iterable[Report]) -> list[tuple[Report, Row]]:
    """Return the rows of the newest report of each service and period."""
    found: dict[tuple[str, str], tuple[Report, list[Row]]] = {}
    for report in sorted(reports, key=lambda one: one.id):
        for period in report.reading.periods:
            rows = [row for row in report.reading.rows if row.period == period]
            found[report.service.casefold(), period] = report, rows
    return [(report, row) for report, rows in found.values() for row in rows]


def category_of(row: Row, categories: Iterable[Category]) -> str | None:
    """Return our category whose code a row has; the first of those that share one.

    What is about sexual extortion alone shares its code with what is wider.
    """
    if row.keyword in ("", OTHER):
        return None
    return next(
        (
            one.code
            for one in categories
            if (one.dsa.category, one.dsa.keyword) == (row.category, row.keyword)
            and not one.sexual_extortion
        ),
        None,
    )


def _rule_of(own: Iterable[Published]) -> tuple[PublishedMethod | None, str | None]:
    """Return by which rule a platform counts and its sentence, where its file tells one only."""
    known = list(own)
    methods = {one.method for one in known if one.method is not None}
    notes = [one.note for one in newest_first(known) if one.note is not None]
    method = next(iter(methods)) if len(methods) == 1 else None
    return method, notes[0] if method is not None and notes else None


def _published(
    row: Row,
    report: Report,
    categories: Iterable[Category],
    *,
    method: PublishedMethod | None,
    note: str | None,
) -> Published | None:
    """Return a row as a figure; None where it is of no category of ours, or tells nothing."""
    category = category_of(row, categories)
    n, median = row.counted(ReportColumn.TF_NOTICES), row.hours(ReportColumn.TF_MEDIAN)
    if (category is None and row.category != TOTAL) or (n is None and median is None):
        return None
    first, last = map(date.fromisoformat, row.period.split("/"))
    return Published(
        period=period_of(first, last),
        category=category,
        method=method,
        median_hours=median if n != 0 else None,  # some print 0 for no case
        n=n,
        source=report.source,
        items=row.counted(ReportColumn.TF_ITEMS),
        median_hours_all=row.hours(ReportColumn.MEDIAN),
        actions_law=row.counted(ReportColumn.TF_ACTIONS_LAW),
        actions_terms=row.counted(ReportColumn.TF_ACTIONS_TERMS),
        note=note,
    )
