"""The one thread of a server that works on imports, for as long as there is something to do.

What it has done lies in the database, rows and state in one transaction: after a server that was
killed another goes on, and no row is brought in twice.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress

from app.imports import kept, leases, passes
from app.imports.kept import Import, Overtaken
from app.imports.leases import LeaseLost, Stopped
from app.imports.passes import Job, ServerEnds
from app.imports.vocabularies import ImportStage
from app.kit.database import Database, Unit
from app.kit.errors import DatabaseFault, OtherSchema, Refused, WrongKey
from app.kit.group_commit import NotCommitted
from app.notices.filling import Workspace

PATIENCE = 1.0  # seconds, until it looks again whether another's lease is over
UNFORESEEN = "unforeseen"
# Where a pass leads that a person stopped.
STOPPED: Mapping[ImportStage, ImportStage] = {
    ImportStage.READING: ImportStage.SENT,
    ImportStage.CHECKING: ImportStage.READ,
    ImportStage.IMPORTING: ImportStage.CANCELLED,
}
_log = logging.getLogger(__name__)
_NOT_NOW = (DatabaseFault, NotCommitted, OtherSchema, WrongKey)


class Worker:
    """Works on what waits, one import after the other, in a thread of its own."""

    def __init__(self, database: Database, workspace_in: Callable[[Unit], Workspace]) -> None:
        self.name = str(uuid.uuid4())
        self._database = database
        self._workspace_in = workspace_in
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_wanted = False
        self._is_over = threading.Event()

    def wake(self) -> None:
        """See to it that somebody works on what waits; returns at once."""
        with self._lock:
            self._is_wanted = True
            is_at_it = self._thread is not None and self._thread.is_alive()
            if not is_at_it and not self._is_over.is_set():
                self._thread = threading.Thread(target=self._run, name="imports", daemon=True)
                self._thread.start()

    def rest(self, seconds: float | None = None) -> None:
        """Wait until nothing is left to do, or for so long."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def end(self) -> None:
        """Stop after the rows at hand: another server goes on."""
        self._is_over.set()

    def _run(self) -> None:
        self._note(kept.forget_old)
        while self._is_any_left(self._work()):
            pass

    def _is_any_left(self, has_worked: bool) -> bool:
        with self._lock:
            if self._is_over.is_set() or not (has_worked or self._is_wanted):
                self._thread = None
                return False
            self._is_wanted = False
            return True

    def _work(self) -> bool:
        """Work on what waits longest; tells whether there is anything, if only for another."""
        try:
            with self._database.write() as unit:
                found = leases.claim(unit, self.name)
                is_any = found is not None or leases.is_any(unit)
            if found is None:
                is_any = is_any and not self._is_over.wait(PATIENCE)
            else:
                self._end(found, *self._outcome(found))
        except _NOT_NOW:  # every page tells of it; the lease stays one's own, or another takes it
            is_any = not self._is_over.wait(PATIENCE)
        except (LeaseLost, Overtaken):
            is_any = True
        except ServerEnds:
            is_any = False
            self._note(lambda unit: leases.give_back(unit, self.name))
        return is_any

    def _note(self, write_down: Callable[[Unit], object]) -> None:
        with suppress(*_NOT_NOW):
            self._database.note(write_down)

    def _outcome(self, one: Import) -> tuple[ImportStage, str | None]:
        """Carry a pass out; returns the stage it leads to, and what went wrong."""
        job = Job(self._database, one, self.name, self._is_over)
        try:
            with self._database.read() as unit:
                workspace = self._workspace_in(unit)
            return passes.carried_out(job, workspace), None
        except Stopped:
            return STOPPED[one.stage], None
        except Refused as error:
            return ImportStage.FAILED, error.code
        except (*_NOT_NOW, LeaseLost, ServerEnds):
            raise
        except Exception as error:  # noqa: BLE001 - one import may not hold up all others
            # Its words may repeat what stands in the file.
            _log.error("an import failed: %s", type(error).__qualname__)
            return ImportStage.FAILED, UNFORESEEN

    def _end(self, one: Import, stage: ImportStage, problem: str | None) -> None:
        with self._database.write() as unit:
            if leases.is_held(unit, one.id, self.name):
                kept.move(unit, one, stage, problem=problem)
