"""What changed between two texts, word by word."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.reports import word_changes
from app.web.reports.word_changes import How, Passage

TEXTS = st.text(alphabet="ab .\n", max_size=60)
KEPT, REMOVED, INSERTED = How.KEPT, How.REMOVED, How.INSERTED


def told(found: Sequence[Passage], *hows: How) -> list[str]:
    return "".join(one.text for one in found if one.how in (KEPT, *hows)).split()


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "", []),
        ("We do.", "We do.", [(KEPT, "We do.")]),
        ("", "We do.", [(INSERTED, "We do.")]),
        ("The board of nine decides.", "The board of ten decides.",
         [(KEPT, "The board of"), (KEPT, " "), (REMOVED, "nine"), (KEPT, " "), (INSERTED, "ten"),
          (KEPT, " decides.")]),
    ],
)  # fmt: skip
def test_words_that_changed_are_told_apart(
    before: str, after: str, found: list[tuple[How, str]]
) -> None:
    assert [tuple(one) for one in word_changes.between(before, after)] == found


@given(TEXTS, TEXTS)
def test_what_stays_and_what_was_inserted_is_the_new_text(before: str, after: str) -> None:
    found = word_changes.between(before, after)

    assert told(found, INSERTED) == after.split()
    assert told(found, REMOVED) == before.split()
