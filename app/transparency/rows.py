"""What reading a report finds: rows that stand, and what breaks a rule.

Pure.
"""

from typing import NamedTuple

from app.transparency.layout import NUMBERS
from app.transparency.vocabularies import ReportColumn, ReportRule


class Finding(NamedTuple):
    """What breaks a rule: the row as a spreadsheet numbers it (0: the file), column, and text."""

    row: int
    rule: ReportRule
    column: ReportColumn | None = None
    found: str = ""


class Row(NamedTuple):
    """A row that stands; a number is the text of its cell, and blank where the cell is.

    `category` is a code of Annex I or TOTAL, `keyword` that of a sub-category or empty.
    """

    number: int
    service: str
    period: str
    category: str
    keyword: str
    description: str
    texts: tuple[str, ...]

    def text(self, column: ReportColumn) -> str:
        """Return a number as its cell writes it."""
        return self.texts[NUMBERS.index(column)]

    def counted(self, column: ReportColumn) -> int | None:
        """Return a count; None where it is blank."""
        return int(text) if (text := self.text(column)) else None

    def hours(self, column: ReportColumn) -> float | None:
        """Return a median; None where it is blank."""
        return float(text) if (text := self.text(column)) else None
