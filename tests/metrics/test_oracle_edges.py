"""Moments at which one rule ends and the next begins."""

from math import exp, log, sqrt

import pytest

from tests.metrics.oracle_2026_2 import Timeline, comparison, curve
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


def test_a_look_at_the_moment_of_submission_is_no_statement_of_removal() -> None:
    found = group([takedown("A", seen(0, "gone"), seen(3, "live"))], 10)

    assert (found["stands"]["came_back"], found["stands"]["open"]) == (0, 1)


def test_alike_halves_of_requests_do_not_narrow_an_interval_below_that_of_items() -> None:
    """Each request has one item gone and one not: no variance between them, p(1 - p)/n by item."""
    found = group(many(10, decided(1, "removed", 1), items=2), 240)["gone"]

    spread = exp(sqrt(Z2 * 0.25 / 20) / (0.5 * log(2)))
    limits = [pytest.approx(0.5**spread), pytest.approx(0.5 ** (1 / spread))]
    assert found["share_by"]["24"] == {"share": 0.5, "ci": limits}


def test_at_nought_the_interval_rests_on_those_still_watched() -> None:
    young = many(10, submitted=200, logged=199, mark="Y")
    found = group(many(12) + young, 240)["gone"]

    assert found["share_by"]["72"] == {"share": 0, "ci": [0, pytest.approx(Z2 / (12 + Z2))]}
    assert found["share_by"]["1008"] is None


def test_a_step_counts_who_was_censored_from_it_until_the_next() -> None:
    gone = many(8, decided(24, "removed")) + many(1, decided(48, "removed"), mark="L")
    young = [takedown(f"Y{hours}", submitted=100 - hours, logged=0) for hours in (23, 24, 47, 48)]
    steps = curve(gone + young, question(100), "gone")["steps"]

    names = ("hours", "at_risk", "events", "censored")
    assert [tuple(s[n] for n in names) for s in steps] == [(24, 12, 8, 2), (48, 2, 1, 1)]


def test_came_back_is_watched_until_the_withdrawal() -> None:
    story = seen(3, "gone"), seen(4, "live"), event(9, "withdrawn")
    found = group(many(10, *story, reported_at=after(-1)), 40)

    assert (found["gone"]["censored"], found["gone"]["follow_up_hours"]) == (10, 9)
    assert found["report_to_gone"]["follow_up_hours"] == 10


def test_a_report_after_what_ended_the_wait_is_an_unknown_start() -> None:
    reported = {"reported_at": after(20)}
    timelines = [
        takedown("A", decided(5, "removed"), **reported),
        takedown("B", decided(25, "removed"), **reported),
        takedown("C", event(5, "withdrawn"), **reported),
        takedown("D", seen(3, "gone"), seen(4, "live"), event(9, "withdrawn"), **reported),
        takedown("E"),
    ]

    found = group(timelines, 40)["report_to_gone"]
    assert (found["n"], found["unknown_start"], found["not_recorded"]) == (1, 4, 0)


def test_held_twice_is_held_once() -> None:
    story = event(-8, "held"), event(-6, "held"), event(-5, "released")

    assert group(many(10, *story, logged=-10), 5)["handling"]["median_hours"] == 7


def test_a_target_counts_from_its_moment_on() -> None:
    timelines = [takedown("A", decided(24, "removed")), takedown("B", decided(24.5, "refused"))]

    early, late = group(timelines, 23.9), group(timelines, 24)
    assert early["gone_by_target"]["denominator"] == 0
    assert (late["gone_by_target"]["numerator"], late["gone_by_target"]["denominator"]) == (1, 2)
    answered = group(timelines, 48)["answered_by_target"]
    assert (answered["numerator"], answered["denominator"]) == (1, 2)


def test_a_receipt_counts_within_a_day_and_takedowns_of_a_day() -> None:
    def received(at: float, mark: str) -> list[Timeline]:
        return [takedown(mark, event(at, "receipt_confirmed", automatic=True))]

    timelines = received(24, "A") + received(24.1, "B")
    found = group(timelines, 30)["receipt_within_24h"]
    assert (found["numerator"], found["denominator"]) == (1, 2)
    assert group(timelines, 23)["receipt_within_24h"]["denominator"] == 0


def test_acted_is_no_refusal_and_decided_is() -> None:
    story = decided(1, "other"), decided(2, "refused"), decided(5, "labelled")
    found = group(many(10, *story) + many(1, decided(1, "refused"), mark="R"), 48)["dsa_style"]

    assert found == {
        "acted": {"median_hours": 5, "n": 10},
        "decided": {"median_hours": 1, "n": 11},
    }


def test_silent_is_who_never_answered_and_a_withdrawal_ends_the_listening() -> None:
    timelines = [
        takedown("A", event(2, "receipt_confirmed", automatic=True)),
        takedown("B", event(2, "receipt_confirmed", automatic=False)),
        takedown("C", event(2, "information_requested")),
        takedown("D", event(2, "withdrawn"), decided(3, "removed")),
        takedown("E", submitted=100, logged=99),
    ]
    found = group(timelines, 200)

    assert found["silent_after_7d"]["numerator"] == 2
    assert found["silent_after_7d"]["denominator"] == 4
    assert found["own_quality"]["information_asked"] == 1


def test_a_platform_is_too_young_while_its_own_share_by_a_week_is_unknown() -> None:
    """One category has come to an end within hours, the other is watched for 20 hours only."""
    gone = many(10, decided(1, "removed"), mark="G")
    young = many(10, category="ncii_adult", submitted=220, logged=219, mark="Y")
    others = many(10, decided(2, "removed"), platform="discord", mark="O")

    rows = comparison(gone + young + others, question(240), "gone")["platforms"]
    assert [(r["platform"], r["verdict"]) for r in rows] == [
        ("discord", "not_told_apart"),
        ("facebook", "too_early"),
    ]


def test_what_nobody_answers_is_left_out_of_a_comparison_of_decisions() -> None:
    heard = many(10, decided(1, "refused"), mark="H")
    unheard = many(5, reply_expected=False, mark="U")
    others = many(10, platform="discord", mark="O")

    rows = comparison(heard + unheard + others, question(240), "decision")["platforms"]
    assert [(r["takedowns"], r["verdict"], r["share_7d"]) for r in rows] == [
        (10, "slower", 0),
        (10, "faster", 1),
    ]
