"""Quarters, years and what they are compared with, as days of the calendar."""

from datetime import date

import pytest

from app.metrics.periods import (
    Period,
    compared,
    month_of,
    months_between,
    months_on,
    narrowed,
    preset,
)

TODAY = date(2026, 11, 3)
EVER = Period(None, None)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("this_quarter", "2026-10-01", "2026-12-31"),
        ("last_quarter", "2026-07-01", "2026-09-30"),
        ("this_year", "2026-01-01", "2026-12-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
        ("last_12_months", "2025-11-04", "2026-11-03"),
    ],
)
def test_a_name_stands_for_days(name: str, first: str, last: str) -> None:
    period = preset(name, TODAY)  # type: ignore[arg-type]

    assert (str(period.from_day), str(period.until)) == (first, last)


def test_the_quarter_before_the_first_is_last_years() -> None:
    assert preset("last_quarter", date(2026, 2, 1)) == Period(date(2025, 10, 1), date(2026, 1, 1))


def test_a_period_is_compared_with_the_one_before_or_a_year_before() -> None:
    quarter = preset("this_quarter", TODAY)
    ten_days = Period(date(2026, 3, 2), date(2026, 3, 12))

    assert compared(quarter, "previous") == preset("last_quarter", TODAY)
    assert compared(quarter, "year_before") == Period(date(2025, 10, 1), date(2026, 1, 1))
    assert compared(ten_days, "previous") == Period(date(2026, 2, 20), date(2026, 3, 2))
    assert compared(quarter, "none") is None


def test_days_without_an_end_have_nothing_before_them() -> None:
    assert compared(EVER, "previous") is None
    assert compared(EVER, "year_before") is None


def test_a_short_month_ends_on_its_last_day() -> None:
    assert months_on(date(2024, 2, 29), -12) == date(2023, 2, 28)
    assert months_on(date(2026, 8, 31), -6) == date(2026, 2, 28)
    assert months_on(date(2026, 12, 31), 0) == date(2026, 12, 31)


def test_a_month_is_cut_by_the_period_it_lies_in() -> None:
    within = Period(date(2026, 3, 10), None)

    assert narrowed(month_of("2026-03"), within) == Period(date(2026, 3, 10), date(2026, 4, 1))
    assert narrowed(month_of("2025-12"), EVER) == Period(date(2025, 12, 1), date(2026, 1, 1))


def test_no_month_between_two_is_left_out() -> None:
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months_between("2026-02", "2026-02") == ["2026-02"]
    assert months_between("", "") == []
