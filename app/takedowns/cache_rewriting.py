"""Rows written by the rules of an earlier version, rewritten by those of today.

It is done once for each change of the rules, chunk by chunk and the oldest first: a start that was
interrupted goes on where it stopped, and the newest row tells whether anything is left.
"""

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import func, select

from app.kit.database import Database, Unit, rows_as
from app.kit.errors import TrackerError
from app.kit.progress import Progress
from app.takedowns import cache, queries
from app.takedowns.models import takedowns
from app.takedowns.queries import Stored
from app.takedowns.rows import TakedownRow

CHUNK = 200
_STALE = takedowns.c.replay_rules != cache.RULES
_NEWEST = select(takedowns.c.replay_rules).order_by(takedowns.c.id.desc()).limit(1)


def run(database: Database, progress: Progress) -> None:
    """Replay every takedown whose row was written by other rules, and write it anew.

    One whose timeline cannot be replayed keeps its row, for `takedown verify` to name.
    """
    with database.read() as unit:
        if unit.connection.scalar(_NEWEST) in (None, cache.RULES):
            return
        total = unit.connection.scalar(select(func.count()).where(_STALE)) or 0
    done = reached = 0
    while done < total:
        with database.write() as unit:
            count, reached = _chunk(unit, reached)
        if not count:
            return
        done += count
        progress("takedowns replayed by today's rules", done, total)


def rewrite(unit: Unit) -> None:
    """Do the same within a unit of work."""
    count, reached = _chunk(unit, 0)
    while count:
        count, reached = _chunk(unit, reached)


def _chunk(unit: Unit, reached: int) -> tuple[int, int]:
    """Rewrite the next rows; returns how many, and the last one reached."""
    rows = _after(unit, reached)
    timelines = queries.event_rows_of(unit, [row.id for row in rows])
    for row in rows:
        with suppress(TrackerError, TypeError, ValueError, KeyError, AttributeError):
            _rewrite(unit, row, [queries.stored(told) for told in timelines[row.id]])
    return len(rows), rows[-1].id if rows else reached


def _after(unit: Unit, reached: int) -> list[TakedownRow]:
    query = select(takedowns).where(_STALE, takedowns.c.id > reached)
    query = query.order_by(takedowns.c.id).limit(CHUNK)
    return rows_as(TakedownRow, unit.connection.execute(query))


def _rewrite(unit: Unit, row: TakedownRow, timeline: Sequence[Stored]) -> None:
    missing = queries.missing_of(row)
    cache.write(unit, row.id, timeline, missing=missing, now=unit.clock())
