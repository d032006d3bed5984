"""Corrections over the API: of what went out with a notice, of a correction, taken back again."""

from typing import Any

import pytest

from tests.client import Caller
from tests.factories import Hands

FACTS = {
    "case_ref": "C-1",
    "category": "csam",
    "urls": ["https://www.instagram.com/p/C7aB2cD3eF4/"],
    "explanation": "Assessed by a trained analyst.",
}


@pytest.fixture
def here(call: Caller, hands: Hands) -> str:
    """The address of a submitted takedown."""
    address = f"/takedowns/{call.post('/takedowns', FACTS)['reference']}"
    hands.forward(1)
    call.post(f"{address}/submission", {"how": "form", "ticket_id": "T-1"})
    hands.forward(30)
    return address


def correct(call: Caller, here: str, number: int, replacement: Any, status: int = 201) -> Any:
    body = {"kind": "corrected", "voids": number, "replacement": replacement}
    return call.post(f"{here}/events", body, status)


def last(call: Caller, here: str) -> Any:
    return call.get(f"{here}/events")["data"][-1]


def test_the_moment_of_a_reminder_sent_by_notice_can_be_corrected(call: Caller, here: str) -> None:
    call.post(f"{here}/notices", {"purpose": "reminder", "how": "form"})
    reminded = last(call, here)
    earlier = "2026-03-03T12:00:00Z"

    corrected = correct(call, here, reminded["id"], {"happened_at": earlier})

    assert corrected["happened_at"] == earlier
    kept = corrected["data"]["replacement"]
    assert {name: kept[name] for name in ("notice", "channel", "how")} == {
        name: reminded["data"][name] for name in ("notice", "channel", "how")
    }


def test_a_submission_taken_back_by_mistake_can_be_brought_back(call: Caller, here: str) -> None:
    submitted = last(call, here)
    before = call.get(here)
    taken_back = correct(call, here, submitted["id"], None)
    draft = call.get(here)

    correct(call, here, taken_back["id"], {})

    after = call.get(here)
    assert (draft["stage"], draft["submitted_at"], draft["ticket_ids"]) == ("draft", None, [])
    names = ("stage", "submitted_at", "channel", "basis", "ticket_ids")
    assert {n: after[n] for n in names} == {n: before[n] for n in names}


def test_an_event_is_corrected_once_and_then_its_correction(call: Caller, here: str) -> None:
    event = call.post(f"{here}/events", {"kind": "decided", "outcome": "refused"})
    first = correct(call, here, event["id"], {"outcome": "removed"})

    refusal = correct(call, here, event["id"], {"outcome": "labelled"}, status=409)
    correct(call, here, first["id"], {"outcome": "disabled"})

    assert refusal["reason"] == "already_corrected"
    assert call.get(here)["items"][0]["platform_says"]["outcome"] == "disabled"


@pytest.mark.parametrize(
    ("purpose", "reason"), [("complaint", "not_decided"), ("reminder", "closed")]
)
def test_a_notice_that_comes_at_the_wrong_time_is_refused_before_its_fields_are_read(
    call: Caller, here: str, purpose: str, reason: str
) -> None:
    if reason == "closed":
        call.post(f"{here}/events", {"kind": "closed"})

    refusal = call.post(f"{here}/notices", {"purpose": purpose, "how": "form"}, status=409)

    assert (refusal["code"], refusal["reason"]) == ("not_allowed_now", reason)


TOLD = [
    {"kind": "receipt_confirmed", "automatic": True, "ticket_id": "R-1"},
    {"kind": "information_requested", "text": "Which second?"},
    {"kind": "information_sent", "text": "The tenth.", "items": [1]},
    {"kind": "decided", "outcome": "geo_restricted", "scope": ["BE"], "reason": "Not everywhere."},
    {"kind": "seen", "availability": "live", "vantage": "BE"},
    {"kind": "reminded", "text": "By telephone."},
    {"kind": "complained", "text": "It is still there."},
    {"kind": "escalated", "to": "coordinator"},
    {"kind": "noted", "text": "Spoke to them."},
    {"kind": "closed", "reason": "Nothing more can be reached."},
]


