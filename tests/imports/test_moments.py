"""A date in a sheet is one moment, however a Dutch, French or English hand wrote it, or refused."""

# ruff: noqa: DTZ001 - the cells of a sheet have no zone

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports import moments
from app.imports.files import Cell, Days1904
from app.kit.clock import stamp
from app.schemas.local_times import NoMoment

BRUSSELS = ZoneInfo("Europe/Brussels")
NEW_YEAR = "2025-12-31T13:30:00Z"


@pytest.mark.parametrize(
    "cell",
    [
        "31-12-2025 14:30", "31/12/2025 14:30", "31.12.2025 14.30", "31-12-25 14:30",
        "31 dec 2025 14u30", "31 december 2025, 14:30 uur", "wo 31 dec. 2025 om 14u30",
        "31 décembre 2025 à 14h30", "31 dec 2025 14:30:00", "2025-12-31 14:30",
        "2025-12-31T14:30:00+01:00", "2025-12-31T13:30:00Z", "2025/12/31 14:30",
        "\u00a031-12-2025  14:30 ", datetime(2025, 12, 31, 14, 30), 46022.6041666667,
        "46022,6041666667", Days1904(44560.6041666667), "December 31, 2025 2:30 PM",
        "Dec 31st, 2025 2:30 p.m.", "31st December 2025 14:30",
        "le 31 déc. 2025 à 14 heures 30", "mercredi 31 décembre 2025 - 14:30",
        "31 dec '25; 14.30 u.",
        "2025-12-31 02:30 pm", "on 31 December 2025 at 14:30",
        "Wed, December 31, 2025 2:30 PM", "Wednesday December 31 2025 2:30 pm",
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_write_it(cell: Cell) -> None:
    assert moments.read(cell, BRUSSELS) == NEW_YEAR


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("volgende week", "no_moment"), ("", "no_moment"), (None, "no_moment"), (True, "no_moment"),
        ("12/31/2025 10:00", "no_moment"), ("31-12-2025 25:00", "no_moment"), (12, "no_moment"),
        ("29-02-2025 10:00", "no_moment"), ("31-12-2025 straks", "no_moment"),
        ("3 foo 2025 10:00", "no_moment"), ("31-12-2025", "no_time"), (46022, "no_time"),
        (date(2025, 12, 31), "no_time"), ("30-03-2025 02:30", "time_skipped"),
        ("26-10-2025 02:30", "time_twice"), ("2025-01-01 10:00+99:00", "no_moment"),
        ("0001-01-01 00:00+02:00", "no_moment"), ("9999-12-31 23:59-02:00", "no_moment"),
        ("0001-01-01 00:00", "no_moment"), ("31-12-2025 14:30 pm", "no_moment"),
        ("2025-12-31 -02:00", "no_moment"), (Days1904(44560), "no_time"),
        ("December 31, 2025", "no_time"),
    ],
)  # fmt: skip
def test_what_is_no_moment_or_two_is_refused_with_the_reason(cell: Cell, code: str) -> None:
    with pytest.raises(NoMoment) as refused:
        moments.read(cell, BRUSSELS)

    assert refused.value.code == code


@given(
    st.text()
    | st.from_regex(r"\A\d{4}-\d\d-\d\d \d\d:\d\d[+-]\d\d:\d\d\Z")
    | st.from_regex(r"\A\d{1,5}([-/. ]\d{1,2}[-/. ]\d{2,4})?( \d{1,2}[:.uh]\d{2})?\Z")
)
def test_any_text_is_a_moment_or_is_refused(text: str) -> None:
    with suppress(NoMoment):
        assert moments.read(text, BRUSSELS, beside=text, otherwise=time(8)).endswith("Z")


def test_the_first_of_a_month_is_read_in_french_and_midnight_and_noon_by_halves_of_a_day() -> None:
    assert moments.read("1er mars 2025 à 9h05", BRUSSELS) == "2025-03-01T08:05:00Z"
    assert moments.read("1 Mar 2025 12:05 am", BRUSSELS) == "2025-02-28T23:05:00Z"
    assert moments.read("1 Mar 2025 12:05 pm", BRUSSELS) == "2025-03-01T11:05:00Z"


@pytest.mark.parametrize(
    "cell",
    ["Mar 3, 2025 2:30 PM", "on Mar. 3, 2025 2:30 PM", "mar. 3 mars 2025 à 14h30",
     "mardi 3 mars 2025 à 14h30", "Mon, Mar 3, 2025 2:30 PM", "le mar 3 mars 2025 14:30"],
)  # fmt: skip
def test_a_word_that_is_a_month_and_a_weekday_is_what_it_stands_for(cell: str) -> None:
    assert moments.read(cell, BRUSSELS) == "2025-03-03T13:30:00Z"


def test_the_hour_that_comes_twice_is_taken_with_its_offset() -> None:
    found = [moments.read(f"26-10-2025 02:30{offset}", BRUSSELS) for offset in ("+02:00", "+01:00")]

    assert found == ["2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"]


@pytest.mark.parametrize(
    "beside", ["14u30", "14:30", "14.30 uur", "14h30", time(14, 30), 0.6041666667]
)
def test_the_time_of_a_day_stands_beside_it(beside: Cell) -> None:
    assert moments.read(date(2025, 12, 31), BRUSSELS, beside=beside) == NEW_YEAR


def test_a_time_that_a_person_chose_stands_only_for_days_without_one() -> None:
    chosen = time(8)

    assert moments.read("31-12-2025", BRUSSELS, otherwise=chosen) == "2025-12-31T07:00:00Z"
    assert moments.read("31-12-2025", BRUSSELS, beside="14:30", otherwise=chosen) == NEW_YEAR
    assert moments.read("31-12-2025 14:30", BRUSSELS, beside="9:00", otherwise=chosen) == NEW_YEAR


@given(
    at=st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 30)).map(
        lambda one: one.replace(second=0, microsecond=0)
    ),
    written=st.sampled_from(
        ["%d-%m-%Y %H:%M", "%d/%m/%Y %Hu%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H.%M"]
    ),
)
def test_however_it_is_written_it_is_the_same_moment(at: datetime, written: str) -> None:
    serial = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    cells: list[Cell] = [at, at.strftime(written), serial if serial % 1 else serial + 0.0]

    def read(cell: Cell) -> str:
        try:
            return moments.read(cell, BRUSSELS, otherwise=at.time())
        except NoMoment as problem:
            return problem.code

    found = {read(cell) for cell in cells}
    assert len(found) == 1
    if found.isdisjoint({"time_twice", "time_skipped"}):
        assert found == {stamp(at.replace(tzinfo=BRUSSELS).astimezone(UTC))}
