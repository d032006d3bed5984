from typing import Any

from tests.api.factories import POST_URL, faults, kind_of, logged, record, submitted
from tests.client import Caller
from tests.factories import Hands

SENT = {"how": "form", "no_ticket": True}


def test_a_notice_is_filled_in_as_it_would_go_out_now(call: Caller) -> None:
    reference = logged(call)["reference"]

    told = call.get(f"/takedowns/{reference}/notice")
    french = call.get(f"/takedowns/{reference}/notice?language=fr&channel=dsa")

    assert (told["platform"], told["channel"]["kind"], told["purpose"]) == (
        "instagram",
        "form",
        "first",
    )
    assert (told["ready"], told["missing"], french["language"]) == (True, [], "fr")
    assert POST_URL.partition("?")[0] in told["body"]
    assert told["sha256"] != french["sha256"]


def test_a_channel_that_does_not_apply_is_refused_with_those_that_do(call: Caller) -> None:
    path = f"/takedowns/{logged(call, category='csam')['reference']}"

    for answer in (
        call("GET", f"{path}/notice?channel=unheard_of"),
        call("PUT", f"{path}/notice", {"channel": "take_it_down", "fields": {}}),
        call("POST", f"{path}/submission", SENT | {"channel": "take_it_down"}),
    ):
        assert faults(answer) == [("/channel", "channel_not_for_category")]
        assert "dsa" in answer.json()["errors"][0]["detail"]


def test_a_notice_asked_for_inexactly_is_refused(call: Caller) -> None:
    path = f"/takedowns/{logged(call)['reference']}/notice"

    for query, pointer in [
        ("language=de", "/query/language"),
        ("purpose=withdrawal", "/query/purpose"),
        ("colour=red", "/query/colour"),
    ]:
        assert [where for where, _ in faults(call("GET", f"{path}?{query}"))] == [pointer]
    assert faults(call("PUT", path, {"fields": {"unheard_of": "a"}})) == [
        ("/fields/unheard_of", "unknown_field")
    ]


def test_what_a_notice_lacks_is_listed_and_holds_it_back(call: Caller) -> None:
    body = {"case_ref": "CASE-1", "category": "csam", "urls": [POST_URL]}
    told = call.post("/takedowns", body)
    path = f"/takedowns/{told['reference']}"

    lacking = [{"field": "explanation", "reason": "required"}]
    assert (told["missing"], told["next_step"]) == (lacking, "complete")
    assert call.get(f"{path}/notice")["missing"] == lacking
    assert faults(call("POST", f"{path}/submission", SENT)) == [("/fields/explanation", "missing")]


def test_a_caseworkers_words_stand_until_they_are_taken_back_or_sent(call: Caller) -> None:
    reference = logged(call)["reference"]
    path = f"/takedowns/{reference}/notice"
    plain = call.get(path)

    edited = call("PUT", path, {"fields": {"explanation": "In our own words."}})
    assert edited.status_code == 200
    assert edited.json() == call.get(path)
    assert "In our own words." in edited.json()["body"]
    assert call.get(f"{path}?language=nl")["body"].count("In our own words.") == 0
    taken_back = call("DELETE", path)
    assert (taken_back.status_code, taken_back.content) == (204, b"")
    assert call.get(path) == plain
    call("PUT", path, {"fields": {"explanation": "In our own words."}})
    call.post(f"/takedowns/{reference}/submission", SENT)

    [sent] = call.get(f"/takedowns/{reference}/notices")["data"]
    assert (sent["edits"], sent["body"]) == (["explanation"], edited.json()["body"])
    late = call("PUT", path, {"fields": {"explanation": "Too late."}})
    assert (kind_of(late), late.json()["reason"]) == (
        (409, "/problems/not-allowed-now"),
        "already_submitted",
    )


def test_a_submission_freezes_the_notice_and_starts_the_platforms_clock(call: Caller) -> None:
    reference = logged(call)["reference"]
    filled = call.get(f"/takedowns/{reference}/notice")

    answer = call("POST", f"/takedowns/{reference}/submission", {"how": "form", "ticket_id": "T-1"})
    sent = call.get(f"/takedowns/{reference}/notices/1")

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
    assert call.get(f"/takedowns/{reference}/notices") == {"data": [sent], "next_cursor": None}


