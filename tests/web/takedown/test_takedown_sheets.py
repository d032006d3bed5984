"""One request's own tables as files: said as its page says it, and hiding what that hides."""

import csv
import io

import pytest

from app.context import Context
from tests.api.factories import POST_URL, logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def lines(parts: Context, reference: str, table: str) -> list[dict[str, str]]:
    text = WebClient.signed_in(parts).get(f"/takedowns/{reference}/{table}.csv").text
    return list(csv.DictReader(io.StringIO(text)))


def test_a_location_is_gone_only_once_somebody_saw_it_so(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    reference = submitted(api)
    states = []
    for kind, told in [
        ("decided", {"outcome": "removed"}),
        ("seen", {"availability": "gone"}),
        ("seen", {"availability": "live"}),
    ]:
        clock.advance(1)
        record(api, reference, kind, **told)
        states.append(lines(parts, reference, "locations")[0]["state"])

    assert states == ["said_gone", "gone", "came_back"]


def test_a_timeline_holds_what_was_taken_back_and_no_words(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    reference = submitted(api)
    clock.advance(1)
    noted = record(api, reference, "noted", text="Words of a caseworker.")
    clock.advance(1)
    record(api, reference, "corrected", voids=noted["id"], replacement=None, reason="Wrong.")

    [correction, note, *_] = told = lines(parts, reference, "timeline")

    assert [one["event"] for one in told] == ["noted", "noted", "submitted", "logged"]
    assert (correction["correction"], correction["corrects"]) == ("taken_back", str(noted["id"]))
    assert note["replaced_by"] == correction["number"]
    assert [word for word in ("Words", "Wrong", POST_URL) if word in f"{told}"] == []


def test_a_timeline_holds_why_a_request_is_held_and_why_a_notice_came_back(
    parts: Context, api: ApiClient, clock: ManualClock
) -> None:
    held, sent_back = logged(api)["reference"], submitted(api, report_again=True)
    clock.advance(1)
    record(api, held, "held", reason="police_first")
    record(api, sent_back, "information_requested", text="Wrong form.", returned_as="wrong_channel")

    assert lines(parts, held, "timeline")[0]["held_for"] == "police_first"
    assert lines(parts, sent_back, "timeline")[0]["returned_as"] == "wrong_channel"
