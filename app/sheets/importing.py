"""Bring a spreadsheet in: one takedown for each row, by the API's own rules and use cases.

Rows are written some at a time, so that memory stays flat and others can write in between; what
a row asks is understood before its transaction, and a faulty row leaves nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from app.api.intakes import facts
from app.kit.database import Database, Unit
from app.kit.errors import Conflict, Fault, NotAllowedNow, Refused
from app.notices import drafts, new_items, submission
from app.notices.filling import Workspace
from app.notices.submission import Sending
from app.operations import recording
from app.schemas.event_shapes import Noted
from app.schemas.facts import past
from app.schemas.shapes import parted
from app.schemas.values import refuse_future
from app.schemas.vocabularies import EventKind, Source
from app.sheets import import_columns, reading
from app.sheets.duplicates import Rehearsal, Wanted, holding
from app.sheets.reading import Row, Sheet
from app.takedowns import queries, timeline
from app.takedowns.timeline import Actor

BY = Actor("import", Source.SYSTEM)
CHUNK = 50  # contents in one transaction: others wait for its end
# The notice frozen with a backdated submission must not pass for the words that went out then.
NOTE = (
    "Imported: it was submitted before it was logged here. The notice kept with the submission is"
    " what the template says at the import, not the words that were sent."
)


class Done(NamedTuple):
    """What became of a row, and which takedowns hold it; a fault's pointer is a column."""

    number: int
    outcome: Literal["logged", "valid", "known", "refused"]
    holders: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    def __str__(self) -> str:
        """Tell it on a line: the row, the outcome, then who holds it or how to mend it."""
        faults = [": ".join(filter(None, (f.pointer, f.detail))) for f in self.faults]
        return f"{self.number}\t{self.outcome}\t{' '.join(self.holders) or '; '.join(faults)}"


def bring_in(
    database: Database, workspace: Workspace, sheet: Sheet, *, dry_run: bool = False
) -> Iterator[Done]:
    """Log the rows of a sheet, telling of each when it is stored; a dry run stores nothing."""
    rehearsal = Rehearsal()
    understood = (
        _understood(database, workspace, row, columns=sheet.columns) for row in reading.rows(sheet)
    )
    for chunk in _chunks(understood):
        with database.write() as unit:
            done = [
                row
                if isinstance(row, Done)
                else _tried(unit, workspace, row, rehearsal=rehearsal, dry_run=dry_run)
                for row in chunk
            ]
        yield from done


def _understood(
    database: Database, workspace: Workspace, row: Row, *, columns: Sequence[str]
) -> Wanted | Done:
    if row.faults:
        return Done(row.number, "refused", faults=row.faults)
    try:
        asked, now = import_columns.read(row.cells), database.clock()
        body = asked.takedown
        refuse_future(now, **past(dict(body)), **asked.moments())
        urls, places = parted(body.urls)
        platform, items = new_items.items_at(workspace, urls, body.platform, now=now, places=places)
        return Wanted(row.number, asked, platform, items, columns)
    except Refused as error:
        return _refused(row.number, error)


def _chunks(rows: Iterable[Wanted | Done]) -> Iterator[list[Wanted | Done]]:
    chunk, size = list[Wanted | Done](), 0
    for row in rows:
        chunk.append(row)
        size += len(row.items) if isinstance(row, Wanted) else 1
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _tried(
    unit: Unit, workspace: Workspace, row: Wanted, *, rehearsal: Rehearsal, dry_run: bool
) -> Done:
    """Log a row, or undo what of it was logged."""
    attempt = unit.connection.begin_nested()
    try:
        if holders := holding(unit, row, rehearsal):
            return Done(row.number, "known", tuple(holders))
        reference = _logged(unit, workspace, row)
        if dry_run:
            rehearsal.keep(unit, row)
            return Done(row.number, "valid")
        attempt.commit()
        return Done(row.number, "logged", (reference,))
    except (Refused, Conflict, NotAllowedNow) as error:
        return _refused(row.number, error)
    finally:
        if attempt.is_active:
            attempt.rollback()


def _logged(unit: Unit, workspace: Workspace, row: Wanted) -> str:
    """Log a row's takedown and what happened to it before; returns its reference."""
    asked = row.asked
    went_out = asked.submission.happened_at if asked.submission else None
    takedown = drafts.log(
        unit,
        workspace,
        facts(asked.takedown),
        platform=row.platform,
        items=row.items,
        by=BY,
        submitted_at=went_out,
        imported=row.columns,
    )
    reference: str = takedown.reference
    history = [recording.told(event) for event in (asked.decision, asked.sighting) if event]
    if asked.submission is not None:
        sending = Sending(**asked.submission.model_dump())
        submission.submit(unit, workspace, takedown, sending=sending, by=BY)
        history.append(recording.told(Noted(kind=EventKind.NOTED, text=NOTE)))
    for event in history:
        takedown = queries.by_reference(unit, reference)
        missing = queries.missing_of(takedown)
        timeline.record(unit, takedown, event, by=BY, missing=missing)
    return reference


def _refused(number: int, error: Refused | Conflict | NotAllowedNow) -> Done:
    given = error.faults if isinstance(error, Refused) else ()
    faults = tuple(import_columns.named(fault) for fault in given)
    return Done(number, "refused", faults=faults or (Fault("", "refused", error.detail),))
