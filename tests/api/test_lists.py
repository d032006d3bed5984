"""Lists: cursors that belong to one list, filters that know what there is, the feed's own."""

import pytest

from tests.api.factories import OTHER_POST_URL, POST_URL, faults, logged, submitted
from tests.api_client import ApiClient


def cursor(api: ApiClient, path: str) -> str:
    """Return the cursor of a list's second page."""
    return str(api.get(path)["next_cursor"])


def test_a_cursor_goes_on_in_its_own_list_only(api: ApiClient) -> None:
    for _ in range(3):
        logged(api)
    mine = cursor(api, "/takedowns?platform=instagram&stage=draft&limit=1")

    page = api.get(f"/takedowns?limit=2&stage=draft&platform=instagram&cursor={mine}")
    others = [
        faults(api.request("GET", f"{path}cursor={mine}"))
        for path in ("/takedowns?", "/takedowns?platform=x&", "/events?", "/categories?")
    ]

    assert len(page["data"]) == 2
    assert others == [[("/query/cursor", "bad_cursor")]] * 4


def test_a_cursor_of_a_search_belongs_to_what_was_sought(api: ApiClient) -> None:
    for _ in range(2):
        logged(api, case_ref="CASE-1")
    path = "/takedowns/search?limit=1"
    sought = {"url": POST_URL, "case_ref": "CASE-1"}
    mine = api.post(path, sought, status=200)["next_cursor"]

    again = {"case_ref": "CASE-1", "url": POST_URL}  # the same in another order
    rest = api.post(f"{path}&cursor={mine}", again, status=200)
    other = api.request("POST", f"{path}&cursor={mine}", {"case_ref": "CASE-2"})

    assert (len(rest["data"]), rest["next_cursor"]) == (1, None)
    assert faults(other) == [("/query/cursor", "bad_cursor")]


@pytest.mark.parametrize("path", ["/takedowns", "/metrics/response-times", "/metrics/curve"])
@pytest.mark.parametrize(("name", "known"), [("platform", "tiktok"), ("category", "csam_ai")])
def test_a_code_nobody_knows_is_refused_naming_the_known_ones(
    api: ApiClient, path: str, name: str, known: str
) -> None:
    answer = api.request("GET", f"{path}?{name}=unheard_of")

    of_several = "/0" if path == "/takedowns" else ""
    assert faults(answer) == [(f"/query/{name}{of_several}", f"unknown_{name}")]
    assert known in answer.json()["errors"][0]["detail"]
    assert api.request("GET", f"{path}?{name}={known}").status_code == 200


def test_the_feed_tells_whose_event_it_is(api: ApiClient) -> None:
    logged(api, external_ref="EXT-1")

    [event] = api.get("/events")["data"]

    assert {name: event[name] for name in ("case_ref", "external_ref", "platform", "category")} == {
        "case_ref": "CASE-1",
        "external_ref": "EXT-1",
        "platform": "instagram",
        "category": "csam_ai",
    }


def test_the_feed_is_filtered_by_kind_and_takedown(api: ApiClient) -> None:
    first = submitted(api)
    second = submitted(api, urls=[OTHER_POST_URL])

    for query, ids in {
        "kind=submitted": [2, 4],
        "kind=submitted,logged&after=1": [2, 3, 4],
        f"reference={first}": [1, 2],
        f"reference={second}&kind=logged": [3],
        f"reference={second},{first}&kind=logged": [1, 3],
        "kind=seen": [],
    }.items():
        assert [event["id"] for event in api.get(f"/events?{query}")["data"]] == ids, query
    link = api.request("GET", f"/events?reference={first}&limit=1&wait=0").headers["link"]
    rest = api.get(link.partition(">")[0].removeprefix("</api/v1"))
    assert [event["id"] for event in rest["data"]] == [2]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("kind=gone", ("/query/kind/0", "not_one_of")),
        ("kind=seen,gone", ("/query/kind/1", "not_one_of")),
        ("reference=TD-1", ("/query/reference/0", "malformed")),
        ("reference=TD-222222", ("/query/reference", "unknown_reference")),
    ],
)
def test_a_filter_of_the_feed_that_names_nothing_is_refused(
    api: ApiClient, query: str, fault: tuple[str, str]
) -> None:
    assert faults(api.request("GET", f"/events?{query}")) == [fault]


