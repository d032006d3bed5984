"""API tokens: drawn once, shown once, kept as a digest; rotated without a gap.

A rotated token has two secrets for a while, the new one and the one before, so that whoever uses it
can be changed over at leisure; both are one token, with one name and one limit. Until when
something works is a moment of the steady time (kit/steady_clock.py).
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from app.accounts import audit
from app.accounts.models import tokens
from app.accounts.permissions import SCOPES, Caller
from app.accounts.vocabularies import Action, Scope, TokenState
from app.kit import steady_clock
from app.kit.clock import stamp
from app.kit.database import Unit, rows_as
from app.kit.errors import Conflict, Fault, NoSuchThing, Refused

PREFIX = "tdk_"
_TOKEN_BYTES = 32
_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class TokenRow:
    """A token as its row keeps it."""

    id: int
    name: str
    digest: bytes
    scopes: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None
    previous_digest: bytes | None
    previous_until: datetime | None
    previous_used_at: datetime | None


class Token(NamedTuple):
    """What is known of a token: everything but itself."""

    id: int
    name: str
    scopes: Sequence[Scope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None
    previous_until: datetime | None
    """Until when the secret before the last rotation works; None where there was no rotation."""
    previous_used_at: datetime | None

    def state(self, now: datetime) -> TokenState:
        """Tell whether it works."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        is_over = self.expires_at is not None and self.expires_at <= now
        return TokenState.EXPIRED if is_over else TokenState.IN_FORCE

    def has_two(self, now: datetime) -> bool:
        """Tell whether the secret before the last rotation works too."""
        is_live = self.previous_until is not None and self.previous_until > now
        return is_live and self.state(now) == TokenState.IN_FORCE


def add_token(
    unit: Unit,
    name: str,
    scopes: Sequence[str],
    *,
    by: str = audit.COMMAND_LINE,
    expires_at: datetime | None = None,
) -> str:
    """Make a token and return it, the only time it is readable; it works until `expires_at`.

    Raises Refused for an unknown scope or a past expiry, and Conflict for a name in use.
    """
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        mend = f"choose from {', '.join(SCOPES)}"
        raise Refused(
            "unknown_scope",
            f"no scope is called {', '.join(unknown)}; {mend}" if unknown else f"no scope: {mend}",
            [Fault("/scopes", "unknown_scope", mend)],
        )
    if expires_at is not None:
        _refuse_past(unit, expires_at, "/expires")
    taken = unit.connection.execute(select(tokens.c.id).where(tokens.c.name == name)).first()
    if taken:
        raise Conflict("token_name_taken", f"a token is called {name} already; choose another name")
    kept = sorted(set(scopes))
    token = _drawn()
    unit.connection.execute(
        insert(tokens).values(
            name=name,
            digest=digest(token),
            scopes=" ".join(kept),
            created_at=unit.clock(),
            expires_at=None if expires_at is None else steady_clock.of_clock(unit, expires_at),
        )
    )
    until = {"expires_at": stamp(expires_at)} if expires_at is not None else {}
    audit.record(unit, by, Action.TOKEN_ADDED, token=name, scopes=kept, **until)
    return token


def rotate(unit: Unit, token_id: int, *, until: datetime, by: str = audit.COMMAND_LINE) -> str:
    """Give a token a new secret and return it; the one before works on until then.

    Raises NoSuchThing, Conflict for a token that no longer works, and Refused for a past moment.
    """
    row = _by_id(unit, token_id)
    if _token(row).state(steady_clock.now(unit)) != TokenState.IN_FORCE:
        raise Conflict("token_not_in_force", f"{row.name} no longer works; make a new token")
    _refuse_past(unit, until, "/until")
    token = _drawn()
    unit.connection.execute(
        update(tokens)
        .where(tokens.c.id == token_id)
        .values(
            digest=digest(token),
            used_at=None,
            previous_digest=row.digest,
            previous_until=steady_clock.of_clock(unit, until),
            previous_used_at=row.used_at,
        )
    )
    audit.record(unit, by, Action.TOKEN_ROTATED, token=row.name, previous_until=stamp(until))
    return token


def everything(unit: Unit) -> Sequence[Token]:
    """Return all tokens by name, the revoked ones too."""
    rows = unit.connection.execute(select(tokens).order_by(func.lower(tokens.c.name)))
    return [_token(row) for row in rows_as(TokenRow, rows)]


def named(unit: Unit, name: str) -> Token:
    """Return the token of this name; raises NoSuchThing."""
    row = _first(unit, tokens.c.name == name)
    if row is None:
        raise NoSuchThing(f"no token is called {name}")
    return _token(row)


def revoke(unit: Unit, token_id: int, *, by: str = audit.COMMAND_LINE) -> None:
    """Make a token good for nothing, for ever; raises NoSuchThing."""
    row = _by_id(unit, token_id)
    if row.revoked_at is None:
        unit.connection.execute(
            update(tokens).where(tokens.c.id == token_id).values(revoked_at=unit.clock())
        )
        audit.record(unit, by, Action.TOKEN_REVOKED, token=row.name)


def is_to_be_touched(unit: Unit, secret: bytes, now: datetime) -> bool:
    """Tell whether the use of a secret should be written down again: once a minute at most.

    `secret` is its digest.
    """
    row = _first(unit, _of(secret))
    if row is None:
        return False
    used_at = row.used_at if row.digest == secret else row.previous_used_at
    # Where it is to come, the clock ran ahead then.
    return used_at is None or abs(now - used_at) >= _TOUCH_EVERY


def touch(unit: Unit, secret: bytes) -> None:
    """Write down that a secret is in use, by its digest."""
    now = unit.clock()
    for column, used in (("digest", "used_at"), ("previous_digest", "previous_used_at")):
        unit.connection.execute(
            update(tokens).where(tokens.c[column] == secret).values({used: now})
        )


def caller_of(unit: Unit, token: str, now: datetime) -> Caller | None:
    """Return who holds this token; None when it is unknown, revoked or expired."""
    secret = digest(token)
    row = _first(unit, _of(secret))
    if row is None or (known := _token(row)).state(now) != TokenState.IN_FORCE:
        return None
    if row.digest != secret and (row.previous_until is None or row.previous_until <= now):
        return None
    return Caller(row.id, row.name, frozenset(known.scopes))


def digest(token: str) -> bytes:
    """Return what the database keeps of a token: its SHA-256 (it has 256 random bits)."""
    return hashlib.sha256(token.encode()).digest()


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return when a local day is over: what works until a day works all through it."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def _of(secret: bytes) -> ColumnElement[bool]:
    return or_(tokens.c.digest == secret, tokens.c.previous_digest == secret)


def _by_id(unit: Unit, token_id: int) -> TokenRow:
    row = _first(unit, tokens.c.id == token_id)
    if row is None:
        raise NoSuchThing("no token goes by that number")
    return row


def _first(unit: Unit, condition: ColumnElement[bool]) -> TokenRow | None:
    rows = rows_as(TokenRow, unit.connection.execute(select(tokens).where(condition).limit(1)))
    return rows[0] if rows else None


def _token(row: TokenRow) -> Token:
    told = {name: getattr(row, name) for name in Token._fields if name != "scopes"}
    return Token(**told, scopes=[Scope(one) for one in row.scopes.split()])


def _drawn() -> str:
    return PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)


def _refuse_past(unit: Unit, moment: datetime, pointer: str) -> None:
    if moment <= unit.clock():
        mend = "choose a moment that is still to come"
        raise Refused("in_the_past", mend, [Fault(pointer, "in_the_past", mend)])
