"""The same thing done to many takedowns: each is done, or skipped and says why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from app.accounts import audit
from app.accounts.permissions import Person
from app.accounts.vocabularies import Action
from app.kit.database import Unit
from app.kit.errors import Conflict, NoSuchThing, NotAllowedNow, Refused
from app.notices import prepared
from app.notices.filling import Workspace
from app.operations import recording
from app.operations.undo_last import given, put_aside, to_be_sent
from app.schemas.event_shapes import NEW_EVENT
from app.schemas.vocabularies import Source, Turn
from app.takedowns import assignments, queries, snoozes
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor

SHORTLY = timedelta(hours=1)
# What keeps a thing from being done to one of them, and to no other.
REFUSALS = (NotAllowedNow, Conflict, Refused, NoSuchThing)


class Task(NamedTuple):
    """What to do, by whom, and with what."""

    action: str
    person: Person
    text: str | None = None
    until: datetime | None = None
    colleague: int | None = None

    @property
    def actor(self) -> Actor:
        """Who records it."""
        return Actor(self.person.name, Source.PERSON)


class Done(NamedTuple):
    """What became of one: the mark by which it can be undone, or why it was skipped."""

    reference: str
    mark: str | None
    reason: str | None = None


def carry_out(
    unit: Unit, workspace: Workspace, references: Sequence[str], *, task: Task
) -> list[Done]:
    """Do it to each of them."""

    def deed(row: TakedownRow) -> str:
        return ACTIONS[task.action](unit, workspace, row, task=task)

    return [tried(unit, reference, deed) for reference in references]


def rehearse(
    unit: Unit, workspace: Workspace, references: Sequence[str], *, task: Task
) -> list[Done]:
    """Tell what would become of each, and leave everything as it is."""
    stage = unit.connection.begin_nested()
    try:
        return carry_out(unit, workspace, references, task=task)
    finally:
        stage.rollback()


@contextmanager
def on_its_own(unit: Unit) -> Iterator[None]:
    """Undo what was done within where it is refused, and only that."""
    savepoint = unit.connection.begin_nested()
    try:
        yield
    except REFUSALS:
        savepoint.rollback()
        raise
    savepoint.commit()


def tried(unit: Unit, reference: str, deed: Callable[[TakedownRow], str]) -> Done:
    """Do something to one of many, and to no other; the deed returns the mark to undo it by."""
    try:
        with on_its_own(unit):
            return Done(reference, deed(queries.by_reference(unit, reference)))
    except NotAllowedNow as error:
        return Done(reference, None, error.reason)
    except (Refused, Conflict) as error:
        return Done(reference, None, error.code)
    except NoSuchThing:
        return Done(reference, None, "not_found")


def _chase(unit: Unit, workspace: Workspace, row: TakedownRow, *, task: Task) -> str:
    """Prepare a reminder: nothing went out yet, and nothing is recorded of it."""
    prepared.prepare(unit, workspace, row)
    assignments.act(unit, row.id, task.person.id)
    return to_be_sent(row.reference)


def _gone(unit: Unit, workspace: Workspace, row: TakedownRow, *, task: Task) -> str:
    return _seen(unit, workspace, row, task=task, availability="gone")


def _live(unit: Unit, workspace: Workspace, row: TakedownRow, *, task: Task) -> str:
    return _seen(unit, workspace, row, task=task, availability="live")


def _seen(
    unit: Unit, workspace: Workspace, row: TakedownRow, *, task: Task, availability: str
) -> str:
    if row.submitted_at is None:
        raise NotAllowedNow("not_submitted", "Record the submission first.")
    return _told(unit, workspace, row, task=task, kind="seen", availability=availability)


def _note(unit: Unit, workspace: Workspace, row: TakedownRow, *, task: Task) -> str:
    return _told(unit, workspace, row, task=task, kind="noted", text=task.text)


def _wait(unit: Unit, _workspace: Workspace, row: TakedownRow, *, task: Task) -> str:
    if row.whose_turn == Turn.NOBODY:
        raise NotAllowedNow("nothing_to_do", "nothing waits to be done here")
    snoozes.put_aside(unit, row.id, task.person.id, until=task.until or unit.clock())
    return put_aside(row.reference)


def _assign(unit: Unit, _workspace: Workspace, row: TakedownRow, *, task: Task) -> str:
    held = assignments.assign(unit, row.id, task.colleague or task.person.id)
    audit.record(unit, task.person.name, Action.ASSIGNED, reference=row.reference, to=held.name)
    return given(row.reference)


def _told(
    unit: Unit, workspace: Workspace, row: TakedownRow, *, task: Task, **event: object
) -> str:
    body = NEW_EVENT.validate_python(event)
    recorded = recording.record(unit, workspace, row, body=body, by=task.actor)
    assignments.act(unit, row.id, task.person.id)
    return str(recorded.entry.number)


class Deed(Protocol):
    """Something done to one takedown; returns the mark by which it is undone."""

    def __call__(self, unit: Unit, workspace: Workspace, row: TakedownRow, /, *, task: Task) -> str:
        """Do it; raises one of REFUSALS."""


ACTIONS: Mapping[str, Deed] = {
    "chase": _chase,
    "gone": _gone,
    "live": _live,
    "note": _note,
    "wait": _wait,
    "assign": _assign,
}
