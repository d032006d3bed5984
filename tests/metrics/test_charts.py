"""The geometry of charts, in numbers small enough to check by hand."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.metrics.charts import (
    Box,
    band_path,
    columns,
    lines,
    middles,
    scale_of,
    spread,
    step_path,
    trend,
    whisker,
)
from app.metrics.curve import Curve, Point

BOX = Box(0, 100, 0, 100)


def a_curve(*steps: tuple[float, float], longest: float | None = 80) -> Curve:
    points = tuple(Point(hours, share, None, None, 10, 1, 0, 0) for hours, share in steps)
    return Curve("gone", 10, 5, 5, False, longest, points)


def test_a_curve_is_a_staircase_to_where_it_is_known() -> None:
    curve = a_curve((0, 0.0), (10, 0.2), (50, 0.5), longest=80)

    assert step_path(curve, 100, BOX) == "M0.0 100.0H10.0V80.0H50.0V50.0H80.0"
    assert step_path(curve, 40, BOX) == "M0.0 100.0H25.0V80.0H100.0"


def test_nothing_watched_draws_nothing() -> None:
    assert step_path(a_curve(longest=None), 100, BOX) == ""
    assert band_path(a_curve((0, 0.0)), 100, BOX) == ""


def test_a_band_runs_along_both_limits_and_closes() -> None:
    points = (
        Point(0, 0.0, None, None, 10, 0, 0, 0),
        Point(10, 0.2, 0.1, 0.4, 10, 2, 0, 0),
        Point(50, 0.5, 0.3, 0.7, 8, 3, 0, 0),
    )
    curve = Curve("gone", 10, 5, 5, False, 80, points)

    assert band_path(curve, 100, BOX) == (
        "M10.0 60.0L50.0 60.0L50.0 30.0L80.0 30.0L80.0 70.0L50.0 70.0L50.0 90.0L10.0 90.0Z"
    )


def test_labels_stand_at_the_ends_of_their_lines() -> None:
    one, other = lines([("a", a_curve((0, 0.0), (9, 0.9))), ("b", a_curve((0, 0.5)))], 100, BOX)

    assert (one.key, one.share, one.label_y) == ("a", 0.9, 10.0)
    assert (other.key, other.share, other.label_y) == ("b", 0.5, 50.0)


@given(st.lists(st.floats(0, 300), max_size=8))
def test_labels_never_cover_each_other(wanted: list[float]) -> None:
    placed = sorted(spread(wanted, 19, 0, bottom=300))

    assert all(later - one >= 18.8 for one, later in pairwise(placed))
    assert all(0 <= place <= 300 for place in placed)


def test_labels_keep_the_order_of_their_lines() -> None:
    assert spread([50, 52, 10], 20, 0, bottom=100) == [50, 70, 10]
    assert spread([99, 98], 20, 0, bottom=100) == [100, 80]


def test_a_scale_ends_on_a_round_number() -> None:
    assert [scale_of([most]) for most in (0.3, 1, 7, 9, 10, 11, 41, 101)] == [
        0.3, 1, 8, 10, 10, 12, 50, 120,
    ]  # fmt: skip
    assert scale_of([]) == 1


def test_an_interval_without_an_end_runs_to_the_edge() -> None:
    assert whisker(20, 10, 30, most=100, box=BOX) == (20, 10, 30, False)
    assert whisker(20, 10, None, most=100, box=BOX) == (20, 10, 100, True)
    assert whisker(20, None, 130, most=100, box=BOX) == (20, 0, 100, True)


def test_bars_stand_side_by_side_in_their_group() -> None:
    (one, other), _ = columns([(10, 5), (0, 0)], BOX)

    assert one == (6, 0, 19, 100)
    assert other == (25, 50, 19, 50)
    assert middles(2, BOX) == [25, 75]


def test_a_series_is_broken_where_a_month_has_no_value() -> None:
    dots, joined = trend([10, 5, None, 10], BOX)

    assert dots == [(12.5, 0, 10), (37.5, 50, 5), (87.5, 0, 10)]
    assert joined == [(dots[0], dots[1])]
