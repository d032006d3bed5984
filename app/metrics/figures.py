"""The rows behind each number: which items, or takedowns, it counts (docs/definitions.md, 6).

Pure. A number that is shown is the length of its rows, so that opening it never surprises.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple

from app.metrics.curve import SHARE_BY_HOURS
from app.metrics.inclusion_rules import (
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


class Whole(NamedTuple):
    """What was submitted, by what it may be counted among."""

    submitted: Sequence[CohortTakedown]
    cohort: Sequence[CohortTakedown]  # without items withdrawn or gone before we asked
    by_notice: Sequence[CohortTakedown]  # of the cohort, without a court order
    replying: Sequence[CohortTakedown]  # of the cohort, those that can be answered


Among = Literal["submitted", "cohort", "by_notice", "replying"]
OfItem = Callable[[CohortTakedown, CohortItem, datetime], bool]
OfTakedown = Callable[[CohortTakedown, datetime], bool]


def rows_behind(figure: str, takedowns: Iterable[CohortTakedown], until: datetime) -> list[Row]:
    """Return what a figure counts of these takedowns; raises KeyError for one not in FIGURES."""
    return _rows(figure, _whole(takedowns), until)


def counts_of(
    figures: Iterable[str], takedowns: Iterable[CohortTakedown], until: datetime
) -> dict[str, int]:
    """Return how many rows each of these figures has."""
    whole = _whole(takedowns)
    return {figure: len(_rows(figure, whole, until)) for figure in figures}


def _whole(takedowns: Iterable[CohortTakedown]) -> Whole:
    submitted = tuple(takedowns)
    cohort = cohort_of(submitted)
    return Whole(submitted, cohort, by_notice(cohort), replying(cohort))


def _rows(figure: str, whole: Whole, until: datetime) -> list[Row]:
    if figure in _TAKEDOWNS:
        among, counts = _TAKEDOWNS[figure]
        return [Row(one, None) for one in getattr(whole, among) if counts(one, until)]
    among, counts_item = _ITEMS[figure]
    return [
        Row(one, item)
        for one in getattr(whole, among)
        for item in one.items
        if counts_item(one, item, until)
    ]


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


_ITEMS: Mapping[str, tuple[Among, OfItem]] = {
    "items": ("cohort", lambda *_: True),
    "open": ("cohort", lambda _, item, __: is_open(item)),
    "refused": ("cohort", _in_state("refused")),
    "decided": ("cohort", lambda _, item, __: item.first_decided_at is not None),
    "came_back": ("cohort", _in_state("came_back")),
    "still_up": ("cohort", lambda _, item, __: item.claimed_removed_still_up),
    "court_ordered": ("cohort", lambda one, *_: one.court_order),
    "already_gone": ("submitted", _in_state("already_gone")),
    "withdrawn": ("submitted", _in_state("withdrawn")),
    "watched": ("by_notice", lambda *_: True),
    "gone": ("by_notice", lambda _, item, __: item.gone_at is not None),
    "not_gone": ("by_notice", lambda _, item, __: is_open(item)),
    **{f"gone_{hours}h": ("by_notice", _gone_within(hours)) for hours in SHARE_BY_HOURS},
    "due": ("by_notice", lambda one, _, until: is_due(one, until)),
    "target_kept": (
        "by_notice",
        lambda one, item, until: is_due(one, until) and keeps_target(one, item),
    ),
    "to_decide": ("replying", lambda *_: True),
    "undecided": ("replying", lambda _, item, __: item.first_decided_at is None),
    "decided_24h": ("replying", _decided_within(24)),
    "decided_168h": ("replying", _decided_within(168)),
}
_TAKEDOWNS: Mapping[str, tuple[Among, OfTakedown]] = {
    "takedowns": ("cohort", lambda *_: True),
    "our_time": ("cohort", lambda one, _: one.our_hours is not None),
    "no_reply_expected": ("cohort", lambda one, _: not one.reply_expected),
    "acted_on": ("by_notice", lambda one, _: any(item.first_action_at for item in one.items)),
    "to_answer": ("replying", lambda *_: True),
    "answered": ("replying", lambda one, _: one.answered_at is not None),
    "unanswered": ("replying", lambda one, _: one.answered_at is None),
    "a_day_old": ("replying", lambda one, until: is_as_old_as(DAY, one, until)),
    "receipt_24h": (
        "replying",
        lambda one, until: is_as_old_as(DAY, one, until) and has_receipt_in_a_day(one),
    ),
    "a_week_old": ("replying", lambda one, until: is_as_old_as(WEEK, one, until)),
    "silent_7d": (
        "replying",
        lambda one, until: is_as_old_as(WEEK, one, until) and one.answered_at is None,
    ),
}
FIGURES = frozenset((*_ITEMS, *_TAKEDOWNS))
COUNTED: Mapping[str, str] = MappingProxyType(
    {figure: "takedown" if figure in _TAKEDOWNS else "item" for figure in FIGURES}
)
