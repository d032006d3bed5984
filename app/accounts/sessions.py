"""Who is signed in: 256 random bits in the browser, only their SHA-256 in the database.

Every moment here is one of the steady time.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Executable, bindparam, delete, insert, or_, select, update

from app.accounts.access import digest
from app.accounts.models import PERSON, known_devices, sessions, users
from app.accounts.permissions import Person
from app.kit import steady_clock
from app.kit.database import Unit
from app.kit.errors import NoSuchThing

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
PROVED = timedelta(minutes=15)
_TOUCH_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32
_VISITS = select(
    *PERSON,
    sessions.c.is_complete,
    sessions.c.created_at,
    sessions.c.used_at,
    sessions.c.proved_at,
).join(sessions)
_BY_DIGEST = _VISITS.where(sessions.c.digest == bindparam("digest"), users.c.disabled_at.is_(None))


class Session(NamedTuple):
    """Somebody's visit, as it was at `read_at`; not complete between password and second factor."""

    person: Person
    is_complete: bool
    created_at: datetime
    used_at: datetime
    proved_at: datetime
    read_at: datetime

    @property
    def goes_on(self) -> bool:
        """Tell whether it was used lately, and has not lasted too long."""
        return self.read_at < min(self.used_at + IDLE, self.created_at + LONGEST)

    @property
    def time_left(self) -> timedelta:
        """How long it lasts however it is used."""
        return self.created_at + LONGEST - self.read_at

    @property
    def is_proved(self) -> bool:
        """Tell whether the password was given recently enough to change factors or people."""
        return self.read_at < self.proved_at + PROVED

    @property
    def is_to_be_touched(self) -> bool:
        """Tell whether its use should be written down again."""
        return self.read_at >= self.used_at + _TOUCH_EVERY


def begin(unit: Unit, user_id: int, *, is_complete: bool) -> str:
    """Begin a visit and return its token, which the database does not know; ends expired ones."""
    now = steady_clock.now(unit)
    unit.connection.execute(
        delete(sessions).where(
            or_(sessions.c.used_at <= now - IDLE, sessions.c.created_at <= now - LONGEST)
        )
    )
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    unit.connection.execute(
        insert(sessions).values(
            digest=digest(token),
            user_id=user_id,
            is_complete=is_complete,
            created_at=now,
            used_at=now,
            proved_at=now,
        )
    )
    return token


def find(unit: Unit, token: str) -> Session | None:
    """Return the visit; None when it is unknown or over, or the person was disabled."""
    return next(_going_on(unit, _BY_DIGEST, digest=digest(token)), None)


def is_known(unit: Unit, token: str) -> bool:
    """Tell whether somebody's visit goes on under this token, or did until lately."""
    return unit.connection.execute(_BY_DIGEST, {"digest": digest(token)}).first() is not None


def of(unit: Unit, user_id: int) -> Sequence[Session]:
    """Return somebody's visits that are not over, the one used last first."""
    query = _VISITS.where(sessions.c.user_id == user_id).order_by(sessions.c.used_at.desc())
    return list(_going_on(unit, query))


def touch(unit: Unit, token: str) -> None:
    """Write down that a visit goes on."""
    _set(unit, token, used_at=steady_clock.now(unit))


def prove(unit: Unit, token: str) -> None:
    """Write down that the person has just proved again who they are."""
    now = steady_clock.now(unit)
    _set(unit, token, proved_at=now, used_at=now)


def complete(unit: Unit, token: str) -> str:
    """Go on as somebody proved by a second factor too, under a new token; raises NoSuchThing."""
    user_id = unit.connection.scalar(
        delete(sessions)
        .where(sessions.c.digest == digest(token), sessions.c.is_complete.is_(False))
        .returning(sessions.c.user_id)
    )
    if user_id is None:
        raise NoSuchThing("this sign-in is over; begin again")
    return begin(unit, user_id, is_complete=True)


def end(unit: Unit, token: str) -> None:
    """End a visit."""
    unit.connection.execute(delete(sessions).where(sessions.c.digest == digest(token)))


def end_all(unit: Unit, user_id: int) -> None:
    """End all of somebody's visits, wherever they are, and know none of their browsers any more."""
    for table in (sessions, known_devices):
        unit.connection.execute(delete(table).where(table.c.user_id == user_id))


def _going_on(unit: Unit, query: Executable, **given: bytes) -> Iterator[Session]:
    width, now = len(PERSON), steady_clock.now(unit)
    for row in unit.connection.execute(query, given):
        found = Session._make((Person._make(row[:width]), *row[width:], now))
        if found.goes_on:
            yield found


def _set(unit: Unit, token: str, **moments: datetime) -> None:
    unit.connection.execute(
        update(sessions).where(sessions.c.digest == digest(token)).values(**moments)
    )
