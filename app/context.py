"""The parts of a running application, which both faces stand on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.kit import idempotency, preferences
from app.kit.clock import Clock
from app.kit.database import Database, Unit
from app.kit.preferences import Stored
from app.kit.settings import Settings
from app.metrics.kept_cohort import KeptCohort
from app.notices import workspaces
from app.notices.filling import Workspace


@dataclass
class Context:
    """Settings, database, clock, and the workspace as it was laid at the start, and from what.

    An administrator may change it in any process: what is asked for goes by `workspace_in`.
    """

    settings: Settings
    database: Database
    clock: Clock
    workspace: Workspace
    laid_from: Stored = ()
    in_flight: idempotency.InFlight = field(default_factory=idempotency.InFlight)
    kept_cohort: KeptCohort = field(default_factory=KeptCohort)

    def __post_init__(self) -> None:
        self._laid = self.laid_from, self.workspace

    @property
    def last_laid(self) -> Workspace:
        """The workspace as it was last laid, for what no administrator changes: reading links."""
        return self._laid[1]

    def workspace_in(self, unit: Unit) -> Workspace:
        """Return the workspace as a unit of work sees it; raises Misconfigured where there is none.

        It is laid anew where what was changed is no longer what it was laid from: compared as it
        lies in the database, for a moment of the last change would be the clock's word.
        """
        changed = preferences.stored(unit, workspaces.CHANGEABLE)
        laid_from, workspace = self._laid
        if laid_from != changed:
            workspace = workspaces.build(self.settings, os.environ, preferences.read(unit))
            self._laid = changed, workspace
        return workspace


class Units:
    """The units of work of one request, and the workspace as the last of them saw it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._unit: Unit | None = None
        self._workspace: Workspace | None = None

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """Open a reading unit of work."""
        with self._context.database.read() as unit, self._at_work(unit):
            yield unit

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """Open a writing unit of work."""
        with self._context.database.write() as unit, self._at_work(unit):
            yield unit

    @property
    def workspace(self) -> Workspace:
        """The workspace of the unit that is open, else as it was in the last one."""
        if self._workspace is None and self._unit is None:
            with self.read():
                return self.workspace
        if self._workspace is None:
            assert self._unit is not None  # noqa: S101 - just seen
            self._workspace = self._context.workspace_in(self._unit)
        return self._workspace

    @contextmanager
    def _at_work(self, unit: Unit) -> Iterator[None]:
        before, self._unit, self._workspace = self._unit, unit, None
        try:
            yield
        finally:
            self._unit = before
