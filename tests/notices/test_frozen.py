"""Which frozen notices stand as sent: those whose entry nobody took back, or brought back again."""

from typing import Any

import pytest
from sqlalchemy import select

from app.context import Context
from app.notices import frozen, versions
from app.schemas.vocabularies import EventKind
from app.takedowns import correspondence
from app.takedowns.event_kinds import Corrected, Reminded
from app.takedowns.event_parts import Notice
from app.takedowns.models import takedowns
from app.takedowns.replay_order import Event
from tests.api_client import ApiClient
from tests.factories import START, ManualClock
from tests.proof.falsified import Record

FACTS = {
    "case_ref": "C-1",
    "category": "csam",
    "urls": ["https://www.instagram.com/p/C7aB2cD3eF4/"],
    "explanation": "Assessed by a trained analyst.",
}
FIELDS = {"explanation": "In our own words: this must go."}


@pytest.fixture
def here(api: ApiClient, clock: ManualClock) -> str:
    """The address of a submitted takedown, thirty hours on."""
    address = f"/takedowns/{api.post('/takedowns', FACTS)['reference']}"
    api.post(f"{address}/submission", {"how": "form", "ticket_id": "T-1"})
    clock.advance(30)
    return address


def frozen_notice(number: int) -> Notice:
    return Notice(number, "reminder", "dsa", "form", "en", "dsa", "1", "0" * 64)


def told(story: str) -> list[Event]:
    """Events of a story: `n1` freezes notice 1, `-2` takes event 2 back, `+3` tells it again."""
    told = {
        "n": lambda number: (EventKind.REMINDED, Reminded(notice=frozen_notice(number)), None),
        "-": lambda number: (EventKind.CORRECTED, Corrected(EventKind.REMINDED, None), number),
        "+": lambda number: (
            EventKind.CORRECTED,
            Corrected(EventKind.REMINDED, Reminded()),
            number,
        ),
    }
    events = []
    for number, word in enumerate(story.split(), start=1):
        kind, data, voids = told[word[0]](int(word[1:]))
        events.append(Event(number, kind, START, START, (), data, voids))
    return events


@pytest.mark.parametrize(
    ("story", "back"),
    [
        ("", {}),
        ("n1 n2", {}),
        ("n1 n2 -2", {2: 3}),
        ("n1 -1 n2", {1: 2}),
        ("n1 +1", {}),
        ("n1 +1 -2", {1: 3}),
        ("n1 -1 +2", {}),
        ("n1 -1 +2 -3", {1: 4}),
        ("n1 -1 n2 -3", {1: 2, 2: 4}),
    ],
)
def test_what_was_taken_back_and_not_told_again_was_not_sent(
    story: str, back: dict[int, int]
) -> None:
    assert frozen.taken_back(told(story)) == back


def test_a_record_that_lists_what_was_taken_back_is_found(
    api: ApiClient, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frozen, "taken_back", lambda _: {})
    sent = api.post(f"{here}/notices", {"purpose": "reminder", "how": "form"})

    void(api, here, sent["event"]["id"])

    with pytest.raises(AssertionError):
        assert purposes(api, here) == ["first"]


@pytest.mark.parametrize("purpose", ["reminder", "complaint", "withdrawal"])
def test_a_notice_undone_is_not_among_those_sent_and_the_record_keeps_both_entries(
    api: ApiClient, parts: Context, clock: ManualClock, here: str, purpose: str
) -> None:
    if purpose == "complaint":
        api.post(f"{here}/events", {"kind": "decided", "outcome": "refused"})
    body = {"purpose": purpose, "how": "form", "reason": "It is still there."}
    sent = api.post(f"{here}/notices", body)
    before = [entry["kind"] for entry in api.get(f"{here}/events")["data"]]
    clock.advance(0.1)

    undone = void(api, here, sent["event"]["id"])

    kept = api.get(f"{here}/notices/2")
    assert purposes(api, here) == ["first"]
    assert (kept["sha256"], kept["taken_back_by"]) == (sent["sha256"], undone["id"])
    timeline = api.get(f"{here}/events")["data"]
    assert [entry["kind"] for entry in timeline] == [*before, "corrected"]
    assert timeline[-2]["voided_by"] == undone["id"]
    assert Record(parts).faults() == []


