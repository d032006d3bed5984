"""Over the API too, content tells where it stood before, whatever became of it there."""

from typing import Any

import pytest

from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.sample_record import facts

URL = "https://www.instagram.com/p/C7aB2cD3eF1/"
SPELLED = "hxxps://instagram[.]com/reel/C7aB2cD3eF1/?igsh=1"
GONE = {"kind": "seen", "availability": "gone"}
REMOVED = {"kind": "decided", "outcome": "removed"}


@pytest.fixture
def first(api: ApiClient, clock: ManualClock) -> str:
    reference = str(api.post("/takedowns", facts("C-1", URL))["reference"])
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    clock.advance(1)
    return reference


def tell(api: ApiClient, reference: str, event: dict[str, Any]) -> None:
    api.post(f"/takedowns/{reference}/events", event)


def known(api: ApiClient) -> list[tuple[str, str]]:
    [link] = api.post("/recognise", {"text": f"zie {SPELLED}"}, 200)["links"]
    return [(one["reference"], one["state"]) for one in link["known"]]


def found(api: ApiClient) -> list[str]:
    answer = api.post("/takedowns/search", {"url": SPELLED}, 200)
    return sorted(one["reference"] for one in answer["data"])


def taken_in(api: ApiClient) -> Any:
    return api.post("/intakes", {"case_ref": "C-2", "category": "csam_ai", "text": SPELLED})


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (GONE, "gone"),
        ({"kind": "withdrawn", "reason": "A double."}, "withdrawn"),
        ({"kind": "closed", "reason": "Nothing left."}, "waiting"),
    ],
)
def test_what_ended_is_known_and_reported_anew_beside_it(
    api: ApiClient, first: str, event: dict[str, Any], state: str
) -> None:
    tell(api, first, event)

    before = known(api)
    told = taken_in(api)

    [second] = [one["reference"] for one in told["takedowns"]]
    assert (before, told["duplicates"]) == ([(first, state)], [])
    assert known(api) == [(first, state), (second, "draft")]
    assert found(api) == sorted([first, second])


def test_what_is_gone_where_it_is_still_asked_for_is_a_duplicate_that_says_so(
    api: ApiClient, first: str
) -> None:
    tell(api, first, REMOVED)

    told = taken_in(api)

    assert told["takedowns"] == []
    assert [(one["reference"], one["state"]) for one in told["duplicates"]] == [(first, "gone")]


def test_what_came_back_is_told_with_an_event_and_known_as_such(api: ApiClient, first: str) -> None:
    tell(api, first, GONE)
    tell(api, first, {"kind": "seen", "availability": "live", "vantage": "BE"})

    told = taken_in(api)

    assert known(api) == [(first, "came_back")]
    assert [(one["reference"], one["state"]) for one in told["duplicates"]] == [
        (first, "came_back")
    ]
    assert api.get(f"/takedowns/{first}")["next_step"] == "chase"
