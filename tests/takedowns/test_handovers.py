"""Hand-over notes: one line a takedown, sealed, with who left it."""

from sqlalchemy import delete, select

from app import demo
from app.kit.database import Database
from app.takedowns import handovers, queries
from app.takedowns.handovers import LONGEST, Handover
from app.takedowns.models import data_keys
from tests.factories import ManualClock


def test_a_note_stays_until_another_or_none_is_left(
    database: Database, clock: ManualClock, reference: str
) -> None:
    with database.write() as unit:
        demo.join(unit)
        row = queries.by_reference(unit, reference)
        handovers.leave(unit, row.id, 1, text="Call  them\nback.")
        handovers.leave(unit, row.id, 2, text="Called: " + "x" * LONGEST)
        left = handovers.of(unit, [row.id])
        sealed = unit.connection.scalar(select(handovers.handovers.c.sealed))
        handovers.leave(unit, row.id, 1, text=" ")
        gone = handovers.of(unit, [row.id])

    assert left == {row.id: Handover("Analyst-02", clock.now, "Called: " + "x" * (LONGEST - 8))}
    assert sealed
    assert b"Called" not in sealed
    assert gone == {}


def test_a_note_goes_with_the_key_of_its_takedown(database: Database, reference: str) -> None:
    with database.write() as unit:
        demo.join(unit)
        row = queries.by_reference(unit, reference)
        handovers.leave(unit, row.id, 1, text="Call them back.")
    with database.write() as unit:
        unit.connection.execute(delete(data_keys))

        assert handovers.of(unit, [row.id]) == {}
