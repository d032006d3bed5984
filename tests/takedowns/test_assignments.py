from datetime import timedelta

import pytest
from sqlalchemy import update

from app import demo
from app.kit.database import Database
from app.kit.errors import Refused
from app.takedowns import assignments, queries, snoozes
from app.takedowns.assignments import Claim
from app.takedowns.models import takedowns
from tests.factories import ManualClock

FIRST, SECOND = 1, 2


@pytest.fixture
def takedown_id(database: Database, reference: str) -> int:
    with database.write() as unit:
        demo.join(unit)
        return int(queries.by_reference(unit, reference).id)


def test_who_claims_a_takedown_has_it_for_a_quarter_of_an_hour(
    database: Database, clock: ManualClock, takedown_id: int
) -> None:
    with database.write() as unit:
        mine = assignments.claim(unit, takedown_id, FIRST)

        assert mine == Claim(takedown_id, FIRST, "Analyst-01", clock.now + timedelta(minutes=15))
        assert assignments.of(unit, [takedown_id]) == {takedown_id: mine}


def test_a_second_person_learns_whose_it_is(database: Database, takedown_id: int) -> None:
    with database.write() as unit:
        mine = assignments.claim(unit, takedown_id, FIRST)

        assert assignments.claim(unit, takedown_id, SECOND) == mine


def test_a_claim_ends_by_itself(database: Database, clock: ManualClock, takedown_id: int) -> None:
    with database.write() as unit:
        assignments.claim(unit, takedown_id, FIRST)
        clock.advance(0.25)

        assert assignments.of(unit, [takedown_id]) == {}
        assert assignments.claim(unit, takedown_id, SECOND).name == "Analyst-02"


def test_working_on_holds_on_to_a_claim(
    database: Database, clock: ManualClock, takedown_id: int
) -> None:
    with database.write() as unit:
        assignments.claim(unit, takedown_id, FIRST)
        clock.advance(0.2)

        assert assignments.claim(unit, takedown_id, FIRST).until == clock.now + timedelta(
            minutes=15
        )


def test_a_takedown_can_be_given_to_another_and_let_go(
    database: Database, takedown_id: int
) -> None:
    with database.write() as unit:
        assignments.claim(unit, takedown_id, FIRST)

        assert assignments.assign(unit, takedown_id, SECOND).name == "Analyst-02"
        assignments.release(unit, takedown_id)
        assert assignments.of(unit, [takedown_id]) == {}


@pytest.mark.parametrize(
    ("story", "turn", "has_it"),
    [("there is more to do", "us", FIRST), ("the platform's turn", "platform", FIRST),
     ("it is over", "nobody", None)],
)  # fmt: skip
def test_who_does_something_to_a_takedown_has_it_unless_it_is_over(
    database: Database, takedown_id: int, story: str, turn: str, has_it: int | None
) -> None:
    with database.write() as unit:
        of_it = takedowns.c.id == takedown_id
        unit.connection.execute(update(takedowns).where(of_it).values(whose_turn=turn))

        assignments.act(unit, takedown_id, FIRST)
        assignments.act(unit, takedown_id, SECOND)

        held = assignments.of(unit, [takedown_id])
        assert (held[takedown_id].user_id if held else None) == has_it


def test_what_is_put_aside_comes_back_by_itself(
    database: Database, clock: ManualClock, takedown_id: int
) -> None:
    until = clock.now + timedelta(hours=2)
    with database.write() as unit:
        snoozes.put_aside(unit, takedown_id, FIRST, until=clock.now + timedelta(hours=1))
        snoozes.put_aside(unit, takedown_id, FIRST, until=until)

        assert snoozes.of(unit, [takedown_id]) == {takedown_id: until}
        clock.advance(2)
        assert snoozes.of(unit, [takedown_id]) == {}


def test_what_is_put_aside_can_be_taken_back(
    database: Database, clock: ManualClock, takedown_id: int
) -> None:
    with database.write() as unit:
        snoozes.put_aside(unit, takedown_id, FIRST, until=clock.now + timedelta(hours=1))
        snoozes.take_back(unit, takedown_id)

        assert snoozes.of(unit, [takedown_id]) == {}


@pytest.mark.parametrize("hours", [-1, 0, 24 * 367])
def test_nothing_is_put_aside_until_the_past_or_for_years(
    database: Database, clock: ManualClock, takedown_id: int, hours: int
) -> None:
    with database.write() as unit, pytest.raises(Refused) as refused:
        snoozes.put_aside(unit, takedown_id, FIRST, until=clock.now + timedelta(hours=hours))

    assert [fault.code for fault in refused.value.faults] == ["not_ahead"]
