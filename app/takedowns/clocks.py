"""The clocks of a takedown, and the moments by which we want to have heard.

Pure: docs/definitions.md section 5. Wall-clock hours between two moments; no business hours.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from app.schemas.vocabularies import Basis
from app.takedowns import facts
from app.takedowns.event_parts import Targets
from app.takedowns.lifecycle import State
from app.takedowns.rows import TakedownRow

RECEIPT_HOURS = 24
GONE_HOURS = 24
URGENT_HOURS = 6
HOUR_MICROS = 3_600_000_000
TAKE_IT_DOWN_HOURS = 48  # TAKE IT DOWN Act, section 3(a)(3)


class Hours(NamedTuple):
    """The five clocks of one takedown in hours; None: still running, or never started."""

    our_hours: float | None
    receipt_hours: float | None
    answer_hours: float | None
    decision_hours: float | None  # to the first decision about any item
    gone_hours: float | None  # to the last item


def hours(state: State) -> Hours:
    """The clocks of a takedown as a whole; `hours_to` gives those of an item."""
    return Hours(
        our_hours=handling_hours(
            state.submitted_at, state.measures.handling_from, state.measures.held_micros
        ),
        receipt_hours=hours_to(state, state.receipt_at),
        answer_hours=hours_to(state, state.answered_at),
        decision_hours=hours_to(state, state.decided_at),
        gone_hours=hours_to(state, state.gone_at),
    )


def hours_to(takedown: State | TakedownRow, moment: datetime | None) -> float | None:
    """Hours from the submission to a moment; None when either has not come."""
    if takedown.submitted_at is None or moment is None:
        return None
    return _hours(moment - takedown.submitted_at)


def target_hours(defaults: Mapping[str, int], *, urgent: bool, basis: str | None) -> Targets:
    """Hours to give a platform, from its own `receipt_hours`, `gone_hours` and `urgent_hours`."""
    gone = defaults.get("gone_hours", GONE_HOURS)
    if basis == Basis.TAKE_IT_DOWN:
        gone = TAKE_IT_DOWN_HOURS
    if urgent:
        gone = min(gone, defaults.get("urgent_hours", URGENT_HOURS))
    return Targets(defaults.get("receipt_hours", RECEIPT_HOURS), gone)


def receipt_target(state: State) -> datetime | None:
    """When a receipt should have come; None before the submission."""
    if state.submitted_at is None or state.targets is None:
        return None
    return state.submitted_at + timedelta(hours=state.targets.receipt_hours)


def removal_target(state: State) -> datetime | None:
    """When every item should be gone, a threat's deadline at the latest; None before submission."""
    if state.submitted_at is None or state.targets is None:
        return None
    target = state.submitted_at + timedelta(hours=state.targets.gone_hours)
    deadline = facts.moment_of(state.facts, "deadline_at")
    return min(target, deadline) if deadline else target


def handling_hours(
    ends_at: datetime | None, starts_at: datetime | None, held_micros: int
) -> float | None:
    """Hours of handling less those on hold, never below 0; None where it is not known, or open."""
    if ends_at is None or starts_at is None:
        return None
    return max(_hours(ends_at - starts_at) - held_micros / HOUR_MICROS, 0.0)


def _hours(span: timedelta) -> float:
    return span.total_seconds() / 3600
