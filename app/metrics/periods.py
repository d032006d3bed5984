"""Spans of local calendar days people ask figures of, and what they compare them with.

Pure: `today` is an argument. Days on a page include the last one; `Period.to_day` does not.
"""

from datetime import date, timedelta
from typing import Literal, NamedTuple

PeriodName = Literal["this_quarter", "last_quarter", "this_year", "last_year", "last_12_months"]
Comparison = Literal["none", "previous", "year_before"]
DAY = timedelta(days=1)


class Period(NamedTuple):
    """Days from `from_day` on and before `to_day`; None has no end on that side."""

    from_day: date | None
    to_day: date | None

    @property
    def until(self) -> date | None:
        """The last day, as people write it."""
        return self.to_day and self.to_day - DAY


def preset(name: PeriodName, today: date) -> Period:
    """Return the days a name stands for."""
    quarter = quarter_of(today)
    match name:
        case "this_quarter":
            return Period(quarter, months_on(quarter, 3))
        case "last_quarter":
            return Period(months_on(quarter, -3), quarter)
        case "this_year":
            return Period(date(today.year, 1, 1), date(today.year + 1, 1, 1))
        case "last_year":
            return Period(date(today.year - 1, 1, 1), date(today.year, 1, 1))
        case "last_12_months":
            return Period(months_on(today, -12) + DAY, today + DAY)


def compared(period: Period, how: Comparison) -> Period | None:
    """Return the days to compare with; None where there is nothing to compare."""
    if period.from_day is None or period.to_day is None:
        return None
    match how:
        case "none":
            return None
        case "previous":
            return _before(period.from_day, period.to_day)
        case "year_before":
            return Period(months_on(period.from_day, -12), months_on(period.to_day, -12))


def months_on(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + (day.day - 1) * DAY, after - DAY)


def month_of(key: str) -> Period:
    """Return the days of a month written as YYYY-MM."""
    first = date.fromisoformat(f"{key}-01")
    return Period(first, months_on(first, 1))


def months_between(first: str, last: str) -> list[str]:
    """Return every month from one to another, both written as YYYY-MM; none for none."""
    months = [first] if first else []
    while months and months[-1] < last:
        months.append(f"{months_on(date.fromisoformat(f'{months[-1]}-01'), 1):%Y-%m}")
    return months


def quarter_of(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarters_within(period: Period) -> list[Period]:
    """Return the quarters of a period, the first and last cut to it; none where it has no end."""
    found: list[Period] = []
    if period.from_day is None or period.to_day is None:
        return found
    first = quarter_of(period.from_day)
    while first < period.to_day:
        following = months_on(first, 3)
        found.append(narrowed(Period(first, following), period))
        first = following
    return found


def narrowed(period: Period, within: Period) -> Period:
    """Return the days of a period that lie within another one."""
    starts = [day for day in (period.from_day, within.from_day) if day is not None]
    ends = [day for day in (period.to_day, within.to_day) if day is not None]
    return Period(max(starts, default=None), min(ends, default=None))


def month_within(key: str, period: Period) -> Period:
    """Return the days of a month, written as YYYY-MM, that lie within a period."""
    return narrowed(month_of(key), period)


def _before(from_day: date, to_day: date) -> Period:
    """As many whole months before, where it is whole months; else as many days."""
    months = (to_day.year - from_day.year) * 12 + to_day.month - from_day.month
    if months > 0 and months_on(from_day, months) == to_day:
        return Period(months_on(from_day, -months), from_day)
    return Period(from_day - (to_day - from_day), from_day)
