"""A batch writes takedowns as they would have been logged and told of one by one."""

import pytest
from sqlalchemy import select

from app import proof
from app.kit.database import Database
from app.kit.errors import NotAllowedNow
from app.takedowns import batch, intake, queries
from app.takedowns.batch import Batch
from app.takedowns.models import events, takedowns
from app.takedowns.timeline import NewEvent
from tests.takedowns.conftest import CASE_SYSTEM, SUBMITTED, new_takedown

SENT = NewEvent("submitted", SUBMITTED, {"ticket_id": "#1"})
REMOVED = NewEvent("decided", {"outcome": "removed", "ground": "law"}, {"ticket_id": "1"})


def test_what_was_written_is_what_is_read(database: Database) -> None:
    with database.write() as unit:
        written = intake.log(unit, new_takedown(), by=CASE_SYSTEM)
        read = queries.by_reference(unit, written.reference)

    assert written == read


def test_takedowns_of_a_batch_come_one_after_the_other_with_their_histories(
    database: Database,
) -> None:
    with database.write() as unit:
        many = Batch(unit, 3)
        for history in ([SENT, REMOVED], [], [SENT]):
            intake.add(many, many.opened(), new_takedown(), by=CASE_SYSTEM, history=history)
        ids = many.write()

    with database.read() as unit:
        told = unit.connection.execute(
            select(events.c.takedown_id, events.c.kind).order_by(events.c.number)
        ).all()
        stages = unit.connection.scalars(select(takedowns.c.stage).order_by(takedowns.c.id)).all()
        assert list(proof.faults(unit)) == []
    first, second, third = ids
    assert told == [
        (first, "logged"), (first, "submitted"), (first, "decided"),
        (second, "logged"),
        (third, "logged"), (third, "submitted"),
    ]  # fmt: skip
    assert stages == ["decided", "draft", "submitted"]


def test_an_impossible_history_leaves_nothing_and_the_batch_goes_on(database: Database) -> None:
    with database.write() as unit:
        many = Batch(unit, 2)
        with pytest.raises(NotAllowedNow) as refusal:
            intake.add(many, many.opened(), new_takedown(), by=CASE_SYSTEM, history=[REMOVED])
        intake.add(many, many.opened(), new_takedown(), by=CASE_SYSTEM, history=[SENT])
        many.write()

    assert refusal.value.reason == "not_submitted"
    with database.read() as unit:
        assert unit.connection.scalars(select(events.c.number)).all() == [1, 2]
        assert list(proof.faults(unit)) == []


def test_a_name_that_somebody_has_is_drawn_anew(
    database: Database, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([reference, "TD-222222"])
    monkeypatch.setattr(batch.references, "new", lambda: next(drawn))

    with database.write() as unit:
        assert intake.log(unit, new_takedown(), by=CASE_SYSTEM).reference == "TD-222222"
