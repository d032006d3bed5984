"""Where a content stands is known by its blind key alone, in both directions."""

from collections.abc import Callable

import pytest

from app.kit.database import Database
from app.takedowns import intake, queries, same_content
from app.takedowns.same_content import Occurrence
from tests.factories import START, ManualClock
from tests.takedowns.conftest import CASE_SYSTEM, new_takedown

SAME = "instagram content  abc"
OTHER = "instagram content  xyz"


def again(database: Database, *identities: str) -> str:
    """Log a takedown of these contents; returns its reference."""
    [item] = new_takedown().items
    items = [item._replace(identity=identity) for identity in identities]
    with database.write() as unit:
        reference: str = intake.log(unit, new_takedown(items=items), by=CASE_SYSTEM).reference
        return reference


def elsewhere(database: Database, reference: str) -> dict[int, list[str]]:
    with database.read() as unit:
        row = queries.by_reference(unit, reference)
        found = same_content.elsewhere(unit, [row.id])
    return {item: [one.reference for one in others] for (_, item), others in found.items()}


def test_two_takedowns_of_one_content_name_each_other_and_no_third(
    database: Database, reference: str
) -> None:
    stranger, second = again(database, OTHER), again(database, "instagram content  new", SAME)

    assert elsewhere(database, reference) == {1: [second]}
    assert elsewhere(database, second) == {2: [reference]}
    assert elsewhere(database, stranger) == {}


def test_a_history_tells_where_when_and_how_it_stands(
    database: Database, clock: ManualClock, reference: str, record: Callable[..., object]
) -> None:
    clock.advance(1)
    record("submitted")
    clock.advance(5)
    record("seen", availability="gone")
    gone_at = clock.now
    second = again(database, SAME)

    with database.read() as unit:
        history = same_content.history(unit, [SAME, OTHER])

    assert [
        (one.reference, one.platform, one.state, one.stage, one.gone_at) for one in history[SAME]
    ] == [
        (reference, "instagram", "gone", "closed", gone_at),
        (second, "instagram", "draft", "draft", None),
    ]
    assert history[SAME][0].submitted_at == gone_at.replace(hour=gone_at.hour - 5)
    assert history[OTHER] == []


@pytest.mark.parametrize(
    ("story", "state", "stage", "is_open", "may_come_back"),
    [
        ("closed by itself, seen gone", "gone", "closed", False, True),
        ("gone by the platform's word", "gone", "decided", True, True),
        ("gone before we asked", "already_gone", "closed", False, True),
        ("given up by a person, refused", "refused", "closed", False, False),
        ("taken back whole", "withdrawn", "withdrawn", False, False),
        ("this one was taken back", "withdrawn", "decided", False, False),
        ("not submitted", "draft", "draft", True, False),
        ("still asked for", "waiting", "submitted", True, False),
        ("back already", "came_back", "submitted", True, False),
    ],
)
def test_what_is_gone_and_not_withdrawn_may_come_back(
    story: str, state: str, stage: str, is_open: bool, may_come_back: bool
) -> None:
    one = Occurrence(1, 1, "TD-222222", "x", state, stage, START, START, None, None)

    assert (one.is_open, one.may_come_back) == (is_open, may_come_back)
