"""What is missing is told while the columns are chosen, not by every row that is refused for it."""

import pytest

from app.imports import needs
from app.imports.importing import Done
from app.imports.needs import Lack
from tests.imports.conftest import Importer

LEAST = ("url", "case_ref", "category")


def test_address_case_and_category_are_needed_and_one_category_may_stand_for_all() -> None:
    assert needs.lacking(["platform"], []) == [*LEAST]
    assert needs.lacking(["url", "case_ref"], ["category"]) == []


@pytest.mark.parametrize(
    ("chosen", "fixed", "alone"),
    [
        (LEAST, (), []),
        ((*LEAST, "submitted_at"), (), [Lack("explanation", "submitted_at")]),
        ((*LEAST, "submitted_at"), ("explanation",), []),
        ((*LEAST, "outcome"), (), [Lack("decided_at", "outcome")]),
        ((*LEAST, "ticket_id"), (), [Lack("submitted_at", "ticket_id")]),
        ((*LEAST, "seen_gone_at_time"), (), [Lack("seen_gone_at", "seen_gone_at_time")]),
        ((*LEAST, "seen_gone_at"), (), []),
        (
            (*LEAST, "decided_at"),
            (),
            [Lack("submitted_at", "decided_at"), Lack("outcome", "decided_at")],
        ),
    ],
)
def test_a_column_that_says_nothing_without_another_is_told(
    chosen: tuple[str, ...], fixed: tuple[str, ...], alone: list[Lack]
) -> None:
    assert needs.alone(chosen, fixed) == alone


SAID = {
    "url": "https://x.com/zz/status/1790000000000000021", "case_ref": "C-1", "category": "grooming",
    "explanation": "Assessed.", "question": "Which account?", "ticket_id": "T-1",
    "outcome": "removed", "ground": "law",
    **dict.fromkeys(("submitted_at", "receipt_at", "answered_at", "asked_at", "decided_at"),
                    "2026-03-01T09:00:00Z"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (target, name)
        for name, others in needs.GOES_WITH.items()
        for target in others
        if not name.endswith("_time")
    ],
)
def test_a_row_with_the_one_and_without_the_other_is_indeed_refused(
    bring_in: Importer, target: str, name: str
) -> None:
    chosen = [*LEAST, name]
    while lacks := needs.alone(chosen, ()):
        chosen += [one.target for one in lacks]
    row = {column: SAID[column] for column in chosen}
    whole: list[Done] = bring_in(row, dry_run=True)
    part: list[Done] = bring_in({c: v for c, v in row.items() if c != target}, dry_run=True)

    assert (whole[0].outcome, part[0].outcome) == ("valid", "refused")
