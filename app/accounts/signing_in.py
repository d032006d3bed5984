"""Signing in: password, then second factor; wrong ones are counted before anything is compared.

A try is written down as failed, in a transaction of its own, before the password is looked at,
and taken back when it succeeds: so neither many at once nor a crash gives a try more. In a quarter
of an hour at most ten fail for one account from one network, so a stranger elsewhere locks nobody
out, and at most sixty from one network for whatever accounts; after a hundred in a row the account
rests until an administrator gives its owner a new link. Tries from browsers that the owner signed
in from before are counted apart: whatever strangers do, they stay open to the owner. Whatever
fails, the answer is the same, and takes as long. The quarter of an hour is one of the steady time:
a clock put back neither forgets a try nor counts one again.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, insert, select

from app.accounts import (
    audit,
    devices,
    form_drafts,
    passwords,
    people,
    second_factor,
    sessions,
    strangers,
)
from app.accounts.models import attempts, users
from app.accounts.permissions import Person
from app.accounts.vocabularies import Action
from app.kit import networks, steady_clock
from app.kit.database import Database, Unit
from app.kit.errors import TrackerError

WINDOW = timedelta(minutes=15)
MOST_IN_WINDOW = 10
MOST_FROM_NETWORK = 60
MOST_IN_A_ROW = 100
BUSY_SECONDS = 5
_KEPT = timedelta(days=90)


class NotSignedIn(TrackerError):
    """Address, password or code is wrong, or the account is closed; which one is not told."""

    def __init__(self) -> None:
        super().__init__("these do not fit together, or the account is closed")


class TooManyTries(TrackerError):
    """Too many tries failed; says after how many seconds the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many tries failed; wait a quarter of an hour")
        self.seconds = seconds


class Busy(TooManyTries):
    """So many sign in at this moment that this try was not looked at."""

    def __init__(self) -> None:
        super().__init__(BUSY_SECONDS)


class Step(NamedTuple):
    """A visit that began, whether it needs no second factor any more, and by what its browser is
    known from now on; None where it proved no second factor.
    """

    token: str
    person: Person
    is_complete: bool
    device: str | None = None


class _Try(NamedTuple):
    """A try that is written down as failed until it is taken back."""

    id: int
    account: bytes
    network: bytes


def by_password(
    database: Database,
    email: str,
    password: str,
    *,
    network_address: str,
    second_factor_roles: Collection[str],
    device: str = "",
) -> Step:
    """Begin a visit; complete at once only for somebody who neither has nor needs a second factor.

    `device` is the token of the browser. Raises NotSignedIn or TooManyTries.
    """
    this = _begin_try(database, email, network_address, device=device)
    with database.read() as unit:
        kept = _kept_password(unit, email)
    is_right = _matches(database, this, password, kept=kept)
    with database.write() as unit:
        person = people.find(unit, email)
        if is_right and person and kept == _kept_password(unit, email):
            needs_second = person.role in second_factor_roles
            is_complete = not needs_second and not second_factor.is_set(unit, person.id)
            token = sessions.begin(unit, person.id, is_complete=is_complete)
            if is_complete:
                _succeed(unit, person, "password", network=this.network)
            else:
                _take_back(unit, this)
            return Step(token, person, is_complete)
        _fail(unit, this, person, step="password")
    raise NotSignedIn


def by_code(
    database: Database, token: str, code: str, *, network_address: str, device: str = ""
) -> Step:
    """Complete a visit by a code of the app or a recovery code, under a new token.

    Raises NotSignedIn or TooManyTries.
    """
    with database.read() as unit:
        visit = sessions.find(unit, token)
    if visit is None or visit.is_complete:
        raise NotSignedIn
    person = visit.person
    this = _begin_try(database, person.email, network_address, device=device)
    with database.write() as unit:
        factor = second_factor.use(unit, person.id, code)
        if factor is not None:
            completed = sessions.complete(unit, token)
            _succeed(unit, person, factor, network=this.network)
            return Step(completed, person, True, devices.remember(unit, person.id, device))
        _fail(unit, this, person, step="code")
    raise NotSignedIn


def with_new_factor(
    unit: Unit, person: Person, sealed: str, *, code: str, device: str
) -> tuple[Step, Sequence[str]]:
    """Set a second factor up and go on under a new token; returns the recovery codes too.

    For a visit that has proved all it can: the password, and the factor before where there is one.
    """
    codes = second_factor.confirm(unit, person, sealed, code=code)
    token = sessions.begin(unit, person.id, is_complete=True)
    _succeed(unit, person, "app", network=b"")
    return Step(token, person, True, devices.remember(unit, person.id, device)), codes


def again(
    database: Database, token: str, password: str, *, network_address: str, device: str = ""
) -> None:
    """Prove by the password that it is still the same person; raises as signing in does."""
    with database.read() as unit:
        visit = sessions.find(unit, token)
        if visit is None:
            raise NotSignedIn
        kept = _kept_password(unit, visit.person.email)
    this = _begin_try(database, visit.person.email, network_address, device=device)
    is_right = _matches(database, this, password, kept=kept)
    with database.write() as unit:
        if is_right:
            _take_back(unit, this)
            sessions.prove(unit, token)
            return
        _fail(unit, this, visit.person, step="password")
    raise NotSignedIn


