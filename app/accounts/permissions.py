"""Who may do what.

Pure: the tables of scopes and roles, nothing else.
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
_CASEWORKER = frozenset(
    ("takedowns:read", "takedowns:write", "events:write", "content:read", "metrics:read")
)
# What a role may do; opening reported content is a mandate of its own, in no role.
RIGHTS = {
    "caseworker": _CASEWORKER,
    "manager": _CASEWORKER | {"reports:read"},
    "admin": frozenset(SCOPES),
}
ROLES = tuple(RIGHTS)


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


class Person(NamedTuple):
    """Who is at work, by the display name that the timeline and the audit log show."""

    id: int
    email: str
    name: str
    role: str
    may_view: bool
    language: str | None
    has_shortcuts: bool

    def may(self, right: str) -> bool:
        """Tell whether the person's role holds a right."""
        return right in RIGHTS[self.role]
