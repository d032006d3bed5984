"""Two versions that differ anywhere have a difference."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from app.kit import canonical
from app.kit.languages import Language
from app.reports import difference
from app.reports.document import CountedTable, Document
from app.reports.vocabularies import Fact, ReportKind
from tests.reports.documents import document

TOLD = {"tables", "types", "times", "own_quality", "status", "figures", "texts"}
OTHERS = (7, "zz", "2026-02-02", "fr", "csam", "law", "notices", "provider", None)


def changed(part: Any) -> Iterator[Any]:
    """Copies of a part of a document, each another one in one place."""
    if isinstance(part, dict):
        for name, inner in part.items():
            yield {key: value for key, value in part.items() if key != name}
            for other in changed(inner):
                yield {**part, name: other}
        yield {**part, "ncii_adult": next(iter(part.values()), 1)}
    elif isinstance(part, list):
        if part:
            yield part[1:]
            yield part[::-1]
            yield [*part, copy.deepcopy(part[0])]
        for place, inner in enumerate(part[:2]):
            for other in changed(inner):
                yield [*part[:place], other, *part[place + 1 :]]
    else:
        yield from (other for other in OTHERS if other != part)


def others_of(told: Document) -> Iterator[Document]:
    """Documents that can be read and say something else."""
    for other in changed(told.model_dump(mode="json", by_alias=True)):
        try:
            read = Document.model_validate_json(canonical.text(other))
        except ValidationError:
            continue
        if read.canonical() != told.canonical() and all(map(is_whole, read.tables)):
            yield read


def is_whole(table: CountedTable) -> bool:
    """Tell whether a table has a value for each row and column."""
    widths = {len(values) for values in table.values}
    return len(table.values) == len(table.rows) and widths == {len(table.columns)}


def test_what_differs_anywhere_has_a_difference() -> None:
    told = document()
    told = told.model_copy(update={"tables": told.tables[:3]})
    others = list(others_of(told))

    missed = [other for other in others if not any(difference.between(told, other))]
    back = [other for other in others if not any(difference.between(other, told))]

    assert len(others) > 500
    assert (missed, back) == ([], [])


def test_every_field_of_a_document_is_looked_at() -> None:
    fields = {field.alias or name for name, field in Document.model_fields.items()}

    assert fields == TOLD | set(Fact)


@pytest.mark.parametrize("kind", ReportKind)
def test_the_same_counted_later_is_a_difference_of_time_alone(kind: ReportKind) -> None:
    later = document(kind, as_of="2027-02-01T00:00:00Z")

    found = difference.between(document(kind), later)

    assert [one.fact for one in found.facts] == ["as_of"]
    assert found.is_of_time_alone
    assert not any(difference.between(later, later))


@pytest.mark.parametrize(
    ("field", "value", "before", "after"),
    [
        ("languages", ("nl",), ", ".join(Language), "nl"),
        ("organisation", "Another Hotline", "Fictional Hotline", "Another Hotline"),
        ("licence", "", "CC BY 4.0", ""),
    ],
)
def test_what_stands_at_the_head_is_told_word_by_word(
    field: str, value: Any, before: str, after: str
) -> None:
    found = difference.between(document(), document(**{field: value}))

    assert [one[1:] for one in found.facts] == [(before, after)]
    assert not found.is_of_time_alone
