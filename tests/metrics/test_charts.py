"""The geometry of charts, in numbers small enough to check by hand."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.metrics.charts import (
    Box,
    band_path,
    bar,
    lines,
    mark,
    middle,
    scale_of,
    spread,
    step_path,
)
from app.metrics.incidence import Incidence, cumulative_incidence
from app.metrics.influence import Ending, Observations

BOX = Box(0, 100, 0, 100)


def a_curve(*ends: float, watched: float | None = None, still: int = 0) -> Incidence:
    """Whoever ended at these hours, and some still watched for so long."""
    told = [(hours, Ending.EVENT) for hours in ends]
    told += [(watched or 0.0, Ending.CENSORED)] * still
    return cumulative_incidence(
        Observations.of((hours, end, place) for place, (hours, end) in enumerate(told))
    )


def test_a_curve_is_a_staircase_to_where_it_is_known() -> None:
    curve = a_curve(10, 50, watched=80, still=3)

    assert step_path(curve, 100, BOX) == "M0 100H10.0V80.0H50.0V60.0H80.0"
    assert step_path(curve, 40, BOX) == "M0 100H25.0V80.0H100.0"


def test_a_curve_of_very_many_steps_is_drawn_with_as_many_as_can_be_seen() -> None:
    curve = a_curve(*(10 + hour / 1000 for hour in range(1000)), watched=80, still=1000)

    assert step_path(curve, 100, BOX) == "M0 100H10.5V75.0H11.0V50.0H80.0"


def test_a_curve_on_which_nobody_is_left_goes_on_level() -> None:
    assert step_path(a_curve(10, 50), 100, BOX) == "M0 100H10.0V50.0H50.0V0.0H100.0"


def test_nothing_watched_draws_nothing() -> None:
    assert step_path(a_curve(), 100, BOX) == ""
    assert band_path(a_curve(watched=80, still=4), 100, BOX) == ""


def test_a_band_runs_along_both_limits_and_closes() -> None:
    curve = a_curve(10, 50, watched=80, still=3)
    low, high = curve.steps.low, curve.steps.high
    assert low is not None
    assert high is not None
    (first, second), (low_first, low_second) = (
        [round(100 - 100 * float(limit), 1) for limit in side] for side in (high, low)
    )

    assert band_path(curve, 100, BOX) == (
        f"M10.0 {first}L50.0 {first}L50.0 {second}L80.0 {second}"
        f"L80.0 {low_second}L50.0 {low_second}L50.0 {low_first}L10.0 {low_first}Z"
    )


def test_labels_stand_at_the_ends_of_their_lines() -> None:
    one, other = lines(
        [("a", a_curve(*[9] * 9, watched=99, still=1)), ("b", a_curve(9, watched=99, still=1))],
        100,
        BOX,
    )

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


def test_a_difference_stands_on_its_side_of_the_middle() -> None:
    assert mark(0.2, -0.1, 0.5, most=0.5, box=BOX) == (70, 40, 100)
    assert mark(-0.4, -0.9, 0.0, most=0.5, box=BOX) == (10, 0, 50)


def test_a_bar_stands_in_its_place_with_its_interval_in_the_middle() -> None:
    found = bar(1, 2, 0.5, low=0.25, high=1.0, box=BOX)

    assert found == (60, 30, 75, 50, 75, 0)
    assert [middle(place, 2, BOX) for place in (0, 1)] == [25, 75]
