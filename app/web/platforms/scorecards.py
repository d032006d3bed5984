"""One platform on one page: what it takes, how fast it is beside the others, what is open.

Everything stands as it is now; the numbers are of the days asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.kit.database import Unit
from app.metrics.cohorts import Member
from app.metrics.figures import Row, rows_behind
from app.takedowns import bases, correspondence, queries
from app.takedowns.bases import Basis
from app.takedowns.correspondence import Contact, Refusal
from app.takedowns.flagger_status import Change
from app.web.metrics import kpis, view_model
from app.web.metrics.filter_form import Asked
from app.web.metrics.kpis import Kpi
from app.web.metrics.view_model import Board
from app.web.shell import masking

CONTACTS = 5
LISTED = 10
ON_SHEET = 3
SHEET_NUMBERS = ("time-to-gone", "gone-24h", "receipt-24h", "refused", "silent-7d")


class Waiting(NamedTuple):
    """An item that is still open."""

    row: Row
    category: str
    kind: str
    masked: str


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
class Sheet:
    """What to talk about with a platform, on one page."""

    board: Board
    kpis: list[Kpi]
    open: list[Ticket]
    refusals: list[tuple[Refusal, Sequence[str]]]


def card_of(unit: Unit, found: list[Member], asked: Asked) -> Card:
    """Put a platform's page together from what was loaded, with a handful of queries."""
    platform = str(asked.filters.platform)
    members = {m.takedown.reference: m for m in found if m.platform == platform}
    waiting = _open(members, asked)
    return Card(
        board=view_model.board_of(found, asked),
        kpis=_beside_others(found, asked),
        open=_told_apart(unit, waiting[:LISTED], members),
        open_count=len(waiting),
        refusals=_refusals(unit, members, asked)[:LISTED],
        contacts=correspondence.last_contacts(unit, platform, CONTACTS),
        award=bases.award_at(unit, platform, asked.until.astimezone(asked.zone).date()),
        held=bases.of_platform(unit, platform),
    )


def sheet_of(unit: Unit, found: list[Member], asked: Asked) -> Sheet:
    """Put together what is worth talking about: five numbers, the oldest open, the last refused."""
    members = {m.takedown.reference: m for m in found if m.platform == asked.filters.platform}
    oldest = {row.takedown.reference: row for row in reversed(_open(members, asked))}
    waiting = sorted(oldest.values(), key=_age)[:ON_SHEET]
    refused = _refusals(unit, members, asked)[:ON_SHEET]
    rows = queries.by_references(unit, [row.takedown.reference for row in waiting])
    tickets = correspondence.tickets_of(
        unit, {*(row.id for row in rows), *(one.takedown.id for one in refused)}
    )
    by_reference = {row.reference: tickets[row.id] for row in rows}
    return Sheet(
        board=view_model.board_of(found, asked),
        kpis=[one for one in _beside_others(found, asked) if one.spec.key in SHEET_NUMBERS],
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


def _beside_others(found: list[Member], asked: Asked) -> list[Kpi]:
    """The platform's numbers, each beside that of all the others together."""
    inside = asked.within(found, asked.period)
    own = [member for member in inside if member.platform == asked.filters.platform]
    others = [member for member in inside if member.platform != asked.filters.platform]
    return kpis.row_of(kpis.group_of(own, asked.until), kpis.group_of(others, asked.until))


def _open(members: dict[str, Member], asked: Asked) -> list[Row]:
    takedowns = [member.takedown for member in members.values()]
    return sorted(rows_behind("open", takedowns, asked.until), key=_age)


def _refusals(unit: Unit, members: dict[str, Member], asked: Asked) -> list[Refusal]:
    takedowns = [member.takedown for member in members.values()]
    refused = rows_behind("refused", takedowns, asked.until)
    return correspondence.refusals(unit, {row.takedown.reference for row in refused})


def _told_apart(unit: Unit, rows: Sequence[Row], members: dict[str, Member]) -> list[Waiting]:
    found = queries.by_references(unit, {row.takedown.reference for row in rows})
    items = queries.items_of(unit, found)
    named = {
        (takedown.reference, item.row.number): item
        for takedown in found
        for item in items[takedown.id]
    }
    waiting = []
    for row in rows:
        reference = row.takedown.reference
        item = named[reference, row.item.number if row.item else 0]
        masked = masking.item(item.content_id, item.account, item.url)
        waiting.append(Waiting(row, members[reference].category, item.row.kind, masked))
    return waiting


def _age(row: Row) -> tuple[float, str]:
    return (row.takedown.submitted_at.timestamp(), row.takedown.reference)
