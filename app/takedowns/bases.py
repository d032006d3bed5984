"""The legal bases on record: the trusted-flagger status, and what single platforms grant.

Rows are added, never changed: what a notice rested on can be told for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, select

from app.accounts import audit
from app.accounts.vocabularies import Action
from app.kit.database import Unit, rows_as
from app.schemas.vocabularies import StatusChange, StatusState
from app.takedowns import flagger_status
from app.takedowns.basis_choice import DEFAULT, Basis, Record
from app.takedowns.flagger_status import Change
from app.takedowns.models import bases, status_changes

__all__ = [
    "DEFAULT",
    "Basis",
    "award_at",
    "history",
    "of_platform",
    "record",
    "record_change",
    "records",
    "with_one",
]

_OF_PLATFORM = select(bases).where(bases.c.platform == bindparam("platform")).order_by(bases.c.id)
_HISTORY = select(status_changes).order_by(status_changes.c.id)
_NEWEST = select(func.coalesce(func.max(bases.c.id), 0))


@dataclass(frozen=True, kw_only=True)
class BasisRow:
    """A basis that one platform grants, as its row keeps it."""

    id: int
    platform: str
    basis: str
    held_from: str
    decision: str
    categories: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A change of the status, as its row keeps it."""

    id: int
    kind: str
    on_day: str
    coordinator: str
    until: str | None
    decision: str
    categories: str
    exceptions: str
    bases_before: int
    recorded_at: datetime


def record(unit: Unit, basis: Basis, *, by: str | None = None) -> None:
    """Keep that a platform grants a basis from a date; `by` stands in the audit log."""
    unit.connection.execute(
        insert(bases).values(
            platform=basis.platform,
            basis=basis.basis,
            held_from=basis.held_from.isoformat(),
            decision=basis.decision,
            categories=" ".join(basis.categories),
            recorded_at=unit.clock(),
        )
    )
    if by is not None:
        audit.record(unit, by, Action.BASIS_RECORDED, platform=basis.platform, basis=basis.basis)


def record_change(unit: Unit, change: Change, *, by: str) -> None:
    """Keep an award, or what became of it; raises Refused where it does not fit."""
    flagger_status.refuse_personal_data(change)
    flagger_status.refuse_untimely(history(unit), change)
    unit.connection.execute(
        insert(status_changes).values(
            kind=change.kind,
            on_day=change.on.isoformat(),
            coordinator=change.coordinator,
            until=change.until.isoformat() if change.until else None,
            decision=change.decision,
            categories=" ".join(change.categories),
            exceptions=" ".join(change.exceptions),
            bases_before=unit.connection.scalar(_NEWEST),
            recorded_at=unit.clock(),
        )
    )
    audit.record(unit, by, Action.STATUS_RECORDED, change=change.kind, on=change.on.isoformat())


def history(unit: Unit, known_at: datetime | None = None) -> list[Change]:
    """Return the history of the trusted-flagger status in the order it was recorded.

    As it was known at a moment, where one is told.
    """
    return [
        _change(row)
        for row in rows_as(ChangeRow, unit.connection.execute(_HISTORY))
        if known_at is None or row.recorded_at <= known_at
    ]


def of_platform(unit: Unit, platform: str) -> list[Basis]:
    """Return what is recorded for a platform alone, the newest last."""
    return [_basis(row) for row in _own(unit, platform)]


def records(unit: Unit, platform: str) -> list[Record]:
    """Return all that counts for a platform in the order it was recorded.

    By number, not by moment: a clock may be put back.
    """
    changes = rows_as(ChangeRow, unit.connection.execute(_HISTORY))
    found: list[tuple[tuple[int, int, int], Record]] = [
        *(((row.id, 0, 0), _basis(row)) for row in _own(unit, platform)),
        *(((row.bases_before, 1, row.id), _change(row)) for row in changes),
    ]
    return [record for _, record in sorted(found, key=lambda one: one[0])]


def with_one(unit: Unit, platforms: Iterable[str], on: date) -> int:
    """Return for how many platforms a basis is recorded, by the award of the day or by itself."""
    return sum(bool(award_at(unit, slug, on) or of_platform(unit, slug)) for slug in platforms)


def award_at(unit: Unit, platform: str, on: date) -> Change | None:
    """Return the award that a platform honours on a day, whatever its area."""
    status = flagger_status.standing(history(unit), on)
    award = status.award if status.state == StatusState.HELD else None
    return award if award is not None and platform not in award.exceptions else None


def _own(unit: Unit, platform: str) -> list[BasisRow]:
    return rows_as(BasisRow, unit.connection.execute(_OF_PLATFORM, {"platform": platform}))


def _basis(row: BasisRow) -> Basis:
    return Basis(
        row.platform,
        row.basis,
        date.fromisoformat(row.held_from),
        row.decision,
        tuple(row.categories.split()),
    )


def _change(row: ChangeRow) -> Change:
    return Change(
        StatusChange(row.kind),
        date.fromisoformat(row.on_day),
        row.coordinator,
        date.fromisoformat(row.until) if row.until else None,
        row.decision,
        tuple(row.categories.split()),
        tuple(row.exceptions.split()),
    )
