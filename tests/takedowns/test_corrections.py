"""Corrections over the API: of what went out with a notice, of a correction, taken back again."""

from typing import Any

import pytest

from tests.api_client import ApiClient
from tests.factories import ManualClock

FACTS = {
    "case_ref": "C-1",
    "category": "csam",
    "urls": ["https://www.instagram.com/p/C7aB2cD3eF4/"],
    "explanation": "Assessed by a trained analyst.",
}


@pytest.fixture
def here(api: ApiClient, clock: ManualClock) -> str:
    """The address of a submitted takedown."""
    address = f"/takedowns/{api.post('/takedowns', FACTS)['reference']}"
    clock.advance(1)
    api.post(f"{address}/submission", {"how": "form", "ticket_id": "T-1"})
    clock.advance(30)
    return address


def correct(api: ApiClient, here: str, number: int, replacement: Any, status: int = 201) -> Any:
    body = {"kind": "corrected", "voids": number, "replacement": replacement}
    return api.post(f"{here}/events", body, status)


def last(api: ApiClient, here: str) -> Any:
    return api.get(f"{here}/events")["data"][-1]


def test_the_moment_of_a_reminder_sent_by_notice_can_be_corrected(
    api: ApiClient, here: str
) -> None:
    api.post(f"{here}/notices", {"purpose": "reminder", "how": "form"})
    reminded = last(api, here)
    earlier = "2026-03-03T12:00:00Z"

    corrected = correct(api, here, reminded["id"], {"happened_at": earlier})

    assert corrected["happened_at"] == earlier
    kept = corrected["data"]["replacement"]
    assert {name: kept[name] for name in ("notice", "channel", "how")} == {
        name: reminded["data"][name] for name in ("notice", "channel", "how")
    }


def test_a_submission_taken_back_by_mistake_can_be_brought_back(api: ApiClient, here: str) -> None:
    submitted = last(api, here)
    before = api.get(here)
    taken_back = correct(api, here, submitted["id"], None)
    draft = api.get(here)

    correct(api, here, taken_back["id"], {})

    after = api.get(here)
    assert (draft["stage"], draft["submitted_at"], draft["ticket_ids"]) == ("draft", None, [])
    names = ("stage", "submitted_at", "channel", "basis", "ticket_ids")
    assert {n: after[n] for n in names} == {n: before[n] for n in names}


def test_an_event_is_corrected_once_and_then_its_correction(api: ApiClient, here: str) -> None:
    event = api.post(f"{here}/events", {"kind": "decided", "outcome": "refused"})
    first = correct(api, here, event["id"], {"outcome": "removed"})

    refusal = correct(api, here, event["id"], {"outcome": "labelled"}, status=409)
    correct(api, here, first["id"], {"outcome": "disabled"})

    assert refusal["reason"] == "already_corrected"
    assert api.get(here)["items"][0]["platform_says"]["outcome"] == "disabled"


@pytest.mark.parametrize(
    ("purpose", "reason"), [("complaint", "not_decided"), ("reminder", "closed")]
)
def test_a_notice_that_comes_at_the_wrong_time_is_refused_before_its_fields_are_read(
    api: ApiClient, here: str, purpose: str, reason: str
) -> None:
    if reason == "closed":
        api.post(f"{here}/events", {"kind": "closed"})

    refusal = api.post(f"{here}/notices", {"purpose": purpose, "how": "form"}, status=409)

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


def refused(api: ApiClient, here: str, number: int, replacement: Any) -> None:
    """The correction is refused as one that changes nothing, and nothing is recorded of it."""
    before = api.get(f"{here}/events")

    refusal = correct(api, here, number, replacement, status=422)

    faults = [(fault["pointer"], fault["code"]) for fault in refusal["errors"]]
    assert (refusal["code"], faults) == (
        "changes_nothing",
        [("/replacement", "changes_nothing")],
    )
    assert api.get(f"{here}/events") == before


@pytest.mark.parametrize("event", TOLD, ids=[event["kind"] for event in TOLD])
def test_a_correction_that_says_what_stands_is_refused_and_one_that_does_not_is_recorded(
    api: ApiClient, here: str, clock: ManualClock, event: dict[str, Any]
) -> None:
    if event["kind"] == "complained":
        api.post(f"{here}/events", {"kind": "decided", "outcome": "refused"})
    told = api.post(f"{here}/events", event)
    again = {name: value for name, value in event.items() if name != "kind"}
    clock.advance(1)

    for same in ({}, again, event, {"items": [1]}, {"happened_at": told["happened_at"]}):
        refused(api, here, told["id"], same)

    changed = correct(api, here, told["id"], {"happened_at": "2026-03-03T16:30:00Z"})
    refused(api, here, changed["id"], again)


@pytest.mark.parametrize(
    ("kind", "same", "other"),
    [
        ("submitted", {"ticket_id": "T-1", "no_ticket": False}, {"ticket_id": "T-2"}),
        ("logged", {"case_ref": "C-1", "urgent": False}, {"urgent": True}),
        ("logged", {"reported_at": None}, {"reported_at": "2026-03-01T08:00:00Z"}),
    ],
)
def test_facts_and_tickets_are_corrected_to_something_else_or_not_at_all(
    api: ApiClient, here: str, kind: str, same: dict[str, Any], other: dict[str, Any]
) -> None:
    [number] = [e["id"] for e in api.get(f"{here}/events")["data"] if e["kind"] == kind]

    refused(api, here, number, {})
    refused(api, here, number, same)

    corrected = correct(api, here, number, other)
    refused(api, here, corrected["id"], other)


def test_what_was_taken_back_is_not_taken_back_again_but_can_be_told_again(
    api: ApiClient, here: str
) -> None:
    event = api.post(f"{here}/events", {"kind": "decided", "outcome": "refused"})
    taken_back = correct(api, here, event["id"], None)

    refused(api, here, taken_back["id"], None)

    correct(api, here, taken_back["id"], {})
    assert api.get(here)["items"][0]["state"] == "refused"


def test_a_correction_may_say_why_and_its_reason_is_not_the_events(
    api: ApiClient, api_with: Any, here: str
) -> None:
    decision = {"kind": "decided", "outcome": "refused", "reason": "Not against our rules."}
    event = api.post(f"{here}/events", decision)
    body = {"kind": "corrected", "voids": event["id"], "reason": "Clicked wrongly."}

    corrected = api.post(f"{here}/events", body | {"replacement": {"outcome": "labelled"}})
    again = correct(api, here, corrected["id"], {"outcome": "demoted"})
    masked = api_with("takedowns:read").get(f"{here}/events")["data"][-2]

    assert corrected["data"]["reason"] == "Clicked wrongly."
    assert corrected["data"]["replacement"]["reason"] == "Not against our rules."
    assert "reason" not in again["data"]
    assert again["data"]["replacement"]["reason"] == "Not against our rules."
    assert (masked["data"]["reason"], masked["data"]["replacement"]["reason"]) == (None, None)


def test_a_reminder_keeps_its_ticket_when_its_moment_is_corrected(
    api: ApiClient, here: str
) -> None:
    body = {"purpose": "reminder", "how": "form", "ticket_id": "R-2"}
    number = api.post(f"{here}/notices", body)["event"]["id"]

    correct(api, here, number, {"happened_at": "2026-03-03T12:00:00Z"})

    assert api.get(here)["ticket_ids"] == ["T-1", "R-2"]
