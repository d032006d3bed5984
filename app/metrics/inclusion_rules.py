"""What counts: the takedowns and items of a cohort, and what can be said of one (section 6).

Pure: the rows arrive as they stood at `as_of`; nothing here asks what time it is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple, NewType

from app.takedowns.lifecycle import LEFT_OUT

SMALL = 10
DAY = timedelta(hours=24)
WEEK = timedelta(days=7)


class CohortItem(NamedTuple):
    """One item of a submitted takedown, as it stood at `as_of`."""

    number: int  # within its takedown
    state: str
    gone_at: datetime | None
    competing_at: datetime | None  # start of the refusal or restriction that stands
    first_decided_at: datetime | None
    first_action_at: datetime | None  # first decision but refused, already_gone and other
    claimed_removed_still_up: bool


class CohortTakedown(NamedTuple):
    """One submitted takedown, as it stood at `as_of`."""

    reference: str
    submitted_at: datetime
    receipt_at: datetime | None
    answered_at: datetime | None
    target_at: datetime | None  # the moment by which we want its items gone
    our_hours: float | None
    reply_expected: bool
    court_order: bool
    items: tuple[CohortItem, ...]


# Takedowns and items that count: without those withdrawn or gone before we asked.
Cohort = NewType("Cohort", tuple[CohortTakedown, ...])


def cohort_of(takedowns: Iterable[CohortTakedown]) -> Cohort:
    """What counts of these takedowns; one whose items are all left out is left out itself."""
    counted = []
    for takedown in takedowns:
        items = tuple(item for item in takedown.items if item.state not in LEFT_OUT)
        if len(items) == len(takedown.items):
            counted.append(takedown)
        elif items:
            counted.append(takedown._replace(items=items))
    return Cohort(tuple(counted))


def is_small(cohort: Cohort) -> bool:
    """Whether there are too few takedowns for any percentage or median."""
    return len(cohort) < SMALL


def by_notice(cohort: Cohort) -> list[CohortTakedown]:
    """The takedowns whose removals are credited to a notice: those without a court order.

    Whether a court ordered it is known before submission, so leaving out the whole takedown,
    gone or not, does not bias the rest; leaving out its removals alone would.
    """
    return [takedown for takedown in cohort if not takedown.court_order]


def replying(cohort: Cohort) -> list[CohortTakedown]:
    """The takedowns a platform can answer."""
    return [takedown for takedown in cohort if takedown.reply_expected]


def is_open(item: CohortItem) -> bool:
    """Whether the item still waits: neither gone, nor refused or restricted."""
    return item.gone_at is None and item.competing_at is None


def is_as_old_as(age: timedelta, takedown: CohortTakedown, until: datetime) -> bool:
    """Whether it was submitted so long ago, or longer."""
    return takedown.submitted_at <= until - age


def has_receipt_in_a_day(takedown: CohortTakedown) -> bool:
    """Whether a receipt came within the day."""
    return takedown.receipt_at is not None and takedown.receipt_at <= takedown.submitted_at + DAY


def is_due(takedown: CohortTakedown, until: datetime) -> bool:
    """Whether the moment by which we wanted its items gone has passed."""
    return takedown.target_at is not None and takedown.target_at <= until


def keeps_target(takedown: CohortTakedown, item: CohortItem) -> bool:
    """Whether the item was decided or gone by the takedown's target."""
    target = takedown.target_at
    moments = (item.first_decided_at, item.gone_at)
    return target is not None and any(at is not None and at <= target for at in moments)


def hours_between(start: datetime, end: datetime) -> float:
    """Wall-clock hours, of two aware moments."""
    return (end - start).total_seconds() / 3600


def hours_watched(start: datetime, until: datetime) -> float:
    """Hours that something open has waited; none yet for what a clock ahead dated to come."""
    return max(hours_between(start, until), 0.0)
