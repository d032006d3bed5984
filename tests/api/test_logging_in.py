import threading
from typing import Any

import pytest

from app.api.contract import EXAMPLES
from tests.api.factories import (
    FACTS,
    OTHER_POST_URL,
    POST_URL,
    TAKEDOWN,
    UNKNOWN_URL,
    VIDEO_URL,
    faults,
    kind_of,
    logged,
    record,
    submitted,
)
from tests.api_client import ApiClient
from tests.factories import EIGHT_LINKS, ManualClock

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"urls": [POST_URL, VIDEO_URL]}, "/urls", "several_platforms"),
    ({"platform": "tiktok"}, "/platform", "another_platform"),
    ({"urls": [POST_URL, UNKNOWN_URL]}, "/urls/1", "unknown_host"),
    ({"platform": "other", "urls": ["ftp://example.org"]}, "/urls/0", "unsafe_scheme"),
    ({"urls": []}, "/urls", "no_items"),
    ({"urls": [], "locators": [{"account": "a"}]}, "/platform", "required"),
    (
        {"urls": [], "locators": [{"account": "a"}], "platform": "unheard_of"},
        "/platform",
        "unknown_platform",
    ),
    ({"category": "unheard_of"}, "/category", "unknown_category"),
    ({"person_is_minor": False}, "/category", "contradictory_facts"),
    ({"category": "ncii_adult", "person_is_minor": True}, "/category", "contradictory_facts"),
    ({"basis": "article_22"}, "/basis", "basis_not_held"),
    ({"channel": "unheard_of"}, "/channel", "channel_not_for_category"),
    ({"colour": "red"}, "/colour", "unknown"),
    ({"case_ref": "a..b"}, "/case_ref", "malformed"),
    ({"external_ref": "a" * 65}, "/external_ref", "malformed"),
    ({"explanation": " \n"}, "/explanation", "blank"),
    ({"explanation": None}, "/explanation", "wrong_type"),
    ({"explanation": "a" * 4001}, "/explanation", "too_long"),
    ({"deadline_at": "2026-03-02T09:00:00"}, "/deadline_at", "not_a_time"),
    ({"deadline_at": "2026-03-02T09:00:00.0000001Z"}, "/deadline_at", "not_a_time"),
    ({"reported_at": "2026-03-02T10:01:01+01:00"}, "/reported_at", "in_the_future"),
]
BY_LOCATOR = FACTS | {"platform": "discord", "locators": [{"account": "@Zed", "server_id": "7"}]}


def test_a_new_takedown_tells_everything_about_itself(api: ApiClient) -> None:
    answer = api.request("POST", "/takedowns", TAKEDOWN)

    reference = answer.json()["reference"]
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/takedowns/{reference}"
    assert answer.headers["etag"] == 'W/"v1"'
    assert answer.json() == EXAMPLES["createTakedown"]["answer"] | {"reference": reference}


def test_what_breaks_a_rule_is_refused_where_it_stands(api: ApiClient) -> None:
    for body, pointer, code in REFUSED:
        assert faults(api.request("POST", "/takedowns", TAKEDOWN | body)) == [(pointer, code)]
    assert api.get("/takedowns")["data"] == []


def test_times_are_kept_in_utc_and_only_a_deadline_may_lie_ahead(api: ApiClient) -> None:
    told = logged(
        api,
        reported_at="2026-03-02T10:00:59.123456+01:00",
        deadline_at="2026-03-05T00:00:00-05:00",
        case_ref="CASE/2026:1_a.b-c",
    )

    assert told["reported_at"] == "2026-03-02T09:00:59.123456Z"
    assert told["deadline_at"] == "2026-03-05T05:00:00Z"
    assert told["case_ref"] == "CASE/2026:1_a.b-c"


def test_content_without_an_address_is_logged_by_locator(api: ApiClient) -> None:
    later = BY_LOCATOR | {"locators": [{"account": "Z", "occurred_at": "2026-03-02T09:01:01Z"}]}

    [item] = api.post("/takedowns", BY_LOCATOR)["items"]

    assert (item["locator"], item["url"], item["account"]) == (
        {"account": "@Zed", "server_id": "7"},
        None,
        "@Zed",
    )
    assert faults(api.request("POST", "/takedowns", later)) == [
        ("/locators/0/occurred_at", "in_the_future")
    ]


def test_any_web_address_can_be_reported_to_another_platform(api: ApiClient) -> None:
    [item] = logged(api, platform="other", urls=["hxxp://forum[.]example.org/t/7"])["items"]

    assert (item["url"], item["kind"]) == ("http://forum.example.org/t/7", "other")


