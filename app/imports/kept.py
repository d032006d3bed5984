"""Imports as they are kept: their state, and sealed their file, what was said of it, its outcome.

Like a form that was not sent, each is its sender's own, and gone a month after its last change.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Delete, Update, delete, insert, select, update

from app.imports.models import import_parts, imports
from app.imports.plan import Plan, Survey, plan_of, survey_of
from app.imports.vocabularies import AT_WORK, ENDED, ImportStage
from app.kit import steady_clock
from app.kit.database import Unit, rows_as

LIFE = timedelta(days=30)
FILE: Final = "file"
PLAN: Final = "plan"
SURVEY: Final = "survey"
OUTCOMES: Final = "rows "  # then a number: what became of some rows
_NEW = {"total": 0, "at_row": 0, "logged": 0, "known": 0, "refused": 0}


class Overtaken(Exception):
    """The import is not where it was seen: somebody brought it elsewhere, or took it away."""


@dataclass(frozen=True)
class Import:
    """How far an import is; every row of its sheet up to `at_row` is dealt with."""

    id: int
    user_id: int
    stage: ImportStage
    problem: str | None
    changed_at: datetime
    total: int
    at_row: int
    logged: int
    known: int
    refused: int
    is_to_stop: bool
    worker: str | None
    leased_until: datetime | None

    @property
    def is_at_work(self) -> bool:
        """Tell whether the machine works on it, not the person."""
        return self.stage in AT_WORK

    @property
    def has_ended(self) -> bool:
        """Tell whether it was carried out, or given up on the way."""
        return self.stage in ENDED

    @property
    def seen(self) -> int:
        """How many rows were dealt with."""
        return self.logged + self.known + self.refused


class RowOutcome(NamedTuple):
    """What became of a row: which takedowns hold it, or its cells and faults (column, code).

    `known_by` is a code of KnownBy, of a row that was there already.
    """

    number: int
    outcome: str
    holders: Sequence[str]
    faults: Sequence[tuple[str, str]]
    cells: Sequence[str]
    known_by: str | None = None


def begin(unit: Unit, user_id: int, *, content: bytes, plan: Plan) -> int:
    """Keep a file that somebody sent, instead of one that they did not go on with."""
    for one in of_person(unit, user_id):
        if not one.is_at_work and not one.has_ended:
            forget(unit, one)
    now = steady_clock.now(unit)
    values = {"user_id": user_id, "stage": ImportStage.SENT, "changed_at": now, "is_to_stop": False}
    made = unit.connection.execute(insert(imports).values(**values, **_NEW).returning(imports.c.id))
    number: int = made.scalar_one()
    keep_part(unit, number, FILE, content=content)
    keep_plan(unit, number, plan)
    return number


def find(unit: Unit, user_id: int, number: int) -> Import | None:
    """Return somebody's import."""
    return next((one for one in of_person(unit, user_id) if one.id == number), None)


def of_person(unit: Unit, user_id: int) -> list[Import]:
    """Return somebody's imports, the newest first."""
    query = (
        select(imports)
        .where(imports.c.user_id == user_id)
        .where(imports.c.changed_at > steady_clock.now(unit) - LIFE)
        .order_by(imports.c.id.desc())
    )
    return rows_as(Import, unit.connection.execute(query))


def move(unit: Unit, one: Import, stage: ImportStage, *, problem: str | None = None) -> None:
    """Bring an import from the stage it was seen at to another; a worker begins at its first row.

    When it has ended, its file goes. Raises Overtaken.
    """
    told = {"stage": stage, "problem": problem, "is_to_stop": False}
    free = {"worker": None, "leased_until": None, "changed_at": steady_clock.now(unit)}
    _one(unit, update(imports).where(*_as_seen(one)).values(**told, **free))
    if stage in AT_WORK:
        begin_anew(unit, one.id)
    if stage in ENDED:
        _forget_parts(unit, one.id, FILE)
        survey = survey_kept(unit, one.id)
        if survey is not None:
            keep_survey(unit, one.id, replace(survey, samples=(), words=()))


