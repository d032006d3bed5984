"""The steady time: it goes on as the clock does, and never goes back."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.kit.clock import SKEW, SteadyClock
from tests.factories import START, ManualClock

MOVES = st.lists(
    st.one_of(
        st.timedeltas(timedelta(days=-1000), timedelta(days=1000)),
        st.timedeltas(-2 * SKEW, 2 * SKEW),
    ),
    max_size=12,
)


def readings(moves: list[timedelta]) -> list[datetime]:
    clock = ManualClock()
    steady = SteadyClock(clock, lambda: 0)
    found = [steady.reading()]
    for move in moves:
        clock.now += move
        found.append(steady.reading())
    return found


@given(MOVES)
def test_it_never_goes_back(moves: list[timedelta]) -> None:
    found = readings(moves)

    assert found == sorted(found)


@given(MOVES)
def test_it_stands_still_where_the_clock_goes_back(moves: list[timedelta]) -> None:
    found = readings(moves)

    for move, before, after in zip(moves, found, found[1:], strict=False):
        if move <= timedelta(0):
            assert after == before


@given(MOVES)
def test_it_goes_on_as_far_as_the_clock_does_but_for_a_minute(moves: list[timedelta]) -> None:
    """A clock put back by a minute at most is waited for: nobody need know."""
    found = readings(moves)

    for move, before, after in zip(moves, found, found[1:], strict=False):
        if move > timedelta(0):
            assert move - SKEW <= after - before <= move


def test_what_has_passed_since_the_last_reading_is_not_lost() -> None:
    clock, seconds = ManualClock(), iter((5.0, 5.0 + 3600))
    steady = SteadyClock(clock, lambda: next(seconds))
    before = steady.reading()

    clock.advance(-24)

    assert steady.reading() == before + timedelta(hours=1)


def test_without_a_clock_put_back_it_is_the_clock() -> None:
    moves = [timedelta(seconds=1), timedelta(days=730), timedelta(0)]

    assert readings(moves)[-1] == START + sum(moves, timedelta(0))


@given(st.timedeltas(timedelta(0), timedelta(days=1000)))
def test_a_start_goes_on_from_what_was_kept(behind: timedelta) -> None:
    clock = ManualClock(START - behind)
    steady = SteadyClock(clock)

    first = steady.reading(START)
    clock.advance(1)

    assert first == START
    assert timedelta(hours=1) - SKEW <= steady.reading() - START <= timedelta(hours=1)


@given(st.timedeltas(timedelta(minutes=2), timedelta(days=1000)))
def test_people_are_shown_what_the_clock_says_then(back: timedelta) -> None:
    clock = ManualClock()
    steady = SteadyClock(clock)
    steady.reading()
    clock.now -= back

    assert steady.by_the_clock(steady.reading()) == clock.now


def test_two_machines_an_hour_apart_share_one_steady_time() -> None:
    """Each goes on from what the other kept: neither drives the other ahead."""
    one, other = ManualClock(), ManualClock(START - timedelta(hours=1))
    ahead, behind = SteadyClock(one), SteadyClock(other)
    kept = START
    for _ in range(20):
        one.advance(0.1)
        other.advance(0.1)
        kept = behind.reading(ahead.reading(kept))

    assert kept == START + timedelta(hours=2)