def test_the_same_content_is_reported_once_unless_asked_again(api: ApiClient) -> None:
    first = api.post("/takedowns", TAKEDOWN)["reference"]
    same = TAKEDOWN | {"urls": ["instagram.com/p/C7aB2cD3eF4"]}

    again = api.request("POST", "/takedowns", same)
    asked = api.request("POST", "/takedowns", same | {"report_again": True})
    for reference in (first, asked.json()["reference"]):
        record(api, reference, "withdrawn", reason="Logged twice.")

    assert kind_of(again) == (409, "/problems/already-reported")
    assert again.json()["references"] == [first]
    assert asked.status_code == 201
    assert api.request("POST", "/takedowns", same).status_code == 201


def test_an_external_ref_is_taken_once_on_a_platform(api: ApiClient) -> None:
    first = logged(api, external_ref="EXT/1")["reference"]
    other = logged(api, external_ref="EXT/2")
    taken = (409, "/problems/external-ref-taken")

    again = api.request(
        "POST", "/takedowns", TAKEDOWN | {"external_ref": "EXT/1", "report_again": True}
    )
    patched = api.request(
        "PATCH", f"/takedowns/{other['reference']}", {"external_ref": "EXT/1"}, **{"If-Match": "*"}
    )

    assert (kind_of(again), again.json()["references"]) == (taken, [first])
    assert (kind_of(patched), patched.json()["references"]) == (taken, [first])
    assert logged(api, urls=[VIDEO_URL], external_ref="EXT/1")["platform"] == "tiktok"


