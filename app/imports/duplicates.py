"""What of a row is in the books already: an import that is run again must double nothing."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import bindparam, select

from app.imports.import_columns import Asked
from app.imports.vocabularies import KnownBy
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.schemas.facts import Given
from app.takedowns import intake, same_content
from app.takedowns.addressees import Addressee
from app.takedowns.intake import NewItem
from app.takedowns.lifecycle import State
from app.takedowns.models import takedowns
from app.takedowns.same_content import Occurrence

_CASES = select(takedowns.c.reference, takedowns.c.case_ref).where(
    takedowns.c.reference.in_(bindparam("references", expanding=True))
)


class Wanted(NamedTuple):
    """A row that was understood: what it asks, of whom, about which contents.

    `given` are its facts as told, `columns` are those of its file.
    """

    number: int
    asked: Asked
    given: Given
    to: Addressee
    items: Sequence[NewItem]
    columns: Sequence[str]
    remark: str = ""

    @property
    def case_ref(self) -> str:
        """The case it belongs to."""
        return str(self.given["case_ref"])

    @property
    def external_ref(self) -> str | None:
        """The case system's id."""
        told: str | None = self.given["external_ref"]
        return told

    @property
    def taking(self) -> tuple[str | None, ...]:
        """What its external_ref takes; nothing where there is none."""
        return (*(part or "" for part in self.to), self.external_ref)

    @property
    def marks(self) -> set[object]:
        """What no two rows can take that are looked up together."""
        return {*self.identities, *([self.taking] if self.external_ref else [])}

    @property
    def identities(self) -> list[str]:
        """What makes its contents the same as others."""
        return [item.identity for item in self.items]


@dataclass(frozen=True)
class Rehearsal:
    """What the rows of a dry run hold by now: they are not written, so the database cannot tell.

    Keeps hashes only, a few hundred bytes for each row.
    """

    rows: dict[int, int] = field(default_factory=dict)

    def keep(self, row: Wanted, state: State) -> None:
        """Remember what a row took; an open takedown holds its contents against every case."""
        marks: list[tuple[str | None, ...]] = [row.taking]
        for identity, item in zip(row.identities, state.items, strict=True):
            is_open = same_content.asks_for(state.stage, item.state)
            marks += [(identity, row.case_ref)] + [(identity,)] * is_open
        for mark in marks:
            self.rows.setdefault(hash(mark), row.number)

    def holding(self, *mark: str | None) -> list[str]:
        """Name the row that took this."""
        number = None if None in mark else self.rows.get(hash(mark))
        return [] if number is None else [f"row {number}"]


class Held(NamedTuple):
    """Which takedowns or earlier rows hold a row, and by what it is known; none: it is new."""

    holders: Sequence[str] = ()
    by: KnownBy | None = None


class Books(NamedTuple):
    """What the database holds of some rows: their external_refs, and their contents by identity.

    `own` are the closed takedowns that hold any, with their cases.
    """

    refs: Mapping[tuple[Addressee, str], str]
    contents: Mapping[str, Sequence[Occurrence]]
    own: Set[tuple[str, str]]


def books(unit: Unit, rows: Sequence[Wanted]) -> Books:
    """Look up what is held of some rows, all at once."""
    refs = {(row.to, row.external_ref) for row in rows if row.external_ref}
    known = same_content.history(unit, [identity for row in rows for identity in row.identities])
    closed = {one.reference for found in known.values() for one in found if not one.is_open}
    cases = unit.connection.execute(_CASES, {"references": list(closed)}) if closed else ()
    return Books(intake.taken(unit, refs), known, {(one.reference, one.case_ref) for one in cases})


def holding(row: Wanted, books: Books, rehearsal: Rehearsal) -> Held:
    """Tell what holds all of a row: by its external_ref, else by its contents.

    A closed takedown of the same case holds its contents too: it may be this row's own. Raises
    Refused when only some of the contents are held.
    """
    by_ref = books.refs.get((row.to, row.external_ref or ""))
    held = [by_ref] if by_ref else rehearsal.holding(*row.taking)
    if held:
        return Held(held, KnownBy.EXTERNAL_REF)
    if row.asked.takedown.report_again:
        return Held()
    found = [_of_content(row, identity, books, rehearsal=rehearsal) for identity in row.identities]
    every = list(dict.fromkeys(name for one in found for name in one.holders))
    if every and not all(one.holders for one in found):
        mend = f"take out what is in {', '.join(every)} already, or set report_again to true"
        raise Refused("partly_reported", mend, [Fault("/urls", "partly_reported", mend)])
    return Held(every, found[0].by) if every else Held()


def _of_content(row: Wanted, identity: str, books: Books, *, rehearsal: Rehearsal) -> Held:
    known = books.contents[identity]
    if asking := [one.reference for one in known if one.is_open]:
        return Held(asking, KnownBy.OPEN_REQUEST)
    if own := [one.reference for one in known if (one.reference, row.case_ref) in books.own]:
        return Held(own, KnownBy.SAME_CASE)
    earlier = rehearsal.holding(identity) or rehearsal.holding(identity, row.case_ref)
    return Held(earlier, KnownBy.SAME_FILE) if earlier else Held()
