from typing import Any

from tests.api.factories import POST_URL, faults, kind_of, logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock

SENT = {"how": "form", "no_ticket": True}


def test_a_notice_is_filled_in_as_it_would_go_out_now(api: ApiClient) -> None:
    reference = logged(api)["reference"]

    told = api.get(f"/takedowns/{reference}/notice")
    french = api.get(f"/takedowns/{reference}/notice?language=fr&channel=dsa")

    assert (told["platform"], told["channel"]["kind"], told["purpose"]) == (
        "instagram",
        "form",
        "first",
    )
    assert (told["ready"], told["missing"], french["language"]) == (True, [], "fr")
    assert POST_URL.partition("?")[0] in told["body"]
    assert told["sha256"] != french["sha256"]


def test_a_channel_that_does_not_apply_is_refused_with_those_that_do(api: ApiClient) -> None:
    path = f"/takedowns/{logged(api, category='csam')['reference']}"

    for answer in (
        api.request("GET", f"{path}/notice?channel=unheard_of"),
        api.request("PUT", f"{path}/notice", {"channel": "take_it_down", "fields": {}}),
        api.request("POST", f"{path}/submission", SENT | {"channel": "take_it_down"}),
    ):
        assert faults(answer) == [("/channel", "channel_not_for_category")]
        assert "dsa" in answer.json()["errors"][0]["detail"]


def test_a_notice_asked_for_inexactly_is_refused(api: ApiClient) -> None:
    path = f"/takedowns/{logged(api)['reference']}/notice"

    for query, pointer in [
        ("language=de", "/query/language"),
        ("purpose=withdrawal", "/query/purpose"),
        ("colour=red", "/query/colour"),
    ]:
        assert [where for where, _ in faults(api.request("GET", f"{path}?{query}"))] == [pointer]
    assert faults(api.request("PUT", path, {"fields": {"unheard_of": "a"}})) == [
        ("/fields/unheard_of", "unknown_field")
    ]


def test_what_a_notice_lacks_is_listed_and_holds_it_back(api: ApiClient) -> None:
    body = {"case_ref": "CASE-1", "category": "csam", "urls": [POST_URL]}
    told = api.post("/takedowns", body)
    path = f"/takedowns/{told['reference']}"

    lacking = [{"field": "explanation", "reason": "required"}]
    assert (told["missing"], told["next_step"]) == (lacking, "complete")
    assert api.get(f"{path}/notice")["missing"] == lacking
    assert faults(api.request("POST", f"{path}/submission", SENT)) == [
        ("/fields/explanation", "missing")
    ]


def test_a_caseworkers_words_stand_until_they_are_taken_back_or_sent(api: ApiClient) -> None:
    reference = logged(api)["reference"]
    path = f"/takedowns/{reference}/notice"
    plain = api.get(path)

    edited = api.request("PUT", path, {"fields": {"explanation": "In our own words."}})
    assert edited.status_code == 200
    assert edited.json() == api.get(path)
    assert "In our own words." in edited.json()["body"]
    assert api.get(f"{path}?language=nl")["body"].count("In our own words.") == 0
    taken_back = api.request("DELETE", path)
    assert (taken_back.status_code, taken_back.content) == (204, b"")
    assert api.get(path) == plain
    api.request("PUT", path, {"fields": {"explanation": "In our own words."}})
    api.post(f"/takedowns/{reference}/submission", SENT)

    [sent] = api.get(f"/takedowns/{reference}/notices")["data"]
    assert (sent["edits"], sent["body"]) == (["explanation"], edited.json()["body"])
    late = api.request("PUT", path, {"fields": {"explanation": "Too late."}})
    assert (kind_of(late), late.json()["reason"]) == (
        (409, "/problems/not-allowed-now"),
        "already_submitted",
    )


def test_a_submission_freezes_the_notice_and_starts_the_platforms_clock(api: ApiClient) -> None:
    reference = logged(api)["reference"]
    filled = api.get(f"/takedowns/{reference}/notice")

    answer = api.request(
        "POST", f"/takedowns/{reference}/submission", {"how": "form", "ticket_id": "T-1"}
    )
    sent = api.get(f"/takedowns/{reference}/notices/1")

    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/takedowns/{reference}/notices/1"
    assert answer.headers["etag"] == 'W/"v2"'
    assert [answer.json()[name] for name in ("stage", "channel", "ticket_ids")] == [
        "submitted",
        "dsa",
        ["T-1"],
    ]
    same = ("channel", "language", "purpose", "fields", "subject", "body", "sha256", "warnings")
    assert {name: sent[name] for name in same} == {name: filled[name] for name in same}
    assert (sent["number"], sent["frozen_at"], sent["edits"]) == (1, "2026-03-02T09:00:00Z", [])
    assert api.get(f"/takedowns/{reference}/notices") == {"data": [sent], "next_cursor": None}


