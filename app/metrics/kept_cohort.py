"""Takedowns since some day as columns, kept by a process and grown by what changed since.

What is kept is what the rows say now; a question takes of it what had not changed after `as_of`.
"""

from dataclasses import replace
from threading import Lock

import numpy as np
from sqlalchemy import BigInteger, and_, or_, select
from sqlalchemy import type_coerce as coerce

from app.kit.database import Unit
from app.metrics import cohort_rows
from app.metrics.cohort import NEVER, Cohort
from app.metrics.cohort_rows import Condition
from app.takedowns import chain
from app.takedowns.models import events, takedowns

NONE = frozenset[str]()
_SUBMITTED, _LOGGED = (
    coerce(takedowns.c[name], BigInteger) for name in ("submitted_at", "logged_at")
)


class KeptCohort:
    """The takedowns of one database that were submitted, or as drafts logged, since a moment."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cohort = cohort_rows.cohort_of([], [], NONE)
        self._first = NEVER
        self._number = 0  # of the event up to which it is kept

    def since(self, unit: Unit, first: int) -> Cohort | None:
        """Return them, as a unit of work sees them; None where it sees less than is kept."""
        newest = chain.head(unit).number
        with self._lock:
            if newest < self._number:
                return None
            if self._number < newest and self._first < NEVER:
                told = select(events.c.takedown_id).where(events.c.number > self._number)
                self._grow(unit, [takedowns.c.id.in_(told)])
            if first < self._first:
                self._grow(unit, [_between(first, self._first)])
                self._first = first
            self._number = newest
            return self._cohort

    def _grow(self, unit: Unit, wanted: list[Condition]) -> None:
        """Read rows, in the place of what was kept of the same takedowns."""
        rows, item_rows = cohort_rows.fetched(unit, wanted)
        if rows:
            # Which ways a notice was returned is asked of the record, by what was known when.
            read = replace(cohort_rows.cohort_of(rows, item_rows, NONE), ever_returned=NONE)
            stays = ~np.isin(self._cohort.takedowns.id, read.takedowns.id)
            self._cohort = self._cohort.where(stays).joined(read).in_order()


def _between(first: int, last: int) -> Condition:
    is_draft = takedowns.c.submitted_at.is_(None)
    return or_(
        and_(first <= _SUBMITTED, last > _SUBMITTED),
        and_(is_draft, first <= _LOGGED, last > _LOGGED),
    )
