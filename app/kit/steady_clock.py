"""Steady time: what expires is judged by it, so that a clock put back gives nothing its life back.

Sessions, one-time links, known browsers, tries to sign in, claims, what is put aside, what was
typed and remembered answers hold moments of this time, never of the clock. It is read from the
clock (kit/clock.py) and from the database: there each process finds what the others have seen,
and a start what was seen before it. A unit that writes keeps it together
with what it writes; one that only reads lets it be written down afterwards.
"""

from datetime import datetime, timedelta

from app.kit import preferences
from app.kit.database import Unit

NAME = "steady time"
KEPT_EVERY = timedelta(seconds=10)


def now(unit: Unit) -> datetime:
    """Return the steady time, and see to it that it is kept."""
    kept = preferences.moment(unit, NAME)
    found = unit.steady.reading(kept)
    if kept is None or found >= kept + KEPT_EVERY:
        if unit.is_writing:
            preferences.keep_moment(unit, NAME, found)
        elif now not in unit.afterwards:
            unit.afterwards.append(now)
    return found


def of_clock(unit: Unit, moment: datetime) -> datetime:
    """Return the moment of the steady time at which the clock will show this one."""
    now(unit)
    return moment + unit.steady.ahead
