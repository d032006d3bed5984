"""Browsers that somebody signed in from with the second factor, so that strangers' tries elsewhere
do not keep their owner out: 256 random bits in the browser, their SHA-256 in the database. Every
moment here is one of the steady time.
"""

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from app.accounts.access import digest
from app.accounts.models import known_devices, users
from app.kit import steady_clock
from app.kit.database import Unit

KNOWN = timedelta(days=90)
_TOKEN_BYTES = 32


def remember(unit: Unit, user_id: int, device: str) -> str:
    """Know a browser as one of somebody's and return its new token; forgets old ones.

    It stays known to whoever else signed in from it; what it sent, `device`, is worth no more.
    """
    now = steady_clock.now(unit)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    is_this = known_devices.c.digest == digest(device)
    unit.connection.execute(
        delete(known_devices).where(
            or_(
                is_this & (known_devices.c.user_id == user_id),
                known_devices.c.seen_at <= now - KNOWN,
            )
        )
    )
    unit.connection.execute(update(known_devices).where(is_this).values(digest=digest(token)))
    unit.connection.execute(
        insert(known_devices).values(digest=digest(token), user_id=user_id, seen_at=now)
    )
    return token


def is_known(unit: Unit, email: str, device: str) -> bool:
    """Tell whether whoever has this address, as it is looked up, signed in from this browser."""
    return _found(unit, device, users.c.email == email)


def is_anybodys(unit: Unit, device: str) -> bool:
    """Tell whether anybody who may still work here signed in from this browser."""
    return _found(unit, device, users.c.disabled_at.is_(None))


def _found(unit: Unit, device: str, whose: ColumnElement[bool]) -> bool:
    found = unit.connection.scalar(
        select(known_devices.c.user_id)
        .join(users)
        .where(
            known_devices.c.digest == digest(device),
            known_devices.c.seen_at > steady_clock.now(unit) - KNOWN,
            whose,
        )
        .limit(1)
    )
    return found is not None