def refused(call: Caller, here: str, number: int, replacement: Any) -> None:
    """The correction is refused as one that changes nothing, and nothing is recorded of it."""
    before = call.get(f"{here}/events")

    refusal = correct(call, here, number, replacement, status=422)

    faults = [(fault["pointer"], fault["code"]) for fault in refusal["errors"]]
    assert (refusal["code"], faults) == (
        "changes_nothing",
        [("/replacement", "changes_nothing")],
    )
    assert call.get(f"{here}/events") == before


@pytest.mark.parametrize("event", TOLD, ids=[event["kind"] for event in TOLD])
def test_a_correction_that_says_what_stands_is_refused_and_one_that_does_not_is_recorded(
    call: Caller, here: str, hands: Hands, event: dict[str, Any]
) -> None:
    if event["kind"] == "complained":
        call.post(f"{here}/events", {"kind": "decided", "outcome": "refused"})
    told = call.post(f"{here}/events", event)
    again = {name: value for name, value in event.items() if name != "kind"}
    hands.forward(1)

    for same in ({}, again, event, {"items": [1]}, {"happened_at": told["happened_at"]}):
        refused(call, here, told["id"], same)

    changed = correct(call, here, told["id"], {"happened_at": "2026-03-03T16:30:00Z"})
    refused(call, here, changed["id"], again)


@pytest.mark.parametrize(
    ("kind", "same", "other"),
    [
        ("submitted", {"ticket_id": "T-1", "no_ticket": False}, {"ticket_id": "T-2"}),
        ("logged", {"case_ref": "C-1", "urgent": False}, {"urgent": True}),
        ("logged", {"reported_at": None}, {"reported_at": "2026-03-01T08:00:00Z"}),
    ],
)
def test_facts_and_tickets_are_corrected_to_something_else_or_not_at_all(
    call: Caller, here: str, kind: str, same: dict[str, Any], other: dict[str, Any]
) -> None:
    [number] = [e["id"] for e in call.get(f"{here}/events")["data"] if e["kind"] == kind]

    refused(call, here, number, {})
    refused(call, here, number, same)

    corrected = correct(call, here, number, other)
    refused(call, here, corrected["id"], other)


def test_what_was_taken_back_is_not_taken_back_again_but_can_be_told_again(
    call: Caller, here: str
) -> None:
    event = call.post(f"{here}/events", {"kind": "decided", "outcome": "refused"})
    taken_back = correct(call, here, event["id"], None)

    refused(call, here, taken_back["id"], None)

    correct(call, here, taken_back["id"], {})
    assert call.get(here)["items"][0]["state"] == "refused"


def test_a_correction_may_say_why_and_its_reason_is_not_the_events(
    call: Caller, call_with: Any, here: str
) -> None:
    decision = {"kind": "decided", "outcome": "refused", "reason": "Not against our rules."}
    event = call.post(f"{here}/events", decision)
    body = {"kind": "corrected", "voids": event["id"], "reason": "Clicked wrongly."}

    corrected = call.post(f"{here}/events", body | {"replacement": {"outcome": "labelled"}})
    again = correct(call, here, corrected["id"], {"outcome": "demoted"})
    masked = call_with("takedowns:read").get(f"{here}/events")["data"][-2]

    assert corrected["data"]["reason"] == "Clicked wrongly."
    assert corrected["data"]["replacement"]["reason"] == "Not against our rules."
    assert "reason" not in again["data"]
    assert again["data"]["replacement"]["reason"] == "Not against our rules."
    assert (masked["data"]["reason"], masked["data"]["replacement"]["reason"]) == (None, None)


def test_a_reminder_keeps_its_ticket_when_its_moment_is_corrected(call: Caller, here: str) -> None:
    body = {"purpose": "reminder", "how": "form", "ticket_id": "R-2"}
    number = call.post(f"{here}/notices", body)["event"]["id"]

    correct(call, here, number, {"happened_at": "2026-03-03T12:00:00Z"})

    assert call.get(here)["ticket_ids"] == ["T-1", "R-2"]
