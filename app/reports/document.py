"""A report as a document: all its numbers and words, without any label or form.

Pure. It is what is hashed, so it carries no floats: hours and shares are decimal strings.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.kit import canonical
from app.kit.languages import Language
from app.reports.tables import Table
from app.reports.vocabularies import (
    Axis,
    Counted,
    HandFigure,
    Heading,
    Part,
    ReportKind,
)
from app.schemas.vocabularies import StatusChange


class Value(BaseModel):
    """A part of a document, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class CountedTable(Value):
    """A table: `values` line by line, in the order of `rows` and `columns`, sums among them."""

    id: str
    rows_by: Axis
    columns_by: Axis
    counted: tuple[Counted, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]

    def value(self, row: str, column: str) -> int:
        """Return what a cell counts; 0 where the table has no such cell."""
        if row not in self.rows or column not in self.columns:
            return 0
        return self.values[self.rows.index(row)][self.columns.index(column)]


class ReportedShare(Value):
    """A share between 0 and 1 with four decimals, and its 95 % interval."""

    share: str
    low: str | None
    high: str | None


class Times(Value):
    """How fast a provider was over one part's notices; null where it is not reached.

    `provider` is null for all together. Only where ten takedowns stand behind it.
    """

    part: Part
    provider: str | None
    notices: int
    items: int
    median_hours: str | None
    p90_hours: str | None
    within_24h: ReportedShare | None
    within_7d: ReportedShare | None
    acted_median_hours: str | None
    acted_n: int
    decided_median_hours: str | None
    decided_n: int


class ReportedQuality(Value):
    """How our own first notices fared; null where nobody ever recorded such a thing."""

    notices: int
    refused: int
    information_asked: int
    wrong_channel: int | None
    duplicates: int | None
    withdrawn_after_submission: int


class StatusEntry(Value):
    """One entry of the history of the trusted-flagger status."""

    kind: StatusChange
    on: date
    coordinator: str
    until: date | None
    categories: tuple[str, ...]
    exceptions: tuple[str, ...]


class DsaType(Value):
    """The codes of the DSA Transparency Database that a type was notified under."""

    category: str
    keyword: str

    @property
    def short(self) -> tuple[str, str]:
        """Both codes without what every one of them begins with."""
        return (
            self.category.removeprefix("STATEMENT_CATEGORY_"),
            self.keyword.removeprefix("KEYWORD_"),
        )


class Document(Value):
    """All of a report. `types`: the codes of each type that is counted.

    `licence` is the one that the organisation chose for its published numbers, or empty;
    `time_zone` is that of its days.
    """

    format: Literal["takedown-report/1"] = "takedown-report/1"
    kind: ReportKind
    from_: date = Field(alias="from")
    to: date
    as_of: str
    definition: str
    organisation: str
    licence: str
    time_zone: str
    languages: tuple[Language, ...]
    tables: tuple[CountedTable, ...]
    types: Mapping[str, DsaType]
    times: tuple[Times, ...]
    own_quality: ReportedQuality | None
    status: tuple[StatusEntry, ...]
    figures: Mapping[HandFigure, int | None]
    texts: Mapping[Heading, Mapping[Language, str]]

    def canonical(self) -> bytes:
        """Return the bytes that are hashed."""
        return canonical.text(self.model_dump(mode="json", by_alias=True)).encode()

    def sha256(self) -> str:
        """Return their digest."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def table(self, name: str) -> CountedTable:
        """Return a table by its id; raises KeyError."""
        for table in self.tables:
            if table.id == name:
                return table
        raise KeyError(name)


def read(stored: bytes) -> Document:
    """Read a document back from its canonical bytes."""
    return Document.model_validate_json(stored)


def counted_table(table: Table) -> CountedTable:
    """Keep a table's numbers, without the requests behind them."""
    return CountedTable(
        id=table.id,
        rows_by=table.rows_by,
        columns_by=table.columns_by,
        counted=table.counted,
        rows=table.rows,
        columns=table.columns,
        values=tuple(
            tuple(table.value(row, column) for column in table.columns) for row in table.rows
        ),
    )


def decimal(value: float | None, places: int = 2) -> str | None:
    """Write a number with so many decimals; None stays."""
    return None if value is None else f"{value:.{places}f}"
