"""Who is at work on a takedown, so that two people do not do the same thing.

Whoever does something to it first has it; looking at it claims nothing. A claim ends by itself, by
the steady time. It keeps nobody out: whoever needs to may take it over, which is audited.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from app.accounts.models import users
from app.kit import steady_clock
from app.kit.database import Unit
from app.takedowns.models import claims, takedowns

LASTS = timedelta(minutes=15)
_CLAIMS = select(claims.c.takedown_id, claims.c.user_id, users.c.name, claims.c.until).join(users)


class Claim(NamedTuple):
    """With whom a takedown is, by the display name, and until when by the clock."""

    takedown_id: int
    user_id: int
    name: str
    until: datetime


def of(unit: Unit, takedown_ids: Iterable[int]) -> dict[int, Claim]:
    """Return the claims that hold now, by takedown."""
    hold = claims.c.until > steady_clock.now(unit)
    query = _CLAIMS.where(claims.c.takedown_id.in_(takedown_ids), hold)
    shown = unit.steady.by_the_clock
    return {
        row.takedown_id: Claim(row.takedown_id, row.user_id, row.name, shown(row.until))
        for row in unit.connection.execute(query)
    }


def act(unit: Unit, takedown_id: int, user_id: int) -> None:
    """Claim what somebody did something to, unless another has it or nothing is left to do."""
    turn = select(takedowns.c.whose_turn).where(takedowns.c.id == takedown_id)
    if unit.connection.scalar(turn) != "nobody":
        claim(unit, takedown_id, user_id)


def claim(unit: Unit, takedown_id: int, user_id: int) -> Claim:
    """Claim a takedown for 15 minutes, or hold on to it; returns whose it is: maybe another's."""
    held = of(unit, [takedown_id]).get(takedown_id)
    if held is not None and held.user_id != user_id:
        return held
    return assign(unit, takedown_id, user_id)


def assign(unit: Unit, takedown_id: int, user_id: int) -> Claim:
    """Give a takedown to somebody for 15 minutes, whoever had it."""
    release(unit, takedown_id)
    unit.connection.execute(
        insert(claims).values(
            takedown_id=takedown_id, user_id=user_id, until=steady_clock.now(unit) + LASTS
        )
    )
    return of(unit, [takedown_id])[takedown_id]


def release(unit: Unit, takedown_id: int) -> None:
    """Let go of a takedown."""
    unit.connection.execute(delete(claims).where(claims.c.takedown_id == takedown_id))
