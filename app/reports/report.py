"""A report as people work on it: its days, its words, and what was frozen of it.

Pure values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.kit.languages import Language
from app.metrics.periods import Period
from app.reports.vocabularies import HandFigure, Heading, ReportKind

Texts = Mapping[Heading, Mapping[Language, str]]
HandFigures = Mapping[HandFigure, int | None]
Place = tuple[str, str, str]  # of a cell: table, row, column
Confirmed = Mapping[Place, str]  # of each cell looked at, the digest of the requests behind it
LONGEST_TEXT = 20_000


class Report(NamedTuple):
    """A report as people work on it; `version` counts its changes."""

    id: int
    kind: ReportKind
    from_day: date
    to_day: date  # the first one that no longer belongs to it
    languages: tuple[Language, ...]
    texts: Texts
    figures: HandFigures
    confirmed: Confirmed
    confirmed_by: str | None
    confirmed_at: datetime | None
    version: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str

    @property
    def period(self) -> Period:
        """Its local days."""
        return Period(self.from_day, self.to_day)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One freeze of a report."""

    number: int
    as_of: datetime
    sha256: str
    frozen_at: datetime
    frozen_by: str


class Change(NamedTuple):
    """What is to be different; None leaves it as it is, and so does a language not named."""

    texts: Texts | None = None
    figures: HandFigures | None = None
    languages: tuple[Language, ...] | None = None
