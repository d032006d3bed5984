"""One-time links: to join, to choose a new password, and for the first administrator of all.

They expire by the steady time.
"""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from app.accounts import audit, people, signing_in
from app.accounts.access import digest
from app.accounts.models import invitations
from app.accounts.permissions import Person
from app.accounts.vocabularies import Action, Role
from app.kit import steady_clock
from app.kit.database import Unit
from app.kit.errors import NoSuchThing

LIFE = timedelta(hours=72)
_TOKEN_BYTES = 32


class Invitation(NamedTuple):
    """What a link is for: somebody, or the first administrator when there is nobody yet.

    It expires when the clock shows `expires_at`.
    """

    person: Person | None
    has_joined: bool
    expires_at: datetime


class Chosen(NamedTuple):
    """What the holder of a link chooses; names are asked of new people, addresses of the first."""

    password: str
    name: str = ""
    email: str = ""


def invite(unit: Unit, user_id: int | None, *, by: str) -> str:
    """Return the token of a one-time link; ends earlier links for the same."""
    now = steady_clock.now(unit)
    user = people.get(unit, user_id).name if user_id is not None else None
    unit.connection.execute(
        delete(invitations).where(
            invitations.c.user_id.is_(None) if user_id is None else invitations.c.user_id == user_id
        )
    )
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    unit.connection.execute(
        insert(invitations).values(
            digest=digest(token), user_id=user_id, created_at=now, expires_at=now + LIFE
        )
    )
    audit.record(unit, by, Action.LINK_MADE, user=user)
    return token


def invitation(unit: Unit, token: str) -> Invitation | None:
    """Return what a link is for; None when it is unknown, used or expired, or not needed now."""
    row = unit.connection.execute(
        select(invitations).where(
            invitations.c.digest == digest(token),
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > steady_clock.now(unit),
        )
    ).first()
    if row is None:
        return None
    expires_at = unit.steady.by_the_clock(row.expires_at)
    if row.user_id is None:
        return Invitation(None, False, expires_at) if people.is_empty(unit) else None
    found = people.account(unit, row.user_id)
    if found.disabled_at is not None:
        return None
    return Invitation(found.person, found.has_joined, expires_at)


def accept(unit: Unit, token: str, chosen: Chosen, *, house: str = "") -> Person:
    """Use a link up: set name and password, never the second factor; ends the person's visits.

    Raises NoSuchThing when the link is not good any more, Refused or Conflict for what was chosen;
    then the link stays good, for this transaction ends with the error.
    """
    found = invitation(unit, token)
    if found is None:
        raise NoSuchThing("this link was used already, has expired, or never was")
    unit.connection.execute(
        update(invitations)
        .where(invitations.c.digest == digest(token))
        .values(used_at=steady_clock.now(unit))
    )
    person = found.person
    if person is None:
        name = chosen.name
        person = people.add(unit, chosen.email, Role.ADMIN, by=audit.UNKNOWN, name=name)
    elif not found.has_joined:
        was, person = person.name, people.rename(unit, person, chosen.name)
        audit.record(unit, person.name, Action.JOINED, was=was)
    people.set_password(unit, person, chosen.password, house=house)
    signing_in.forgive(unit, person.email)
    return person
