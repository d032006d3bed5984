"""Groups of takedowns: figures computed by hand, and the trap each of them is for."""

from math import exp, log, sqrt
from typing import Any

import pytest

from tests.metrics.oracle_2026_2 import answer, comparison, curve
from tests.metrics.oracle_2026_2.comparison import holm
from tests.metrics.oracle_2026_2.stories import (
    after,
    decided,
    event,
    group,
    many,
    question,
    seen,
    takedown,
)

Z2 = 3.841458820694124
COUNTS = ("n", "takedowns", "events", "competing", "censored")


def test_giving_up_does_not_flatter() -> None:
    gone, given_up = many(10, decided(10, "removed")), many(10, event(5, "withdrawn"), mark="W")
    found = group(gone + given_up, 240)

    stands = {name: count for name, count in found["stands"].items() if count}
    assert stands == {"gone": 10, "withdrawn": 10}
    assert [found["gone"][name] for name in COUNTS] == [20, 20, 10, 10, 0]
    assert found["gone"]["share_by"]["168"]["share"] == 0.5
    # Everybody has reached an end, so the curve goes on level.
    assert found["gone"]["share_by"]["1008"]["share"] == 0.5
    assert found["receipt"]["competing"] == 10
    assert found["own_quality"]["withdrawn_after_submission"] == 10


def test_twelve_of_twelve_is_a_hundred_percent_with_an_interval() -> None:
    found = group(many(12, decided(5, "removed")), 30)["gone"]

    assert found["share_by"]["6"] == {"share": 1, "ci": [pytest.approx(12 / (12 + Z2)), 1]}
    assert found["share_by"]["2"] == {"share": 0, "ci": [0, pytest.approx(Z2 / (12 + Z2))]}
    assert (found["median_hours"], found["median_ci"], found["p90_hours"]) == (5, [5, 5], 5)


def test_intervals_count_requests() -> None:
    """10 requests of 2 alike items: variance 10/9 · 10 · 1² / 20², twice that of 20 items."""
    timelines = many(5, decided(1, "removed"), items=2)
    found = group(timelines + many(5, decided(1, "refused"), items=2, mark="R"), 240)

    spread = exp(sqrt(Z2 / 36) / (0.5 * log(2)))
    limits = [pytest.approx(0.5**spread), pytest.approx(0.5 ** (1 / spread))]
    assert found["gone"]["share_by"]["24"] == {"share": 0.5, "ci": limits}
    assert found["gone"]["median_ci"] == [1, None]
    half = sqrt(Z2) * sqrt(0.25 / 9 + Z2 / 324) / (1 + Z2 / 9)
    assert found["refused_of_decided"] == {
        "numerator": 10,
        "denominator": 20,
        "takedowns": 10,
        "share": 0.5,
        "ci": [pytest.approx(0.5 - half), pytest.approx(0.5 + half)],
        "small": False,
    }


def test_a_mixed_request_of_three_items() -> None:
    story = (
        decided(1, "removed", 1),
        decided(2, "refused", 2),
        decided(3, "labelled", 2),
        event(4, "withdrawn", 3),
    )
    found = group(many(10, *story, items=3), 48)

    assert found["stands"] == {
        "gone": 10,
        "came_back": 0,
        "refused": 0,
        "restricted": 10,
        "withdrawn": 10,
        "open": 0,
    }
    assert [found["gone"][name] for name in COUNTS] == [30, 10, 10, 20, 0]
    # The run of refusal and label began at 2; the takedown was not withdrawn with one item.
    steps = curve(many(10, *story, items=3), question(48), "gone")["steps"]
    assert [(s["hours"], s["events"], s["competing"]) for s in steps] == [
        (1, 10, 0),
        (2, 0, 10),
        (4, 0, 10),
    ]
    assert found["decision"]["competing"] == 10
    assert found["receipt"]["censored"] == 10


def test_refusing_in_an_hour_keeps_no_target() -> None:
    found = group(many(12, decided(1, "refused")), 48)

    assert (found["gone_by_target"]["numerator"], found["gone_by_target"]["denominator"]) == (0, 12)
    assert found["answered_by_target"]["share"] == 1
    assert found["gone"]["share_by"]["24"]["share"] == 0


def test_a_deadline_is_the_target_where_it_is_earlier() -> None:
    found = group(many(3, decided(5, "removed"), deadline_at=after(4)), 10)

    assert (found["gone_by_target"]["numerator"], found["gone_by_target"]["denominator"]) == (0, 3)
    assert found["gone_by_target"]["share"] is None


