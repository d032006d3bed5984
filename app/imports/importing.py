"""Bring a spreadsheet in: one takedown for each row, by the API's own rules and use cases.

Rows are written some at a time, so that memory stays flat and others can write in between; what
a row asks is understood before its transaction, and a faulty row leaves nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from app.imports import duplicates, import_columns, remarks
from app.imports.duplicates import Rehearsal, Wanted
from app.imports.reading import Row, Table
from app.imports.vocabularies import KnownBy
from app.kit.database import Database, Unit
from app.kit.errors import Conflict, Fault, NotAllowedNow, Refused
from app.notices import drafts, filling, freezing, new_items, submission
from app.notices.filling import Workspace
from app.notices.freezing import Sealed
from app.notices.submission import Sending
from app.operations import recording
from app.schemas.event_shapes import Noted
from app.schemas.facts import past
from app.schemas.shapes import facts_given, parted
from app.schemas.values import refuse_future
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import addressees, bases, intake
from app.takedowns.batch import Batch, Entry
from app.takedowns.event_kinds import notice_of
from app.takedowns.queries import Stored
from app.takedowns.timeline import Actor

BY = Actor("import", Source.SYSTEM)
CHUNK = 100  # contents in one transaction: others wait for its end


class Done(NamedTuple):
    """What became of a row, and which takedowns hold it; a fault's pointer is a column."""

    number: int
    outcome: Literal["logged", "valid", "known", "refused"]
    holders: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    known_by: KnownBy | None = None

    def __str__(self) -> str:
        """Tell it on a line: the row, the outcome, then who holds it or how to mend it."""
        faults = [": ".join(filter(None, (f.pointer, f.detail))) for f in self.faults]
        return f"{self.number}\t{self.outcome}\t{' '.join(self.holders) or '; '.join(faults)}"


def frozen_by_it(timeline: Iterable[Stored]) -> frozenset[int]:
    """Return the numbers of the notices that an import froze, whoever corrected their entries."""
    notices = (
        notice_of(entry.event.data)
        for entry in timeline
        if (entry.by, entry.source) == (BY.name, BY.source) and entry.event.data is not None
    )
    return frozenset(notice.number for notice in notices if notice is not None)


# What else is written in the transaction of some rows, of which it is told.
Also = Callable[[Unit, Sequence[Done]], None]


def bring_in(
    database: Database,
    workspace: Workspace,
    table: Table,
    *,
    dry_run: bool = False,
    also: Also | None = None,
    at_once: int = CHUNK,
) -> Iterator[Done]:
    """Log the rows of a table, telling of each when it is stored; a dry run stores nothing.

    `at_once` are the contents of one transaction.
    What `also` raises takes the rows back that it was told of, and ends the import.
    """
    rehearsal = Rehearsal() if dry_run else None
    understood = (
        _understood(database, workspace, row, columns=table.columns) for row in table.rows
    )
    for chunk in _chunks(understood, at_once):
        wanted = [row for row in chunk if isinstance(row, Wanted)]
        with database.read() if dry_run else database.write() as unit:
            log = _Logging(unit, workspace, wanted)
            done = [row if isinstance(row, Done) else log.tried(row, rehearsal) for row in chunk]
            if not dry_run:
                log.write()
                if also is not None:
                    also(unit, done)
        yield from done


def _understood(
    database: Database, workspace: Workspace, row: Row, *, columns: Sequence[str]
) -> Wanted | Done:
    """Read a row; of one that breaks a rule every fault is told that can be seen by then."""
    faults = list(row.faults)
    now = database.clock()
    try:
        asked = import_columns.read(row.cells)
        body = asked.takedown
        refuse_future(now, **past(dict(body)), **asked.moments())
        urls, places = parted(body.urls)
        platform, items = new_items.items_at(workspace, urls, body.platform, now=now, places=places)
        to = addressees.one_of(platform, items)
        if not faults:
            given = facts_given(body)
            return Wanted(row.number, asked, given, to, items, columns, row.remark)
    except Refused as error:
        faults = _together(faults, _refused(row.number, error).faults)
    if any(fault.pointer == "" for fault in row.faults):  # no cell is where it seems to be
        return Done(row.number, "refused", faults=row.faults)
    return Done(row.number, "refused", faults=_with_links(workspace, row, faults, now=now))


def _together(first: Sequence[Fault], more: Sequence[Fault]) -> list[Fault]:
    """Add faults of other columns: of one that could not be read the rest is no news."""
    told = {fault.pointer for fault in first}
    return [*first, *(fault for fault in more if fault.pointer not in told)]