def test_a_submission_that_cannot_be_is_refused(api: ApiClient) -> None:
    path = f"/takedowns/{logged(api)['reference']}/submission"

    for body, pointer, code in [
        ({}, "/how", "required"),
        ({"how": "form", "ticket_id": "T", "no_ticket": True}, "/no_ticket", "ticket_or_none"),
        ({"how": "form"}, "/ticket_id", "ticket_needed"),
        ({"how": "form", "no_ticket": False}, "/ticket_id", "ticket_needed"),
        ({"how": "form", "happened_at": "2026-03-02T09:01:01Z"}, "/happened_at", "in_the_future"),
    ]:
        assert faults(api.request("POST", path, body)) == [(pointer, code)]
    assert kind_of(api.request("POST", path, {"how": "email"})) == (
        409,
        "/problems/mail-not-set-up",
    )
    api.post(path, SENT)
    again = api.request("POST", path, SENT)
    assert (again.status_code, again.json()["reason"]) == (409, "already_submitted")


def test_what_the_state_forbids_is_told_before_what_is_missing(api: ApiClient) -> None:
    reference = submitted(api)
    withdrawn = logged(api)["reference"]
    record(api, withdrawn, "withdrawn", reason="Logged twice.")

    for path, body, reason in [
        (f"/takedowns/{withdrawn}/submission", SENT, "withdrawn"),
        (f"/takedowns/{reference}/notices", SENT | {"purpose": "complaint"}, "not_decided"),
        (f"/takedowns/{withdrawn}/notices", SENT | {"purpose": "reminder"}, "not_submitted"),
        (f"/takedowns/{withdrawn}/notices", SENT | {"purpose": "withdrawal"}, "not_submitted"),
    ]:
        answer = api.request("POST", path, body)
        assert (answer.status_code, answer.json()["reason"]) == (409, reason)


COMPLAINT = {"purpose": "complaint", "how": "form", "reason": "The age is told."}


def test_further_notices_are_frozen_and_record_their_event(
    api: ApiClient, clock: ManualClock
) -> None:
    reference = submitted(api)
    path = f"/takedowns/{reference}/notices"
    clock.advance(30)

    reminder = api.request("POST", path, SENT | {"purpose": "reminder", "language": "nl"})
    record(api, reference, "decided", outcome="refused")
    complaint = api.post(path, COMPLAINT | {"ticket_id": "T-9"})
    withdrawal = api.post(path, {"purpose": "withdrawal", "how": "form", "reason": "A mistake."})

    assert reminder.status_code == 201
    assert reminder.headers["location"] == f"/api/v1{path}/2"
    told = [reminder.json(), complaint, withdrawal]
    assert [(one["number"], one["purpose"], one["event"]["kind"]) for one in told] == [
        (2, "reminder", "reminded"),
        (3, "complaint", "complained"),
        (4, "withdrawal", "withdrawn"),
    ]
    assert (reminder.json()["language"], complaint["event"]["data"]["to"]) == (
        "nl",
        "platform_complaint",
    )
    page = api.get(f"{path}?limit=3")
    rest = api.get(f"{path}?limit=3&cursor={page['next_cursor']}")
    assert [one["number"] for one in page["data"] + rest["data"]] == [1, 2, 3, 4]
    assert api.get(f"/takedowns/{reference}")["stage"] == "withdrawn"
    assert kind_of(api.request("POST", path, {"purpose": "reminder", "how": "email"})) == (
        409,
        "/problems/mail-not-set-up",
    )


def test_texts_of_notices_are_hidden_without_the_scope(api: ApiClient, api_with: Any) -> None:
    reference = submitted(api)
    path = f"/takedowns/{reference}"
    record(api, reference, "decided", outcome="refused")
    blind = api_with("takedowns:read", "takedowns:write", "events:write")

    shown = [
        blind.get(f"{path}/notice"),
        blind.request("PUT", f"{path}/notice", {"purpose": "complaint", "fields": {}}).json(),
        blind.get(f"{path}/notices/1"),
        *blind.get(f"{path}/notices")["data"],
        blind.post(f"{path}/notices", COMPLAINT),
    ]

    for notice in shown:
        assert (notice["subject"], notice["body"], notice["masked"]) == (None, None, True)
        assert {field["value"] for field in notice["fields"]} == {None}
        assert "C7aB2cD3eF4" not in str(notice)


def test_a_notice_sent_twice_with_one_key_is_sent_once(api: ApiClient) -> None:
    reference = logged(api)["reference"]
    path = f"/takedowns/{reference}/submission"

    first, again = (api.request("POST", path, SENT, **{"Idempotency-Key": "one"}) for _ in range(2))

    assert again.headers["idempotent-replayed"] == "true"
    assert (again.content, again.headers["location"]) == (first.content, first.headers["location"])
    assert len(api.get(f"/takedowns/{reference}/notices")["data"]) == 1
