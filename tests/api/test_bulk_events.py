"""The same event told of many takedowns at once, each answered on its own."""

from typing import Any

import pytest

from tests.api.factories import OTHER_POST_URL, POST_URL, faults, logged, submitted
from tests.api_client import ApiClient

NOTED = {"kind": "noted", "text": "Asked by telephone."}


def told(api: ApiClient, references: list[str], event: dict[str, Any], **headers: str) -> Any:
    return api.request("POST", "/events/bulk", {"references": references, **event}, **headers)


def test_it_is_recorded_in_each(api: ApiClient) -> None:
    references = [logged(api, urls=[url])["reference"] for url in (POST_URL, OTHER_POST_URL)]

    answer = told(api, references[::-1], NOTED)

    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [(one["reference"], one["status"]) for one in results] == [
        (reference, 201) for reference in references[::-1]
    ]
    for one in results:
        assert one["event"] == api.get(f"/takedowns/{one['reference']}/events")["data"][-1]
        assert one["problem"] is None


def test_what_is_refused_in_one_keeps_it_out_of_no_other(api: ApiClient) -> None:
    draft, sent = logged(api)["reference"], submitted(api, urls=[OTHER_POST_URL])
    decided = {"kind": "decided", "outcome": "removed"}

    results = told(api, [draft, "TD-222222", sent], decided).json()["results"]

    assert [(one["status"], one["problem"] and one["problem"]["code"]) for one in results] == [
        (409, "not_allowed_now"),
        (404, "not_found"),
        (201, None),
    ]
    assert results[0]["problem"]["reason"] == "not_submitted"
    assert results[0]["problem"]["instance"] == f"/api/v1/takedowns/{draft}/events"
    assert [one["event"] is None for one in results] == [True, True, False]
    assert [event["kind"] for event in api.get("/events")["data"]] == [
        "logged",
        "logged",
        "submitted",
        "decided",
    ]


def test_it_is_recorded_once_however_often_it_is_sent(api: ApiClient) -> None:
    references = [logged(api)["reference"]]
    key = {"Idempotency-Key": "one"}

    first, again = told(api, references, NOTED, **key), told(api, references, NOTED, **key)

    assert (again.json(), again.headers["idempotent-replayed"]) == (first.json(), "true")
    assert len(api.get("/events")["data"]) == 2


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"references": [], **NOTED}, ("/references", "too_few")),
        ({"references": ["TD-222222"] * 2, **NOTED}, ("/references", "twice")),
        ({"references": ["a name"], **NOTED}, ("/references/0", "malformed")),
        ({"references": ["TD-222222"], "kind": "noted"}, ("/text", "required")),
        ({"references": ["TD-222222"]}, ("/kind", "required")),
        ({"references": ["TD-222222"], "kind": "corrected"}, ("/kind", "not_one_of")),
        ({"references": ["TD-222222"], **NOTED, "colour": "red"}, ("/colour", "unknown")),
        (NOTED, ("/references", "required")),
    ],
)
def test_an_event_that_is_none_is_refused_as_a_whole(
    api: ApiClient, body: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert faults(api.request("POST", "/events/bulk", body)) == [fault]


def test_without_content_no_text_is_shown(api: ApiClient, api_with: Any) -> None:
    blind = api_with("takedowns:read", "events:write")

    [one] = told(blind, [logged(api)["reference"]], NOTED).json()["results"]

    assert (one["event"]["data"]["text"], one["event"]["masked"]) == (None, True)
