"""What an entry holds is recognised once; what stood in a takedown before is proposed, and chosen.

Each story tells its takedowns, the oldest first, as state:stage.
"""

from collections.abc import Sequence

import pytest

from app.context import Context
from app.platforms.recognition import Recogniser
from app.takedowns import same_content
from app.takedowns.intake import NewItem
from app.takedowns.same_content import Occurrence
from app.web.intake import contents
from app.web.intake.contents import Content, Earlier
from app.web.intake.entries import Entry
from tests.factories import START
from tests.web.web_client import WebClient

ITEM = NewItem("x content  1", "post", url="https://x.com/zz/status/1", content_id="1")
CONTENT = Content("1", "x", ITEM)
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


def asked(
    parts: Context,
    monkeypatch: pytest.MonkeyPatch,
    history: Sequence[Occurrence],
    choice: str | None = None,
    *,
    may_record: bool = True,
) -> Earlier:
    monkeypatch.setattr(same_content, "history", lambda *_: {ITEM.identity: history})
    with parts.database.read() as unit:
        entry = Entry(choices={CONTENT.key: choice} if choice else {})
        [one] = contents.earlier(unit, entry, [CONTENT], may_record=may_record)
    return one


@on_sqlite
@pytest.mark.parametrize(("story", "choices", "returned"), STORIES)
def test_a_history_decides_what_may_be_chosen(
    parts: Context,
    monkeypatch: pytest.MonkeyPatch,
    story: str,
    choices: str,
    returned: int | None,
) -> None:
    one = asked(parts, monkeypatch, told(story))

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
    one = asked(parts, monkeypatch, told("gone:closed"), choice)

    assert contents.wanted([CONTENT], [one]) == [CONTENT][:is_wanted]


@on_sqlite
def test_what_is_not_offered_is_not_done(parts: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = asked(parts, monkeypatch, told("refused:closed"), "back")
    reader = asked(parts, monkeypatch, told("gone:closed"), "back", may_record=False)

    assert (refused.choice, refused.returned) == ("again", None)
    assert (reader.choice, reader.choices) == ("again", ["again", "leave"])


@pytest.mark.parametrize(
    ("path", "facts", "status"),
    [
        ("/takedowns/preview", {"case_ref": "CF-1", "category": "csam"}, 200),
        ("/takedowns/new", {"case_ref": "CF-1", "category": "csam"}, 303),
        ("/takedowns/new", {"case_ref": "CF-1"}, 422),
    ],
)
@on_sqlite
def test_a_text_is_recognised_once_a_request(
    parts: Context,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    facts: dict[str, str],
    status: int,
) -> None:
    texts, others = list[str](), list[str]()
    links_of, other = Recogniser.links_of, Recogniser.other
    monkeypatch.setattr(
        Recogniser,
        "links_of",
        lambda self, text, now: texts.append(text) or links_of(self, text, now=now),
    )
    monkeypatch.setattr(
        Recogniser,
        "other",
        lambda self, text, now: others.append(text) or other(self, text, now=now),
    )
    pasted = "https://x.com/zz/status/1790000000000000001 and https://forum.example/topic/12345"

    answer = WebClient.signed_in(parts).post(path, paste=pasted, **facts)

    assert answer.status_code == status
    assert texts == [pasted]
    assert others == ["https://forum.example/topic/12345"]