def test_a_plus_that_came_as_a_space_is_told(api: ApiClient) -> None:
    for name in ("submitted_from", "updated_since"):
        answer = api.request("GET", f"/takedowns?{name}=2026-03-02T11:00:00+01:00")

        assert faults(answer) == [(f"/query/{name}", "not_a_time")]
        assert "%2B" in answer.json()["errors"][0]["detail"]


def test_what_was_made_can_be_read_where_the_answer_says(api: ApiClient) -> None:
    made = api.request(
        "POST", "/takedowns", {"case_ref": "A/1", "category": "csam", "urls": [POST_URL]}
    )
    event = api.request("POST", f"/takedowns/{made.json()['reference']}/events",
                 {"kind": "noted", "text": "A note."})  # fmt: skip
    taken_in = api.request("POST", "/intakes", {"case_ref": "A/2", "category": "csam",
                                         "urls": [OTHER_POST_URL]})  # fmt: skip

    def there(answer: object) -> object:
        location = answer.headers["location"]  # type: ignore[attr-defined]
        return api.get(location.removeprefix("/api/v1"))

    assert there(made) == made.json() | {"version": 2, "updated_at": event.json()["recorded_at"]}
    assert there(event)["data"] == [event.json()]  # type: ignore[index]
    assert there(taken_in)["takedowns"] == taken_in.json()["takedowns"]  # type: ignore[index]


def test_an_intake_that_made_nothing_leads_nowhere(api: ApiClient) -> None:
    links = {"urls": ["https://unknown.example/p/1"]}

    answer = api.request("POST", "/intakes", {"case_ref": "A/2", "category": "csam", **links})

    assert (answer.status_code, answer.json()["takedowns"]) == (201, [])
    assert "location" not in answer.headers
    assert api.request("GET", "/cases/A/2").status_code == 404


def test_a_thousand_and_one_links_are_too_many_wherever_they_stand(api: ApiClient) -> None:
    facts = {"case_ref": "A/1", "category": "csam"}
    urls = [f"https://x.com/zzfixture/status/{number}" for number in range(1001)]
    locators = [{"account": f"zz{number}"} for number in range(1001)]

    for path, body, field in [
        ("/intakes", {"urls": urls}, "urls"),
        ("/intakes", {"text": "\n".join(urls)}, "text"),
        ("/takedowns", {"urls": urls}, "urls"),
        ("/takedowns", {"platform": "discord", "locators": locators}, "locators"),
    ]:
        answer = api.request("POST", path, facts | body)
        assert (answer.json()["code"], faults(answer)) == (
            "too_many_links",
            [(f"/{field}", "too_many_links")],
        ), path


def test_what_is_not_recognised_says_which_link_it_is(api: ApiClient) -> None:
    urls = [POST_URL, "https://forum.example.org/thread/7"]

    dry = api.post(
        "/intakes?dry_run=true", {"case_ref": "A", "category": "csam", "urls": urls}, 200
    )
    looked = api.post("/recognise", {"text": " ".join(urls)}, 200)

    assert [one["index"] for one in dry["unrecognised"] + looked["unrecognised"]] == [1, 1]


def test_an_entity_tag_is_strong_once_the_clock_changes_nothing_more(api: ApiClient) -> None:
    reference = submitted(api)
    waiting = api.request("GET", f"/takedowns/{reference}").headers["etag"]
    api.post(f"/takedowns/{reference}/events", {"kind": "withdrawn"})

    assert waiting == 'W/"v2"'
    assert api.request("GET", f"/takedowns/{reference}").headers["etag"] == '"v3"'