def test_a_broken_geo_block_is_open_and_watched_on() -> None:
    story = decided(8, "geo_restricted", scope=["BE"]), seen(9, "live", vantage="BE")
    found = group(many(10, *story), 40)

    assert found["stands"]["open"] == 10
    assert (found["gone"]["censored"], found["gone"]["follow_up_hours"]) == (10, 40)
    assert found["oldest_open_hours"] == 40


def test_a_backdated_log_has_no_handling_time() -> None:
    found = group([*many(10, logged=-3), takedown("B", logged=5)], 40)

    assert (found["handling"]["n"], found["handling"]["unknown_start"]) == (10, 1)
    assert found["handling"]["median_hours"] == 3


def test_handling_takes_a_hold_off_and_drafts_in() -> None:
    held = event(-8, "held"), event(-5, "released")
    drafts = [
        takedown("D1", logged=0, submitted=None),
        takedown("D2", event(4, "closed"), logged=0, submitted=None),
        takedown("D3", logged=0, submitted=None, court_order=True),
        takedown("D4", logged=0, submitted=None, imported=["url"]),
        takedown("D5", event(2, "held"), logged=0, submitted=None),
    ]
    found = group(many(10, *held, logged=-9, reported_at=after(-10)) + drafts, 20)

    assert (found["handling"]["median_hours"], found["handling"]["censored"]) == (7, 3)
    assert (found["handling"]["n"], found["handling"]["follow_up_hours"]) == (13, 20)
    assert found["takedowns"] == 10


def test_a_period_with_imported_history() -> None:
    ours = many(10, event(2, "receipt_confirmed", automatic=True), reported_at=after(-4))
    history = many(10, decided(3, "removed"), mark="I", imported=["url", "submitted_at"])
    found = group(ours + history, 240)

    assert (found["imported"], found["takedowns"]) == (10, 20)
    assert found["receipt_within_24h"]["share"] == 1
    assert found["receipt_within_24h"]["denominator"] == 10
    clocks = {name: found[name] for name in ("receipt", "handling", "report_to_gone", "answer")}
    assert {name: c["not_recorded"] for name, c in clocks.items()} == {
        "receipt": 10,
        "handling": 10,
        "report_to_gone": 10,
        "answer": 0,
    }
    assert {c["unknown_start"] for c in clocks.values()} == {0}
    assert found["silent_after_7d"]["numerator"] == 10
    assert group(ours + history, 240, imported="exclude")["takedowns"] == 10


def test_a_clock_ahead_hides_nothing_and_makes_no_age() -> None:
    timelines = [*many(10), takedown("L", decided(8, "removed"), submitted=7, logged=7)]
    found = answer(timelines, question(10, until=after(5)))

    assert found["clock_behind"]
    assert found["groups"][0]["gone"]["follow_up_hours"] == 5
    assert found["groups"][0]["gone"]["events"] == 1


def test_an_open_item_under_a_court_order_is_nobodys() -> None:
    ordered = [takedown("C", court_order=True, submitted=-100, logged=-101, items=2)]
    found = group(many(10, seen(-1, "gone", 2), items=2) + ordered, 10)

    assert (found["takedowns"], found["items"], found["oldest_open_hours"]) == (10, 10, 10)
    assert found["excluded"] == {"already_gone": 10, "court_ordered": 2, "no_reply_expected": 0}
    assert group(ordered, 10)["takedowns"] == 0


def test_without_a_reply_expected_nothing_is_asked_of_the_answer() -> None:
    found = group(many(10, decided(1, "removed"), reply_expected=False), 240)

    assert found["excluded"]["no_reply_expected"] == 10
    answers = ("receipt", "answer", "decision")
    assert [found[name]["n"] for name in answers] == [0, 0, 0]
    shares = ("receipt_within_24h", "answered_by_target", "silent_after_7d")
    assert [found[name]["denominator"] for name in shares] == [0, 0, 0]
    assert found["gone"]["n"] == found["gone_by_target"]["denominator"] == 10


def test_what_removals_rest_on_and_their_bounds() -> None:
    only_seen = many(6, seen(2, "live"), seen(10, "gone"))
    both = many(3, seen(6, "gone"), decided(7, "removed"), mark="B")
    said = many(2, decided(1, "removed"), mark="S")
    found = group(only_seen + both + said, 20)

    expected = {"said_and_seen": 3, "said_only": 2, "seen_only": 6}
    assert found["removal_rests_on"] == expected
    assert found["gone_bounds"] == {"earliest_median_hours": 2, "latest_median_hours": 10}
    assert found["dsa_style"]["acted"] == {"median_hours": 10, "n": 11}


