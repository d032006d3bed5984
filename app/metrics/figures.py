"""The rows behind each number: which items, takedowns or complaints it counts.

Pure: docs/definitions.md section 6. A number that is shown is the length of its rows, so that
opening it never surprises.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from app.metrics import clocks
from app.metrics.clocks import HOUR
from app.metrics.cohort import ENDS, NEVER, RESTS, Cohort, Flags, Ints
from app.metrics.counting import Group
from app.metrics.inclusion_rules import (
    DAY,
    WEEK,
    age_of,
    answered_at,
    answered_by_target,
    dsa_acted_at,
    dsa_decided_at,
    gone_by_target,
    is_as_old_as,
    is_due,
    receipt_at,
    stand,
    was_withdrawn_from,
)
from app.metrics.influence import Ending
from app.metrics.vocabularies import ClockName
from app.schemas.vocabularies import Contested, RestsOn, Standing

SHARE_BY_HOURS = (1, 2, 6, 24, 48, 72, 168, 1008)


class Unit(StrEnum):
    """What a figure counts."""

    ITEM = "item"
    TAKEDOWN = "takedown"
    COMPLAINT = "complaint"


class Rows(NamedTuple):
    """What a number counts: places of its unit in a cohort."""

    cohort: Cohort
    places: Ints

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return self.places.size > 0


class Figure(NamedTuple):
    """A number that is the length of its rows."""

    unit: Unit
    rows: Callable[[Group], Rows]


def rows_behind(figure: str, group: Group) -> Rows:
    """Return what a figure counts in a group; raises KeyError for one not in FIGURES."""
    return FIGURES[figure].rows(group)


def counts_of(figures: Iterable[str], group: Group) -> dict[str, int]:
    """Return how many rows each of these figures has."""
    return {figure: rows_behind(figure, group).places.size for figure in figures}


def takedowns_of(figure: str, rows: Rows) -> Ints:
    """Return the place of the takedown of each row."""
    match FIGURES[figure].unit:
        case Unit.TAKEDOWN:
            return rows.places
        case Unit.ITEM:
            return rows.cohort.items.takedown[rows.places]
        case Unit.COMPLAINT:
            return rows.cohort.complaints.takedown[rows.places]


def _counted(group: Group) -> Cohort:
    return group.counted


def _replying(group: Group) -> Cohort:
    return group.replying


def _these(
    among: Callable[[Group], Cohort], mask: Callable[[Group, Cohort], Flags]
) -> Callable[[Group], Rows]:
    def rows(group: Group) -> Rows:
        cohort = among(group)
        return Rows(cohort, np.flatnonzero(mask(group, cohort)))

    return rows


def _items(
    mask: Callable[[Group, Cohort], Flags], among: Callable[[Group], Cohort] = _counted
) -> Figure:
    return Figure(Unit.ITEM, _these(among, mask))


def _takedowns(
    mask: Callable[[Group, Cohort], Flags], among: Callable[[Group], Cohort] = _counted
) -> Figure:
    return Figure(Unit.TAKEDOWN, _these(among, mask))


def _every_item(_: Group, cohort: Cohort) -> Flags:
    return np.ones(cohort.items.number.size, dtype=bool)


def _every_takedown(_: Group, cohort: Cohort) -> Flags:
    return np.ones(len(cohort), dtype=bool)


def _standing(standing: Standing) -> Figure:
    return _items(lambda _, cohort: stand(cohort, standing))


def _resting(rests_on: RestsOn) -> Figure:
    return _items(lambda _, cohort: cohort.items.rests_on == RESTS.index(rests_on))


def _gone_within(hours: int) -> Figure:
    return _items(
        lambda _, cohort: (
            stand(cohort, Standing.GONE) & (age_of(cohort, cohort.items.ended_at) <= hours * HOUR)
        )
    )


def _decided_within(hours: int) -> Figure:
    return _items(
        lambda _, cohort: age_of(cohort, cohort.items.first_decided_at) <= hours * HOUR, _replying
    )


def _complaints(became: Contested | None) -> Figure:
    def rows(group: Group) -> Rows:
        made = group.counted.complaints.became
        return Rows(
            group.counted,
            np.arange(made.size) if became is None else np.flatnonzero(made == ENDS.index(became)),
        )

    return Figure(Unit.COMPLAINT, rows)


def _clock_rows(clock: ClockName, part: Callable[[clocks.Watched], Ints], group: Group) -> Rows:
    seen = clocks.watched(clock, group)
    return Rows(seen.cohort, part(seen))


_OF_ITEMS = {ClockName.GONE, ClockName.DECISION, ClockName.REPORT_TO_GONE}
_PARTS: Mapping[str, Callable[[clocks.Watched], Ints]] = {
    "n": lambda seen: seen.rows,
    "events": lambda seen: seen.that(Ending.EVENT),
    "competing": lambda seen: seen.that(Ending.COMPETING),
    "censored": lambda seen: seen.that(Ending.CENSORED),
    "unknown_start": lambda seen: seen.unknown_start,
    "not_recorded": lambda seen: seen.not_recorded,
}
_OF_CLOCKS = {
    f"{clock}_{name}": Figure(
        Unit.ITEM if clock in _OF_ITEMS else Unit.TAKEDOWN, partial(_clock_rows, clock, part)
    )
    for clock in ClockName
    for name, part in _PARTS.items()
}
FIGURES: Mapping[str, Figure] = MappingProxyType(
    _OF_CLOCKS
    | {str(one): _standing(one) for one in Standing if one != Standing.ALREADY_GONE}
    | {str(one): _resting(one) for one in RestsOn}
    | {f"gone_{hours}h": _gone_within(hours) for hours in SHARE_BY_HOURS}
    | {f"decided_{hours}h": _decided_within(hours) for hours in SHARE_BY_HOURS}
    | {f"complaints_{one}": _complaints(one) for one in Contested}
    | {
        "complaints": _complaints(None),
        "takedowns": _takedowns(_every_takedown),
        "items": _items(_every_item),
        "imported": _takedowns(lambda _, cohort: cohort.takedowns.is_imported),
        "already_gone": _items(_every_item, lambda group: group.already_gone),
        "court_ordered": _items(_every_item, lambda group: group.court_ordered),
        "no_reply_expected": _takedowns(lambda _, cohort: ~cohort.takedowns.reply_expected),
        "still_up": _items(lambda _, cohort: cohort.items.claimed_removed_still_up),
        "decided": _items(lambda _, cohort: cohort.items.first_decided_at != NEVER),
        "ever_gone": _items(
            lambda _, cohort: stand(cohort, Standing.GONE) | stand(cohort, Standing.CAME_BACK)
        ),
        "due": _items(is_due),
        "gone_by_target": _items(gone_by_target),
        "due_to_answer": _items(is_due, _replying),
        "answered_by_target": _items(answered_by_target, _replying),
        "a_day_old": _takedowns(
            lambda group, cohort: (
                is_as_old_as(DAY, group, cohort) & cohort.takedowns.tells_receipts
            ),
            _replying,
        ),
        "receipt_24h": _takedowns(
            lambda group, cohort: (
                is_as_old_as(DAY, group, cohort)
                & cohort.takedowns.tells_receipts
                & (receipt_at(cohort) <= cohort.takedowns.submitted_at + DAY)
            ),
            _replying,
        ),
        "a_week_old": _takedowns(partial(is_as_old_as, WEEK), _replying),
        "silent_7d": _takedowns(
            lambda group, cohort: (
                is_as_old_as(WEEK, group, cohort) & (answered_at(cohort) == NEVER)
            ),
            _replying,
        ),
        "acted_on": _takedowns(lambda _, cohort: dsa_acted_at(cohort) != NEVER),
        "decided_on": _takedowns(lambda _, cohort: dsa_decided_at(cohort) != NEVER),
        "with_open": _takedowns(lambda _, cohort: cohort.with_any(stand(cohort, Standing.OPEN))),
        "notices_refused": _takedowns(
            lambda _, cohort: cohort.with_any(stand(cohort, Standing.REFUSED))
        ),
        "information_asked": _takedowns(lambda _, cohort: cohort.takedowns.information_asked),
        "wrong_channel": _takedowns(lambda _, cohort: cohort.takedowns.wrong_channel),
        "duplicates": _takedowns(lambda _, cohort: cohort.takedowns.duplicate),
        "withdrawn_after_submission": _takedowns(was_withdrawn_from),
    }
)
# What figures of definition 2026-1 were called: links to them keep working.
FORMERLY: Mapping[str, str] = MappingProxyType(
    {
        "watched": "items",
        "not_gone": "gone_censored",
        "target_kept": "answered_by_target",
        "our_time": "handling_events",
        "to_answer": "answer_n",
        "answered": "answer_events",
        "unanswered": "answer_censored",
        "to_decide": "decision_n",
        "undecided": "decision_censored",
    }
)
