"""What to say to a platform when it is spoken to next, read from the record."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from app.kit.database import Unit
from app.metrics import figures, talking_points
from app.metrics.cohort import NEVER, Ints, Takedowns
from app.metrics.counting import Group
from app.metrics.talking_points import Point
from app.metrics.vocabularies import TalkingPoint
from app.takedowns import correspondence, queries
from app.takedowns.replay_order import in_order, standing

LINES = 3  # of a kind
READ = 50  # requests of a figure: what is said of more is heard by nobody
OF_FIGURES = ("open", "came_back", "still_up", "refused")
# What came last is said first; of what waits, what has waited longest.
_NEWEST_FIRST = frozenset(
    {TalkingPoint.BACK_ONLINE, TalkingPoint.STILL_ONLINE, TalkingPoint.REFUSED}
)


class Matter(NamedTuple):
    """Something to say, by the platform's own numbers for it."""

    point: Point
    tickets: Sequence[str]
    has_reason: bool  # of a refusal


class Said(NamedTuple):
    """What to say of one kind; `is_cut` tells that there is more."""

    matters: Sequence[Matter]
    is_cut: bool


def said(unit: Unit, group: Group) -> Mapping[TalkingPoint, Said]:
    """Return what to say of the requests of a group that we did not close, the gravest first."""
    rows = queries.by_references(unit, _references(group))
    items = queries.items_of(unit, rows)
    entries = queries.events_of(unit, [row.id for row in rows])
    found = [
        talking_points.point_of(
            row,
            [item.row for item in items[row.id]],
            in_order(standing([entry.event for entry in entries[row.id]])),
        )
        for row in rows
    ]
    by_topic = _by_topic([point for point in found if point is not None])
    shown = [point.row.id for points in by_topic.values() for point in points[:LINES]]
    tickets = correspondence.tickets_of(unit, shown)
    return {
        topic: Said(
            [
                Matter(
                    point,
                    tickets[point.row.id],
                    point.item is not None
                    and correspondence.has_reason(entries[point.row.id], point.item),
                )
                for point in points[:LINES]
            ],
            len(points) > LINES,
        )
        for topic, points in by_topic.items()
    }


def _by_topic(points: Sequence[Point]) -> dict[TalkingPoint, list[Point]]:
    order = list(TalkingPoint)
    ordered = sorted(points, key=lambda one: (order.index(one.topic), one.at, one.row.reference))
    return {
        topic: sorted(of_topic, key=lambda one: one.at, reverse=topic in _NEWEST_FIRST)
        for topic, of_topic in groupby(ordered, key=lambda one: one.topic)
    }


def _references(group: Group) -> set[str]:
    """Name the requests that are not closed and of which one of the figures counts something."""
    found: set[str] = set()
    for figure in OF_FIGURES:
        rows = figures.rows_behind(figure, group)
        takedowns = rows.cohort.takedowns
        places = np.unique(figures.takedowns_of(figure, rows))
        places = places[takedowns.closed_at[places] == NEVER]
        found.update(takedowns.reference[places[_order(figure, takedowns.take(places))][:READ]])
    return found


def _order(figure: str, takedowns: Takedowns) -> Ints:
    """Say first what the kinds above say first: of what is open, where we were ever asked."""
    if figure == "open":
        return np.lexsort((takedowns.submitted_at, ~takedowns.information_asked))
    return np.argsort(-takedowns.updated_at, kind="stable")
