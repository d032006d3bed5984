"""Spans of days that reports are begun for: a year, a half-year, a quarter, those over first.

Pure: `today` is an argument. A span is written as `2026`, `2026-H2` or `2026-Q4`.
"""

import re
from datetime import date

from app.metrics.periods import Period, months_on

_SPAN = re.compile(r"([12]\d{3})(?:-(H[12]|Q[1-4]))?")
_MONTHS = {"": 12, "H": 6, "Q": 3}
# How many of each are offered, the running one among them.
_OFFERED = {"": 3, "H": 3, "Q": 5}


def offered(today: date) -> list[str]:
    """Return the spans to choose from: of each length those that are over, the running one last."""
    found: list[str] = []
    for length, many in _OFFERED.items():
        months = _MONTHS[length]
        running = months_on(date(today.year, 1, 1), (today.month - 1) // months * months)
        over = [months_on(running, -months * back) for back in range(1, many)]
        found += [_written(first, length) for first in (*over, running)]
    return found


def days_of(span: str) -> Period | None:
    """Return the days of a span; None for what is none."""
    found = _SPAN.fullmatch(span)
    if found is None:
        return None
    part = found[2] or ""
    months = _MONTHS[part[:1]]
    first = months_on(date(int(found[1]), 1, 1), months * (int(part[1:] or 1) - 1))
    return Period(first, months_on(first, months))


def named(period: Period) -> str | None:
    """Return the span that these days are; None where they are any others."""
    first = period.from_day
    if first is None:
        return None
    written = (_written(first, length) for length in _MONTHS)
    return next((span for span in written if days_of(span) == period), None)


def in_file_names(period: Period) -> str:
    """Write days for the name of a file: a span as `2026-q4`, any others by first and last one."""
    span = named(period)
    if span is not None:
        return span.lower()
    first, last = period.from_day, period.until
    return f"{first}" if first == last else f"{first}-{last}"


def _written(first: date, length: str) -> str:
    number = (first.month - 1) // _MONTHS[length] + 1
    return f"{first.year:04}-{length}{number}" if length else f"{first.year:04}"
