"""Local times: one moment, none in spring, two in autumn; in every zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schemas import local_times
from app.schemas.local_times import NoMoment

BRUSSELS = "Europe/Brussels"
ZONES = sorted(
    available_timezones()
    & {
        BRUSSELS, "America/New_York", "America/Havana", "America/Santiago", "Africa/Casablanca",
        "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "Asia/Beirut", "UTC",
    }
)  # fmt: skip


def read(text: str, zone: str = BRUSSELS, offset: str = "") -> str:
    """Read a local time: its moment, or why it is none."""
    try:
        return f"{local_times.read(text, ZoneInfo(zone), offset):%Y-%m-%dT%H:%MZ}"
    except NoMoment as problem:
        return problem.code


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-03-29T01:59", BRUSSELS, "2026-03-29T00:59Z"),
        ("2026-03-29T02:00", BRUSSELS, "time_skipped"),
        ("2026-03-29T02:30", BRUSSELS, "time_skipped"),
        ("2026-03-29 02:30", BRUSSELS, "time_skipped"),
        ("2026-03-29T02:59:59", BRUSSELS, "time_skipped"),
        ("2026-03-29T03:00", BRUSSELS, "2026-03-29T01:00Z"),
        ("2027-03-28T02:15", BRUSSELS, "time_skipped"),
        ("2026-10-25T01:59", BRUSSELS, "2026-10-24T23:59Z"),
        ("2026-10-25T02:00", BRUSSELS, "time_twice"),
        ("2026-10-25T02:30", BRUSSELS, "time_twice"),
        ("2026-10-25T02:59:59", BRUSSELS, "time_twice"),
        ("2026-10-25T03:00", BRUSSELS, "2026-10-25T02:00Z"),
        ("2026-03-08T02:30", "America/New_York", "time_skipped"),
        ("2026-03-29T02:30", "America/New_York", "2026-03-29T06:30Z"),
        ("2026-11-01T01:30", "America/New_York", "time_twice"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "time_skipped"),
        ("2026-10-04T02:45", "Australia/Lord_Howe", "2026-10-03T15:45Z"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "time_twice"),
        ("2011-12-30T12:00", "Pacific/Apia", "time_skipped"),
        ("2026-03-29T02:30", "UTC", "2026-03-29T02:30Z"),
        ("2026-10-25T02:30", "UTC", "2026-10-25T02:30Z"),
        ("2026-10-25T02:30+02:00", BRUSSELS, "no_moment"),
        ("0001-01-01T00:00", BRUSSELS, "no_moment"),
        ("29/03/2026 02:30", BRUSSELS, "no_moment"),
        ("", BRUSSELS, "no_moment"),
    ],
)
def test_a_local_time_is_one_moment_or_says_why_not(text: str, zone: str, expected: str) -> None:
    assert read(text, zone) == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        ("+02:00", "2026-10-25T00:30Z"),
        ("+01:00", "2026-10-25T01:30Z"),
        ("+03:00", "time_twice"),
        ("Z", "time_twice"),
        ("", "time_twice"),
    ],
)
def test_of_a_time_that_came_twice_its_offset_tells_which(offset: str, expected: str) -> None:
    assert read("2026-10-25T02:30", BRUSSELS, offset) == expected
    assert local_times.ways("2026-10-25T02:30", ZoneInfo(BRUSSELS)) == ("+02:00", "+01:00")


def test_an_offset_left_over_from_before_changes_no_other_time() -> None:
    assert read("2026-10-26T02:30", BRUSSELS, "+02:00") == "2026-10-26T01:30Z"


def turns(name: str) -> list[datetime]:
    """The hours after which a zone's clocks were changed: looked for day by day, then by hour."""
    zone, first = ZoneInfo(name), datetime(2024, 1, 1, tzinfo=UTC)

    def differing(begin: datetime, step: timedelta, times: int) -> list[datetime]:
        moments = [begin + step * number for number in range(times + 1)]
        offsets = [one.astimezone(zone).utcoffset() for one in moments]
        pairs = zip(moments, offsets, offsets[1:], strict=False)
        return [moment for moment, before, after in pairs if before != after]

    days = differing(first, timedelta(days=1), 366 * 3)
    return [hour for day in days for hour in differing(day, timedelta(hours=1), 24)]


TURNS = [(name, turn) for name in ZONES for turn in turns(name)]
NEAR = st.tuples(st.sampled_from(TURNS), st.integers(-300, 300)).map(
    lambda drawn: (drawn[0][0], drawn[0][1] + timedelta(minutes=drawn[1]))
)


@given(NEAR)
def test_every_moment_is_found_again_by_its_local_time_and_offset(
    near: tuple[str, datetime],
) -> None:
    zone, moment = ZoneInfo(near[0]), near[1]
    shown = f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"

    assert local_times.read(shown, zone, local_times.offset_of(moment, zone)) == moment


@given(NEAR)
def test_a_local_time_is_refused_exactly_where_its_zone_had_none_or_two(
    near: tuple[str, datetime],
) -> None:
    zone = ZoneInfo(near[0])
    before = (near[1] - timedelta(days=1)).astimezone(zone).utcoffset() or timedelta()
    local = near[1] + before  # as the clocks would show it, had nobody changed them

    around = [local + timedelta(minutes=15 * step) for step in range(-15 * 4, 15 * 4)]
    shown = [one.astimezone(zone).replace(tzinfo=None) for one in around]

    expected = {0: "time_skipped", 2: "time_twice"}.get(shown.count(local.replace(tzinfo=None)))
    try:
        local_times.read(f"{local:%Y-%m-%dT%H:%M}", zone)
        code = None
    except NoMoment as problem:
        code = problem.code
    assert code == expected
