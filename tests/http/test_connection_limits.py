"""Who is turned out of a full room: whoever waits longest without a complete request."""

import resource

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http import connection_limits
from app.http.connection_limits import Limits, Room


class Guest:
    def __init__(self) -> None:
        self.is_out = False

    def turn_out(self) -> None:
        self.is_out = True


def full(connections: int = 3, bytes_held: int = 100) -> tuple[Room, list[Guest]]:
    place = Room(Limits(connections, bytes_held))
    guests = [Guest() for _ in range(connections)]
    for guest in guests:
        place.enter(guest)
    return place, guests


def out(guests: list[Guest]) -> list[int]:
    return [number for number, guest in enumerate(guests) if guest.is_out]


def test_the_one_waiting_longest_makes_room_for_the_next() -> None:
    place, guests = full()
    place.serve(guests[0])
    place.serve(guests[1])
    place.wait(guests[1])  # answered, and waiting anew
    place.enter(Guest())

    assert out(guests) == [2]


def test_where_everybody_is_being_answered_the_newcomer_goes() -> None:
    place, guests = full()
    for guest in guests:
        place.serve(guest)
    place.enter(newcomer := Guest())

    assert (out(guests), newcomer.is_out) == ([], True)


def test_whoever_left_makes_room_too() -> None:
    place, guests = full()
    place.leave(guests[1])
    place.enter(Guest())

    assert out(guests) == []


def test_too_much_held_in_all_turns_out_who_waits_longest_and_holds_something() -> None:
    place, guests = full()
    place.hold(guests[1], 40)
    place.hold(guests[2], 60)
    assert out(guests) == []
    place.hold(guests[2], 1)

    assert out(guests) == [1]


def test_what_is_no_longer_held_counts_no_longer() -> None:
    place, guests = full()
    place.hold(guests[0], 100)
    place.release(guests[0])
    place.hold(guests[1], 100)

    assert out(guests) == []


def test_whoever_is_being_answered_keeps_what_it_sent() -> None:
    place, guests = full()
    place.hold(guests[0], 100)
    place.serve(guests[0])
    place.hold(guests[1], 1)

    assert out(guests) == [1]


ACTS = st.sampled_from(["enter", "wait", "serve", "hold", "release", "leave"])


@given(st.lists(st.tuples(ACTS, st.integers(0, 7), st.integers(1, 60))))
def test_there_is_never_more_than_room_for_but_what_is_being_answered(
    story: list[tuple[str, int, int]],
) -> None:
    place, guests = Room(Limits(3, 100)), [Guest() for _ in range(8)]
    held: dict[Guest, int] = {}
    waiting: dict[Guest, bool] = {}
    for act, number, size in story:
        guest = guests[number]
        if (act == "enter") == (guest in held):
            continue
        getattr(place, act)(guest, *([size] if act == "hold" else []))
        before = held.get(guest, 0)
        held[guest] = {"hold": before + size, "release": 0}.get(act, before)
        waiting[guest] = {"enter": True, "wait": True, "serve": False}.get(act, waiting.get(guest))
        gone = [one for one in held if one.is_out] + [guest] * (act == "leave")
        for one in gone:
            held.pop(one)
            one.is_out = False
        assert len(held) <= 3
        if act == "hold":
            assert sum(held.values()) <= 100 or not any(held[one] for one in held if waiting[one])


def test_a_process_has_as_many_descriptors_as_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
    try:
        found = connection_limits.of_this_process()
        raised = resource.getrlimit(resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert raised == (hard, hard)
    assert found == Limits(connections=min(4096, hard - 256))


@pytest.mark.parametrize(("descriptors", "connections"), [(1024, 768), (100, 50), (10**6, 4096)])
def test_some_descriptors_are_left_to_what_is_no_connection(
    monkeypatch: pytest.MonkeyPatch, descriptors: int, connections: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (descriptors, descriptors))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)

    assert connection_limits.of_this_process().connections == connections
