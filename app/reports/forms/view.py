"""A report as people read it, whatever the form: headed sections of sentences and tables.

Pure. Every number is still a number; `written` writes it as the language does.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal


class Unit(StrEnum):
    """What the cells of a column are, unless they are words."""

    TEXT = "text"
    COUNT = "count"
    HOURS = "hours"
    SHARE = "share"


@dataclass(frozen=True)
class Column:
    """A column by its heading; one `under_the_line` counts no action."""

    heading: str
    unit: Unit = Unit.COUNT
    under_the_line: bool = False


@dataclass(frozen=True)
class Row:
    """A row by its heading, with one value for each column."""

    heading: str
    values: tuple[Value, ...]
    under_the_line: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table; with `bars` its first column is drawn as well."""

    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    bars: bool = False

    def bar(self, row: Row) -> float:
        """Return how long the bar of a row is, of the longest one."""
        most = max(int(one.values[0]) for one in self.rows)
        return int(row.values[0]) / most

    def is_ruled(self, row: Row) -> bool:
        """Tell whether a line is drawn above a row: of the total, or the first one under it."""
        first = next((one for one in self.rows if one.under_the_line), None)
        return row.is_total or row is first

    @property
    def ruled_columns(self) -> tuple[int, ...]:
        """Return before which columns a line is drawn: around those under the line, if any."""
        under = [place for place, one in enumerate(self.columns) if one.under_the_line]
        return (under[0], under[-1] + 1) if under else ()


@dataclass(frozen=True)
class Prose:
    """Paragraphs, which may hold line breaks; as `points`, each is one of a list."""

    paragraphs: tuple[str, ...]
    points: bool = False


Block = Table | Prose


@dataclass(frozen=True)
class Section:
    """A heading of level 2 or 3, and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True)
class View:
    """A report in one language: `name` tells it from others, `foot` stands on every page.

    `open_data` explains the codes of the CSV file: for screens and spreadsheets, not for print.
    """

    language: str
    name: str
    title: str
    organisation: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    open_data: Section
    foot: str
    skip: str
    sha256: str
    as_of: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return all its tables, in order."""
        return tuple(
            block
            for section in (*self.sections, self.open_data)
            for block in section.blocks
            if isinstance(block, Table)
        )
