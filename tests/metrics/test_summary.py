"""What each number of a group counts, and whom it leaves out."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from app.metrics.curve import Clock, ShareBy
from app.metrics.inclusion_rules import CohortItem, CohortTakedown
from app.metrics.summary import (
    CourtOrdered,
    Excluded,
    OurTime,
    Share,
    Summary,
    curve_of,
    summary_of,
)

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AS_OF = MONDAY + timedelta(days=30)


def after(hours: float | None) -> datetime | None:
    return None if hours is None else MONDAY + timedelta(hours=hours)


def an_item(
    state: str = "waiting",
    *,
    gone: float | None = None,
    competing: float | None = None,
    decided: float | None = None,
    acted: float | None = None,
    still_up: bool = False,
) -> CohortItem:
    return CohortItem(
        1, state, after(gone), after(competing), after(decided), after(acted), still_up
    )


def a_takedown(
    *items: CohortItem,
    receipt: float | None = None,
    answer: float | None = None,
    target: float | None = None,
    ours: float | None = None,
    reply_expected: bool = True,
    court_order: bool = False,
) -> CohortTakedown:
    return CohortTakedown(
        reference="TD-7K3M9Q",
        submitted_at=MONDAY,
        receipt_at=after(receipt),
        answered_at=after(answer),
        target_at=after(target),
        our_hours=ours,
        reply_expected=reply_expected,
        court_order=court_order,
        items=items or (an_item(),),
    )


def removed(hours: float) -> CohortItem:
    return an_item("gone", gone=hours, decided=hours, acted=hours)


def refused(hours: float) -> CohortItem:
    return an_item("refused", competing=hours, decided=hours)


def group(*takedowns: CohortTakedown, silent: int = 9) -> Summary:
    """These takedowns among silent ones, so that the group is not a small one."""
    return summary_of([*takedowns, *[a_takedown()] * silent], AS_OF)


# Who counts


def test_open_items_count_in_the_time_to_gone() -> None:
    numbers = summary_of(
        [a_takedown(removed(hour)) for hour in range(1, 8)] + [a_takedown()] * 3, AS_OF
    )

    assert (numbers.gone.n, numbers.gone.events, numbers.gone.censored) == (10, 7, 3)
    assert (numbers.gone.median_hours, numbers.gone.p90_hours) == (5.0, None)
    assert numbers.gone.share_by["6"].share == 0.6
    assert numbers.gone.share_by["1008"] == ShareBy(None, None)  # nobody was watched 42 days
    assert (numbers.open, numbers.oldest_open_hours) == (3, 720.0)


def test_the_oldest_open_item_is_the_one_longest_submitted() -> None:
    ages = [a_takedown(removed(1))] + [
        a_takedown()._replace(submitted_at=MONDAY + timedelta(hours=later)) for later in (5, 90)
    ]

    assert summary_of(ages, AS_OF).oldest_open_hours == 715.0


def test_refused_and_restricted_items_no_longer_wait() -> None:
    restricted = an_item("restricted", competing=8, decided=8, acted=8)
    numbers = group(a_takedown(refused(20), restricted))

    assert (numbers.gone.n, numbers.gone.events, numbers.gone.censored) == (11, 0, 9)
    assert (numbers.open, numbers.refused) == (9, 1)


def test_withdrawn_and_already_gone_items_are_in_no_denominator() -> None:
    left = a_takedown(an_item("withdrawn"), an_item("already_gone", decided=2), receipt=1, ours=3)
    partly = a_takedown(an_item("already_gone"), removed(2), receipt=1, ours=5)
    numbers = group(left, partly)

    assert numbers.excluded == Excluded(already_gone=2, withdrawn=1, no_reply_expected=0)
    assert (numbers.takedowns, numbers.items) == (10, 10)
    assert (numbers.gone.n, numbers.decision.n, numbers.receipt.n) == (10, 10, 10)
    assert numbers.our_time == OurTime(5.0, 1)


def test_who_cannot_answer_is_not_called_silent() -> None:
    numbers = group(a_takedown(removed(2), removed(3), reply_expected=False))

    assert numbers.excluded.no_reply_expected == 1
    assert (numbers.takedowns, numbers.gone.n) == (10, 11)
    assert (numbers.receipt.n, numbers.answer.n, numbers.decision.n) == (9, 9, 9)
    assert (numbers.receipt_within_24h.denominator, numbers.silent_after_7d.denominator) == (9, 9)


def test_what_a_court_ordered_is_not_credited_to_a_notice() -> None:
    ordered = a_takedown(removed(2), an_item(), receipt=1, answer=2, target=24, court_order=True)
    numbers = group(ordered)

    assert numbers.court_ordered == CourtOrdered(items=2, gone=1)
    assert (numbers.items, numbers.open) == (11, 10)
    assert (numbers.gone.n, numbers.gone.events) == (9, 0)
    assert (numbers.target_kept.denominator, numbers.dsa_style_median_hours) == (0, None)
    assert (numbers.receipt.events, numbers.answer.events, numbers.decision.events) == (1, 1, 1)


def test_an_item_that_came_back_keeps_no_event_and_is_counted_beside() -> None:
    numbers = group(a_takedown(an_item("came_back")))

    assert (numbers.came_back, numbers.gone.events, numbers.open) == (1, 0, 10)


def test_an_item_claimed_removed_and_still_up_is_open() -> None:
    numbers = group(a_takedown(an_item(decided=5, acted=5, still_up=True)))

    assert (numbers.claimed_removed_still_up, numbers.open) == (1, 10)


# Which unit


def test_each_clock_stops_at_its_own_moment() -> None:
    one = a_takedown(an_item("gone", gone=4, decided=3), receipt=1, answer=2)
    numbers = summary_of([one] * 10, AS_OF)

    clocks = (numbers.receipt, numbers.answer, numbers.decision, numbers.gone)
    assert [clock.median_hours for clock in clocks] == [1.0, 2.0, 3.0, 4.0]


def test_items_are_counted_for_gone_and_takedowns_for_receipts() -> None:
    numbers = group(a_takedown(removed(2), removed(4), refused(6), receipt=1, answer=2))

    assert (numbers.takedowns, numbers.items) == (10, 12)
    assert (numbers.gone.n, numbers.gone.events, numbers.decision.events) == (12, 2, 3)
    assert (numbers.receipt.n, numbers.receipt.events, numbers.answer.events) == (10, 1, 1)


def test_the_dsa_style_median_takes_the_first_action_and_only_who_acted() -> None:
    twice = a_takedown(removed(24), removed(168))
    once = a_takedown(an_item("restricted", competing=2, decided=2, acted=2))
    numbers = group(twice, once, a_takedown(refused(1)), silent=20)

    assert numbers.dsa_style_median_hours == 13.0
    assert numbers.gone.median_hours is None


def test_our_time_is_the_usual_median() -> None:
    numbers = group(*[a_takedown(ours=hours) for hours in (1.0, 2.0, 4.0, 30.0)])

    assert numbers.our_time == OurTime(3.0, 4)


# Shares


@pytest.mark.parametrize(
    ("receipt", "age", "counted"),
    [
        (0.1, 24, (1, 1)),
        (24, 24, (1, 1)),  # on the stroke
        (25, 48, (0, 1)),
        (None, 48, (0, 1)),
        (1, 23, (0, 0)),  # a young one is not asked, even if it has its receipt
    ],
)
def test_receipts_are_asked_of_takedowns_a_day_old(
    receipt: float | None, age: float, counted: tuple[int, int]
) -> None:
    share = summary_of(
        [a_takedown(receipt=receipt)], MONDAY + timedelta(hours=age)
    ).receipt_within_24h

    assert (share.numerator, share.denominator) == counted


@pytest.mark.parametrize(
    ("item", "age", "counted"),
    [
        (removed(6), 6, (1, 1)),
        (refused(5), 6, (1, 1)),  # a refusal is a decision too
        (an_item("gone", gone=5), 6, (1, 1)),  # seen gone, not a word from the platform
        (removed(7), 8, (0, 1)),
        (an_item(), 6, (0, 1)),
        (removed(1), 5, (0, 0)),
    ],
)
def test_a_target_is_kept_by_a_decision_or_removal_up_to_its_moment(
    item: CohortItem, age: float, counted: tuple[int, int]
) -> None:
    share = summary_of([a_takedown(item, target=6)], MONDAY + timedelta(hours=age)).target_kept

    assert (share.numerator, share.denominator) == counted


@pytest.mark.parametrize(
    ("answer", "age_days", "counted"),
    [(None, 7, (1, 1)), (None, 6.9, (0, 0)), (3, 7, (0, 1)), (200, 9, (0, 1))],
)
def test_silence_is_no_answer_at_all_after_a_week(
    answer: float | None, age_days: float, counted: tuple[int, int]
) -> None:
    share = summary_of(
        [a_takedown(answer=answer)], MONDAY + timedelta(days=age_days)
    ).silent_after_7d

    assert (share.numerator, share.denominator) == counted


def test_a_share_of_nothing_is_not_zero() -> None:
    assert group().target_kept == Share(0, 0, None)
    assert group(silent=10).silent_after_7d == Share(10, 10, 1.0)


# Small groups, and the answer as a whole


def test_a_small_group_shows_counts_and_no_percentages() -> None:
    """Nine takedowns of two items each are nine, not eighteen."""
    some = [a_takedown(removed(h), removed(h), receipt=1, answer=2, ours=3) for h in range(9)]
    numbers = summary_of([takedown._replace(target_at=after(10)) for takedown in some], AS_OF)

    nothing = dict.fromkeys(("1", "6", "24", "48", "72", "168", "1008"), ShareBy(None, None))
    assert numbers.small is True
    assert numbers.gone == Clock(18, 18, 0, None, None, None, nothing)
    assert numbers.receipt == Clock(9, 9, 0, None, None, None, nothing)
    assert numbers.our_time == OurTime(None, 9)
    assert numbers.dsa_style_median_hours is None
    assert numbers.receipt_within_24h == Share(9, 9, None)
    assert numbers.target_kept == Share(18, 18, None)
    assert numbers.silent_after_7d == Share(0, 9, None)


def test_ten_submitted_are_not_small() -> None:
    numbers = summary_of([a_takedown(removed(2))] * 10, AS_OF)

    assert (numbers.small, numbers.gone.median_hours) == (False, 2.0)


def test_a_drawn_clock_is_of_the_same_cohort() -> None:
    one = a_takedown(removed(2), an_item("withdrawn"))

    small, large = (curve_of("gone", [one] * n, AS_OF) for n in (9, 10))

    assert [(curve.small, curve.n, curve.events) for curve in (small, large)] == [
        (True, 9, 9),
        (False, 10, 10),
    ]


def test_a_group_without_takedowns_says_nothing() -> None:
    numbers = summary_of([a_takedown(an_item("withdrawn"))], AS_OF)

    assert (numbers.takedowns, numbers.items, numbers.oldest_open_hours) == (0, 0, None)
    assert numbers.gone.share_by["24"] == ShareBy(None, None)


def test_the_answer_is_plain_json() -> None:
    numbers = summary_of([a_takedown(removed(h)) for h in range(1, 21)], AS_OF)

    answer = json.loads(json.dumps(asdict(numbers)))
    assert answer["gone"]["median_ci"] == [6.0, 16.0]
    assert answer["gone"]["share_by"]["6"] == {
        "share": 0.3,
        "ci": [pytest.approx(0.1225, abs=1e-4), pytest.approx(0.5014, abs=1e-4)],
    }
    assert answer["target_kept"] == {"numerator": 0, "denominator": 0, "share": None}
