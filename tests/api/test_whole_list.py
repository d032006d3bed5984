"""The whole list in one answer: CSV or JSON lines hold what the pages of JSON hold."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest

from app.api import whole_list
from app.takedowns import list_columns, listing
from tests.api.factories import POST_URL, VIDEO_URL, faults, logged, record, submitted
from tests.api_client import ApiClient
from tests.databases import Story, nothing
from tests.factories import ManualClock

FORMS = (whole_list.CSV, whole_list.LINES)
SECRETS = ("zz.fixture", "C7aB2cD3eF4", "Assessed by", "T-77")


def of_several_kinds(api: ApiClient, clock: ManualClock) -> list[str]:
    """Tell of five takedowns of several kinds; returns their references."""
    drafts = [logged(api, case_ref=f"A/{number}")["reference"] for number in range(3)]
    clock.advance(2)
    sent = submitted(api, urls=[VIDEO_URL], category="csam", explanation="=cmd|calc")
    clock.advance(3)
    record(api, sent, "decided", outcome="removed", ticket_id="T-77")
    return [*drafts, sent, submitted(api, urls=[VIDEO_URL, POST_URL.replace("F4", "F5")][:1])]


@pytest.fixture
def past(request: pytest.FixtureRequest) -> Story:
    return of_several_kinds if "some" in request.fixturenames else nothing


@pytest.fixture
def some(told: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Five takedowns of several kinds, read two at a time; their references."""
    monkeypatch.setattr(listing, "CHUNK", 2)
    return told


def whole(api: ApiClient, form: str, query: str = "") -> str:
    answer = api.request("GET", f"/takedowns{query}", Accept=form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == form
    return str(answer.text)


def table(api: ApiClient, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(whole(api, whole_list.CSV, query), newline="")))


def lines(api: ApiClient, query: str = "") -> list[dict[str, Any]]:
    return [json.loads(line) for line in whole(api, whole_list.LINES, query).splitlines()]


def cell(value: Any) -> str:
    """How a value of JSON stands in a cell, as a reader of the documentation would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(one or "." for one in value)
    if isinstance(value, float):
        return str(round(value, 4))
    return "" if value is None else f"'{value}" if str(value)[0] in "=+-@" else str(value)


def flat(takedown: Mapping[str, Any]) -> dict[str, str]:
    """A takedown of JSON as the columns tell it."""
    items = takedown["items"]
    told = (
        dict(takedown)
        | takedown["clocks"]
        | {
            "items": len(items),
            "item_kinds": [one["kind"] for one in items],
            "item_states": [one["state"] for one in items],
            "item_outcomes": [(one["platform_says"] or {}).get("outcome") for one in items],
            "urls": [one["url"] for one in items],
            "accounts": [one["account"] for one in items],
        }
    )
    return {name: cell(told[name]) for name in list_columns.names(content="masked" not in takedown)}


@pytest.mark.parametrize("scopes", [("takedowns:read", "content:read"), ("takedowns:read",)])
@pytest.mark.parametrize("query", ["", "?sort=-due_at", "?platform=tiktok,instagram&stage=draft"])
def test_all_forms_hold_the_same_rows(
    some: list[str], api_with: Any, scopes: tuple[str, ...], query: str
) -> None:
    reader = api_with(*scopes)
    listed = reader.get(f"/takedowns{query}")["data"]

    assert len(listed) in (3, 5)
    assert lines(reader, query) == listed
    assert table(reader, query) == [flat(one) for one in listed]


def test_without_content_nothing_of_it_is_shown(
    some: list[str], api: ApiClient, api_with: Any
) -> None:
    seen = "".join(whole(api, form) for form in FORMS)
    blind = api_with("takedowns:read")
    masked = "".join(whole(blind, form) for form in FORMS)

    assert [secret for secret in SECRETS if secret not in seen] == []
    assert [secret for secret in SECRETS if secret in masked] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_list_has_no_pages(api: ApiClient, form: str) -> None:
    answer = api.request("GET", "/takedowns?limit=2&cursor=YzI6MQ", Accept=form)

    assert faults(answer) == [("/query/limit", "unknown"), ("/query/cursor", "unknown")]


@pytest.mark.parametrize("form", FORMS)
def test_a_look_at_the_head_reads_no_row(some: list[str], api: ApiClient, form: str) -> None:
    answer = api.request("HEAD", "/takedowns", Accept=form)

    assert (answer.status_code, answer.text) == (200, "")
    assert answer.headers["content-type"].partition(";")[0] == form


def test_json_is_answered_where_it_is_liked_as_much(some: list[str], api: ApiClient) -> None:
    for accept in ("*/*", "application/json, text/csv", "text/html"):
        assert api.request("GET", "/takedowns", Accept=accept).json()["data"], accept
    assert api.request("GET", "/takedowns", Accept="text/csv, */*;q=0.1").text.startswith(
        "reference,"
    )


def test_what_comes_meanwhile_is_in_none_of_it(some: list[str], api: ApiClient) -> None:
    address = "/api/v1/takedowns?sort=logged_at"
    headers = api.headers | {"Accept": whole_list.LINES}

    with api.client.stream("GET", address, headers=headers) as answer:
        logged(api)
        found = [json.loads(line)["reference"] for line in answer.iter_lines()]

    assert found == some


def test_a_cursor_goes_on_in_its_own_order_only(some: list[str], api: ApiClient) -> None:
    mine = api.get("/takedowns?sort=due_at&limit=2")["next_cursor"]

    rest = api.get(f"/takedowns?sort=due_at&limit=5&cursor={mine}")
    others = [
        faults(api.request("GET", f"/takedowns?{sort}cursor={mine}"))
        for sort in ("sort=-due_at&", "sort=logged_at&", "")
    ]

    assert len(rest["data"]) == 3
    assert others == [[("/query/cursor", "bad_cursor")]] * 3
    assert faults(api.request("GET", "/takedowns?sort=gone_at")) == [("/query/sort", "not_one_of")]


def test_what_lacks_the_moment_comes_last_both_ways(some: list[str], api: ApiClient) -> None:
    drafts, sent = some[:3], some[3:]

    for sort, expected in {
        "submitted_at": [*sent, *drafts],
        "-submitted_at": [*sent[::-1], *drafts[::-1]],
    }.items():
        found = api.get(f"/takedowns?sort={sort}")["data"]
        assert [one["reference"] for one in found] == expected, sort


def test_several_values_mean_any_of_them(some: list[str], api: ApiClient) -> None:
    drafts, sent = some[:3], some[3:]

    for query, expected in {
        "stage=draft,decided": [*drafts, sent[0]],
        "item_state=gone": [sent[0]],
        "item_state=draft,waiting": [*drafts, sent[1]],
        "basis=article_16,take_it_down,voluntary,article_22": some,
        "logged_from=2026-03-02T11:00:00Z": sent,
        "logged_to=2026-03-02T11:00:00Z&platform=instagram": drafts,
        "logged_from=2026-03-03": [],
        "provider=Meta%20Platforms%20Ireland%20Limited,unknown": drafts,
    }.items():
        found = api.get(f"/takedowns?{query}")["data"]
        assert [one["reference"] for one in reversed(found)] == expected, query


def test_the_wrong_one_of_several_values_is_named(api: ApiClient) -> None:
    answer = api.request("GET", "/takedowns?platform=tiktok,nowhere,x,nobody&category=csam")

    assert faults(answer) == [
        ("/query/platform/1", "unknown_platform"),
        ("/query/platform/3", "unknown_platform"),
    ]
    assert "tiktok" in answer.json()["detail"]
