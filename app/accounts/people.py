"""The people who work here: added, changed, disabled; never deleted, for the record names them.

Whatever changes what somebody may do ends that person's visits at once.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Executable, func, insert, select, update

from app.accounts import audit, passwords, sessions
from app.accounts.models import PERSON, users
from app.accounts.permissions import ROLES, Person
from app.accounts.vocabularies import Action, Role, UserState
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, NoSuchThing, Refused

MAX_NAME = 40
MAX_EMAIL = 254
# Said alike in Dutch, French and English, and of nobody.
_PSEUDONYMS = (
    "Acacia", "Agave", "Aloe", "Azalea", "Begonia", "Camelia", "Dahlia", "Freesia", "Fuchsia",
    "Gardenia", "Ginkgo", "Hibiscus", "Iris", "Jasmin", "Lotus", "Magnolia", "Mimosa", "Papyrus",
    "Petunia", "Salvia", "Sequoia", "Verbena", "Yucca", "Zinnia",
)  # fmt: skip
_EMAIL = re.compile(r"[^\s@\x00-\x20\x7f]+@[^\s@\x00-\x20\x7f]+")
_ACCOUNT = (
    *PERSON,
    users.c.created_at,
    users.c.disabled_at,
    users.c.password.is_not(None),
    users.c.totp.is_not(None),
)
_RESERVED = (audit.COMMAND_LINE, audit.UNKNOWN)


class Account(NamedTuple):
    """A person as an administrator sees them."""

    person: Person
    created_at: datetime
    disabled_at: datetime | None
    has_joined: bool
    has_second_factor: bool

    @property
    def state(self) -> UserState:
        """Tell whether they may sign in."""
        if self.disabled_at is not None:
            return UserState.DISABLED
        return UserState.ACTIVE if self.has_joined else UserState.INVITED


def add(
    unit: Unit, email: str, role: str, *, by: str, name: str | None = None, may_view: bool = False
) -> Person:
    """Add somebody, under a pseudonym unless named, who joins by an invitation.

    Raises Conflict for an address or a display name in use, Refused for what breaks a rule.
    """
    email = address(email)
    if role not in ROLES:
        raise _refused("/role", "unknown_role", f"choose from {', '.join(ROLES)}")
    if find(unit, email) is not None:
        raise Conflict("email_taken", "somebody has this e-mail address already")
    person_id = unit.connection.scalar(
        insert(users)
        .values(
            email=email,
            name=free_name(unit, name) if name else suggested_name(unit),
            role=role,
            may_view=may_view,
            has_shortcuts=True,
            created_at=unit.clock(),
        )
        .returning(users.c.id)
    )
    person = get(unit, person_id or 0)
    audit.record(unit, by, Action.USER_ADDED, user=person.name, role=role, may_view=may_view)
    return person


def find(unit: Unit, email: str) -> Person | None:
    """Return who has this address, in whatever case it is written."""
    row = unit.connection.execute(select(*PERSON).where(users.c.email == key(email))).first()
    return Person._make(row) if row else None


def get(unit: Unit, user_id: int) -> Person:
    """Return somebody; raises NoSuchThing."""
    return account(unit, user_id).person


def account(unit: Unit, user_id: int) -> Account:
    """Return somebody as administrators see them; raises NoSuchThing."""
    found = _accounts(unit, select(*_ACCOUNT).where(users.c.id == user_id))
    if not found:
        raise NoSuchThing("nobody goes by that number")
    return found[0]


def everyone(unit: Unit) -> Sequence[Account]:
    """Return all people by name, the disabled ones too."""
    return _accounts(unit, select(*_ACCOUNT).order_by(func.lower(users.c.name)))


def change(
    unit: Unit, user_id: int, *, by: str, role: str | None = None, may_view: bool | None = None
) -> Person:
    """Give somebody another role or viewing mandate; raises Conflict for the last administrator."""
    person = get(unit, user_id)
    if role is not None and role not in ROLES:
        raise _refused("/role", "unknown_role", f"choose from {', '.join(ROLES)}")
    asked = {"role": role, "may_view": may_view}
    changed = {
        name: value
        for name, value in asked.items()
        if value is not None and value != getattr(person, name)
    }
    if not changed:
        return person
    if "role" in changed:
        _protect_last_admin(unit, person)
    _write(unit, user_id, **changed)
    sessions.end_all(unit, user_id)
    audit.record(unit, by, Action.USER_CHANGED, reference=None, user=person.name, **changed)
    return get(unit, user_id)


def disable(unit: Unit, user_id: int, *, by: str) -> None:
    """Let somebody in no more; raises Conflict for the last administrator."""
    found = account(unit, user_id)
    if found.disabled_at is None:
        _protect_last_admin(unit, found.person)
        _write(unit, user_id, disabled_at=unit.clock())
        sessions.end_all(unit, user_id)
        audit.record(unit, by, Action.USER_DISABLED, user=found.person.name)


def enable(unit: Unit, user_id: int, *, by: str) -> None:
    """Let somebody in again."""
    found = account(unit, user_id)
    if found.disabled_at is not None:
        _write(unit, user_id, disabled_at=None)
        audit.record(unit, by, Action.USER_ENABLED, user=found.person.name)


def prefer(unit: Unit, user_id: int, *, language: str | None, has_shortcuts: bool) -> None:
    """Set how the pages look to somebody; changes nothing that they may do."""
    _write(unit, user_id, language=language, has_shortcuts=has_shortcuts)


def set_password(unit: Unit, person: Person, password: str, *, house: str = "") -> None:
    """Give somebody another password; raises Refused for a poor one."""
    passwords.check(password, (house, person.name, person.email))
    _write(unit, person.id, password=passwords.kept(password))
    sessions.end_all(unit, person.id)
    audit.record(unit, person.name, Action.PASSWORD_SET)


def rename(unit: Unit, person: Person, name: str) -> Person:
    """Let somebody who joins choose the display name; later it stays, for the record shows it."""
    if name != person.name:
        _write(unit, person.id, name=free_name(unit, name, but=person.id))
    return get(unit, person.id)


def address(email: str) -> str:
    """Return an e-mail address in lower case, without spaces around it; raises Refused."""
    email = email.strip().lower()  # not its key: what a key leaves out is refused here
    if len(email) > MAX_EMAIL or not _EMAIL.fullmatch(email):
        raise _refused("/email", "bad_email", "write it like name@example.org")
    return email


def key(email: str) -> str:
    """Return how an address is looked up, whatever was typed; a database takes no NUL."""
    return email.strip().lower().replace("\0", "")


def free_name(unit: Unit, name: str, but: int | None = None) -> str:
    """Return a display name with single spaces; raises Refused or Conflict, `but` may have it."""
    name = " ".join(name.split())
    if not 0 < len(name) <= MAX_NAME or not name.isprintable() or set(name) & set(":@"):
        mend = f"use 1 to {MAX_NAME} characters, and neither : nor @"
        raise _refused("/name", "bad_name", mend)
    others = select(users.c.name).where(users.c.id != (but or 0))
    taken = {other.casefold() for other in unit.connection.scalars(others)}
    if name.casefold() in taken.union(_RESERVED):
        raise Conflict("name_taken", "somebody has this display name already; choose another one")
    return name


def suggested_name(unit: Unit) -> str:
    """Return a pseudonym that nobody has."""
    taken = set(unit.connection.scalars(select(users.c.name)))
    for turn in range(1, len(taken) + 2):
        names = [f"{name} {turn}" if turn > 1 else name for name in _PSEUDONYMS]
        free = [name for name in names if name not in taken]
        if free:
            return secrets.choice(free)
    raise AssertionError("more names are taken than there are")


def is_empty(unit: Unit) -> bool:
    """Tell whether nobody works here yet."""
    return unit.connection.scalar(select(users.c.id).limit(1)) is None


def _accounts(unit: Unit, query: Executable) -> list[Account]:
    width = len(PERSON)
    return [
        Account(Person._make(row[:width]), *row[width:]) for row in unit.connection.execute(query)
    ]


def _protect_last_admin(unit: Unit, person: Person) -> None:
    """Keep one administrator who can sign in; there is one writer, so two cannot leave at once."""
    active = (users.c.role == Role.ADMIN) & users.c.disabled_at.is_(None)
    admins = unit.connection.scalars(
        select(users.c.id).where(active, users.c.password.is_not(None))
    ).all()
    if list(admins) == [person.id]:
        raise Conflict("last_admin", "the last administrator stays; make somebody else one first")


def _write(unit: Unit, user_id: int, **values: object) -> None:
    unit.connection.execute(update(users).where(users.c.id == user_id).values(**values))


def _refused(pointer: str, code: str, mend: str) -> Refused:
    return Refused(code, mend, [Fault(pointer, code, mend)])
