"""Figures over the API: what may be asked, what is answered, and the same as a table."""

import csv
import io
from typing import Any

import pytest

from app.context import Context
from app.transparency import kept, reading
from app.transparency.kept import File
from app.transparency.layout import TOTAL
from app.transparency.series import ANNEX
from tests.api.factories import faults, logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.transparency.report_files import as_csv, line

TIMES = "/metrics/response-times"
CURVE = "/metrics/curve"
COMPARISON = "/metrics/comparison"
COURSE = {"1", "2", "6", "24", "48", "72", "168", "1008"}
CLOCKS = ("gone", "receipt", "answer", "decision", "handling", "report_to_gone")


def answered(api: ApiClient, clock: ManualClock, count: int, **facts: Any) -> list[str]:
    """Submit takedowns an hour apart, and let each but the last be removed after two."""
    references = []
    for number in range(count):
        urls = [f"https://www.tiktok.com/@zz.fixture/video/73123456789012345{number:02}"]
        references.append(submitted(api, urls=urls, include_identity=True, **facts))
        if number < count - 1:
            clock.advance(2)
            record(api, references[-1], "decided", outcome="removed")
    return references


def table(api: ApiClient, path: str) -> list[dict[str, str]]:
    answer = api.request("GET", path, Accept="text/csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_nothing_submitted_gives_no_groups(api: ApiClient) -> None:
    logged(api)

    assert api.get(TIMES) == {
        "as_of": "2026-03-02T09:00:00Z",
        "from": None,
        "to": None,
        "definition": "2026-2",
        "groups": [],
    }


def test_ten_takedowns_have_figures_and_fewer_only_counts(
    api: ApiClient, clock: ManualClock
) -> None:
    answered(api, clock, 10)
    submitted(api)

    small, large = api.get(TIMES)["groups"]

    assert (small["key"], small["label"], small["takedowns"]) == ("instagram", "Instagram", 1)
    gone = small["gone"]
    assert (gone["small"], gone["n"], gone["median_hours"], gone["median_ci"]) == (
        True, 1, None, None,
    )  # fmt: skip
    assert (large["stands"]["open"], large["oldest_open_hours"]) == (1, None)
    gone = large["gone"]
    assert (gone["small"], gone["n"], gone["takedowns"], gone["median_hours"]) == (False, 10, 10, 2)
    assert (gone["events"], gone["competing"], gone["censored"]) == (9, 0, 1)
    assert set(gone["share_by"]) == COURSE
    assert large["receipt_within_24h"] == {
        "numerator": 0,
        "denominator": 0,
        "takedowns": 0,
        "share": None,
        "ci": None,
        "small": True,
    }


def test_each_number_is_guarded_by_its_own_denominator(api: ApiClient, clock: ManualClock) -> None:
    """Of twelve requests four were decided: too few for a share, while their curve is told."""
    references = [submitted(api, include_identity=True) for _ in range(12)]
    clock.advance(30)
    for reference in references[:4]:
        record(api, reference, "decided", outcome="refused")

    [group] = api.get(f"{TIMES}?by=all")["groups"]

    assert group["gone"]["small"] is False
    refused = group["refused_of_decided"]
    assert (refused["numerator"], refused["denominator"], refused["share"]) == (4, 4, None)
    assert (refused["takedowns"], refused["small"]) == (4, True)
    assert group["gone_by_target"]["share"] == 0


def test_all_numbers_of_a_group_are_there(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 1)

    [group] = api.get(f"{TIMES}?by=all")["groups"]

    assert set(group) == {
        "key", "label", "takedowns", "items", "imported", "excluded", "stands",
        "claimed_removed_still_up", "oldest_open_hours", *CLOCKS, "removal_rests_on",
        "gone_bounds", "dsa_style", "published", "receipt_within_24h", "gone_by_target",
        "answered_by_target", "refused_of_decided", "silent_after_7d", "came_back_of_gone",
        "complaints", "own_quality",
    }  # fmt: skip
    assert (group["key"], group["label"]) == ("all", "all")
    assert sum(group["stands"].values()) == group["items"] == 1
    for clock_name in CLOCKS:
        assert set(group[clock_name]) == {
            "n", "takedowns", "events", "competing", "censored", "unknown_start", "not_recorded",
            "follow_up_hours", "median_hours", "median_ci", "p90_hours", "share_by", "small",
        }  # fmt: skip


def test_figures_are_grouped_as_asked(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 1)
    submitted(api, category="csam")

    for by, keys in [
        ("all", ["all"]),
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


def test_figures_of_a_report_that_was_kept_stand_among_them(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    answered(api, clock, 1)
    days = "2025-02-17/2025-12-31"
    file = File("4_notices.csv", as_csv([line(TOTAL, "9", "4", "", "", "", "1.5", period=days)]))
    with parts.database.write() as unit:
        read = reading.read(file.content)
        kept.keep(unit, file, read, platform="tiktok", service="Zzfixture", by="test")

    [group] = api.get(TIMES)["groups"]

    assert [one["period"] for one in group["published"]] == [
        "2026-H1", "2026-H1", "2025-H2", days,
    ]  # fmt: skip
    assert group["published"][3] == {
        "period": days,
        "category": None,
        "method": None,
        "median_hours": 1.5,
        "n": 4,
        "source": f"{ANNEX}: Zzfixture, 4_notices.csv (SHA-256 {file.sha256[:12]})",
    }


def test_figures_are_narrowed_and_cut_at_local_midnight(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 2)
    submitted(api, category="csam", urgent=True)

    for query, count in {
        "platform=tiktok": 2,
        "category=csam": 1,
        "basis=article_22": 0,
        "urgent=true": 1,
        "urgent=false": 2,
        "imported=include": 3,
        "imported=exclude": 3,
        "from=2026-03-02&to=2026-03-03": 3,
        "from=2026-03-03": 0,
        "to=2026-03-02": 0,
        "from=2026-03-02&to=2026-03-02": 0,
        "as_of=2026-03-02T10:00:00Z": 1,
        "as_of=2026-03-02T11:01:00Z": 3,
    }.items():
        groups = api.get(f"{TIMES}?{query}")["groups"]
        assert sum(group["takedowns"] for group in groups) == count, query
        assert api.get(f"{CURVE}?{query}")["n"] == count, query
        platforms = api.get(f"{COMPARISON}?{query}")["platforms"]
        assert sum(one["takedowns"] for one in platforms) == count, query


def test_the_same_question_has_the_same_answer_later(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 2)
    paths = [f"{path}?as_of=2026-03-02T11:00:00Z" for path in (TIMES, CURVE, COMPARISON)]
    before = [api.get(path) for path in paths]

    clock.advance(9)
    record(api, submitted(api), "seen", availability="gone")

    assert [api.get(path) for path in paths] == before


def test_a_clock_that_runs_ahead_is_answered_as_of_now(api: ApiClient) -> None:
    assert api.get(f"{TIMES}?as_of=2026-03-02T09:01:00Z")["as_of"] == "2026-03-02T09:00:00Z"


@pytest.mark.parametrize("path", [TIMES, CURVE, COMPARISON])
def test_an_inexact_question_is_refused(api: ApiClient, path: str) -> None:
    for query, fault in [
        ("as_of=2026-03-02T09:01:01Z", ("/query/as_of", "in_the_future")),
        ("as_of=2026-03-02", ("/query/as_of", "not_a_time")),
        ("from=2026-02-30", ("/query/from", "not_a_time")),
        ("to=20260302", ("/query/to", "not_a_time")),
        ("from=2026-03-03&to=2026-03-02", ("/query/to", "ends_too_early")),
        ("urgent=perhaps", ("/query/urgent", "wrong_type")),
        ("imported=only", ("/query/imported", "not_one_of")),
        ("basis=article_6", ("/query/basis", "not_one_of")),
        ("platform=fritter", ("/query/platform", "unknown_platform")),
        ("category=crime", ("/query/category", "unknown_category")),
        ("colour=red", ("/query/colour", "unknown")),
    ]:
        assert faults(api.request("GET", f"{path}?{query}")) == [fault], query


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        (f"{TIMES}?by=person", "/query/by"),
        (f"{TIMES}?clock=gone", "/query/clock"),
        (f"{CURVE}?clock=our_time", "/query/clock"),
        (f"{CURVE}?by=platform", "/query/by"),
        (f"{COMPARISON}?clock=receipt", "/query/clock"),
        (f"{COMPARISON}?by=platform", "/query/by"),
    ],
)
def test_no_answer_is_of_another_question(api: ApiClient, path: str, pointer: str) -> None:
    assert [where for where, _ in faults(api.request("GET", path))] == [pointer]


@pytest.mark.parametrize("query", ["platform=fritter", "category=crime"])
def test_an_unknown_code_is_answered_with_those_known(api: ApiClient, query: str) -> None:
    [fault] = api.request("GET", f"{TIMES}?{query}").json()["errors"]

    name = {"platform=fritter": "tiktok", "category=crime": "csam_ai"}[query]
    assert name in fault["detail"]


def test_figures_come_as_a_table_with_every_number_in_full(
    api: ApiClient, clock: ManualClock
) -> None:
    answered(api, clock, 10)

    [row] = table(api, f"{TIMES}?from=2026-03-01")
    [group] = api.get(f"{TIMES}?from=2026-03-01")["groups"]

    assert list(row)[:4] == ["key", "label", "takedowns", "items"]
    assert (row["key"], row["stands.gone"], row["definition"]) == ("tiktok", "9", "2026-2")
    assert (row["from"], row["to"]) == ("2026-03-01", "")
    by_day = group["gone"]["share_by"]["2"]
    assert float(row["gone.share_by.2.share"]) == by_day["share"]
    assert [float(row[f"gone.share_by.2.ci.{end}"]) for end in (0, 1)] == by_day["ci"]
    assert (row["receipt.share_by.168.share"], row["receipt.share_by.168.ci.0"]) == ("", "")
    assert (row["own_quality.duplicates"], row["gone.small"]) == ("", "false")


def test_a_table_has_its_columns_where_no_value_is(api: ApiClient, clock: ManualClock) -> None:
    empty = api.request("GET", TIMES, Accept="text/csv").text
    answered(api, clock, 10)

    some = api.request("GET", TIMES, Accept="text/csv").text

    [header] = csv.reader(io.StringIO(empty))
    filled = next(csv.reader(io.StringIO(some)))
    assert set(filled) - set(header) <= {name for name in filled if name.startswith("published.")}
    assert set(header) - set(filled) == set()


def test_json_is_answered_unless_a_table_is_liked_better(api: ApiClient) -> None:
    for accept, kind in {
        "*/*": "application/json",
        "text/csv;q=0.5, application/json": "application/json",
        "application/json;q=0.5, text/csv": "text/csv; charset=utf-8",
    }.items():
        answer = api.request("GET", TIMES, Accept=accept)
        assert answer.headers["content-type"] == kind, accept


def test_a_curve_is_a_step_function_with_those_at_risk(api: ApiClient, clock: ManualClock) -> None:
    references = answered(api, clock, 10)
    clock.advance(1)
    record(api, references[-1], "decided", outcome="refused")

    told = api.get(f"{CURVE}?platform=tiktok")

    assert (told["clock"], told["n"], told["takedowns"], told["small"]) == ("gone", 10, 10, False)
    assert [
        (step["hours"], step["at_risk"], step["events"], step["competing"], step["censored"])
        for step in told["steps"]
    ] == [(1, 10, 0, 1, 0), (2, 9, 9, 0, 0)]
    assert [step["share"] for step in told["steps"]] == [0, pytest.approx(0.9)]
    assert [float(row["share"]) for row in table(api, f"{CURVE}?platform=tiktok")] == [
        step["share"] for step in told["steps"]
    ]


@pytest.mark.parametrize("clock_name", CLOCKS)
def test_a_curve_can_be_drawn_of_each_clock(
    api: ApiClient, clock: ManualClock, clock_name: str
) -> None:
    answered(api, clock, 2, reported_at="2026-03-02T08:00:00Z")

    told = api.get(f"{CURVE}?clock={clock_name}")

    assert (told["clock"], told["n"], told["small"], told["steps"]) == (clock_name, 2, True, [])


def test_a_platform_is_compared_with_all_others(api: ApiClient, clock: ManualClock) -> None:
    """The one removes within two hours, the other within a week nothing."""
    for number in range(12):
        urls = [f"https://www.tiktok.com/@zz.fixture/video/73123456789012345{number:02}"]
        quick = submitted(api, urls=urls, include_identity=True)
        slow = submitted(api, urls=[f"https://www.instagram.com/p/C7aB2cD3e{number:02}/"])
        assert slow != quick
        record(api, quick, "decided", outcome="removed")
    clock.advance(200)

    slow_one, quick_one = api.get(COMPARISON)["platforms"]

    assert (slow_one["platform"], slow_one["verdict"]) == ("instagram", "slower")
    assert (quick_one["platform"], quick_one["verdict"]) == ("tiktok", "faster")
    assert (quick_one["takedowns"], quick_one["strata_left_out"]) == (12, 0)
    assert (quick_one["share_7d"], quick_one["others_7d"]) == (1, 0)
    assert quick_one["difference_7d"]["value"] == 1
    low, high = quick_one["difference_7d"]["ci"]
    assert low < 1 < high
    assert api.get(f"{COMPARISON}?platform=tiktok")["platforms"] == [quick_one]
    assert [row["verdict"] for row in table(api, COMPARISON)] == ["slower", "faster"]


def test_of_few_it_is_too_early_to_tell(api: ApiClient, clock: ManualClock) -> None:
    answered(api, clock, 9)
    clock.advance(200)

    [told] = api.get(COMPARISON)["platforms"]

    nothing = {"value": None, "ci": None}
    assert told == {
        "platform": "tiktok",
        "takedowns": 9,
        "share_24h": None,
        "share_7d": None,
        "others_24h": None,
        "others_7d": None,
        "difference_24h": nothing,
        "difference_7d": nothing,
        "verdict": "too_early",
        "strata_left_out": 1,
    }


def test_a_notice_that_was_sent_back_says_why_and_is_counted(
    api: ApiClient, clock: ManualClock
) -> None:
    first, second = submitted(api), submitted(api)
    record(api, first, "information_requested", text="Which?", returned_as="insufficient")
    [group] = api.get(f"{TIMES}?by=all")["groups"]
    quality = group["own_quality"]
    assert (quality["information_asked"], quality["duplicates"], quality["wrong_channel"]) == (
        1, None, None,
    )  # fmt: skip

    told = record(api, second, "decided", outcome="refused", returned_as="duplicate")

    assert told["data"]["returned_as"] == "duplicate"
    [group] = api.get(f"{TIMES}?by=all")["groups"]
    quality = group["own_quality"]
    assert (quality["refused"], quality["duplicates"], quality["wrong_channel"]) == (1, 1, None)
