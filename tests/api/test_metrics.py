import csv
import io

from app.api.metrics import COLUMNS
from tests.api.factories import faults, logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock

TIMES = "/metrics/response-times"


def answered(api: ApiClient, clock: ManualClock, count: int) -> None:
    """Submit takedowns an hour apart, and let each but the last be removed after two."""
    for number in range(count):
        urls = [f"https://www.tiktok.com/@zz.fixture/video/73123456789012345{number:02}"]
        reference = submitted(api, urls=urls, include_identity=True)
        if number < count - 1:
            clock.advance(2)
            record(api, reference, "decided", outcome="removed")


def test_nothing_submitted_gives_no_groups(api: ApiClient) -> None:
    logged(api)

    assert api.get(TIMES) == {
        "as_of": "2026-03-02T09:00:00Z",
        "from": None,
        "to": None,
        "definition": "2026-1",
        "groups": [],
    }


def test_ten_takedowns_have_figures_and_fewer_only_counts(
    api: ApiClient, clock: ManualClock
) -> None:
    answered(api, clock, 10)
    submitted(api)

    small, large = api.get(TIMES)["groups"]

    assert (small["key"], small["label"], small["takedowns"]) == ("instagram", "Instagram", 1)
    assert (small["small"], small["gone"]["n"], small["gone"]["median_hours"]) == (True, 1, None)
    assert (large["small"], large["open"], large["oldest_open_hours"]) == (False, 1, 0)
    gone = large["gone"]
    assert (gone["n"], gone["events"], gone["censored"], gone["median_hours"]) == (10, 9, 1, 2)
    assert set(gone["share_by"]) == {"1", "6", "24", "48", "72", "168", "1008"}
    assert large["receipt_within_24h"] == {"numerator": 0, "denominator": 0, "share": None}


def test_figures_are_grouped_as_asked(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 1)
    submitted(api, category="csam")

    for by, keys in [
        ("platform", ["instagram", "tiktok"]),
        ("provider", ["Meta Platforms Ireland Limited", "TikTok Technology Limited"]),
        ("category", ["csam", "csam_ai"]),
        ("month", ["2026-03"]),
        ("basis", ["article_16"]),
    ]:
        assert [group["key"] for group in api.get(f"{TIMES}?by={by}")["groups"]] == keys


def test_a_platforms_own_figures_stand_beside_ours_the_newest_first(
    api: ApiClient, clock: ManualClock
) -> None:
    answered(api, clock, 1)

    [group] = api.get(TIMES)["groups"]
    [by_category] = api.get(f"{TIMES}?by=category")["groups"]

    newest, _, oldest = group["published"]
    assert newest.pop("source").startswith("Implementing Regulation (EU) 2024/2835")
    assert newest == {
        "period": "2026-H1",
        "category": None,
        "method": None,
        "median_hours": 12.3,
        "n": 471,
    }
    assert (oldest["period"], oldest["median_hours"], oldest["n"]) == ("2025-H2", 0.98, None)
    assert by_category["published"] == []


def test_figures_are_narrowed_and_cut_at_local_midnight(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 2)
    submitted(api, category="csam")

    for query, count in {
        "platform=tiktok": 2,
        "category=csam": 1,
        "basis=article_22": 0,
        "from=2026-03-02&to=2026-03-03": 3,
        "to=2026-03-02": 0,
        "as_of=2026-03-02T10:00:00Z": 1,
        "as_of=2026-03-02T11:01:00Z": 3,
    }.items():
        groups = api.get(f"{TIMES}?{query}")["groups"]
        assert sum(group["takedowns"] for group in groups) == count, query


def test_the_same_question_has_the_same_answer_later(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 2)
    path = f"{TIMES}?as_of=2026-03-02T11:00:00Z"
    before = api.get(path)

    clock.advance(9)
    record(api, submitted(api), "seen", availability="gone")

    assert api.get(path) == before


def test_a_clock_that_runs_ahead_is_answered_as_of_now(api: ApiClient) -> None:
    assert api.get(f"{TIMES}?as_of=2026-03-02T09:01:00Z")["as_of"] == "2026-03-02T09:00:00Z"


def test_an_inexact_question_is_refused(api: ApiClient) -> None:
    for query, pointer in [
        ("as_of=2026-03-02T09:01:01Z", "/query/as_of"),
        ("as_of=2026-03-02", "/query/as_of"),
        ("from=2026-02-30", "/query/from"),
        ("to=20260302", "/query/to"),
        ("from=1989-12-31", "/query/from"),
        ("by=person", "/query/by"),
        ("clock=gone", "/query/clock"),
    ]:
        assert [where for where, _ in faults(api.request("GET", f"{TIMES}?{query}"))] == [pointer]


def test_figures_come_as_a_table_too(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 10)

    answer = api.request("GET", TIMES, Accept="text/csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(answer.text))) == [
        list(COLUMNS),
        ["tiktok", "TikTok", "10", "10", "1", "0", "0", "2", "2", "", "2", "2"],
    ]


def test_a_curve_is_a_step_function_with_those_at_risk(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 10)

    told = api.get("/metrics/curve?clock=gone&platform=tiktok")

    assert (told["clock"], told["n"], told["events"], told["censored"]) == ("gone", 10, 9, 1)
    assert [(point["hours"], point["share"], point["at_risk"]) for point in told["points"]] == [
        (0, 0, 10),
        (2, 1, 9),
    ]