def test_a_complaint_reads_on() -> None:
    asked = event(30, "complained", 1, to="platform_complaint")
    upheld = decided(20, "refused"), asked, event(40, "withdrawn"), decided(50, "removed")
    refused = decided(20, "refused"), asked, decided(60, "already_gone")
    elsewhere = decided(20, "refused"), asked, decided(60, "removed", 2)
    found = group(
        [takedown("A", *upheld), takedown("B", *refused), takedown("C", *elsewhere, items=2)], 90
    )

    assert found["complaints"] == {
        "made": 3,
        "upheld": 1,
        "refused": 1,
        "open": 1,
        "median_hours": None,
    }
    assert found["stands"]["refused"] == 2
    ten = many(10, *upheld, mark="U")
    assert group(ten, 90)["complaints"]["median_hours"] == 20


def test_returns_are_unknown_until_one_was_recorded() -> None:
    returned = takedown("B", decided(2, "other", returned_as="duplicate"), platform="discord")
    found = group([takedown("A"), returned], 10, platform="facebook")["own_quality"]

    assert (found["wrong_channel"], found["duplicates"], found["notices"]) == (None, 0, 1)


def test_groups_follow_local_days_and_small_ones_tell_counts_only() -> None:
    late = takedown("A", decided(729.5, "removed"), submitted=710.5, logged=710)
    by_month = answer([late], question(730, by="month"))["groups"]

    assert [g["key"] for g in by_month] == ["2026-04"]
    clock = by_month[0]["gone"]
    assert (clock["small"], clock["median_hours"], clock["events"]) == (True, None, 1)
    assert answer([late], question(730, to="2026-04-01"))["groups"] == []


def test_a_running_year_is_set_beside_the_same_part_of_the_last() -> None:
    """Ten days in, last year is read as of its tenth day, whenever that was written down."""
    year = 365 * 24
    recorded_late = event(100, "decided", outcome="removed", recorded=5000)
    removed_late = decided(2000, "removed")
    last = many(5, recorded_late, mark="E") + many(5, removed_late, mark="L")
    running = many(10, decided(year + 100, "removed"), submitted=year, logged=year, mark="R")
    days = {"from": "2026-03-02", "to": "2026-03-12"}

    then = group(last + running, year + 240, happened_until=after(240), **days)
    assert (then["takedowns"], then["stands"]["gone"], then["stands"]["open"]) == (10, 5, 5)
    assert (then["gone"]["follow_up_hours"], then["oldest_open_hours"]) == (240, None)
    whole = group(last + running, year + 240, **days)
    assert whole["stands"]["gone"] == 10


def test_a_mix_of_categories_makes_no_false_difference() -> None:
    def both(mark: str, csam: tuple[int, int], adult: tuple[int, int]) -> list[Any]:
        timelines = []
        for category, (number, gone) in (("csam", csam), ("ncii_adult", adult)):
            rest: Any = {"platform": mark, "category": category}
            name = f"{mark}-{category}"
            timelines += many(gone, decided(1, "removed"), mark=f"{name}-g", **rest)
            timelines += many(number - gone, mark=f"{name}-o", **rest)
        return timelines

    timelines = both("facebook", (20, 10), (10, 1)) + both("discord", (10, 5), (20, 2))
    discord, facebook = comparison(timelines, question(240), "gone")["platforms"]

    half = sqrt(Z2 * (0.0125 + 0.025 + 0.009 + 0.0045) / 4 * 60 / 59)
    assert facebook["difference_7d"] == {
        "value": 0,
        "ci": [pytest.approx(-half), pytest.approx(half)],
    }
    assert (facebook["share_7d"], facebook["others_7d"]) == (0.3, 0.3)
    assert (facebook["verdict"], discord["takedowns"]) == ("not_told_apart", 30)


def test_sides_at_nought_and_one_are_told_apart_with_an_interval() -> None:
    fast = many(10, decided(1, "removed"), mark="F")
    slow = many(10, platform="discord", mark="S") + many(1, urgent=True, platform="discord")
    [discord] = comparison(fast + slow, question(240, platform="discord"), "gone")["platforms"]

    half = sqrt(2) * (Z2 / (10 + Z2)) / 2
    assert discord["difference_24h"] == {
        "value": -1,
        "ci": [pytest.approx(-1 - half), pytest.approx(-1 + half)],
    }
    assert (discord["verdict"], discord["strata_left_out"]) == ("slower", 1)
    few = comparison(fast[:9] + slow, question(240), "gone")["platforms"][1]
    assert (few["verdict"], few["share_7d"], few["takedowns"]) == ("too_early", None, 9)


def test_holm_orders_and_never_falls() -> None:
    assert holm({"a": 0.04, "b": 0.01, "c": 0.03}) == pytest.approx(
        {"b": 0.03, "c": 0.06, "a": 0.06}
    )
