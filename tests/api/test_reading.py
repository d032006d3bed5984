import re
from typing import Any

from sqlalchemy import event

from app.context import Context
from tests.api.factories import (
    FACTS,
    POST_URL,
    VIDEO_URL,
    faults,
    kind_of,
    logged,
    record,
    submitted,
)
from tests.api_client import ApiClient
from tests.factories import ManualClock

HIDDEN_OF_ITEM = ("locator", "url", "canonical_url", "content_id", "account", "posted_at")


def references(page: Any) -> list[str]:
    return [takedown["reference"] for takedown in page["data"]]


def test_pages_hold_every_takedown_once_while_others_are_logged(api: ApiClient) -> None:
    logged_so_far = [logged(api)["reference"] for _ in range(5)]
    path, found, links = "/takedowns?case_ref=CASE-1&limit=2", [], 0

    while path:
        answer = api.request("GET", path)
        found += references(answer.json())
        logged(api)
        link = re.fullmatch(r'<(/api/v1(.+))>; rel="next"', answer.headers.get("link", ""))
        assert bool(link) == (answer.json()["next_cursor"] is not None)
        path = link.group(2) if link else ""
        links += bool(link)

    assert (found, links) == (logged_so_far[::-1], 2)


def test_a_query_that_is_not_exact_is_refused(api: ApiClient) -> None:
    for query, pointer in [
        ("limit=0", "/query/limit"),
        ("limit=101", "/query/limit"),
        ("limit=1_0", "/query/limit"),
        ("cursor=YzE6MQ", "/query/cursor"),
        ("platform=unheard_of", "/query/platform/0"),
        ("category=csam,unheard_of", "/query/category/1"),
        ("colour=red", "/query/colour"),
        ("overdue=yes", "/query/overdue"),
        ("stage=draft,gone", "/query/stage/1"),
        ("submitted_from=2026-03-02T09:00:00", "/query/submitted_from"),
        ("submitted_to=1772442000", "/query/submitted_to"),
    ]:
        assert [where for where, _ in faults(api.request("GET", f"/takedowns?{query}"))] == [
            pointer
        ]


def test_a_call_without_parameters_takes_none(api: ApiClient) -> None:
    for path in (f"/takedowns/{logged(api)['reference']}", "/integrity/head", "/platforms/x"):
        assert faults(api.request("GET", f"{path}?colour=red")) == [("/query/colour", "unknown")]


def test_takedowns_are_filtered_by_what_they_are(api: ApiClient, clock: ManualClock) -> None:
    draft = logged(api, case_ref="A/1", external_ref="EXT-1", explanation="Seen.")["reference"]
    clock.advance(1)
    sent = submitted(api, urls=[VIDEO_URL], category="csam")
    clock.advance(4)

    for query, expected in {
        "platform=tiktok": [sent],
        "provider=Meta%20Platforms%20Ireland%20Limited": [draft],
        "category=csam": [sent],
        "stage=draft": [draft],
        "whose_turn=platform": [sent],
        "next_step=submit": [draft],
        "overdue=true": [draft],
        "overdue=false": [sent],
        "case_ref=A/1": [draft],
        "external_ref=EXT-1": [draft],
        "submitted_from=2026-03-02": [sent],
        "submitted_to=2026-03-02": [],
        "submitted_from=2026-03-02T11:00:00%2B01:00": [sent],
        "submitted_to=2026-03-02T10:00:00Z": [],
        "updated_since=2026-03-02T10:00:00Z": [sent],
        "platform=tiktok&stage=draft": [],
    }.items():
        assert references(api.get(f"/takedowns?{query}")) == expected, query


def test_what_is_due_changes_by_the_clock_alone(api: ApiClient, clock: ManualClock) -> None:
    path = f"/takedowns/{submitted(api, include_identity=True)}"

    waiting = api.get(path)
    clock.advance(24)
    late = api.get(path)

    assert [waiting[name] for name in ("next_step", "due_at", "overdue")] == [
        "wait",
        "2026-03-03T09:00:00Z",
        False,
    ]
    assert [late[name] for name in ("whose_turn", "next_step", "overdue")] == ["us", "chase", True]


def test_one_takedown_is_read_with_its_version(api: ApiClient) -> None:
    told = logged(api)

    answer = api.request("GET", f"/takedowns/{told['reference']}")

    assert (answer.status_code, answer.headers["etag"], answer.json()) == (200, 'W/"v1"', told)


def test_what_is_not_there_is_not_found(api: ApiClient) -> None:
    logged(api)

    for path in (
        "/takedowns/TD-222222",
        "/takedowns/td-222222/events",
        "/takedowns/1/notice",
        "/takedowns/TD-222222/notices/1",
        "/cases/CASE-2",
        "/cases/CASE-1/",
        "/platforms/unheard_of",
        "/nothing/here",
    ):
        assert kind_of(api.request("GET", path)) == (404, "/problems/not-found")


