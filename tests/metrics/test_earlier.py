"""An earlier period beside one: as much of it, at the same age."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.metrics.earlier import difference, same_part
from app.metrics.intervals import wilson
from app.metrics.periods import Period, compared, preset
from app.metrics.questions import AsOf, Viewpoint, moment_of
from tests.metrics.cohorts import Told, cohort_of

BRUSSELS = ZoneInfo("Europe/Brussels")
NOVEMBER = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
VIEW = Viewpoint(BRUSSELS, AsOf(NOVEMBER, NOVEMBER))
THIS_YEAR = preset("this_year", VIEW.today)
LAST_YEAR = preset("last_year", VIEW.today)


def test_a_running_year_stands_beside_the_same_part_of_the_last() -> None:
    part = same_part(THIS_YEAR, LAST_YEAR, VIEW)

    assert part
    assert part.happened_by == datetime(2025, 11, 30, 12, 0, tzinfo=UTC)
    assert moment_of(part.end) == part.happened_by
    assert (part.last_day(VIEW), part.age_days) == (date(2025, 11, 30), 333)


def test_two_that_are_over_stand_beside_each_other_at_one_age() -> None:
    quarter = preset("last_quarter", VIEW.today)
    before = compared(quarter, "previous")
    assert before

    part = same_part(quarter, before, VIEW)

    assert part
    assert part.last_day(VIEW) == date(2026, 6, 30)  # a day shorter, for it has no more
    age = NOVEMBER - datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    assert part.happened_by == datetime(2026, 3, 31, 22, 0, tzinfo=UTC) + age


def test_what_was_submitted_after_the_part_is_left_out() -> None:
    march = Period(date(2026, 3, 2), date(2026, 4, 1))
    view = Viewpoint(BRUSSELS, AsOf(*[datetime(2026, 4, 11, 22, 0, tzinfo=UTC)] * 2))
    part = same_part(Period(date(2026, 4, 2), date(2026, 5, 2)), march, view)

    assert part
    cohort = cohort_of([Told(since=0), Told(since=24 * 9.5), Told(since=24 * 10.5)])
    assert part.of(cohort).takedowns.id.tolist() == [1, 2]


@pytest.mark.parametrize(
    "earlier",
    [
        THIS_YEAR,
        Period(date(2026, 2, 1), date(2026, 3, 1)),
        Period(None, date(2025, 1, 1)),
    ],
)
def test_only_what_began_earlier_can_be_set_beside(earlier: Period) -> None:
    assert same_part(THIS_YEAR, earlier, VIEW) is None


def test_of_days_to_come_nothing_is_set_beside() -> None:
    next_year = Period(date(2027, 1, 1), date(2028, 1, 1))

    assert same_part(next_year, THIS_YEAR, VIEW) is None
    assert same_part(Period(None, None), LAST_YEAR, VIEW) is None


def test_the_interval_of_a_difference_is_newcombes() -> None:
    """Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10: 56/70 less 48/80."""
    one, other = 56 / 70, 48 / 80

    found = difference((one, wilson(one, 70)), (other, wilson(other, 80)))

    assert found.value == pytest.approx(0.2)
    assert found.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.is_clear


def test_none_and_all_differ_with_an_interval_too() -> None:
    found = difference((1.0, wilson(1.0, 10)), (0.0, wilson(0.0, 10)))

    assert found.interval == pytest.approx((0.6075, 1.0), abs=5e-5)
    assert not difference((0.0, wilson(0.0, 10)), (0.0, wilson(0.0, 20))).is_clear