def out(unit: Unit, token: str, person: Person) -> None:
    """Sign out."""
    sessions.end(unit, token)
    audit.record(unit, person.name, Action.SIGNED_OUT)


def forgive(unit: Unit, email: str) -> None:
    """Forget the failed tries for an account."""
    unit.connection.execute(delete(attempts).where(_of(unit, email)))


def _kept_password(unit: Unit, email: str) -> str | None:
    """Return what is kept of a password; None for somebody unknown, disabled or not yet joined."""
    return unit.connection.scalar(
        select(users.c.password).where(
            users.c.email == people.key(email), users.c.disabled_at.is_(None)
        )
    )


def _begin_try(database: Database, email: str, network_address: str, *, device: str) -> _Try:
    """Write a try down as failed; raises TooManyTries, and then counts nothing."""
    with database.write() as unit:
        now = steady_clock.now(unit)
        is_known = devices.is_known(unit, people.key(email), device)
        account = _account(unit, email, is_known=is_known)
        network = _network(unit, network_address)
        seconds = _seconds_to_wait(unit, account, network, now=now, is_known=is_known)
        if seconds:
            raise TooManyTries(seconds)
        unit.connection.execute(delete(attempts).where(attempts.c.failed_at < now - _KEPT))
        added = unit.connection.scalar(
            insert(attempts)
            .values(account=account, address=network, failed_at=now)
            .returning(attempts.c.id)
        )
    return _Try(added or 0, account, network)


def _matches(database: Database, this: _Try, password: str, *, kept: str | None) -> bool:
    """Tell whether this is the password; raises Busy, and then counts nothing."""
    try:
        return passwords.matches(password, kept)
    except passwords.Busy:
        with database.write() as unit:
            _take_back(unit, this)
        raise Busy from None


def _seconds_to_wait(
    unit: Unit, account: bytes, network: bytes, *, now: datetime, is_known: bool
) -> int:
    failed, is_from_here = attempts.c.account == account, attempts.c.address == network
    in_a_row = unit.connection.scalar(select(func.count()).where(failed)) or 0
    if in_a_row >= MOST_IN_A_ROW:
        return int(WINDOW.total_seconds())
    seconds = _seconds_until_fewer(unit, MOST_IN_WINDOW, now, failed, is_from_here)
    if not is_known:
        of_network = _seconds_until_fewer(unit, MOST_FROM_NETWORK, now, is_from_here)
        seconds = max(seconds, of_network)
    return seconds


def _seconds_until_fewer(unit: Unit, most: int, now: datetime, *which: ColumnElement[bool]) -> int:
    """Return after how many seconds fewer than so many failed in the window before."""
    recent = unit.connection.scalars(
        select(attempts.c.failed_at)
        .where(*which, attempts.c.failed_at > now - WINDOW)
        .order_by(attempts.c.failed_at.desc())
        .limit(most)
    ).all()
    if len(recent) < most:
        return 0
    return 1 + int((recent[-1] + WINDOW - now).total_seconds())


def _take_back(unit: Unit, this: _Try) -> None:
    unit.connection.execute(delete(attempts).where(attempts.c.id == this.id))


def _succeed(unit: Unit, person: Person, factor: str, *, network: bytes) -> None:
    """Begin the count anew; what strangers failed just now still holds them up."""
    is_over = attempts.c.failed_at <= steady_clock.now(unit) - WINDOW
    is_own = attempts.c.address == network
    unit.connection.execute(delete(attempts).where(_of(unit, person.email), is_over | is_own))
    form_drafts.forget_old(unit)
    strangers.sum_up(unit, _accounts_of_people)
    audit.record(unit, person.name, Action.SIGNED_IN, proved_by=factor)


def _fail(unit: Unit, this: _Try, person: Person | None, *, step: str) -> None:
    if person is None:
        strangers.sum_up(unit, _accounts_of_people)
        return
    audit.record(
        unit,
        person.name,
        Action.SIGN_IN_FAILED,
        step=step,
        account=this.account[:8].hex(),
        network=this.network[:8].hex(),
    )


def _of(unit: Unit, email: str) -> ColumnElement[bool]:
    return attempts.c.account.in_(
        [_account(unit, email, is_known=is_known) for is_known in (False, True)]
    )


def _account(unit: Unit, email: str, *, is_known: bool) -> bytes:
    """Return by what tries for an account are counted: those from its owner's browsers apart."""
    return unit.vault.index(
        "sign-in from known device" if is_known else "sign-in account", people.key(email)
    )


def _accounts_of_people(unit: Unit) -> Sequence[bytes]:
    """Return by what tries for every account there is are counted."""
    emails = unit.connection.scalars(select(users.c.email)).all()
    return [_account(unit, email, is_known=known) for email in emails for known in (False, True)]


def _network(unit: Unit, address: str) -> bytes:
    """Return by what tries from a network are counted."""
    return unit.vault.index("sign-in network", networks.of(address))
