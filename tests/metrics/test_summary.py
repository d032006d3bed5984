"""At which moment a number begins to count what it counts, and of how few it says nothing."""

import pytest

from app.metrics.clocks import HOUR
from app.metrics.counting import group_of
from app.metrics.numbers import Share, Summary
from app.metrics.questions import micros_of
from app.metrics.summary import summary_of
from app.schemas.vocabularies import Contested, Standing
from tests.metrics.cohorts import MONDAY, Line, Told, cohort_of, gone

START = micros_of(MONDAY)


def after(hours: float) -> int:
    return START + int(hours * HOUR)


def summary(*told: Told, age: float = 1000) -> Summary:
    """The numbers of these, so many hours after they were submitted."""
    return summary_of(group_of(cohort_of(told), after(age)))


def counted(share: Share) -> tuple[int, int]:
    return share.numerator, share.denominator


@pytest.mark.parametrize(
    ("receipt", "age", "expected"),
    [
        (0.1, 24, (1, 1)),
        (24, 24, (1, 1)),  # on the stroke
        (25, 48, (0, 1)),
        (None, 48, (0, 1)),
        (1, 23, (0, 0)),  # a young one is not asked, even if it has its receipt
    ],
)
def test_receipts_are_asked_of_takedowns_a_day_old(
    receipt: float | None, age: float, expected: tuple[int, int]
) -> None:
    columns = {} if receipt is None else {"receipt_at": after(receipt)}

    assert counted(summary(Told(columns=columns), age=age).receipt_within_24h) == expected


@pytest.mark.parametrize(
    ("line", "age", "is_gone", "is_answered"),
    [
        (Line(Standing.GONE, 6), 6, (1, 1), (1, 1)),
        (Line(Standing.REFUSED, 5), 6, (0, 1), (1, 1)),  # answered, not gone
        (Line(Standing.OPEN, decided=5), 6, (0, 1), (1, 1)),  # a broken claim, too
        (Line(Standing.GONE, 7), 8, (0, 1), (0, 1)),
        (Line(Standing.GONE, 7, decided=6), 8, (0, 1), (1, 1)),
        (Line(), 6, (0, 1), (0, 1)),
        (Line(Standing.WITHDRAWN, 3), 6, (0, 1), (0, 1)),  # giving up keeps no target
        (Line(Standing.GONE, 1), 5, (0, 0), (0, 0)),
    ],
)
def test_a_target_is_asked_from_its_moment_on(
    line: Line, age: float, is_gone: tuple[int, int], is_answered: tuple[int, int]
) -> None:
    numbers = summary(Told((line,), columns={"target_at": after(6)}), age=age)

    assert counted(numbers.gone_by_target) == is_gone
    assert counted(numbers.answered_by_target) == is_answered


@pytest.mark.parametrize(
    ("answer", "age_days", "expected"),
    [(None, 7, (1, 1)), (None, 6.9, (0, 0)), (3, 7, (0, 1)), (200, 9, (0, 1))],
)
def test_silence_is_no_answer_at_all_after_a_week(
    answer: float | None, age_days: float, expected: tuple[int, int]
) -> None:
    columns = {} if answer is None else {"answered_at": after(answer)}

    assert counted(summary(Told(columns=columns), age=24 * age_days).silent_after_7d) == expected


def test_who_cannot_answer_is_not_called_silent() -> None:
    dumb = Told((Line(), Line()), columns={"reply_expected": False})
    numbers = summary(dumb, *[Told()] * 9)

    assert numbers.excluded.no_reply_expected == 1
    assert (numbers.takedowns, numbers.gone.n) == (10, 11)
    assert (numbers.receipt.n, numbers.answer.n, numbers.decision.n) == (9, 9, 9)
    assert (numbers.receipt_within_24h.denominator, numbers.silent_after_7d.denominator) == (9, 9)
    assert (numbers.gone_by_target.denominator, numbers.answered_by_target.denominator) == (11, 9)


def test_each_clock_stops_at_its_own_moment() -> None:
    moments = {"receipt_at": after(1), "answered_at": after(2), "handling_from": after(-6)}
    one = Told((Line(Standing.GONE, 4, decided=3),), columns=moments | {"reported_at": after(-6)})
    numbers = summary(*[one] * 10)

    clocks = (numbers.receipt, numbers.answer, numbers.decision, numbers.gone)
    assert [clock.median_hours for clock in clocks] == [1.0, 2.0, 3.0, 4.0]
    assert (numbers.handling.median_hours, numbers.report_to_gone.median_hours) == (6.0, 10.0)


def test_a_removal_first_seen_may_have_come_right_after_the_look_before() -> None:
    seen = [Told((Line(Standing.GONE, 9, gone_after=4),)) for _ in range(10)]

    bounds = summary(*seen).gone_bounds

    assert (bounds.earliest_median_hours, bounds.latest_median_hours) == (4, 9)


@pytest.mark.parametrize(("count", "small"), [(9, True), (10, False)])
def test_of_fewer_than_ten_requests_only_counts_are_told(count: int, small: bool) -> None:
    """Nine requests of two items each are nine, not eighteen."""
    lines = (Line(Standing.GONE, 2, decided=2), Line(decided=3))
    one = Told(lines, columns={"answered_at": after(2)}, complaint=(Contested.OPEN, 0))
    numbers = summary(*[one] * count)

    shares = (numbers.gone_by_target, numbers.refused_of_decided, numbers.silent_after_7d)
    assert [(share.small, share.share is None, share.ci is None) for share in shares] == (
        [(small, small, small)] * 3
    )
    clocks = (numbers.gone, numbers.answer, numbers.decision)
    assert [(clock.small, clock.median_hours is None) for clock in clocks] == [(small, small)] * 3
    assert (numbers.gone.n, numbers.gone.takedowns) == (2 * count, count)
    assert (numbers.gone.share_by["24"] is None, numbers.gone.follow_up_hours is None) == (
        small,
        small,
    )
    assert (numbers.oldest_open_hours is None) == small
    assert (numbers.dsa_style.decided.median_hours is None) == small
    assert (numbers.gone_bounds.latest_median_hours is None) == small


def test_a_number_of_few_says_nothing_where_others_of_the_group_do() -> None:
    refused = Told((Line(Standing.REFUSED, 5),))
    numbers = summary(*[refused] * 4, *[Told()] * 20)

    assert numbers.gone.small is False
    assert numbers.refused_of_decided == Share(4, 4, 4, None, None, small=True)


def test_a_share_of_nothing_is_not_zero() -> None:
    numbers = summary(*[Told()] * 10, age=2)

    assert numbers.silent_after_7d == Share(0, 0, 0, None, None, small=True)


def test_a_group_without_takedowns_says_nothing() -> None:
    numbers = summary()

    assert (numbers.takedowns, numbers.items, numbers.oldest_open_hours) == (0, 0, None)
    assert (numbers.gone.small, numbers.gone.share_by["24"]) == (True, None)


def test_open_items_count_in_the_time_to_gone() -> None:
    numbers = summary(*[gone(hours) for hours in range(1, 8)], *[Told()] * 3)

    assert (numbers.gone.n, numbers.gone.events, numbers.gone.censored) == (10, 7, 3)
    assert (numbers.gone.median_hours, numbers.gone.p90_hours) == (5.0, None)
    assert numbers.gone.share_by["1008"] is None  # nobody was watched 42 days
