import threading
from collections.abc import Mapping
from typing import Any

from app.context import Context
from tests.api.factories import POST_URL, VIDEO_URL, faults, kind_of, logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock


def timeline(api: ApiClient, reference: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = api.get(f"/takedowns/{reference}/events")["data"]
    return data


def correct(api: ApiClient, event: Mapping[str, Any], **replacement: Any) -> dict[str, Any]:
    return record(api, event["reference"], "corrected", voids=event["id"], replacement=replacement)


def test_an_event_tells_what_happened_when_and_who_said_so(
    api: ApiClient, clock: ManualClock
) -> None:
    reference = submitted(api)
    clock.advance(5)

    told = record(
        api,
        reference,
        "decided",
        outcome="geo_restricted",
        scope=["BE"],
        reason="Not everywhere.",
        items=[1],
        happened_at="2026-03-02T13:30:00.5+01:00",
    )

    assert len(told.pop("mac")) == 64
    assert told == {
        "id": 3,
        "reference": reference,
        "case_ref": "CASE-1",
        "external_ref": None,
        "platform": "instagram",
        "category": "csam_ai",
        "kind": "decided",
        "happened_at": "2026-03-02T12:30:00.500000Z",
        "recorded_at": "2026-03-02T14:00:00Z",
        "by": "token:case system",
        "source": "api",
        "items": [1],
        "data": {
            "outcome": "geo_restricted",
            "ground": "unknown",
            "scope": ["BE"],
            "automated": "not_said",
            "reason": "Not everywhere.",
        },
        "voided_by": None,
    }
    assert timeline(api, reference)[-1] | {"mac": ""} == told | {"mac": ""}


def test_every_other_kind_can_be_told_where_it_fits(api: ApiClient) -> None:
    reference = logged(api)["reference"]

    for kind, data in [
        ("held", {"reason": "police_first"}),
        ("released", {}),
        ("noted", {"text": "A note.", "accepted": True}),
    ]:
        assert record(api, reference, kind, **data)["kind"] == kind
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    for kind, data in [
        ("receipt_confirmed", {"automatic": False, "ticket_id": "T-1"}),
        ("information_requested", {"text": "Which second?"}),
        ("information_sent", {"text": "The tenth."}),
        ("decided", {"outcome": "refused"}),
        ("reminded", {}),
        ("complained", {"text": "By telephone."}),
        ("escalated", {"to": "out_of_court_body"}),
        ("seen", {"availability": "live", "vantage": "BE"}),
        ("closed", {"reason": "Given up."}),
        ("reopened", {}),
        ("withdrawn", {"reason": "A mistake."}),
    ]:
        assert record(api, reference, kind, **data)["kind"] == kind
    told = api.get(f"/takedowns/{reference}")

    assert (told["stage"], told["ticket_ids"], told["version"]) == ("withdrawn", ["T-1"], 16)


def test_an_event_that_does_not_fit_its_kind_is_refused(api: ApiClient) -> None:
    path = f"/takedowns/{submitted(api)}/events"
    seen = {"kind": "seen", "availability": "live"}

    for body, pointer, code in [
        *[({"kind": kind}, "/kind", "not_one_of") for kind in ("logged", "amended")],
        *[({"kind": kind}, "/kind", "not_one_of") for kind in ("submitted", "queued")],
        ({}, "/kind", "required"),
        ({"kind": "seen"}, "/availability", "required"),
        ({"kind": "held"}, "/reason", "required"),
        ({"kind": "noted", "text": " "}, "/text", "blank"),
        ({"kind": "receipt_confirmed", "automatic": "no"}, "/automatic", "wrong_type"),
        ({"kind": "decided", "outcome": "gone"}, "/outcome", "not_one_of"),
        ({"kind": "decided", "outcome": "removed", "scope": ["be"]}, "/scope/0",
         "malformed"),
        ({"kind": "escalated", "to": "the press"}, "/to", "not_one_of"),
        (seen | {"outcome": "removed"}, "/outcome", "unknown"),
        (seen | {"items": []}, "/items", "too_few"),
        (seen | {"items": [2]}, "/items", "no_such_item"),
        (seen | {"happened_at": "2026-03-02T09:01:01Z"}, "/happened_at", "in_the_future"),
        ({"kind": "corrected", "voids": 99, "replacement": None}, "/voids", "no_such_event"),
    ]:  # fmt: skip
        assert faults(api.request("POST", path, body)) == [(pointer, code)], body


def test_a_clock_that_runs_ahead_a_little_is_forgiven(api: ApiClient) -> None:
    told = record(
        api, submitted(api), "seen", availability="gone", happened_at="2026-03-02T09:01:00Z"
    )

    assert told["happened_at"] == "2026-03-02T09:00:00Z"


def test_an_impossible_story_is_refused_with_its_reason(api: ApiClient) -> None:
    reference = logged(api)["reference"]
    path = f"/takedowns/{reference}/events"

    answer = api.request("POST", path, {"kind": "decided", "outcome": "removed"})
    unsent = api.request("POST", path, {"kind": "unsent"})

    assert (kind_of(answer), answer.json()["reason"]) == (
        (409, "/problems/not-allowed-now"),
        "not_submitted",
    )
    assert unsent.json()["reason"] == "not_queued"
    assert len(timeline(api, reference)) == 1


def test_events_may_be_told_late_and_before_the_logging(api: ApiClient) -> None:
    reference = logged(api)["reference"]
    yesterday = "2026-03-01T09:00:00Z"
    sent = {"how": "form", "no_ticket": True, "happened_at": yesterday}
    api.post(f"/takedowns/{reference}/submission", sent)
    record(api, reference, "decided", outcome="removed", happened_at="2026-03-01T12:00:00Z")

    told = api.get(f"/takedowns/{reference}")

    assert (told["submitted_at"], told["gone_at"]) == (yesterday, "2026-03-01T12:00:00Z")
    assert (told["clocks"]["our_hours"], told["clocks"]["gone_hours"]) == (None, 3)


def test_some_items_can_be_withdrawn(api: ApiClient) -> None:
    urls = [POST_URL, "https://www.instagram.com/p/C7aB2cD3eF5/"]
    reference = submitted(api, urls=urls)

    record(api, reference, "withdrawn", items=[2], reason="Not ours.")
    told = api.get(f"/takedowns/{reference}")
    notice = api.get(f"/takedowns/{reference}/notice?purpose=reminder")

    assert ([item["state"] for item in told["items"]], told["stage"]) == (
        ["waiting", "withdrawn"],
        "submitted",
    )
    assert urls[1] not in notice["body"]


def test_a_correction_stands_in_the_place_of_what_it_corrects(
    api: ApiClient, clock: ManualClock
) -> None:
    reference = submitted(api)
    clock.advance(6)
    wrong = record(api, reference, "decided", outcome="removed", reason="They said so.")

    earlier = {"happened_at": "2026-03-02T14:00:00Z"}
    right = correct(api, wrong, outcome="geo_restricted", scope=["BE"], **earlier)
    again = api.request(
        "POST",
        f"/takedowns/{reference}/events",
        {"kind": "corrected", "voids": wrong["id"], "replacement": None},
    )

    assert right["data"] == {
        "voids": wrong["id"],
        "kind": "decided",
        "replacement": {
            "outcome": "geo_restricted",
            "ground": "unknown",
            "scope": ["BE"],
            "automated": "not_said",
            "reason": "They said so.",
        },
    }
    assert again.json()["reason"] == "already_corrected"
    assert [event["voided_by"] for event in timeline(api, reference)] == [
        None,
        None,
        right["id"],
        None,
    ]
    [item] = api.get(f"/takedowns/{reference}")["items"]
    assert (item["state"], item["platform_says"]["at"]) == ("restricted", "2026-03-02T14:00:00Z")


def test_a_correction_is_corrected_or_taken_away_itself(api: ApiClient) -> None:
    reference = submitted(api)
    wrong = record(api, reference, "decided", outcome="removed")
    better = correct(api, wrong, outcome="refused", reason="No.")

    best = correct(api, better, outcome="disabled", reason=None)
    assert best["data"]["replacement"] == {
        "outcome": "disabled",
        "ground": "unknown",
        "scope": [],
        "automated": "not_said",
    }
    record(api, reference, "corrected", voids=best["id"], replacement=None)

    assert api.get(f"/takedowns/{reference}")["decided_at"] is None


def test_of_a_submission_the_moment_and_the_ticket_can_be_corrected(api: ApiClient) -> None:
    reference = submitted(api)
    sent = timeline(api, reference)[1]

    moved = correct(api, sent, happened_at="2026-03-02T08:00:00Z", ticket_id="T-2")
    told = api.get(f"/takedowns/{reference}")
    channel = api.request("POST", f"/takedowns/{reference}/events", {
        "kind": "corrected", "voids": moved["id"], "replacement": {"channel": "email"},
    })  # fmt: skip

    assert (told["submitted_at"], told["ticket_ids"]) == ("2026-03-02T08:00:00Z", ["T-2"])
    assert faults(channel) == [("/replacement/channel", "not_correctable")]


def test_a_submission_has_a_ticket_or_none_whichever_was_said_last(api: ApiClient) -> None:
    reference = submitted(api)
    sent = timeline(api, reference)[1]

    given = correct(api, sent, ticket_id="T-2")
    none = correct(api, given, no_ticket=True)
    told_none = api.get(f"/takedowns/{reference}")["ticket_ids"]
    correct(api, none, ticket_id="T-3")
    [*_, last] = timeline(api, reference)
    both = api.request("POST", f"/takedowns/{reference}/events", {
        "kind": "corrected", "voids": last["id"],
        "replacement": {"ticket_id": "T-4", "no_ticket": True},
    })  # fmt: skip

    assert told_none == []
    assert api.get(f"/takedowns/{reference}")["ticket_ids"] == ["T-3"]
    assert last["data"]["replacement"]["no_ticket"] is False
    assert faults(both) == [("/replacement/no_ticket", "ticket_or_none")]


def test_what_would_be_impossible_without_an_event_keeps_it(api: ApiClient) -> None:
    reference = submitted(api)
    record(api, reference, "decided", outcome="removed")

    answer = api.request("POST", f"/takedowns/{reference}/events", {
        "kind": "corrected", "voids": timeline(api, reference)[1]["id"], "replacement": None,
    })  # fmt: skip

    assert (answer.status_code, answer.json()["reason"]) == (409, "not_submitted")


def test_logged_facts_are_corrected_under_the_rules_of_logging(api: ApiClient) -> None:
    reference = submitted(api)
    first = timeline(api, reference)[0]
    path = f"/takedowns/{reference}/events"

    for replacement, fault in [
        ({"person_is_minor": False}, ("/category", "contradictory_facts")),
        ({"reported_at": "2026-03-02T09:01:01Z"}, ("/replacement/reported_at", "in_the_future")),
        ({"category": "csam"}, ("/replacement/category", "not_correctable")),
        ({"kind": "amended"}, ("/replacement/kind", "another_kind")),
        ({"urgent": "yes"}, ("/replacement/urgent", "wrong_type")),
    ]:
        body = {"kind": "corrected", "voids": first["id"], "replacement": replacement}
        assert faults(api.request("POST", path, body)) == [fault]
    correct(api, first, case_ref="CASE-9", urgent=True)

    told = api.get(f"/takedowns/{reference}")
    assert (told["case_ref"], told["urgent"], told["category"]) == ("CASE-9", True, "csam_ai")


def test_what_went_with_a_notice_stays_with_a_corrected_event(
    api: ApiClient, clock: ManualClock
) -> None:
    reference = submitted(api)
    clock.advance(2)
    sent = api.post(f"/takedowns/{reference}/notices", {"purpose": "reminder", "how": "form"})

    told = correct(api, sent["event"], happened_at="2026-03-02T10:00:00Z")

    kept = sent["event"]["data"]
    assert {name: told["data"]["replacement"][name] for name in kept} == kept


def test_texts_of_events_are_hidden_without_the_scope(api: ApiClient, api_with: Any) -> None:
    reference = submitted(api)
    wrong = record(api, reference, "decided", outcome="refused", reason="Secret words.")
    correct(api, wrong, reason="More secret words.")
    record(api, reference, "noted", text="Secret words.")
    record(api, reference, "receipt_confirmed", automatic=True, ticket_id="T-1")
    blind = api_with("takedowns:read", "events:write")

    shown = timeline(blind, reference)
    told = record(blind, reference, "noted", text="Secret words.")

    assert {event["masked"] for event in [*shown, told]} == {True}
    assert shown[2]["data"]["reason"] is None
    assert shown[3]["data"]["replacement"]["reason"] is None
    assert (shown[4]["data"]["text"], shown[5]["data"]["ticket_id"]) == (None, None)
    assert "ecret" not in str([shown, told, blind.get("/events")])
    assert "T-1" not in str([shown, blind.get("/events"), blind.get("/takedowns")])
    assert api.get(f"/takedowns/{reference}")["ticket_ids"] == ["T-1"]


def test_the_feed_tells_every_event_once_in_order(api: ApiClient) -> None:
    submitted(api)
    submitted(api, urls=[VIDEO_URL])

    first = api.request("GET", "/events?after=1&limit=2")
    rest = api.get(first.headers["link"].partition(">")[0].removeprefix("</api/v1"))

    assert [event["id"] for event in first.json()["data"] + rest["data"]] == [2, 3, 4]
    assert (first.json()["next_cursor"] is None, rest["next_cursor"]) == (False, None)
    assert api.get("/events?after=4")["data"] == []
    for query in ("after=-1", "limit=101", "wait=31", "wait=1.5"):
        assert api.request("GET", f"/events?{query}").status_code == 422


def test_the_feed_waits_for_news(api: ApiClient) -> None:
    reference = logged(api)["reference"]
    told: list[Any] = []
    waiting = threading.Thread(target=lambda: told.append(api.get("/events?after=1&wait=20")))

    waiting.start()
    news = record(api, reference, "noted", text="News.")
    waiting.join()

    assert told[0]["data"] == [news]


def test_the_feed_has_no_gap_under_many_writers(api: ApiClient) -> None:
    references = [logged(api)["reference"] for _ in range(4)]

    def write(reference: str) -> None:
        for _ in range(3):
            record(api, reference, "noted", text="A note.")

    writers = [threading.Thread(target=write, args=[reference]) for reference in references]
    for writer in writers:
        writer.start()
    read: list[int] = []
    while len(read) < 16:
        page = api.get(f"/events?after={read[-1] if read else 0}&limit=3&wait=5")["data"]
        read += [event["id"] for event in page]
    for writer in writers:
        writer.join()

    assert read == list(range(1, 17))


def test_a_long_timeline_comes_in_pages(api: ApiClient) -> None:
    reference = submitted(api)
    path = f"/takedowns/{reference}/events?limit=1"

    first = api.get(path)
    second = api.get(f"{path}&cursor={first['next_cursor']}")

    assert [event["kind"] for event in first["data"] + second["data"]] == ["logged", "submitted"]
    assert second["next_cursor"] is None


def test_the_head_is_the_last_event(api: ApiClient) -> None:
    empty = api.get("/integrity/head")
    reference = logged(api)["reference"]

    head = api.get("/integrity/head")

    [last] = timeline(api, reference)
    assert empty == {"number": 0, "mac": "0" * 64, "at": None}
    assert head == {"number": 1, "mac": last["mac"], "at": "2026-03-02T09:00:00Z"}


def test_the_server_lives_and_is_ready_without_a_token(parts: Context, api: ApiClient) -> None:
    for name in ("live", "ready"):
        answer = api.client.get(f"/api/v1/health/{name}")
        assert (answer.status_code, answer.json()) == (200, {"status": name})
    with parts.database.write() as unit:
        unit.connection.exec_driver_sql("DROP TABLE alembic_version")

    assert kind_of(api.client.get("/api/v1/health/ready")) == (503, "/problems/not-migrated")


def test_a_made_up_name_in_a_correction_is_not_repeated(api: ApiClient) -> None:
    first, sent = timeline(api, submitted(api))
    secret = "https://example.org/somebody"

    for event in (first, sent):
        body = {"kind": "corrected", "voids": event["id"], "replacement": {secret: 1}}
        answer = api.request("POST", f"/takedowns/{event['reference']}/events", body)
        assert faults(answer) == [("/replacement", "not_correctable")]
        assert secret not in answer.text
