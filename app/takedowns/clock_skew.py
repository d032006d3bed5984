"""Clock skew: whether the clock stands before the newest entry of the record.

Then it ran ahead once, or is behind now. Order goes by number, so nothing is lost or hidden; but
new entries bear the moment of the newest one until the clock is there, and figures say so too.
"""

from datetime import datetime
from typing import NamedTuple

from app.accounts import audit
from app.kit.database import Unit
from app.takedowns import chain


class Skew(NamedTuple):
    """What the clock says, and of when the newest entry is, where that is later."""

    now: datetime
    newest: datetime


def of(unit: Unit) -> Skew | None:
    """Return by how much the clock is behind the record; None where it is not."""
    now = unit.clock()
    newest = max(head.at or now for head in (chain.head(unit), audit.head(unit)))
    return Skew(now, newest) if unit.steady.check(now, newest) else None
