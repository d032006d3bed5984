"""Which legal basis a platform grants us, from when: only what is recorded may be claimed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select

from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.takedowns.models import bases

DEFAULT = "article_16"
BASES = ("article_22", "article_16", "voluntary", "take_it_down")
# A trusted flagger's priority must have been awarded (DSA Art. 22(2)); the others need no status.
AWARDED = frozenset({"article_22"})

_OF_PLATFORM = select(bases).where(bases.c.platform == bindparam("platform")).order_by(bases.c.id)


class Basis(NamedTuple):
    """A recorded basis; `categories` empty means every category."""

    platform: str
    basis: str
    held_from: date
    decision: str
    categories: tuple[str, ...]

    def covers(self, category: str, on: date) -> bool:
        """Tell whether a request of this category on this local date may rest on it."""
        return self.held_from <= on and (not self.categories or category in self.categories)


def record(unit: Unit, basis: Basis) -> None:
    """Keep that a basis is held from a date."""
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


def of_platform(unit: Unit, platform: str) -> list[Basis]:
    """Return what is recorded for a platform, the newest last."""
    rows = unit.connection.execute(_OF_PLATFORM, {"platform": platform})
    return [
        Basis(
            row.platform,
            row.basis,
            date.fromisoformat(row.held_from),
            row.decision,
            tuple(row.categories.split()),
        )
        for row in rows
    ]


def chosen(held: Sequence[Basis], asked: str | None, category: str, on: date) -> str:
    """Return the basis of a request: the one asked for, else the newest held, else Article 16.

    Raises Refused(basis_not_held) when an awarded basis is asked for before its date or
    outside its area of expertise.
    """
    covering = [basis.basis for basis in held if basis.covers(category, on)]
    if asked is None:
        return covering[-1] if covering else DEFAULT
    if asked in AWARDED and asked not in covering:
        mend = f"record it first (takedown basis set PLATFORM BASIS --from DATE), or use {DEFAULT}"
        raise Refused(
            "basis_not_held",
            f"{asked} is not held for this platform, category and date; {mend}",
            [Fault("/basis", "basis_not_held", mend)],
        )
    return asked
