"""Who may do what.

Pure: the table of scopes, nothing else.
"""

from typing import NamedTuple

SCOPES = (
    "takedowns:read",
    "takedowns:write",
    "events:write",
    "content:read",
    "metrics:read",
    "reports:read",
    "webhooks:manage",
    "admin",
)


class Caller(NamedTuple):
    """Who is calling: a token by its name, and what it may do."""

    token_id: int
    name: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        """Tell whether the caller holds a scope."""
        return scope in self.scopes

    @property
    def actor(self) -> str:
        """How the timeline names the caller."""
        return f"token:{self.name}"
