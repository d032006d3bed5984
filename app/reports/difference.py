"""What changed from one version of a report to another: every cell, text, figure and fact.

Pure. Documents that differ anywhere have a difference.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from app.kit.languages import Language
from app.reports.document import CountedTable, Document
from app.reports.vocabularies import Fact, HandFigure, Heading

K = TypeVar("K")
V = TypeVar("V")


class ChangedFact(NamedTuple):
    """What stands at the head and is another now."""

    fact: Fact
    before: str
    after: str


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
    """All that changed; of what has no list of its own, whether it did.

    `layout` is which rows and columns the tables have, `types` the codes of the types of content.
    """

    facts: tuple[ChangedFact, ...]
    cells: tuple[ChangedCell, ...]
    texts: tuple[ChangedText, ...]
    figures: tuple[ChangedFigure, ...]
    layout: bool
    types: bool
    times: bool
    status: bool
    quality: bool

    @property
    def is_of_time_alone(self) -> bool:
        """Tell whether both say the same, counted at different moments."""
        facts = tuple(one for one in self.facts if one.fact != Fact.AS_OF)
        return not any(self._replace(facts=facts))

    @property
    def is_of_more(self) -> bool:
        """Tell whether more changed than numbers of the tables, texts, and the moment."""
        return not self._replace(cells=(), texts=(), layout=False).is_of_time_alone


def between(before: Document, after: Document) -> Difference:
    """Return what changed from one document to another of the same report."""
    return Difference(
        facts=tuple(_facts(before, after)),
        cells=tuple(_cells(before, after)),
        texts=tuple(_texts(before, after)),
        figures=tuple(
            ChangedFigure(figure, before.figures.get(figure), after.figures.get(figure))
            for figure in HandFigure
            if _said(before.figures, figure) != _said(after.figures, figure)
        ),
        layout=_layout(before) != _layout(after),
        types=before.types != after.types,
        times=before.times != after.times,
        status=before.status != after.status,
        quality=before.own_quality != after.own_quality,
    )


def _facts(before: Document, after: Document) -> Iterator[ChangedFact]:
    old, new = (each.model_dump(mode="json", by_alias=True) for each in (before, after))
    for fact in Fact:
        if old[fact] != new[fact]:
            yield ChangedFact(fact, _written(old[fact]), _written(new[fact]))


def _written(said: str | list[str]) -> str:
    return said if isinstance(said, str) else ", ".join(said)


def _layout(document: Document) -> list[CountedTable]:
    return [table.model_copy(update={"values": ()}) for table in document.tables]


def _cells(before: Document, after: Document) -> Iterator[ChangedCell]:
    old, new = ({table.id: table for table in each.tables} for each in (before, after))
    for name in dict.fromkeys((*old, *new)):
        tables = [each[name] for each in (old, new) if name in each]
        for row in dict.fromkeys(row for table in tables for row in table.rows):
            for column in dict.fromkeys(one for table in tables for one in table.columns):
                counts = [
                    each[name].value(row, column) if name in each else 0 for each in (old, new)
                ]
                if counts[0] != counts[1]:
                    yield ChangedCell(name, row, column, *counts)


def _texts(before: Document, after: Document) -> Iterator[ChangedText]:
    for heading in Heading:
        old, new = before.texts.get(heading, {}), after.texts.get(heading, {})
        for language in dict.fromkeys((*old, *new)):
            if _said(old, language) != _said(new, language):
                texts = old.get(language, ""), new.get(language, "")
                yield ChangedText(heading, language, *texts)


def _said(told: Mapping[K, V], what: K) -> tuple[V, ...]:
    """Tell what stands there from nothing, which is another thing than an empty text."""
    return (told[what],) if what in told else ()
