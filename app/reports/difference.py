"""What changed from one frozen version of a report to another, cell by cell and text by text.

Pure.
"""

from collections.abc import Iterator
from typing import NamedTuple

from app.kit.languages import Language
from app.reports.document import Document
from app.reports.vocabularies import HandFigure, Heading


class ChangedCell(NamedTuple):
    """A cell that counts something else now; 0 where it was not there."""

    table: str
    row: str
    column: str
    before: int
    after: int


class ChangedText(NamedTuple):
    """A text that reads otherwise now."""

    heading: Heading
    language: Language
    before: str
    after: str


class ChangedFigure(NamedTuple):
    """A figure entered by hand that is another now; None where nobody gave one."""

    figure: HandFigure
    before: int | None
    after: int | None


class Difference(NamedTuple):
    """All that changed; `times`, `status` and `quality` tell whether those did."""

    cells: tuple[ChangedCell, ...]
    texts: tuple[ChangedText, ...]
    figures: tuple[ChangedFigure, ...]
    times: bool
    status: bool
    quality: bool


def between(before: Document, after: Document) -> Difference:
    """Return what changed from one document to another of the same report."""
    return Difference(
        cells=tuple(_cells(before, after)),
        texts=tuple(_texts(before, after)),
        figures=tuple(
            ChangedFigure(figure, before.figures.get(figure), after.figures.get(figure))
            for figure in HandFigure
            if before.figures.get(figure) != after.figures.get(figure)
        ),
        times=before.times != after.times,
        status=before.status != after.status,
        quality=before.own_quality != after.own_quality,
    )


def _cells(before: Document, after: Document) -> Iterator[ChangedCell]:
    old = {table.id: table for table in before.tables}
    for new in after.tables:
        was = old.get(new.id, new.model_copy(update={"rows": (), "columns": (), "values": ()}))
        for row in dict.fromkeys((*was.rows, *new.rows)):
            for column in dict.fromkeys((*was.columns, *new.columns)):
                counts = was.value(row, column), new.value(row, column)
                if counts[0] != counts[1]:
                    yield ChangedCell(new.id, row, column, *counts)


def _texts(before: Document, after: Document) -> Iterator[ChangedText]:
    for heading in Heading:
        old, new = before.texts.get(heading, {}), after.texts.get(heading, {})
        for language in dict.fromkeys((*old, *new)):
            said = old.get(language, ""), new.get(language, "")
            if said[0] != said[1]:
                yield ChangedText(heading, language, *said)
