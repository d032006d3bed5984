"""What of a row is in the books already: an import that is run again must double nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, Refused
from app.sheets.import_columns import Asked
from app.takedowns import addressees, intake
from app.takedowns.addressees import Addressee
from app.takedowns.intake import NewItem
from app.takedowns.models import takedowns


class Wanted(NamedTuple):
    """A row that was understood: what it asks, of which platform, about which contents.

    `columns` are those of its file.
    """

    number: int
    asked: Asked
    platform: str
    items: Sequence[NewItem]
    columns: Sequence[str]

    @property
    def case_ref(self) -> str:
        """The case it belongs to."""
        return str(dict(self.asked.takedown)["case_ref"])

    @property
    def external_ref(self) -> str | None:
        """The case system's id."""
        told: str | None = dict(self.asked.takedown)["external_ref"]
        return told

    @property
    def to(self) -> Addressee:
        """To whom its notice goes."""
        return addressees.one_of(self.platform, self.items)

    @property
    def taking(self) -> tuple[str | None, ...]:
        """What its external_ref takes; nothing where there is none."""
        return (*(part or "" for part in self.to), self.external_ref)

    @property
    def identities(self) -> list[str]:
        """What makes its contents the same as others."""
        return [item.identity for item in self.items]


@dataclass(frozen=True)
class Rehearsal:
    """What the rows of a dry run hold by now: they are undone, so the database cannot tell.

    Keeps hashes only, a few hundred bytes for each row.
    """

    rows: dict[int, int] = field(default_factory=dict)

    def keep(self, unit: Unit, row: Wanted) -> None:
        """Remember what a row took; an open takedown holds its contents against every case."""
        marks: list[tuple[str | None, ...]] = [row.taking]
        for identity, found in intake.known(unit, row.identities).items():
            is_open = any(one.is_open for one in found)
            marks += [(identity, row.case_ref)] + [(identity,)] * is_open
        for mark in marks:
            self.rows.setdefault(hash(mark), row.number)

    def holding(self, *mark: str | None) -> list[str]:
        """Name the row that took this."""
        number = None if None in mark else self.rows.get(hash(mark))
        return [] if number is None else [f"row {number}"]


def holding(unit: Unit, row: Wanted, rehearsal: Rehearsal) -> list[str]:
    """Return the takedowns that hold all of a row: by its external_ref, else by its contents.

    A closed takedown of the same case holds its contents too: it may be this row's own. Raises
    Refused when only some of the contents are held.
    """
    rehearsed = rehearsal.holding(*row.taking)
    by_ref = _by_external_ref(unit, row) or rehearsed
    if by_ref or row.asked.takedown.report_again:
        return by_ref
    known = intake.known(unit, row.identities)
    closed = {one.reference for found in known.values() for one in found if not one.is_open}
    own = _of_case(unit, closed, row.case_ref)
    holders = [
        [one.reference for one in known[identity] if one.is_open or one.reference in own]
        or rehearsal.holding(identity)
        or rehearsal.holding(identity, row.case_ref)
        for identity in row.identities
    ]
    every = list(dict.fromkeys(name for names in holders for name in names))
    if every and not all(holders):
        mend = f"take out what is in {', '.join(every)} already, or set report_again to true"
        raise Refused("partly_reported", mend, [Fault("/urls", "partly_reported", mend)])
    return every


def _by_external_ref(unit: Unit, row: Wanted) -> list[str]:
    try:
        intake.refuse_taken(unit, row.to, row.external_ref)
    except Conflict as taken:
        return list(taken.references)
    return []


def _of_case(unit: Unit, references: set[str], case_ref: str) -> set[str]:
    if not references:
        return set()
    query = select(takedowns.c.reference).where(
        takedowns.c.reference.in_(references), takedowns.c.case_ref == case_ref
    )
    return set(unit.connection.scalars(query))
