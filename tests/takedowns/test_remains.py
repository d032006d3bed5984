"""What remains to be done about an item: open, not sent, given up, gone, or taken back by us."""

import pytest

from app.schemas.vocabularies import ItemState, Stage
from app.takedowns.items import OFFLINE, remains


@pytest.mark.parametrize(
    ("stage", "state", "expected"),
    [
        ("draft", "draft", "unsent"),
        ("held", "draft", "unsent"),
        ("submitted", "waiting", "open"),
        ("decided", "refused", "open"),
        ("decided", "came_back", "open"),
        ("decided", "gone", "gone"),
        ("closed", "gone", "gone"),
        ("closed", "already_gone", "gone"),
        ("closed", "waiting", "not_removed"),
        ("closed", "refused", "not_removed"),
        ("closed", "came_back", "not_removed"),
        ("closed", "draft", "not_removed"),
        ("submitted", "withdrawn", "withdrawn"),
        ("withdrawn", "withdrawn", "withdrawn"),
    ],
)
def test_what_a_person_closed_is_apart_from_what_is_open(
    stage: str, state: str, expected: str
) -> None:
    assert remains(Stage(stage), ItemState(state)) == expected


@pytest.mark.parametrize("state", sorted(set(ItemState) - OFFLINE))
def test_nothing_of_a_closed_request_is_called_open(state: ItemState) -> None:
    assert remains(Stage.CLOSED, state) == "not_removed"
