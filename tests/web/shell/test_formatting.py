"""How moments and days are written on pages, in the reader's language."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.kit.wording import LOCALES
from app.web.shell import formatting

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("nl", "1 jan 2026", "2 jan 2026"),
        ("fr", "1er janv. 2026", "2 janv. 2026"),
        ("en", "1 Jan 2026", "2 Jan 2026"),
    ],
)
def test_the_first_of_a_month_has_its_own_numeral_in_french(
    language: str, first: str, second: str
) -> None:
    locale = LOCALES[language]

    days = [formatting.day(date(2026, 1, day), locale, BRUSSELS) for day in (1, 2)]

    assert [one.striptags() for one in days] == [first, second]


def test_a_moment_is_of_the_first_where_it_is_local_not_where_it_is_utc() -> None:
    new_year = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    new_years_eve = datetime(2025, 12, 1, 23, 30, tzinfo=UTC)

    moments = [
        formatting.moment(one, LOCALES["fr"], BRUSSELS).striptags()
        for one in (new_year, new_years_eve)
    ]

    assert moments == ["1er janv. 2026 00:30", "2 déc. 2025 00:30"]


@pytest.mark.parametrize("day", [11, 21, 31])
def test_only_the_first_has_it(day: int) -> None:
    found = formatting.day(date(2026, 1, day), LOCALES["fr"], BRUSSELS).striptags()

    assert found == f"{day} janv. 2026"
