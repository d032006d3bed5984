"""Corrections over the API: of what went out with a notice, of a correction, taken back again."""

from typing import Any

import pytest

from tests.callers import Caller
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
