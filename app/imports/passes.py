"""The passes over a sheet: it is read, its rows are checked, they are brought in.

Each rests twice as long as it works, so that whoever asks for a page or writes gets in between.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from app.imports import files, importing, kept, leases, surveying, translating
from app.imports.files import Cell
from app.imports.importing import Done
from app.imports.kept import Import, RowOutcome
from app.imports.plan import Plan
from app.imports.reading import Row, Table
from app.imports.vocabularies import ImportStage
from app.kit.database import Database, Unit
from app.kit.errors import Fault
from app.notices.filling import Workspace

WORKS_FOR = 0.01  # seconds of the processor; then it rests
RESTS = 2.0  # times as long as it worked
AT_ONCE = 20  # contents in one transaction: others wait for its end
TELLS_EVERY = 1.0  # seconds; well within a lease
_COUNTS: Mapping[str, str] = {"valid": "logged"}  # of a dry run: what would be


class ServerEnds(Exception):
    """The server stops: what is left another one does."""


class Job(NamedTuple):
    """An import that a worker has the lease of."""

    database: Database
    one: Import
    worker: str
    is_over: threading.Event


def carried_out(job: Job, workspace: Workspace) -> ImportStage:
    """Carry out the pass that an import waits for; returns the stage it leads to.

    Raises Refused where the file cannot be read, Stopped, LeaseLost, ServerEnds.
    """
    with job.database.read() as unit:
        content = kept.file_of(unit, job.one.id)
        plan = kept.plan_kept(unit, job.one.id)
    sheet = _paced(job, files.rows(content, plan.sheet))
    if job.one.stage is ImportStage.READING:
        return _read(job, plan, sheet)
    rows = _Rows(job, plan, sheet, workspace=workspace)
    return rows.checked() if job.one.stage is ImportStage.CHECKING else rows.brought_in()


def _paced(job: Job, sheet: Iterator[files.Row]) -> Iterator[files.Row]:
    """Hand out rows, renewing the lease, those too that nothing is done with; rest now and then.

    Never within a transaction, for nobody asks for rows there.
    """
    go_on = _seldom(partial(_go_on, job))
    began = time.thread_time()
    for row in sheet:
        go_on(row[0])
        worked = time.thread_time() - began
        if worked >= WORKS_FOR:
            if job.is_over.wait(worked * RESTS):
                raise ServerEnds
            began = time.thread_time()
        yield row


def _go_on(job: Job, number: int) -> None:
    """Renew the lease; of a reading its rows tell how far it is, else their outcomes do."""
    at_row = {"at_row": number} if job.one.stage is ImportStage.READING else {}
    with job.database.write() as unit:
        leases.hold(unit, job.one, job.worker)
        leases.renew(unit, job.one, job.worker, **at_row)


def _read(job: Job, plan: Plan, sheet: Iterator[files.Row]) -> ImportStage:
    survey = surveying.surveyed(sheet, plan.heading)
    with job.database.write() as unit:
        leases.hold(unit, job.one, job.worker)
        kept.keep_survey(unit, job.one.id, survey)
        leases.renew(unit, job.one, job.worker, total=survey.rows)
    return ImportStage.READ


def _seldom(tell: Callable[[int], None]) -> Callable[[int], None]:
    told_at = time.monotonic()

    def told(number: int) -> None:
        nonlocal told_at
        if time.monotonic() >= told_at + TELLS_EVERY:
            told_at = time.monotonic()
            tell(number)

    return told


def _rule(fault: Fault) -> str:
    """Return what a fault is about; of what a notice lacks, why that holds it back."""
    return fault.detail if fault.code == "missing" else fault.code


class _Rows:
    """The rows of a sheet on their way to the importer, and what became of them."""

    def __init__(
        self, job: Job, plan: Plan, sheet: Iterator[files.Row], *, workspace: Workspace
    ) -> None:
        self._job, self._plan, self._sheet, self._workspace = job, plan, sheet, workspace
        self._cells: dict[int, Sequence[Cell]] = {}
        self._counts = {name: getattr(job.one, name) for name in ("logged", "known", "refused")}
        self._done: list[Done] = []

    def checked(self) -> ImportStage:
        """Rehearse the import; from the beginning, for what rows hold is in no database."""
        job = self._job
        with job.database.write() as unit:
            leases.hold(unit, job.one, job.worker)
            kept.begin_anew(unit, job.one.id)
        self._counts = dict.fromkeys(self._counts, 0)
        flush = _seldom(self._flush)
        for done in self._importing(after=0, dry_run=True):
            self._done.append(done)
            flush(done.number)
        self._flush(0)
        return ImportStage.CHECKED

    def brought_in(self) -> ImportStage:
        """Log the rows that are left; each chunk is told with what it wrote."""
        for _ in self._importing(after=self._job.one.at_row, dry_run=False):
            pass
        return ImportStage.DONE

    def _importing(self, *, after: int, dry_run: bool) -> Iterator[Done]:
        table = Table(translating.columns(self._plan), self._rows(after))
        return importing.bring_in(
            self._job.database,
            self._workspace,
            table,
            dry_run=dry_run,
            also=self._told,
            at_once=AT_ONCE,
        )

    def _rows(self, after: int) -> Iterator[Row]:
        for row, cells in translating.rows(self._plan, self._sheet, self._workspace.zone):
            if row.number > after:
                self._cells[row.number] = cells
                yield row

    def _flush(self, _: int) -> None:
        done, self._done = self._done, []
        with self._job.database.write() as unit:
            self._told(unit, done)

    def _told(self, unit: Unit, done: Sequence[Done]) -> None:
        """Write down what became of some rows, while the lease is one's own."""
        job = self._job
        leases.hold(unit, job.one, job.worker)
        if not done:
            return
        counts = dict(self._counts)
        for one in done:
            counts[_COUNTS.get(one.outcome, one.outcome)] += 1
        kept.keep_outcomes(unit, job.one.id, [self._outcome(one) for one in done])
        leases.renew(unit, job.one, job.worker, at_row=done[-1].number, **counts)
        self._counts = counts
        for one in done:
            self._cells.pop(one.number, None)

    def _outcome(self, done: Done) -> RowOutcome:
        """Say what became of a row; of one refused also its cells, to be mended."""
        cells = self._cells.get(done.number, ()) if done.outcome == "refused" else ()
        faults = [(one.pointer, _rule(one)) for one in done.faults]
        texts = [files.shown(cell) for cell in cells]
        return RowOutcome(done.number, done.outcome, done.holders, faults, texts, done.known_by)