def test_a_submission_undone_was_no_notice_and_a_new_one_has_the_next_number(
    api: ApiClient, parts: Context, here: str
) -> None:
    [submitted] = [e for e in api.get(f"{here}/events")["data"] if e["kind"] == "submitted"]

    void(api, here, submitted["id"])
    none = api.get(f"{here}/notices")["data"]
    api.post(f"{here}/submission", {"how": "form", "no_ticket": True})

    assert none == []
    assert [notice["number"] for notice in api.get(f"{here}/notices")["data"]] == [2]
    assert Record(parts).faults() == []


def test_what_was_undone_is_counted_nowhere(api: ApiClient, parts: Context, here: str) -> None:
    sent = api.post(f"{here}/notices", {"purpose": "reminder", "how": "form", "ticket_id": "R-2"})
    before = counted(parts, sent["template"]["id"])

    void(api, here, sent["event"]["id"])

    assert before == (["submitted", "reminded"], [1], ["T-1", "R-2"])
    assert counted(parts, sent["template"]["id"]) == (["submitted"], [], ["T-1"])


def test_a_notice_undone_is_a_draft_again_in_the_words_it_had(
    api: ApiClient, parts: Context, here: str
) -> None:
    """Nothing typed is lost, and a draft that needs the words lacks nothing."""
    api.request("PUT", f"{here}/notice", {"purpose": "reminder", "fields": FIELDS})
    sent = api.post(f"{here}/notices", {"purpose": "reminder", "how": "form"})
    plain = api.get(f"{here}/notice?purpose=reminder")

    void(api, here, sent["event"]["id"])

    assert body_of(api, here) == sent["body"] != plain["body"]
    again = api.post(f"{here}/notices", {"purpose": "reminder", "how": "form"})
    assert (again["number"], again["edits"], again["body"]) == (3, sent["edits"], sent["body"])


def test_a_draft_that_stood_by_its_own_words_stands_again_after_undo(
    api: ApiClient, parts: Context
) -> None:
    without = {name: value for name, value in FACTS.items() if name != "explanation"}
    here = f"/takedowns/{api.post('/takedowns', without)['reference']}"
    api.request("PUT", f"{here}/notice", {"fields": FIELDS})
    api.post(f"{here}/submission", {"how": "form", "no_ticket": True})

    void(api, here, api.get(f"{here}/events")["data"][-1]["id"])

    assert (api.get(here)["next_step"], api.get(here)["missing"]) == ("submit", [])
    assert Record(parts).faults() == []


def test_what_was_brought_back_stands_as_sent_again(
    api: ApiClient, parts: Context, here: str
) -> None:
    sent = api.post(f"{here}/notices", {"purpose": "reminder", "how": "form", "ticket_id": "R-2"})
    undone = void(api, here, sent["event"]["id"])

    back = {"kind": "corrected", "voids": undone["id"], "replacement": {}}
    api.post(f"{here}/events", back)

    assert api.get(f"{here}/notices")["data"][-1] == {
        name: value for name, value in sent.items() if name != "event"
    }
    assert api.get(here)["ticket_ids"] == ["T-1", "R-2"]
    assert Record(parts).faults() == []


def void(api: ApiClient, here: str, number: int) -> Any:
    return api.post(f"{here}/events", {"kind": "corrected", "voids": number, "replacement": None})


def purposes(api: ApiClient, here: str) -> list[str]:
    """Of the notices as sent."""
    return [notice["purpose"] for notice in api.get(f"{here}/notices")["data"]]


def body_of(api: ApiClient, here: str) -> Any:
    return api.get(f"{here}/notice?purpose=reminder")["body"]


def counted(parts: Context, template_id: str) -> tuple[list[str], list[int], list[str]]:
    """The contacts of a platform, how often a template went out, and the tickets of a meeting."""
    with parts.database.read() as unit:
        contacts = correspondence.last_contacts(unit, "instagram", 5)
        used = versions.of_template(unit, template_id)
        [only] = unit.connection.scalars(select(takedowns.c.id))
        tickets = correspondence.tickets_of(unit, [only])[only]
    return [one.kind for one in reversed(contacts)], [one.notices for one in used], tickets
