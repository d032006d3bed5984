"""What stood in a takedown before is proposed, and chosen; only what is wanted is logged.

Each story tells its takedowns, the oldest first, as state:stage.
"""

from collections.abc import Sequence

import pytest

from app.context import Context
from app.operations import intake_of_text
from app.operations.intake_of_text import Content, Plan
from app.takedowns import same_content
from app.takedowns.intake import NewItem
from app.takedowns.same_content import Occurrence
from tests.factories import START

ITEM = NewItem("x content  1", "post", url="https://x.com/zz/status/1", content_id="1")
CONTENT = Content("x", ITEM, key="1")
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
STORIES = [
    # story, choices with the usual one first, where it is recorded that it came back
    ("gone:closed", "again back leave", 1),
    ("already_gone:closed", "again back leave", 1),
    ("gone:decided", "leave back again", 1),
    ("waiting:submitted", "leave again", None),
    ("draft:draft", "leave again", None),
    ("came_back:submitted", "leave again", None),
    ("refused:closed", "again leave", None),
    ("withdrawn:withdrawn", "again leave", None),
    # It is asked for in the second already: the first is past.
    ("gone:closed waiting:submitted", "leave again", None),
    ("gone:closed gone:closed", "again back leave", 2),
    # What was withdrawn says nothing about what went before.
    ("gone:closed withdrawn:withdrawn", "again back leave", 1),
    ("gone:closed refused:closed", "again leave", None),
    ("waiting:submitted gone:closed", "leave again", None),
]  # fmt: skip


def told(story: str) -> list[Occurrence]:
    found = []
    for number, word in enumerate(story.split(), start=1):
        state, stage = word.split(":")
        told = (number, 1, f"TD-22222{number}", "x", state, stage, START, START, None, None)
        found.append(Occurrence(*told))
    return found


def planned(
    parts: Context,
    monkeypatch: pytest.MonkeyPatch,
    history: Sequence[Occurrence],
    choice: str | None = None,
    *,
    may_record: bool = True,
) -> Plan:
    monkeypatch.setattr(same_content, "history", lambda *_: {ITEM.identity: history})
    with parts.database.read() as unit:
        return intake_of_text.plan(unit, [CONTENT._replace(asked=choice)], may_record=may_record)


@on_sqlite
@pytest.mark.parametrize(("story", "choices", "returned"), STORIES)
def test_a_history_decides_what_may_be_chosen(
    parts: Context,
    monkeypatch: pytest.MonkeyPatch,
    story: str,
    choices: str,
    returned: int | None,
) -> None:
    [one] = planned(parts, monkeypatch, told(story)).before

    assert " ".join(one.choices) == choices
    assert one.choice == one.choices[0]
    assert (one.returned and one.returned.takedown_id) == returned


@on_sqlite
@pytest.mark.parametrize(
    ("choice", "is_wanted"), [("again", True), ("back", False), ("leave", False), (None, True)]
)
def test_only_what_is_reported_again_is_logged(
    parts: Context, monkeypatch: pytest.MonkeyPatch, choice: str | None, is_wanted: bool
) -> None:
    plan = planned(parts, monkeypatch, told("gone:closed"), choice)

    assert [one.key for one in plan.wanted] == ["1"][:is_wanted]
    assert len(plan.returned) == (choice == "back")
    assert len(plan.held) == (choice == "leave")


@on_sqlite
def test_what_is_not_offered_is_not_done(parts: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    [refused] = planned(parts, monkeypatch, told("refused:closed"), "back").before
    [reader] = planned(parts, monkeypatch, told("gone:closed"), "back", may_record=False).before

    assert (refused.choice, refused.returned) == ("again", None)
    assert (reader.choice, reader.choices) == ("again", ["again", "leave"])
