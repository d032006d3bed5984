"""One platform on one page: what it takes, how fast it is beside the others, what is open.

Everything stands as it is now; the numbers are of the days asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.kit.database import Unit
from app.metrics import kpis, view_model
from app.metrics.figures import Row, rows_behind
from app.metrics.kpis import Kpi
from app.metrics.questions import Member, Scope
from app.metrics.view_model import Board
from app.takedowns import bases, correspondence, queries
from app.takedowns.bases import Basis
from app.takedowns.correspondence import Contact, Refusal
from app.takedowns.flagger_status import Change
from app.takedowns.queries import Item

CONTACTS = 5
LISTED = 10
ON_SHEET = 3
SHEET_NUMBERS = ("time-to-gone", "gone-24h", "receipt-24h", "refused", "silent-7d")


class Waiting(NamedTuple):
    """An item that is still open."""

    row: Row
    category: str
    item: Item


class Ticket(NamedTuple):
    """A request with open items, by the platform's own numbers for it."""

    row: Row
    category: str
    tickets: Sequence[str]


@dataclass(frozen=True, slots=True)
class Card:
    """A platform's page."""

    board: Board
    kpis: list[Kpi]
    open: list[Waiting]
    open_count: int
    refusals: list[Refusal]
    contacts: list[Contact]
    award: Change | None
    held: list[Basis]


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """What to talk about with a platform, on one page."""

    board: Board
    kpis: list[Kpi]
    open: list[Ticket]
    refusals: list[tuple[Refusal, Sequence[str]]]


def card_of(unit: Unit, found: list[Member], scope: Scope) -> Card:
    """Put a platform's page together from what was loaded, with a handful of queries."""
    platform = str(scope.platform)
    members = {m.takedown.reference: m for m in found if m.platform == platform}
    waiting = _open(members, scope)
    return Card(
        board=view_model.board_of(found, scope),
        kpis=_beside_others(found, scope),
        open=_told_apart(unit, waiting[:LISTED], members),
        open_count=len(waiting),
        refusals=_refusals(unit, members, scope)[:LISTED],
        contacts=correspondence.last_contacts(unit, platform, CONTACTS),
        award=bases.award_at(unit, platform, scope.today),
        held=bases.of_platform(unit, platform),
    )


def meeting_sheet_of(unit: Unit, found: list[Member], scope: Scope) -> MeetingSheet:
    """Put together what is worth talking about: five numbers, the oldest open, the last refused."""
    members = {m.takedown.reference: m for m in found if m.platform == scope.platform}
    oldest = {row.takedown.reference: row for row in reversed(_open(members, scope))}
    waiting = sorted(oldest.values(), key=_age)[:ON_SHEET]
    refused = _refusals(unit, members, scope)[:ON_SHEET]
    rows = queries.by_references(unit, [row.takedown.reference for row in waiting])
    tickets = correspondence.tickets_of(
        unit, {*(row.id for row in rows), *(one.takedown.id for one in refused)}
    )
    by_reference = {row.reference: tickets[row.id] for row in rows}
    return MeetingSheet(
        board=view_model.board_of(found, scope),
        kpis=[one for one in _beside_others(found, scope) if one.spec.key in SHEET_NUMBERS],
        open=[
            Ticket(
                row,
                members[row.takedown.reference].category,
                by_reference[row.takedown.reference],
            )
            for row in waiting
        ],
        refusals=[(one, tickets[one.takedown.id]) for one in refused],
    )


def _beside_others(found: list[Member], scope: Scope) -> list[Kpi]:
    """The platform's numbers, each beside that of all the others together."""
    inside = scope.within(found, scope.period)
    own = [member for member in inside if member.platform == scope.platform]
    others = [member for member in inside if member.platform != scope.platform]
    return kpis.row_of(kpis.group_of(own, scope.until), kpis.group_of(others, scope.until))


def _open(members: dict[str, Member], scope: Scope) -> list[Row]:
    takedowns = [member.takedown for member in members.values()]
    return sorted(rows_behind("open", takedowns, scope.until), key=_age)


def _refusals(unit: Unit, members: dict[str, Member], scope: Scope) -> list[Refusal]:
    takedowns = [member.takedown for member in members.values()]
    refused = rows_behind("refused", takedowns, scope.until)
    return correspondence.refusals(unit, {row.takedown.reference for row in refused})


def _told_apart(unit: Unit, rows: Sequence[Row], members: dict[str, Member]) -> list[Waiting]:
    found = queries.by_references(unit, {row.takedown.reference for row in rows})
    items = queries.items_of(unit, found)
    named = {
        (takedown.reference, item.row.number): item
        for takedown in found
        for item in items[takedown.id]
    }
    return [
        Waiting(
            row,
            members[row.takedown.reference].category,
            named[row.takedown.reference, row.item.number if row.item else 0],
        )
        for row in rows
    ]


def _age(row: Row) -> tuple[float, str]:
    return (row.takedown.submitted_at.timestamp(), row.takedown.reference)
