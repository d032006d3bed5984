"""Intervals of shares are as wide as the requests behind them allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.metrics.intervals import (
    Interval,
    Z,
    share_interval,
    wilson,
    wilson_width_at_an_end,
)


def rounded(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(limit, 4) for limit in interval]


def of(*takedowns: tuple[int, int]) -> Interval | None:
    """Interval from (counted, all) items of each takedown."""
    counted = np.array([one for one, _ in takedowns], np.int64)
    return share_interval(counted, np.array([all_ for _, all_ in takedowns], np.int64))


@pytest.mark.parametrize(
    ("numerator", "n", "low", "high"),
    [  # Newcombe 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_wilsons_interval_is_that_of_the_books(
    numerator: int, n: int, low: float, high: float
) -> None:
    assert rounded(wilson(numerator / n, n)) == [low, high]


@given(st.integers(1, 500))
def test_at_an_end_its_width_has_a_short_form(n: int) -> None:
    none, everyone = wilson(0, n), wilson(1, n)

    assert (none.low, everyone.high) == (0, 1)
    assert none.high == pytest.approx(wilson_width_at_an_end(float(n)), abs=1e-12)
    assert everyone.low == pytest.approx(1 - wilson_width_at_an_end(float(n)), abs=1e-12)


def test_alike_items_of_a_request_count_as_one() -> None:
    """Of 20 requests 8 were refused whole: each of four items, or each of one."""
    fourfold = of(*[(4, 4)] * 8, *[(0, 4)] * 12)

    assert fourfold == of(*[(1, 1)] * 8, *[(0, 1)] * 12)
    assert rounded(fourfold) == rounded(wilson(0.4, 19))  # 20 / (20 / 19)


def test_items_that_balance_within_requests_are_never_surer_than_apart() -> None:
    assert of(*[(1, 2)] * 12) == wilson(0.5, 24)


def test_requests_of_unlike_sizes_by_hand() -> None:
    """p = 6/10; y - pm = 3 - 2.4, 3 - 1.8, 0 - 1.8: V = 3/2 (0.36 + 1.44 + 3.24) / 100."""
    variance = 3 / 2 * (0.6**2 + 1.2**2 + 1.8**2) / 100

    effect = variance / (0.6 * 0.4 / 10)
    assert of((3, 4), (3, 3), (0, 3)) == pytest.approx(wilson(0.6, 10 / effect))


def test_at_none_and_at_all_the_requests_are_counted() -> None:
    assert of(*[(0, 3)] * 12) == wilson(0, 12)
    assert of(*[(3, 3)] * 12) == wilson(1, 12)


def test_a_request_without_such_items_is_not_counted() -> None:
    assert of((0, 3), (0, 0), (0, 2)) == wilson(0, 2)


@pytest.mark.parametrize("takedowns", [[], [(0, 0)], [(1, 3)], [(3, 3)]])
def test_nothing_and_a_single_request_have_no_interval(takedowns: list[tuple[int, int]]) -> None:
    assert of(*takedowns) is None


@pytest.mark.parametrize("repetitions", [1000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_it_holds_the_truth_as_often_as_it_says(repetitions: int) -> None:
    """Of 25 requests of 4 items, drawn alike within; by item it would be 68 %."""
    rng = np.random.default_rng(7)
    held = apart = 0
    for _ in range(repetitions):
        truth = rng.uniform(0.2, 0.8)
        counted = np.where(rng.random(25) < truth, 4, 0)
        interval = share_interval(counted, np.full(25, 4))
        assert interval is not None
        held += interval.low <= truth <= interval.high
        share = counted.sum() / 100
        apart += abs(share - truth) <= Z * np.sqrt(share * (1 - share) / 100)

    assert held / repetitions == pytest.approx(0.95, abs=0.02)
    assert apart / repetitions == pytest.approx(0.68, abs=0.05)