def test_a_submission_that_cannot_be_is_refused(call: Caller) -> None:
    path = f"/takedowns/{logged(call)['reference']}/submission"

    for body, pointer, code in [
        ({}, "/how", "required"),
        ({"how": "form", "ticket_id": "T", "no_ticket": True}, "/no_ticket", "ticket_or_none"),
        ({"how": "form"}, "/ticket_id", "ticket_needed"),
        ({"how": "form", "no_ticket": False}, "/ticket_id", "ticket_needed"),
        ({"how": "form", "happened_at": "2026-03-02T09:01:01Z"}, "/happened_at", "in_the_future"),
    ]:
        assert faults(call("POST", path, body)) == [(pointer, code)]
    assert kind_of(call("POST", path, {"how": "email"})) == (409, "/problems/mail-not-set-up")
    call.post(path, SENT)
    again = call("POST", path, SENT)
    assert (again.status_code, again.json()["reason"]) == (409, "already_submitted")


def test_what_the_state_forbids_is_told_before_what_is_missing(call: Caller) -> None:
    reference = submitted(call)
    withdrawn = logged(call)["reference"]
    record(call, withdrawn, "withdrawn", reason="Logged twice.")

    for path, body, reason in [
        (f"/takedowns/{withdrawn}/submission", SENT, "withdrawn"),
        (f"/takedowns/{reference}/notices", SENT | {"purpose": "complaint"}, "not_decided"),
        (f"/takedowns/{withdrawn}/notices", SENT | {"purpose": "reminder"}, "not_submitted"),
        (f"/takedowns/{withdrawn}/notices", SENT | {"purpose": "withdrawal"}, "not_submitted"),
    ]:
        answer = call("POST", path, body)
        assert (answer.status_code, answer.json()["reason"]) == (409, reason)


COMPLAINT = {"purpose": "complaint", "how": "form", "reason": "The age is told."}


def test_further_notices_are_frozen_and_record_their_event(call: Caller, hands: Hands) -> None:
    reference = submitted(call)
    path = f"/takedowns/{reference}/notices"
    hands.forward(30)

    reminder = call("POST", path, SENT | {"purpose": "reminder", "language": "nl"})
    record(call, reference, "decided", outcome="refused")
    complaint = call.post(path, COMPLAINT | {"ticket_id": "T-9"})
    withdrawal = call.post(path, {"purpose": "withdrawal", "how": "form", "reason": "A mistake."})

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
    page = call.get(f"{path}?limit=3")
    rest = call.get(f"{path}?limit=3&cursor={page['next_cursor']}")
    assert [one["number"] for one in page["data"] + rest["data"]] == [1, 2, 3, 4]
    assert call.get(f"/takedowns/{reference}")["stage"] == "withdrawn"
    assert kind_of(call("POST", path, {"purpose": "reminder", "how": "email"})) == (
        409,
        "/problems/mail-not-set-up",
    )


def test_texts_of_notices_are_hidden_without_the_scope(call: Caller, call_with: Any) -> None:
    reference = submitted(call)
    path = f"/takedowns/{reference}"
    record(call, reference, "decided", outcome="refused")
    blind = call_with("takedowns:read", "takedowns:write", "events:write")

    shown = [
        blind.get(f"{path}/notice"),
        blind("PUT", f"{path}/notice", {"purpose": "complaint", "fields": {}}).json(),
        blind.get(f"{path}/notices/1"),
        *blind.get(f"{path}/notices")["data"],
        blind.post(f"{path}/notices", COMPLAINT),
    ]

    for notice in shown:
        assert (notice["subject"], notice["body"], notice["masked"]) == (None, None, True)
        assert {field["value"] for field in notice["fields"]} == {None}
        assert "C7aB2cD3eF4" not in str(notice)


def test_a_notice_sent_twice_with_one_key_is_sent_once(call: Caller) -> None:
    reference = logged(call)["reference"]
    path = f"/takedowns/{reference}/submission"

    first, again = (call("POST", path, SENT, **{"Idempotency-Key": "one"}) for _ in range(2))

    assert again.headers["idempotent-replayed"] == "true"
    assert (again.content, again.headers["location"]) == (first.content, first.headers["location"])
    assert len(call.get(f"/takedowns/{reference}/notices")["data"]) == 1