def _with_links(
    workspace: Workspace, row: Row, faults: Sequence[Fault], *, now: datetime
) -> tuple[Fault, ...]:
    """Add what is wrong with the links of a row that is refused anyway, so that it is told once."""
    urls = [url for name in import_columns.URLS for url in row.cells.get(name, "").split()]
    is_told = any(fault.pointer.startswith(("url", "platform")) for fault in faults)
    if not urls or is_told:
        return tuple(faults)
    try:
        new_items.items_at(workspace, urls, row.cells.get("platform"), now=now)
    except Refused as error:
        return tuple(_together(faults, _refused(row.number, error).faults))
    return tuple(faults)


def _chunks(rows: Iterable[Wanted | Done], most: int) -> Iterator[list[Wanted | Done]]:
    """Part rows so that none can hold what another of its chunk asks: the database tells all."""
    chunk, size, marks = list[Wanted | Done](), 0, set[object]()
    for row in rows:
        own = row.marks if isinstance(row, Wanted) else set[object]()
        if size >= most or not marks.isdisjoint(own):
            yield chunk
            chunk, size, marks = [], 0, set()
        chunk.append(row)
        marks |= own
        size += len(row.items) if isinstance(row, Wanted) else 1
    if chunk:
        yield chunk


class _Logging:
    """Rows that are logged in one transaction, all of them at its end."""

    def __init__(self, unit: Unit, workspace: Workspace, rows: Sequence[Wanted]) -> None:
        self._unit, self._workspace = unit, workspace
        self._books = duplicates.books(unit, rows)
        self._records = {
            slug: bases.records(unit, slug) for slug in {row.to.platform for row in rows}
        }
        self._batch = Batch(unit, len(rows))
        self._notices: list[tuple[datetime, Sealed] | None] = []

    def tried(self, row: Wanted, rehearsal: Rehearsal | None) -> Done:
        """Make what is to be written of a row; nothing where it is known or refused."""
        try:
            held = duplicates.holding(row, self._books, rehearsal or Rehearsal())
            if held.by is not None:
                return Done(row.number, "known", tuple(held.holders), known_by=held.by)
            entry = self._made(row)
        except (Refused, Conflict, NotAllowedNow) as error:
            return _refused(row.number, error)
        if rehearsal is None:
            return Done(row.number, "logged", (entry.opened.reference,))
        rehearsal.keep(row, entry.state)
        return Done(row.number, "valid")

    def write(self) -> None:
        """Write down what was made."""
        written = zip(self._batch.write(), self._notices, strict=True)
        freezing.store(self._unit, [(number, *notice) for number, notice in written if notice])

    def _made(self, row: Wanted) -> Entry:
        """Make a takedown, and what happened to it before."""
        asked, workspace, slug = row.asked, self._workspace, row.to.platform
        drafts.refuse_unknown_platform(workspace, slug)
        records, sent = self._records[slug], asked.submission
        now = self._unit.clock()
        on = ((sent and sent.happened_at) or now).astimezone(workspace.zone).date()
        new = drafts.made(
            workspace, row.given, platform=slug, items=row.items, on=on, records=records
        )._replace(imported=row.columns)
        history = [recording.told(event) for event in asked.history.values()]
        opened, sealed = self._batch.opened(), None
        if sent is None:
            notice = filling.first_of(workspace, new, on, records=records)
            new = new._replace(missing=notice.lacking)
        else:
            sending = Sending(**sent.model_dump())
            submitted, sealed = submission.submitted_before(
                workspace, opened, new, sending=sending, records=records, now=now
            )
            history = [submitted, *history]
        remark = remarks.written(was_sent=sent is not None, of_row=row.remark)
        if remark:
            history.append(recording.told(Noted(kind=EventKind.NOTED, text=remark)))
        entry = intake.add(self._batch, opened, new, by=BY, history=history)
        frozen_at = entry.bound[-1].link.recorded_at  # the same for all that is told at once
        self._notices.append(sealed and (frozen_at, sealed))
        return entry


def _refused(number: int, error: Refused | Conflict | NotAllowedNow) -> Done:
    given = error.faults if isinstance(error, Refused) else ()
    faults = tuple(import_columns.named(fault) for fault in given)
    code = error.reason if isinstance(error, NotAllowedNow) else error.code
    return Done(number, "refused", faults=faults or (Fault("", code, error.detail),))
