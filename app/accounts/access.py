"""API tokens: drawn once, shown once, kept as a digest."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, insert, or_, select, update

from app.accounts import audit
from app.accounts.models import tokens
from app.accounts.permissions import SCOPES, Caller
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, NoSuchThing, Refused

PREFIX = "tdk_"
_TOKEN_BYTES = 32
_TOUCH_EVERY = timedelta(minutes=1)


class Token(NamedTuple):
    """What is known of a token: everything but itself."""

    id: int
    name: str
    scopes: Sequence[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


def add_token(unit: Unit, name: str, scopes: Sequence[str], *, by: str = audit.COMMAND_LINE) -> str:
    """Make a token and return it, the only time it is readable.

    Raises Refused for an unknown scope and Conflict for a name in use.
    """
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        mend = f"choose from {', '.join(SCOPES)}"
        raise Refused(
            "unknown_scope",
            f"no scope is called {', '.join(unknown)}; {mend}" if unknown else f"no scope: {mend}",
            [Fault("/scopes", "unknown_scope", mend)],
        )
    taken = unit.connection.execute(select(tokens.c.id).where(tokens.c.name == name)).first()
    if taken:
        raise Conflict("token_name_taken", f"a token is called {name} already; choose another name")
    kept = sorted(set(scopes))
    token = PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
    unit.connection.execute(
        insert(tokens).values(
            name=name,
            digest=digest(token),
            scopes=" ".join(kept),
            created_at=unit.clock(),
        )
    )
    audit.record(unit, by, "token_added", token=name, scopes=kept)
    return token


def everything(unit: Unit) -> Sequence[Token]:
    """Return all tokens by name, the revoked ones too."""
    rows = unit.connection.execute(select(tokens).order_by(func.lower(tokens.c.name)))
    return [
        Token(
            row.id,
            row.name,
            row.scopes.split(),
            row.created_at,
            row.expires_at,
            row.revoked_at,
            row.used_at,
        )
        for row in rows
    ]


def revoke(unit: Unit, token_id: int, *, by: str = audit.COMMAND_LINE) -> None:
    """Make a token good for nothing, for ever; raises NoSuchThing."""
    row = unit.connection.execute(select(tokens).where(tokens.c.id == token_id)).first()
    if row is None:
        raise NoSuchThing("no token goes by that number")
    if row.revoked_at is None:
        unit.connection.execute(
            update(tokens).where(tokens.c.id == token_id).values(revoked_at=unit.clock())
        )
        audit.record(unit, by, "token_revoked", token=row.name)


def is_to_be_touched(unit: Unit, token_id: int, now: datetime) -> bool:
    """Tell whether the token's use should be written down again: once a minute at most."""
    due = or_(
        tokens.c.used_at.is_(None),
        tokens.c.used_at <= now - _TOUCH_EVERY,
        tokens.c.used_at > now + _TOUCH_EVERY,  # the clock ran ahead then
    )
    query = select(tokens.c.id).where(tokens.c.id == token_id, due)
    return unit.connection.scalar(query) is not None


def touch(unit: Unit, token_id: int) -> None:
    """Write down that a token is in use."""
    unit.connection.execute(
        update(tokens).where(tokens.c.id == token_id).values(used_at=unit.clock())
    )


def caller_of(unit: Unit, token: str, now: datetime) -> Caller | None:
    """Return who holds this token; None when it is unknown, revoked or expired."""
    row = unit.connection.execute(select(tokens).where(tokens.c.digest == digest(token))).first()
    if row is None or row.revoked_at or (row.expires_at and row.expires_at <= now):
        return None
    return Caller(row.id, row.name, frozenset(row.scopes.split()))


def digest(token: str) -> bytes:
    """Return what the database keeps of a token: its SHA-256 (it has 256 random bits)."""
    return hashlib.sha256(token.encode()).digest()
