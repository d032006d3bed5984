"""Who may do what.

Pure: the tables of scopes and roles, nothing else.
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.accounts.vocabularies import Role, Scope
from app.kit.languages import Language

SCOPES, ROLES = tuple(Scope), tuple(Role)
_CASEWORKER = frozenset(
    {
        Scope.TAKEDOWNS_READ,
        Scope.TAKEDOWNS_WRITE,
        Scope.EVENTS_WRITE,
        Scope.CONTENT_READ,
        Scope.METRICS_READ,
    }
)
# What a role may do; opening reported content is a mandate of its own, in no role.
RIGHTS: Mapping[Role, frozenset[Scope]] = {
    Role.CASEWORKER: _CASEWORKER,
    Role.MANAGER: _CASEWORKER | {Scope.REPORTS_READ, Scope.REPORTS_WRITE},
    Role.ADMIN: frozenset(Scope),
}


class Caller(NamedTuple):
    """Who is calling: a token by its name, and what it may do."""

    token_id: int
    name: str
    scopes: frozenset[Scope]

    def may(self, scope: str) -> bool:
        """Tell whether the caller holds a scope; raises ValueError for what is none."""
        return Scope(scope) in self.scopes

    @property
    def actor(self) -> str:
        """How the timeline names the caller."""
        return f"token:{self.name}"


class Person(NamedTuple):
    """Who is at work, by the display name that the timeline and the audit log show."""

    id: int
    email: str
    name: str
    role: Role
    may_view: bool
    language: Language | None
    has_shortcuts: bool

    def may(self, right: str) -> bool:
        """Tell whether the person's role holds a right; raises ValueError for what is none."""
        return Scope(right) in RIGHTS[self.role]