def test_a_case_shows_its_takedowns_and_what_is_still_online(api: ApiClient) -> None:
    gone = submitted(api, case_ref="2026/17:a")
    online = submitted(api, case_ref="2026/17:a", urls=[VIDEO_URL])
    record(api, gone, "seen", availability="gone")
    logged(api, case_ref="2026/17")

    told = api.get("/cases/2026/17:a")

    assert told["case_ref"] == "2026/17:a"
    assert [takedown["reference"] for takedown in told["takedowns"]] == [gone, online]
    [item] = told["takedowns"][1]["items"]
    assert told["still_online"] == [{"reference": online, "platform": "tiktok", "item": item}]


def test_a_takedown_is_found_by_any_spelling_and_told_why(api: ApiClient) -> None:
    reference = logged(api, external_ref="EXT-1")["reference"]
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "ticket_id": "#AB 12"})
    elsewhere = logged(api, urls=[VIDEO_URL], case_ref="CASE-2")["reference"]
    other = logged(api, platform="other", urls=["https://forum.example.org/t/7"], case_ref="C")

    for body, expected in [
        ({"url": "hxxps://instagram[.]com/p/C7aB2cD3eF4"}, [(reference, ["url"])]),
        ({"text": f"Here: {POST_URL}&x=1 !"}, [(reference, ["url"])]),
        ({"url": "http://forum.example.org/t/7/"}, [(other["reference"], ["url"])]),
        ({"account": "@ZZ.Fixture"}, [(elsewhere, ["account"])]),
        ({"ticket_id": "ab12"}, [(reference, ["ticket_id"])]),
        ({"case_ref": "CASE-2"}, [(elsewhere, ["case_ref"])]),
        ({"text": " CASE-1 "}, [(reference, ["case_ref"])]),
        ({"text": "EXT-1"}, [(reference, ["external_ref"])]),
        ({"text": reference.lower()}, [(reference, ["reference"])]),
        (
            {"url": POST_URL, "ticket_id": "ab12", "case_ref": "CASE-2"},
            [(elsewhere, ["case_ref"]), (reference, ["url", "ticket_id"])],
        ),
        ({"url": "javascript:alert(1)"}, []),
        ({"text": "nothing like it"}, []),
    ]:
        found = api.post("/takedowns/search", body, status=200)["data"]
        assert [(row["reference"], row["matched"]) for row in found] == expected, body
    assert faults(api.request("POST", "/takedowns/search", {"url": None})) == [
        ("", "nothing_to_search")
    ]


def test_search_results_come_in_pages(api: ApiClient) -> None:
    newest = [logged(api)["reference"] for _ in range(3)][::-1]

    first = api.request("POST", "/takedowns/search?limit=2", {"url": POST_URL})
    cursor = first.json()["next_cursor"]
    rest = api.post(f"/takedowns/search?limit=2&cursor={cursor}", {"url": POST_URL}, status=200)

    assert references(first.json()) + references(rest) == newest
    assert first.headers["link"] == (
        f'</api/v1/takedowns/search?limit=2&cursor={cursor}>; rel="next"'
    )


def test_a_caller_without_content_sees_no_address_account_or_text(
    api: ApiClient, api_with: Any
) -> None:
    blind = api_with("takedowns:read")
    body = FACTS | {
        "platform": "discord",
        "urls": ["https://discord.com/channels/546376974303151756/1011052216293328663/9"],
        "locators": [{"account": "zz_fixture", "description": "the second image"}],
    }
    path = f"/takedowns/{api.post('/takedowns', body)['reference']}"

    seen, hidden = api.get(path), blind.get(path)

    assert hidden.pop("masked") is True
    for item in hidden["items"]:
        assert item.pop("masked") is True
    seen["items"] = [item | dict.fromkeys(HIDDEN_OF_ITEM) for item in seen["items"]]
    assert hidden == seen | {"explanation": None, "ticket_ids": None}
    found = blind.post("/takedowns/search", {"account": "zz_fixture"}, status=200)["data"]
    for shown in (blind.get("/takedowns"), blind.get("/cases/CASE-1"), found):
        assert "zz_fixture" not in str(shown)
        assert "1011052216293328663" not in str(shown)


def test_a_longer_page_costs_no_more_queries(api: ApiClient, parts: Context) -> None:
    for _ in range(3):
        record(api, submitted(api), "noted", text="A note.")
    api.get("/takedowns")  # the first of an hour is written down as a read of content
    asked: list[str] = []
    event.listen(
        parts.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2])
    )

    costs = []
    for limit in (1, 3):
        asked.clear()
        assert len(api.get(f"/takedowns?limit={limit}")["data"]) == limit
        costs.append([statement[:40] for statement in asked if "tokens" not in statement])

    assert costs[0] == costs[1] != []