@pytest.mark.parametrize("path", ["/takedowns", "/intakes"])
def test_of_callers_who_want_one_external_ref_at_once_one_gets_it(
    api: ApiClient, path: str
) -> None:
    body = FACTS | {"urls": [POST_URL], "external_ref": "EXT-1", "report_again": True}
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(api.request("POST", path, body).status_code)

    callers = [threading.Thread(target=ask) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert sorted(statuses) == [201, 409, 409, 409]


def test_facts_of_a_draft_change_with_the_version_that_was_read(api: ApiClient) -> None:
    path = f"/takedowns/{logged(api)['reference']}"

    changed = api.request(
        "PATCH", path, {"urgent": True, "explanation": "New."}, **{"If-Match": '"v1"'}
    )
    stale = api.request("PATCH", path, {"urgent": False}, **{"If-Match": '"v1"'})
    unsaid = [
        api.request("PATCH", path, {"urgent": False}, **tag) for tag in ({}, {"If-Match": ""})
    ]
    nothing_new = api.request(
        "PATCH", path, {"urgent": True, "explanation": "New."}, **{"If-Match": '"v2"'}
    )

    assert (changed.status_code, changed.headers["etag"]) == (200, 'W/"v2"')
    assert [changed.json()[name] for name in ("urgent", "explanation", "version")] == [
        True,
        "New.",
        2,
    ]
    assert kind_of(stale) == (412, "/problems/stale")
    assert [kind_of(answer) for answer in unsaid] == [(428, "/problems/if-match-required")] * 2
    assert nothing_new.json()["version"] == 2
    assert faults(api.request("PATCH", path, {"explanation": None}, **{"If-Match": "*"})) == [
        ("/explanation", "wrong_type")
    ]


def test_facts_stand_once_the_notice_went_out(api: ApiClient) -> None:
    reference = submitted(api)

    for body in ({"urgent": True}, {"urgent": False}):
        answer = api.request("PATCH", f"/takedowns/{reference}", body, **{"If-Match": '"v2"'})
        assert kind_of(answer) == (409, "/problems/not-allowed-now")
        assert answer.json()["reason"] == "already_submitted"


def unknown(index: int) -> dict[str, Any]:
    return {"index": index, "text": UNKNOWN_URL, "reason": "unknown_host", "hint": None}


def test_pasted_text_is_looked_at_without_a_trace(api: ApiClient) -> None:
    reference = logged(api)["reference"]

    told = api.post("/recognise", {"text": f"{POST_URL} and {UNKNOWN_URL}"}, status=200)

    [shown] = EXAMPLES["recognise"]["answer"]["links"]
    assert told["links"] == [shown | {"known": [{"reference": reference, "state": "draft"}]}]
    assert told["unrecognised"] == [unknown(1)]
    assert len(api.get("/events")["data"]) == 1


def test_an_intake_parts_new_links_from_reported_and_unknown_ones(api: ApiClient) -> None:
    known = logged(api)["reference"]
    urls = [UNKNOWN_URL, OTHER_POST_URL, POST_URL, VIDEO_URL, OTHER_POST_URL + "?utm_source=a"]

    told = api.post("/intakes", FACTS | {"urls": urls})

    assert [(t["platform"], len(t["items"])) for t in told["takedowns"]] == [
        ("instagram", 1),
        ("tiktok", 1),
    ]
    assert told["duplicates"] == [
        {
            "index": 2,
            "url": "https://www.instagram.com/p/C7aB2cD3eF4/",
            "reference": known,
            "state": "draft",
        }
    ]
    assert told["merged"] == [{"index": 1, "url": OTHER_POST_URL, "also": [urls[4]]}]
    assert told["unrecognised"] == [unknown(0)]


def test_other_spellings_of_one_content_are_told_with_it(api: ApiClient, api_with: Any) -> None:
    spellings = [
        "instagram.com/p/C7aB2cD3eF4",
        "instagr[.]am/reel/C7aB2cD3eF4",
        "insta.example/p/1",
    ]

    looked = api.post("/recognise", {"text": f"{POST_URL} of " + " ".join(spellings)}, status=200)
    taken = api.post("/intakes", FACTS | {"text": "\n".join([*spellings, POST_URL])})
    blind = api_with("takedowns:read").post("/recognise", {"text": " ".join(spellings)}, status=200)

    assert [link["also"] for link in looked["links"]] == [spellings[:2]]
    assert looked["unrecognised"] == [unknown(1) | {"text": spellings[2]}]
    assert [(one["index"], one["also"]) for one in taken["merged"]] == [
        (0, [spellings[1], POST_URL])
    ]
    assert [link["also"] for link in blind["links"]] == [None]


def test_what_advertises_is_an_item_and_so_is_where_it_leads(api: ApiClient) -> None:
    ad = "https://www.googleadservices.com/pagead/aclk?ai=abc&adurl="
    urls = [f"{ad}https%3A%2F%2Fnudify.example%2Fstart", f"{ad}https%3A%2F%2Ft.me%2Fzz_fixture_bot"]

    told = api.post("/intakes?dry_run=true", FACTS | {"urls": urls}, status=200)

    assert [
        (takedown["platform"], [item["kind"] for item in takedown["items"]])
        for takedown in told["takedowns"]
    ] == [("google", ["ad", "ad"]), ("telegram", ["bot"])]
    assert told["unrecognised"] == [unknown(0) | {"text": "https://nudify.example/start"}]


def test_an_opaque_link_of_a_mail_gateway_says_what_to_do(api: ApiClient) -> None:
    url = "https://protect-eu.mimecast.com/s/AbCdEfGh?domain=instagram.com"

    looked = api.post("/recognise", {"text": url}, status=200)
    refused = api.request("POST", "/takedowns", TAKEDOWN | {"urls": [url]})

    assert looked["unrecognised"] == [unknown(0) | {"text": url, "hint": "copy_original"}]
    assert [fault["detail"] for fault in refused.json()["errors"]] == [
        "copy the original link from the message: this one only leads to a mail gateway"
    ]


def test_an_intake_reports_again_when_asked(api: ApiClient) -> None:
    logged(api)

    told = api.post("/intakes", FACTS | {"text": POST_URL, "report_again": True})

    assert (len(told["takedowns"]), told["duplicates"]) == (1, [])


def test_an_intake_of_unknown_links_only_logs_nothing(api: ApiClient) -> None:
    told = api.post("/intakes", FACTS | {"text": UNKNOWN_URL})

    assert told == {
        "takedowns": [],
        "duplicates": [],
        "merged": [],
        "unrecognised": [unknown(0)],
    }


def test_an_intake_takes_either_text_or_urls_and_a_thousand_links(api: ApiClient) -> None:
    posts = (f"https://x.com/a/status/{number}" for number in range(10**9, 10**9 + 1001))
    refused: list[tuple[dict[str, Any], str, str]] = [
        ({}, "/text", "text_or_urls"),
        ({"text": POST_URL, "urls": [POST_URL]}, "/text", "text_or_urls"),
        ({"urls": []}, "/urls", "too_few"),
        ({"urls": [POST_URL] * 1001}, "/urls", "too_many_links"),
        ({"text": "\n".join(posts)}, "/text", "too_many_links"),
        ({"text": POST_URL, "locators": []}, "/locators", "unknown"),
    ]

    for body, pointer, code in refused:
        assert faults(api.request("POST", "/intakes", FACTS | body)) == [(pointer, code)]


def test_the_first_answer_is_given_again_for_seven_days(api: ApiClient, clock: ManualClock) -> None:
    keyed = {"Idempotency-Key": "k" * 255}
    body = FACTS | {"text": "\n".join(EIGHT_LINKS)}

    first = api.request("POST", "/intakes", body, **keyed)
    clock.advance(7 * 24 - 0.5)
    again = api.request("POST", "/intakes", body, **keyed)
    clock.advance(0.6)
    afresh = api.request("POST", "/intakes", body, **keyed)

    assert (first.status_code, first.headers.get("idempotent-replayed")) == (201, None)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")
    assert again.content == first.content
    assert len(afresh.json()["duplicates"]) == 8


def test_a_replayed_answer_keeps_its_header_fields(api: ApiClient) -> None:
    first, again = (
        api.request("POST", "/takedowns", TAKEDOWN, **{"Idempotency-Key": "one"}) for _ in range(2)
    )

    assert [again.headers[name] for name in ("location", "etag", "idempotent-replayed")] == [
        first.headers["location"],
        first.headers["etag"],
        "true",
    ]


def test_a_refusal_is_not_remembered_but_a_key_serves_one_body(api: ApiClient) -> None:
    keyed = {"Idempotency-Key": "one"}
    logged(api)

    refused = api.request("POST", "/takedowns", TAKEDOWN, **keyed)
    done = api.request("POST", "/takedowns", TAKEDOWN | {"report_again": True}, **keyed)
    other = api.request("POST", "/takedowns", TAKEDOWN | {"urls": [VIDEO_URL]}, **keyed)
    elsewhere = api.request("POST", "/intakes", TAKEDOWN | {"report_again": True}, **keyed)

    assert (refused.status_code, done.status_code) == (409, 201)
    for answer in (other, elsewhere):
        assert faults(answer) == [("/header/idempotency-key", "idempotency_key_reused")]


def test_keys_of_different_callers_do_not_meet(api: ApiClient, api_with: Any) -> None:
    keyed = {"Idempotency-Key": "one"}
    other = api_with("takedowns:write")

    first = api.request("POST", "/takedowns", TAKEDOWN, **keyed)
    second = other.request("POST", "/takedowns", TAKEDOWN | {"report_again": True}, **keyed)

    assert (first.status_code, second.status_code) == (201, 201)


def test_a_request_still_being_worked_on_is_told_so(api: ApiClient, parts: Any) -> None:
    key = {"Idempotency-Key": "busy"}
    api.get("/takedowns")  # notes when the token was last used: the next call writes but once
    answers = []
    api.get("/takedowns")  # that the token is in use is written down now, not later
    write = parts.database.write

    def asked_meanwhile() -> Any:
        parts.database.write = write
        answers.append(api.request("POST", "/takedowns", TAKEDOWN, **key))
        return write()

    parts.database.write = asked_meanwhile
    first = api.request("POST", "/takedowns", TAKEDOWN, **key)

    assert first.status_code == 201
    assert [kind_of(answer) for answer in answers] == [(409, "/problems/in-flight")]


def test_dry_looks_take_no_notice_of_an_idempotency_key(api: ApiClient) -> None:
    keyed = {"Idempotency-Key": "one"}

    for path, body in [
        ("/recognise", {"text": POST_URL}),
        ("/takedowns/search", {"url": POST_URL}),
        ("/intakes?dry_run=true", FACTS | {"text": POST_URL}),
    ]:
        assert api.request("POST", path, body, **keyed).status_code == 200
    assert api.request("POST", "/takedowns", TAKEDOWN, **keyed).status_code == 201


def test_what_a_caller_may_not_read_is_not_told_back(api: ApiClient, api_with: Any) -> None:
    logged(api)
    blind = api_with("takedowns:read", "takedowns:write")

    intake = blind.post("/intakes", FACTS | {"urls": [POST_URL, VIDEO_URL, UNKNOWN_URL]})
    looked = blind.post("/recognise", {"text": f"{POST_URL} {UNKNOWN_URL}"}, status=200)

    [duplicate], [stranger] = intake["duplicates"], intake["unrecognised"]
    assert (duplicate["index"], duplicate["url"], duplicate["masked"]) == (0, None, True)
    assert stranger == unknown(2) | {"text": None, "masked": True}
    [link] = looked["links"]
    hidden = ("text", "also", "url", "content_id", "account", "canonical_url", "posted_at")
    assert {name: link[name] for name in hidden} == dict.fromkeys(hidden)
    assert (link["platform"], link["kind"], link["masked"]) == ("instagram", "post", True)
