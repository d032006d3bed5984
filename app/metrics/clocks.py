"""The six clocks: of each item or takedown, how long it was watched and what ended it.

Pure: docs/definitions.md sections 5 and 6.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.metrics.cohort import NEVER, STANDINGS, Cohort, Flags, Ints
from app.metrics.counting import Group
from app.metrics.influence import Ending, Observations
from app.metrics.vocabularies import ClockName
from app.schemas.vocabularies import Standing

HOUR = 3_600_000_000
_NOBODY = np.zeros(0, dtype=np.int64)
Floats = npt.NDArray[np.float64]


class Watched(NamedTuple):
    """What a clock watches: the rows behind it, and of which no start is known or recorded."""

    cohort: Cohort
    of_items: bool
    rows: Ints  # places of items, or of takedowns, in the cohort
    endings: npt.NDArray[np.int64]
    hours: Floats
    unknown_start: Ints
    not_recorded: Ints

    @property
    def requests(self) -> Ints:
        """The place of the takedown of each row."""
        if not self.of_items:
            return self.rows
        return np.asarray(self.cohort.items.takedown[self.rows])

    def observations(self) -> Observations:
        """Return what curves are made of."""
        return Observations(self.hours, self.endings, self.requests)

    def that(self, ending: Ending) -> Ints:
        """Return the rows that ended so."""
        rows: Ints = self.rows[self.endings == ending]
        return rows


def watched(clock: ClockName, group: Group) -> Watched:
    """Return what a clock watches of a group."""
    return _WATCHED[clock](group)


def withdrawn_at(cohort: Cohort) -> Ints:
    """When each takedown was withdrawn: with the last of its items; NEVER while one is not."""
    last: Ints = np.maximum.reduceat(cohort.items.withdrawn_at, cohort.first_items)
    return last


def _gone(group: Group) -> Watched:
    start = group.counted.takedowns.submitted_at[group.counted.items.takedown]
    return _to_gone(group, start, np.ones(start.size, dtype=bool), not_recorded=_NOBODY)


def _report_to_gone(group: Group) -> Watched:
    cohort = group.counted
    start = cohort.takedowns.reported_at[cohort.items.takedown]
    tells = cohort.takedowns.tells_reports[cohort.items.takedown]
    ended = np.where(_has_ended(cohort), cohort.items.ended_at, NEVER)
    is_known = (start != NEVER) & (start <= ended)
    return _to_gone(group, start, is_known & tells, not_recorded=np.flatnonzero(~tells))


def _to_gone(group: Group, start: Ints, kept: Flags, *, not_recorded: Ints) -> Watched:
    cohort = group.counted
    items = cohort.items
    open_until = np.minimum(items.withdrawn_at, group.until)
    end = np.where(_has_ended(cohort), items.ended_at, open_until)
    is_gone = items.stands == STANDINGS.index(Standing.GONE)
    ending = np.where(
        is_gone, Ending.EVENT, np.where(_has_ended(cohort), Ending.COMPETING, Ending.CENSORED)
    )
    unknown = ~kept
    unknown[not_recorded] = False
    return _watched(
        cohort,
        kept,
        end - start,
        ending=ending,
        of_items=True,
        unknown=unknown,
        not_recorded=not_recorded,
    )


def _has_ended(cohort: Cohort) -> Flags:
    """Tell of each item whether it is gone, or was refused, restricted or given up."""
    return np.not_equal(cohort.items.ended_at, NEVER)


def _receipt(group: Group) -> Watched:
    told = group.replying.takedowns.tells_receipts
    return _of_takedowns(group, group.replying.takedowns.receipt_at, told)


def _answer(group: Group) -> Watched:
    asked = group.replying.takedowns
    return _of_takedowns(group, asked.answered_at, np.ones(asked.id.size, dtype=bool))


def _of_takedowns(group: Group, event_at: Ints, kept: Flags) -> Watched:
    cohort = group.replying
    end, ending = _raced(event_at, withdrawn_at(cohort), group.until)
    return _watched(
        cohort,
        kept,
        end - cohort.takedowns.submitted_at,
        ending=ending,
        of_items=False,
        not_recorded=np.flatnonzero(~kept),
    )


def _decision(group: Group) -> Watched:
    cohort, items = group.replying, group.replying.items
    end, ending = _raced(items.first_decided_at, items.withdrawn_at, group.until)
    span = end - cohort.takedowns.submitted_at[items.takedown]
    return _watched(cohort, np.ones(span.size, dtype=bool), span, ending=ending, of_items=True)


def _raced(event_at: Ints, competing_at: Ints, until: int) -> tuple[Ints, npt.NDArray[np.int64]]:
    """Return which of two came first, and when; `until` where neither did."""
    end = np.minimum(event_at, competing_at)
    ending = np.where(event_at <= competing_at, Ending.EVENT, Ending.COMPETING)
    is_open = end == NEVER
    return np.where(is_open, until, end), np.where(is_open, Ending.CENSORED, ending)


def _handling(group: Group) -> Watched:
    cohort = group.handled
    asked = cohort.takedowns
    is_submitted = asked.submitted_at != NEVER
    stopped = np.minimum(np.minimum(asked.withdrawn_at, asked.closed_at), group.until)
    end = np.where(is_submitted, asked.submitted_at, stopped)
    on_hold = end - np.minimum(asked.held_since, end)
    tells, is_known = asked.tells_reports, asked.handling_from != NEVER
    span = end - np.where(is_known, asked.handling_from, end) - asked.held_micros - on_hold
    return _watched(
        cohort,
        tells & is_known,
        span,
        ending=np.where(is_submitted, Ending.EVENT, Ending.CENSORED),
        of_items=False,
        unknown=tells & ~is_known,
        not_recorded=np.flatnonzero(~tells),
    )


def _watched(
    cohort: Cohort,
    kept: Flags,
    span: Ints,
    *,
    ending: npt.NDArray[np.int64],
    of_items: bool,
    unknown: Flags | None = None,
    not_recorded: Ints = _NOBODY,
) -> Watched:
    return Watched(
        cohort,
        of_items,
        np.flatnonzero(kept),
        ending[kept],
        np.maximum(span[kept], 0) / HOUR,
        _NOBODY if unknown is None else np.flatnonzero(unknown),
        not_recorded,
    )


_WATCHED: Mapping[ClockName, Callable[[Group], Watched]] = {
    ClockName.GONE: _gone,
    ClockName.RECEIPT: _receipt,
    ClockName.ANSWER: _answer,
    ClockName.DECISION: _decision,
    ClockName.HANDLING: _handling,
    ClockName.REPORT_TO_GONE: _report_to_gone,
}
