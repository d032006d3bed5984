"""Over the API too, content tells where it stood before, whatever became of it there."""

from typing import Any

import pytest

from tests.client import Caller
from tests.factories import Hands
from tests.sample_record import facts

URL = "https://www.instagram.com/p/C7aB2cD3eF1/"
SPELLED = "hxxps://instagram[.]com/reel/C7aB2cD3eF1/?igsh=1"
GONE = {"kind": "seen", "availability": "gone"}
REMOVED = {"kind": "decided", "outcome": "removed"}


@pytest.fixture
def first(call: Caller, hands: Hands) -> str:
    reference = str(call.post("/takedowns", facts("C-1", URL))["reference"])
    call.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    hands.forward(1)
    return reference


def tell(call: Caller, reference: str, event: dict[str, Any]) -> None:
    call.post(f"/takedowns/{reference}/events", event)


def known(call: Caller) -> list[tuple[str, str]]:
    [link] = call.post("/recognise", {"text": f"zie {SPELLED}"}, 200)["links"]
    return [(one["reference"], one["state"]) for one in link["known"]]


def found(call: Caller) -> list[str]:
    answer = call.post("/takedowns/search", {"url": SPELLED}, 200)
    return sorted(one["reference"] for one in answer["data"])


def taken_in(call: Caller) -> Any:
    return call.post("/intakes", {"case_ref": "C-2", "category": "csam_ai", "text": SPELLED})


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (GONE, "gone"),
        ({"kind": "withdrawn", "reason": "A double."}, "withdrawn"),
        ({"kind": "closed", "reason": "Nothing left."}, "waiting"),
    ],
)
def test_what_ended_is_known_and_reported_anew_beside_it(
    call: Caller, first: str, event: dict[str, Any], state: str
) -> None:
    tell(call, first, event)

    before = known(call)
    told = taken_in(call)

    [second] = [one["reference"] for one in told["takedowns"]]
    assert (before, told["duplicates"]) == ([(first, state)], [])
    assert known(call) == [(first, state), (second, "draft")]
    assert found(call) == sorted([first, second])


def test_what_is_gone_where_it_is_still_asked_for_is_a_duplicate_that_says_so(
    call: Caller, first: str
) -> None:
    tell(call, first, REMOVED)

    told = taken_in(call)

    assert told["takedowns"] == []
    assert [(one["reference"], one["state"]) for one in told["duplicates"]] == [(first, "gone")]


def test_what_came_back_is_told_with_an_event_and_known_as_such(call: Caller, first: str) -> None:
    tell(call, first, GONE)
    tell(call, first, {"kind": "seen", "availability": "live", "vantage": "BE"})

    told = taken_in(call)

    assert known(call) == [(first, "came_back")]
    assert [(one["reference"], one["state"]) for one in told["duplicates"]] == [
        (first, "came_back")
    ]
    assert call.get(f"/takedowns/{first}")["next_step"] == "chase"
