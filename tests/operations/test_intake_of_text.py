"""What stood in a takedown before is proposed, and chosen; the rest is logged with its notice.

Each story tells its takedowns, the oldest first, as state:stage.
"""

import json
from collections.abc import Sequence

import pytest

from app.context import Context
from app.operations import intake_of_text
from app.operations.intake_of_text import Content, Plan
from app.schemas.shapes import FactsIn
from app.schemas.vocabularies import Source
from app.takedowns import same_content
from app.takedowns.intake import NewItem
from app.takedowns.same_content import Occurrence
from app.takedowns.timeline import Actor
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


@on_sqlite
def test_each_addressee_s_takedown_comes_with_its_notice(parts: Context) -> None:
    text = "https://x.com/zz/status/1790000000000000001 https://www.instagram.com/p/C7aB2cD3eF1/"
    given = FactsIn(case_ref="C-1", category="csam").model_dump()

    with parts.database.write() as unit:
        links = intake_of_text.in_text(parts.workspace, text, unit.clock())
        contents = intake_of_text.contents(links)
        by = Actor("zz", Source.PERSON)
        logged = intake_of_text.log(unit, parts.workspace, contents, given=given, by=by)

    assert [(one.to.platform, one.row.platform, one.notice.platform) for one in logged] == [
        ("x", "x", "x"),
        ("instagram", "instagram", "instagram"),
    ]
    assert [json.loads(one.row.missing) for one in logged] == [one.notice.lacking for one in logged]
    assert {"field": "explanation", "reason": "required"} in logged[0].notice.lacking
