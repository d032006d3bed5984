from math import sqrt

import pytest

from app.metrics.comparison import differ_clearly, interval_of
from app.metrics.summary import Share


@pytest.mark.parametrize(("numerator", "denominator"), [(81, 263), (15, 148), (1, 10), (9, 10)])
def test_the_limits_of_a_share_are_those_a_score_test_just_accepts(
    numerator: int, denominator: int
) -> None:
    share = numerator / denominator
    limits = interval_of(Share(numerator, denominator, share))

    assert limits is not None
    for limit in limits:
        error = sqrt(limit * (1 - limit) / denominator)
        assert abs(share - limit) / error == pytest.approx(1.959964, abs=1e-6)


def test_none_and_all_have_an_interval_too() -> None:
    assert interval_of(Share(0, 20, 0.0)) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert interval_of(Share(20, 20, 1.0)) == pytest.approx((0.8389, 1.0), abs=5e-5)


def test_what_shows_no_share_has_no_interval() -> None:
    assert interval_of(Share(3, 5, None)) is None
    assert interval_of(Share(0, 0, None)) is None


def test_only_intervals_that_lie_apart_differ_clearly() -> None:
    assert differ_clearly((1, 4), (5, 9))
    assert differ_clearly((5, None), (1, 4))
    assert not differ_clearly((1, 5), (5, 9))
    assert not differ_clearly((1, None), (5, 9))
    assert not differ_clearly((None, 6), (5, 9))
    assert not differ_clearly(None, (5, 9))
