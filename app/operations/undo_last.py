"""Taking back what one has just done: the record keeps both, what was done and that it was undone.

A mark names what can be taken back: the number of an event, `w.` and a reference for what was put
aside, `c.` and a reference for what was given to somebody, `r.` for a reminder that was prepared.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts import audit
from app.accounts.permissions import Person
from app.accounts.vocabularies import Action
from app.kit import references
from app.kit.clock import SKEW
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow
from app.notices import prepared
from app.notices.filling import Workspace
from app.operations import recording
from app.schemas.event_shapes import Corrected
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import assignments, queries, snoozes
from app.takedowns.models import events, takedowns
from app.takedowns.timeline import Actor

WITHIN = timedelta(minutes=10)
MARK = re.compile(rf"[1-9][0-9]{{0,15}}|[wcr]\.{references.PATTERN.pattern}")
_EVENT = select(
    takedowns.c.reference, events.c.by, events.c.source, events.c.recorded_at, events.c.happened_at
).join_from(events, takedowns, events.c.takedown_id == takedowns.c.id)


def put_aside(reference: str) -> str:
    """Return the mark of what was put aside."""
    return f"w.{reference}"


def given(reference: str) -> str:
    """Return the mark of what was given to somebody."""
    return f"c.{reference}"


def is_fresh(recorded_at: datetime, happened_at: datetime, now: datetime) -> bool:
    """Tell whether an entry may still be undone.

    Where the clock stands before the moment of recording, it ran ahead before that or was put
    back since: then only an entry of what has just happened is known to be fresh.
    """
    latest = now + SKEW
    at = recorded_at if recorded_at <= latest else happened_at
    return at <= latest and now < at + WITHIN


def to_be_sent(reference: str) -> str:
    """Return the mark of a reminder that was prepared."""
    return f"r.{reference}"


def undo(unit: Unit, workspace: Workspace, person: Person, *, marks: Sequence[str]) -> None:
    """Take back all of it, the last first; raises NotAllowedNow when some of it cannot be."""
    for mark in sorted(marks, key=_when, reverse=True):
        kind, _, reference = mark.partition(".")
        if not reference:
            _void(unit, workspace, person, number=int(mark))
            continue
        row = queries.by_reference(unit, reference)
        if kind == "w":
            snoozes.take_back(unit, row.id)
        elif kind == "r":
            prepared.take_off(unit, row)
        else:
            assignments.release(unit, row.id)
            audit.record(unit, person.name, Action.RELEASED, reference=reference)


def _when(mark: str) -> int:
    return int(mark) if mark.isdigit() else 0


def _void(unit: Unit, workspace: Workspace, person: Person, *, number: int) -> None:
    found = unit.connection.execute(_EVENT.where(events.c.number == number)).first()
    if found is None:
        raise NotAllowedNow("no_such_event", f"no event has the number {number}")
    if (found.by, found.source) != (person.name, "person"):
        raise NotAllowedNow("not_yours", "somebody else recorded it: correct it in the timeline")
    if not is_fresh(found.recorded_at, found.happened_at, unit.clock()):
        raise NotAllowedNow("too_late_to_undo", "it is older than ten minutes: correct it")
    row = queries.by_reference(unit, found.reference)
    body = Corrected(kind=EventKind.CORRECTED, voids=number, replacement=None)
    recording.record(unit, workspace, row, body=body, by=Actor(person.name, Source.PERSON))
    assignments.act(unit, row.id, person.id)
