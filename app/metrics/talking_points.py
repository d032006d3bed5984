"""What to say to a platform next time: of each request that is not settled, the gravest matter.

Pure: what is known of one request in, at most one matter out.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from app.metrics.vocabularies import TalkingPoint
from app.schemas.vocabularies import EventKind, ItemState, NextStep, Standing
from app.takedowns.event_kinds import BY_THE_PLATFORM
from app.takedowns.replay_order import Event
from app.takedowns.rows import ItemRow, TakedownRow

# What a platform is written to about a notice it has: after it, the next word is the platform's.
AGAIN = frozenset({EventKind.REMINDED, EventKind.COMPLAINED})


class Point(NamedTuple):
    """A matter: about how many of a request's locations, when it came up, and what was before that.

    `kind` is our last message, where nothing came back; `item` the one that was refused.
    """

    topic: TalkingPoint
    row: TakedownRow
    locations: int
    at: datetime
    since: datetime | None = None
    kind: EventKind | None = None
    item: ItemRow | None = None


def point_of(row: TakedownRow, items: Sequence[ItemRow], told: Sequence[Event]) -> Point | None:
    """Return what to raise about a request; `told` are its standing events in replay order."""
    if row.submitted_at is None or row.closed_at is not None or row.withdrawn_at is not None:
        return None
    return (
        _asked(row, items, told)
        or _online(row, items)
        or _written_again(row, items, told)
        or _waiting(row, items)
        or _refused(row, items)
    )


def _asked(row: TakedownRow, items: Sequence[ItemRow], told: Sequence[Event]) -> Point | None:
    asked = [one for one in told if one.kind == EventKind.INFORMATION_REQUESTED]
    if row.next_step != NextStep.ANSWER or not asked:
        return None
    return Point(TalkingPoint.ASKED_US, row, len(items), asked[-1].happened_at)


def _online(row: TakedownRow, items: Sequence[ItemRow]) -> Point | None:
    back = [one for one in items if one.state == ItemState.CAME_BACK]
    found = back or [one for one in items if one.claimed_removed_still_up]
    seen_at = _last(one.seen_at for one in found)
    if seen_at is None:
        return None
    if back:
        return Point(TalkingPoint.BACK_ONLINE, row, len(back), seen_at)
    said_at = _last(one.said_at for one in found)
    return Point(TalkingPoint.STILL_ONLINE, row, len(found), seen_at, said_at)


def _written_again(
    row: TakedownRow, items: Sequence[ItemRow], told: Sequence[Event]
) -> Point | None:
    unsettled = [one for one in items if one.stands in (Standing.OPEN, Standing.REFUSED)]
    messages = [one for one in told if one.kind in AGAIN | BY_THE_PLATFORM]
    if not unsettled or not messages or messages[-1].kind not in AGAIN:
        return None
    last = messages[-1]
    return Point(
        TalkingPoint.WRITTEN_AGAIN,
        row,
        len(unsettled),
        last.happened_at,
        row.submitted_at,
        kind=last.kind,
    )


def _waiting(row: TakedownRow, items: Sequence[ItemRow]) -> Point | None:
    waiting = [one for one in items if one.stands == Standing.OPEN]
    if not waiting or row.submitted_at is None:
        return None
    return Point(
        TalkingPoint.WAITING, row, len(waiting), row.submitted_at, row.receipt_at or row.answered_at
    )


def _refused(row: TakedownRow, items: Sequence[ItemRow]) -> Point | None:
    refused = [
        (one.said_at, one)
        for one in items
        if one.stands == Standing.REFUSED and one.said_at is not None
    ]
    if not refused:
        return None
    said_at, item = max(refused, key=lambda one: one[0])
    return Point(TalkingPoint.REFUSED, row, len(refused), said_at, item=item)


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((one for one in moments if one is not None), default=None)