def begin_anew(unit: Unit, number: int) -> None:
    """Forget how far a pass was."""
    _forget_parts(unit, number, OUTCOMES)
    fresh = dict.fromkeys(("at_row", "logged", "known", "refused"), 0)
    unit.connection.execute(update(imports).where(imports.c.id == number).values(fresh))


def stop(unit: Unit, one: Import) -> None:
    """Ask the worker to stop after the rows it is at; raises Overtaken."""
    _one(unit, update(imports).where(*_as_seen(one)).values(is_to_stop=True))


def forget(unit: Unit, one: Import) -> None:
    """Take an import away, with all that is kept of it; what it logged stays. Raises Overtaken."""
    unit.connection.execute(delete(import_parts).where(import_parts.c.import_id == one.id))
    _one(unit, delete(imports).where(*_as_seen(one)))


def forget_old(unit: Unit) -> None:
    """Take away everybody's imports that nothing happened to for a month."""
    old = select(imports).where(imports.c.changed_at <= steady_clock.now(unit) - LIFE)
    for one in rows_as(Import, unit.connection.execute(old)):
        forget(unit, one)


def file_of(unit: Unit, number: int) -> bytes:
    """Return the file."""
    return _part(unit, number, FILE) or b""


def plan_kept(unit: Unit, number: int) -> Plan:
    """Return what was said of the file."""
    return plan_of(json.loads(_part(unit, number, PLAN) or b""))


def keep_plan(unit: Unit, number: int, plan: Plan) -> None:
    """Keep what was said of the file."""
    keep_part(unit, number, PLAN, content=json.dumps(plan.told()).encode())


def survey_kept(unit: Unit, number: int) -> Survey | None:
    """Return what was found below the headings."""
    found = _part(unit, number, SURVEY)
    return survey_of(json.loads(found)) if found else None


def keep_survey(unit: Unit, number: int, survey: Survey) -> None:
    """Keep what was found below the headings."""
    keep_part(unit, number, SURVEY, content=json.dumps(survey.told()).encode())


def keep_outcomes(unit: Unit, number: int, told: Sequence[RowOutcome]) -> None:
    """Keep what became of some rows, by the last of them."""
    name = f"{OUTCOMES}{told[-1].number:07d}"
    keep_part(unit, number, name, content=json.dumps(told).encode())


def outcomes(unit: Unit, number: int) -> Iterator[RowOutcome]:
    """Return what became of the rows that are told of, in order."""
    of_rows = import_parts.c.name.startswith(OUTCOMES)
    query = (
        select(import_parts.c.name, import_parts.c.wrapped)
        .where(import_parts.c.import_id == number, of_rows)
        .order_by(import_parts.c.name)
    )
    for name, wrapped in unit.connection.execute(query):
        for told in json.loads(_opened(unit, number, name, wrapped=wrapped)):
            yield RowOutcome(*told)


def keep_part(unit: Unit, number: int, name: str, *, content: bytes) -> None:
    """Seal a part of an import instead of the one before."""
    _forget_parts(unit, number, name)
    wrapped = unit.vault.wrap(zlib.compress(content), _place(number, name))
    unit.connection.execute(
        insert(import_parts).values(import_id=number, name=name, wrapped=wrapped)
    )


def _part(unit: Unit, number: int, name: str) -> bytes | None:
    found = unit.connection.scalar(
        select(import_parts.c.wrapped).where(
            import_parts.c.import_id == number, import_parts.c.name == name
        )
    )
    return None if found is None else _opened(unit, number, name, wrapped=found)


def _opened(unit: Unit, number: int, name: str, *, wrapped: bytes) -> bytes:
    return zlib.decompress(unit.vault.unwrap(wrapped, _place(number, name)))


def _as_seen(one: Import) -> tuple[ColumnElement[bool], ...]:
    return imports.c.id == one.id, imports.c.stage == one.stage


def _one(unit: Unit, statement: Update | Delete) -> None:
    """Carry out what must change a row."""
    if not unit.connection.execute(statement).rowcount:
        raise Overtaken


def _forget_parts(unit: Unit, number: int, beginning: str) -> None:
    named = import_parts.c.name.startswith(beginning)
    unit.connection.execute(delete(import_parts).where(import_parts.c.import_id == number, named))


def _place(number: int, name: str) -> str:
    return f"import_parts.wrapped:{number}/{name}"
