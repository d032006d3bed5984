"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes for a lost one.

The secret lies wrapped in the database; a code of the app works once, also when two ask at once
and whatever the clock does: those used are kept, and none from before the last one used is taken.
Where that one lies more than a day ahead of the clock, the clock ran ahead when it was used: then
every code is taken that was not used, or its owner would be kept out until the clock is there.
"""

import base64
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import pyotp
from sqlalchemy import delete, func, insert, select, update

from app.accounts import audit, sessions
from app.accounts.models import recovery_codes, users
from app.accounts.permissions import Person
from app.accounts.vocabularies import Action
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.kit.references import ALPHABET
from app.kit.vault import CannotOpen

ISSUER = "Takedown Tracker"
RECOVERY_CODES = 10
_STEP_SECONDS = 30
_SLACK = 1
_RAN_AHEAD = timedelta(days=1)
_CODE = re.compile(r"[0-9]{6}")
_GROUPS, _GROUP = 3, 4


class Offer(NamedTuple):
    """A secret to put into an authenticator app, as text and as address; nothing is stored yet.

    `sealed` comes back with the first code, so that only what was offered can be confirmed.
    """

    secret: str
    uri: str
    sealed: str


def offer(unit: Unit, person: Person) -> Offer:
    """Draw a secret for somebody."""
    return offered(unit, person, _sealed(unit, person, pyotp.random_base32()))


def offered(unit: Unit, person: Person, sealed: str) -> Offer:
    """Return an offer that was made before; raises Refused for anything else."""
    try:
        wrapped = base64.urlsafe_b64decode(sealed.encode("ascii"))
        secret = unit.vault.unwrap(wrapped, _offer_place(person.id)).decode()
    except (CannotOpen, ValueError):
        raise _refused("/offer", "bad_offer", "begin again with a new code") from None
    uri = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)
    return Offer(secret, uri, sealed)


def confirm(unit: Unit, person: Person, sealed: str, *, code: str) -> Sequence[str]:
    """Take an offer up, proved by a first code; returns new recovery codes, the only time.

    Ends the person's visits. Raises Refused when the code is not the app's.
    """
    secret = offered(unit, person, sealed).secret
    step = matching_step(secret, code, unit.clock(), last_step=None)
    if step is None:
        raise _refused("/code", "wrong_code", "enter the six digits that the app shows now")
    wrapped = unit.vault.wrap(secret.encode(), _place(person.id))
    unit.connection.execute(
        update(users).where(users.c.id == person.id).values(totp=wrapped, totp_step=step)
    )
    _forget_codes(unit, person.id)
    _use_up(unit, person.id, step)
    sessions.end_all(unit, person.id)
    audit.record(unit, person.name, Action.SECOND_FACTOR_SET)
    return _draw_codes(unit, person)


def renew_codes(unit: Unit, person: Person) -> Sequence[str]:
    """Draw new recovery codes in place of the old ones; returns them, the only time."""
    audit.record(unit, person.name, Action.RECOVERY_CODES_RENEWED)
    return _draw_codes(unit, person)


def drop(unit: Unit, person: Person, by: str) -> None:
    """Let somebody who lost app and codes begin anew at the next sign-in; ends their visits."""
    unit.connection.execute(
        update(users).where(users.c.id == person.id).values(totp=None, totp_step=None)
    )
    _forget_codes(unit, person.id)
    sessions.end_all(unit, person.id)
    audit.record(unit, by, Action.SECOND_FACTOR_DROPPED, user=person.name)


def is_set(unit: Unit, user_id: int) -> bool:
    """Tell whether somebody has a second factor."""
    return unit.connection.scalar(select(users.c.totp).where(users.c.id == user_id)) is not None


def codes_left(unit: Unit, user_id: int) -> int:
    """Return how many recovery codes have not been used."""
    unused = (recovery_codes.c.user_id == user_id) & recovery_codes.c.used_at.is_(None)
    return unit.connection.scalar(select(func.count()).where(unused)) or 0


def use(unit: Unit, user_id: int, code: str) -> str | None:
    """Use a code up; returns what it was, `app` or `recovery_code`, or None when it is wrong."""
    code = "".join(code.split())
    if _CODE.fullmatch(code):
        return "app" if _use_app(unit, user_id, code) else None
    return "recovery_code" if _use_recovery(unit, user_id, code) else None


def matching_step(secret: str, code: str, now: datetime, *, last_step: int | None) -> int | None:
    """Return the 30-second step whose code this is, one before or after now at most.

    None when it is none of them, or not later than the last step used.
    """
    totp = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    present = _step_at(now)
    fitting = [
        step
        for step in range(present - _SLACK, present + _SLACK + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode(), "".join(code.split()).encode())
    ]
    return next((step for step in fitting if last_step is None or step > last_step), None)


def _step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // _STEP_SECONDS


def _use_app(unit: Unit, user_id: int, code: str) -> bool:
    row = unit.connection.execute(
        select(users.c.totp, users.c.totp_step).where(users.c.id == user_id)
    ).one()
    if row.totp is None:
        return False
    secret = unit.vault.unwrap(row.totp, _place(user_id)).decode()
    now, last = unit.clock(), row.totp_step
    if last is not None and last > _step_at(now + _RAN_AHEAD):
        last = None
    step = matching_step(secret, code, now, last_step=last)
    if step is None or not _use_up(unit, user_id, step):
        return False
    unit.connection.execute(update(users).where(users.c.id == user_id).values(totp_step=step))
    return True


def _use_up(unit: Unit, user_id: int, step: int) -> bool:
    """Keep the app's code of a step as used; tells whether it was not used before."""
    code = {"user_id": user_id, "digest": unit.vault.index("app code", f"{user_id}/{step}")}
    if unit.connection.execute(select(recovery_codes).filter_by(**code)).first():
        return False
    unit.connection.execute(insert(recovery_codes).values(**code, used_at=unit.clock()))
    return True


def _use_recovery(unit: Unit, user_id: int, code: str) -> bool:
    used = unit.connection.execute(
        update(recovery_codes)
        .where(
            recovery_codes.c.user_id == user_id,
            recovery_codes.c.digest == _code_digest(unit, user_id, code),
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=unit.clock())
    )
    return used.rowcount == 1


def _forget_codes(unit: Unit, user_id: int) -> None:
    """Forget every code, the used ones too: they are of a secret that is no more."""
    unit.connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))


def _draw_codes(unit: Unit, person: Person) -> Sequence[str]:
    is_unused = recovery_codes.c.used_at.is_(None)
    unit.connection.execute(
        delete(recovery_codes).where(recovery_codes.c.user_id == person.id, is_unused)
    )
    codes = [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]
    unit.connection.execute(
        insert(recovery_codes),
        [{"user_id": person.id, "digest": _code_digest(unit, person.id, code)} for code in codes],
    )
    return codes


def _code_digest(unit: Unit, user_id: int, code: str) -> bytes:
    """Keyed with a secret outside the database, for a code has fewer bits than a token."""
    return unit.vault.index("recovery code", f"{user_id}/{code.replace('-', '').upper()}")


def _sealed(unit: Unit, person: Person, secret: str) -> str:
    wrapped = unit.vault.wrap(secret.encode(), _offer_place(person.id))
    return base64.urlsafe_b64encode(wrapped).decode()


def _place(user_id: int) -> str:
    return f"users.totp:{user_id}"


def _offer_place(user_id: int) -> str:
    return f"offer.totp:{user_id}"


def _refused(pointer: str, code: str, mend: str) -> Refused:
    return Refused(code, mend, [Fault(pointer, code, mend)])
