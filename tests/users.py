"""People who work here, as tests need them."""

from typing import NamedTuple

import pyotp
from sqlalchemy import insert, select

from app.accounts import joining, people, second_factor
from app.accounts.joining import Chosen
from app.accounts.models import attempts
from app.accounts.permissions import Person
from app.kit.database import Database

PASSWORD = "zeven grijze wolken"
EVERY_ROLE = ("caseworker", "manager", "admin")


class SecondFactor(NamedTuple):
    """What somebody carries: the secret in the app, and the recovery codes on paper."""

    secret: str
    codes: tuple[str, ...]


def add_user(database: Database, name: str = "Aloe", role: str = "caseworker") -> Person:
    """Somebody who took the invitation and chose PASSWORD."""
    with database.write() as unit:
        person = people.add(unit, f"{name.lower()}@hotline.example", role, by="test", name=name)
        token = joining.invite(unit, person.id, by="test")
        return joining.accept(unit, token, Chosen(PASSWORD, name))


def add_second_factor(database: Database, person: Person) -> SecondFactor:
    """Set a second factor up."""
    with database.write() as unit:
        offer = second_factor.offer(unit, person)
        code = totp_code(database, offer.secret)
        return SecondFactor(
            offer.secret, tuple(second_factor.confirm(unit, person, offer.sealed, code=code))
        )


def totp_code(database: Database, secret: str, steps: int = 0) -> str:
    """What the app shows, some 30-second steps from now."""
    return pyotp.TOTP(secret).at(database.clock(), counter_offset=steps)


def repeat_failed_attempts(database: Database, times: int) -> None:
    """Let a sign-in that failed have failed as often again, each time from elsewhere."""
    with database.write() as unit:
        row = unit.connection.execute(select(attempts).limit(1)).one()
        others = [
            {"account": row.account, "address": bytes([number]), "failed_at": row.failed_at}
            for number in range(times)
        ]
        unit.connection.execute(insert(attempts), others)
