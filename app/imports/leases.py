"""Leases of imports: one worker at a time in all processes works on one, and keeps renewing it.

A worker that was killed lets its lease run out, and another goes on where it was. What a worker
writes it writes together with the look whether the lease is still its own.
"""

from datetime import timedelta

from sqlalchemy import select, update

from app.imports.kept import Import
from app.imports.models import imports
from app.imports.vocabularies import AT_WORK
from app.kit import steady_clock
from app.kit.database import Unit, rows_as

LEASE = timedelta(seconds=20)
_WAITING = select(imports).where(imports.c.stage.in_(AT_WORK)).order_by(imports.c.id).limit(1)


class LeaseLost(Exception):
    """Another worker has taken over, or the import is no more."""


class Stopped(Exception):
    """The person asked to stop."""


def is_any(unit: Unit) -> bool:
    """Tell whether anything waits for a worker, or has one."""
    return unit.connection.execute(_WAITING).first() is not None


def claim(unit: Unit, worker: str) -> Import | None:
    """Take the lease of the import that waits longest, unless somebody is at it."""
    waiting = rows_as(Import, unit.connection.execute(_WAITING))
    if not waiting:
        return None
    [found], now = waiting, steady_clock.now(unit)
    is_held = found.leased_until is not None and found.leased_until > now
    if is_held and found.worker != worker:
        return None
    renew(unit, found, worker)
    return found


def renew(unit: Unit, one: Import, worker: str, **changed: int) -> None:
    """Renew the lease, and write down how far it is."""
    now = steady_clock.now(unit)
    told = {"worker": worker, "leased_until": now + LEASE, "changed_at": now, **changed}
    unit.connection.execute(update(imports).where(imports.c.id == one.id).values(told))


def hold(unit: Unit, one: Import, worker: str) -> None:
    """Make sure in a transaction that the lease is one's own; raises LeaseLost, Stopped."""
    query = select(imports.c.worker, imports.c.stage, imports.c.is_to_stop)
    found = unit.connection.execute(query.where(imports.c.id == one.id)).first()
    if found is None or found.worker != worker or found.stage != one.stage:
        raise LeaseLost
    if found.is_to_stop:
        raise Stopped


def is_held(unit: Unit, number: int, worker: str) -> bool:
    """Tell whether the lease is this worker's."""
    query = select(imports.c.worker).where(imports.c.id == number)
    return unit.connection.scalar(query) == worker


def give_back(unit: Unit, worker: str) -> None:
    """Let whoever comes next go on at once."""
    unit.connection.execute(
        update(imports).where(imports.c.worker == worker).values(worker=None, leased_until=None)
    )
