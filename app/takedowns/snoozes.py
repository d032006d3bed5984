"""What a person put aside: it is out of the inbox until then, by the steady time.

So nothing that was put aside while the clock ran ahead stays hidden until the clock is there again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from app.kit import steady_clock
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.takedowns.models import waits

LONGEST = timedelta(days=366)


def put_aside(unit: Unit, takedown_id: int, user_id: int, *, until: datetime) -> None:
    """Leave a takedown alone until then; raises Refused for a moment past or over a year away."""
    now = unit.clock()
    if not now < until <= now + LONGEST:
        mend = "name a moment to come, within a year"
        raise Refused("not_ahead", mend, [Fault("/until", "not_ahead", mend)])
    take_back(unit, takedown_id)
    unit.connection.execute(
        insert(waits).values(
            takedown_id=takedown_id, user_id=user_id, until=steady_clock.of_clock(unit, until)
        )
    )


def take_back(unit: Unit, takedown_id: int) -> None:
    """Let a takedown be in the inbox again."""
    unit.connection.execute(delete(waits).where(waits.c.takedown_id == takedown_id))


def of(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, datetime]:
    """Return until when by the clock these are put aside; those that are not are absent."""
    hold = waits.c.until > steady_clock.now(unit)
    query = select(waits).where(waits.c.takedown_id.in_(takedown_ids), hold)
    shown = unit.steady.by_the_clock
    return {row.takedown_id: shown(row.until) for row in unit.connection.execute(query)}
