"""Spans that reports are begun for: those over first, each a whole year, half or quarter."""

from datetime import date

import pytest

from app.metrics.periods import Period
from app.reports import spans


def test_the_spans_offered_begin_with_the_last_that_is_over() -> None:
    assert spans.offered(date(2026, 11, 3)) == [
        "2025", "2024", "2026",
        "2026-H1", "2025-H2", "2026-H2",
        "2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4", "2026-Q4",
    ]  # fmt: skip
    assert spans.offered(date(2026, 1, 1))[3:7] == ["2025-H2", "2025-H1", "2026-H1", "2025-Q4"]


@pytest.mark.parametrize(
    ("span", "first", "end"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-H1", date(2026, 1, 1), date(2026, 7, 1)),
        ("2026-H2", date(2026, 7, 1), date(2027, 1, 1)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 4, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_span_is_read_as_it_was_written(span: str, first: date, end: date) -> None:
    assert spans.days_of(span) == Period(first, end)
    assert spans.named(Period(first, end)) == span


@pytest.mark.parametrize("text", ["", "2026-H3", "2026-Q0", "26", "2026-", "0026", "2026-Q1 "])
def test_what_is_no_span_is_none(text: str) -> None:
    assert spans.days_of(text) is None


def test_other_days_have_no_name() -> None:
    assert spans.named(Period(date(2026, 1, 2), date(2027, 1, 1))) is None
    assert spans.named(Period(date(2026, 2, 1), date(2026, 5, 1))) is None


@pytest.mark.parametrize(
    ("first", "end", "name"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (date(2026, 7, 1), date(2027, 1, 1), "2026-h2"),
        (date(2026, 7, 1), date(2026, 10, 1), "2026-q3"),
        (date(2026, 3, 15), date(2026, 3, 16), "2026-03-15"),
        (date(2026, 1, 5), date(2026, 2, 4), "2026-01-05-2026-02-03"),
    ],
)
def test_a_file_is_named_after_its_span_the_last_day_among_it(
    first: date, end: date, name: str
) -> None:
    assert spans.in_file_names(Period(first, end)) == name
