"""The rows of a list behind a number: what the figures know, and what may be shown of the rest."""

from collections.abc import Sequence
from typing import NamedTuple

from app.metrics.figures import Row
from app.metrics.questions import Member
from app.takedowns import queries
from app.web.shell import masking
from app.web.shell.request_context import Visit


class Shown(NamedTuple):
    """A row with what it is told apart by; `masked` is None for a whole takedown."""

    row: Row
    member: Member
    kind: str | None
    masked: str | None


def shown(visit: Visit, rows: Sequence[Row], members: Sequence[Member]) -> list[Shown]:
    """Return rows as people see them, with two queries however many there are."""
    by_reference = {member.takedown.reference: member for member in members}
    kinds = _kinds(visit, [row for row in rows if row.item is not None])
    found = []
    for row in rows:
        reference = row.takedown.reference
        kind, masked = (
            kinds.get((reference, row.item.number), (None, None)) if row.item else (None, None)
        )
        found.append(Shown(row, by_reference[reference], kind, masked))
    return found


def _kinds(visit: Visit, rows: Sequence[Row]) -> dict[tuple[str, int], tuple[str, str]]:
    references = {row.takedown.reference for row in rows}
    if not references:
        return {}
    with visit.read() as unit:
        takedowns = queries.by_references(unit, references)
        items = queries.items_of(unit, takedowns)
    return {
        (takedown.reference, item.row.number): (
            item.row.kind,
            masking.told_apart(item),
        )
        for takedown in takedowns
        for item in items[takedown.id]
    }
