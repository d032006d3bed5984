"""API tokens: drawn once, shown once, kept as a digest."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from app.accounts.models import tokens
from app.accounts.permissions import SCOPES, Caller
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, Refused

PREFIX = "tdk_"
_TOKEN_BYTES = 32


def add_token(unit: Unit, name: str, scopes: Sequence[str]) -> str:
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
    token = PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
    unit.connection.execute(
        insert(tokens).values(
            name=name,
            digest=digest(token),
            scopes=" ".join(sorted(set(scopes))),
            created_at=unit.clock(),
        )
    )
    return token


def caller_of(unit: Unit, token: str, now: datetime) -> Caller | None:
    """Return who holds this token; None when it is unknown, revoked or expired."""
    row = unit.connection.execute(select(tokens).where(tokens.c.digest == digest(token))).first()
    if row is None or row.revoked_at or (row.expires_at and row.expires_at <= now):
        return None
    return Caller(row.id, row.name, frozenset(row.scopes.split()))


def digest(token: str) -> bytes:
    """Return what the database keeps of a token: its SHA-256 (it has 256 random bits)."""
    return hashlib.sha256(token.encode()).digest()
