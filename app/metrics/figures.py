"""The rows behind each number: which items, or takedowns, it counts (docs/definitions.md, 6).

Pure. A number that is shown is the length of its rows, so that opening it never surprises.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from app.metrics.curve import SHARE_BY_HOURS
from app.metrics.summary import (
    DAY,
    WEEK,
    CohortItem,
    CohortTakedown,
    by_notice,
    cohort_of,
    has_receipt_in_a_day,
    is_as_old_as,
    is_due,
    is_open,
    keeps_target,
    replying,
)


class Row(NamedTuple):
    """What a number counts: an item, or with None a whole takedown."""

    takedown: CohortTakedown
    item: CohortItem | None


Submitted = tuple[CohortTakedown, ...]
Choice = Callable[[Submitted], Iterable[CohortTakedown]]
OfItem = Callable[[CohortTakedown, CohortItem, datetime], bool]
OfTakedown = Callable[[CohortTakedown, datetime], bool]


def rows_behind(figure: str, takedowns: Iterable[CohortTakedown], as_of: datetime) -> list[Row]:
    """Return what a figure counts of these takedowns; raises KeyError for one not in FIGURES."""
    submitted = tuple(takedowns)
    if figure in _TAKEDOWNS:
        choice, counts = _TAKEDOWNS[figure]
        return [Row(one, None) for one in choice(submitted) if counts(one, as_of)]
    chosen, counts_item = _ITEMS[figure]
    return [
        Row(one, item)
        for one in chosen(submitted)
        for item in one.items
        if counts_item(one, item, as_of)
    ]


def counts_of(
    figures: Iterable[str], takedowns: Iterable[CohortTakedown], as_of: datetime
) -> dict[str, int]:
    """Return how many rows each of these figures has."""
    submitted = tuple(takedowns)
    return {figure: len(rows_behind(figure, submitted, as_of)) for figure in figures}


def _everything(submitted: Submitted) -> Iterable[CohortTakedown]:
    return submitted


def _by_notice(submitted: Submitted) -> Iterable[CohortTakedown]:
    return by_notice(cohort_of(submitted))


def _replying(submitted: Submitted) -> Iterable[CohortTakedown]:
    return replying(cohort_of(submitted))


def _in_state(state: str) -> OfItem:
    return lambda _, item, __: item.state == state


def _gone_within(hours: int) -> OfItem:
    span = timedelta(hours=hours)
    return lambda one, item, _: item.gone_at is not None and item.gone_at <= one.submitted_at + span


def _decided_within(hours: int) -> OfItem:
    span = timedelta(hours=hours)
    return lambda one, item, _: (
        item.first_decided_at is not None and item.first_decided_at <= one.submitted_at + span
    )


_ITEMS: Mapping[str, tuple[Choice, OfItem]] = {
    "items": (cohort_of, lambda *_: True),
    "open": (cohort_of, lambda _, item, __: is_open(item)),
    "refused": (cohort_of, _in_state("refused")),
    "decided": (cohort_of, lambda _, item, __: item.first_decided_at is not None),
    "came_back": (cohort_of, _in_state("came_back")),
    "still_up": (cohort_of, lambda _, item, __: item.claimed_removed_still_up),
    "court_ordered": (cohort_of, lambda one, *_: one.court_order),
    "already_gone": (_everything, _in_state("already_gone")),
    "withdrawn": (_everything, _in_state("withdrawn")),
    "watched": (_by_notice, lambda *_: True),
    "gone": (_by_notice, lambda _, item, __: item.gone_at is not None),
    "not_gone": (_by_notice, lambda _, item, __: is_open(item)),
    **{f"gone_{hours}h": (_by_notice, _gone_within(hours)) for hours in SHARE_BY_HOURS},
    "due": (_by_notice, lambda one, _, as_of: is_due(one, as_of)),
    "target_kept": (
        _by_notice,
        lambda one, item, as_of: is_due(one, as_of) and keeps_target(one, item),
    ),
    "to_decide": (_replying, lambda *_: True),
    "undecided": (_replying, lambda _, item, __: item.first_decided_at is None),
    "decided_168h": (_replying, _decided_within(168)),
}
_TAKEDOWNS: Mapping[str, tuple[Choice, OfTakedown]] = {
    "takedowns": (cohort_of, lambda *_: True),
    "our_time": (cohort_of, lambda one, _: one.our_hours is not None),
    "no_reply_expected": (cohort_of, lambda one, _: not one.reply_expected),
    "acted_on": (_by_notice, lambda one, _: any(item.first_action_at for item in one.items)),
    "to_answer": (_replying, lambda *_: True),
    "answered": (_replying, lambda one, _: one.answered_at is not None),
    "unanswered": (_replying, lambda one, _: one.answered_at is None),
    "a_day_old": (_replying, lambda one, as_of: is_as_old_as(DAY, one, as_of)),
    "receipt_24h": (
        _replying,
        lambda one, as_of: is_as_old_as(DAY, one, as_of) and has_receipt_in_a_day(one),
    ),
    "a_week_old": (_replying, lambda one, as_of: is_as_old_as(WEEK, one, as_of)),
    "silent_7d": (
        _replying,
        lambda one, as_of: is_as_old_as(WEEK, one, as_of) and one.answered_at is None,
    ),
}
FIGURES = frozenset((*_ITEMS, *_TAKEDOWNS))
COUNTED: Mapping[str, str] = MappingProxyType(
    {figure: "takedown" if figure in _TAKEDOWNS else "item" for figure in FIGURES}
)
