"""One platform on one page: what is open, how fast it is, what it refused.

Everything stands as it is now; the numbers are of the days asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from app.kit.database import Unit
from app.metrics import figures, kpis, questions, view_model
from app.metrics.cohort import NEVER, Cohort
from app.metrics.kpis import Kpi
from app.metrics.numbers import PlatformBesideOthers
from app.metrics.periods import Period
from app.metrics.questions import Viewpoint, micros_of, moment_of
from app.metrics.slices import Slice
from app.metrics.view_model import Month
from app.takedowns import bases, correspondence, queries
from app.takedowns.bases import Basis
from app.takedowns.correspondence import Contact, Refusal
from app.takedowns.flagger_status import Change
from app.takedowns.queries import Item

CONTACTS = 5
LISTED = 10
ON_SHEET = 3
SHEET_NUMBERS = ("time-to-gone", "gone-7d", "receipt-24h", "refused", "silent-7d")


class Waiting(NamedTuple):
    """An item that is not gone, and that nobody refused, restricted or gave up."""

    reference: str
    category: str
    submitted_at: datetime
    number: int


class Seen(NamedTuple):
    """Such an item with what may be shown of it."""

    waiting: Waiting
    item: Item


class Ticket(NamedTuple):
    """A request with such items, by the platform's own numbers for it."""

    waiting: Waiting
    tickets: Sequence[str]


class Open(NamedTuple):
    """What is open at a platform, the oldest first, and apart what we closed all the same."""

    under_way: list[Waiting]  # of any day
    closed: list[Waiting]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a platform's page is about: what was loaded of it, and what it is beside the others."""

    platform: str
    cohort: Cohort  # of the days, and whatever is open
    comparison: PlatformBesideOthers | None
    period: Period
    view: Viewpoint

    def numbers(self) -> Slice:
        """The numbers of the days."""
        return Slice(self._within(), micros_of(self.view.until))

    def months(self) -> list[Month]:
        """The days month by month."""
        months = view_model.months_of(self._within(), self.view)
        return view_model.by_month(months, self.period, self.view)

    def open(self) -> Open:
        """What is open."""
        found = sorted(
            _open(Slice(self.cohort, micros_of(self.view.until))), key=lambda one: one[1:]
        )
        return Open(
            [waiting for is_closed, _, waiting in found if not is_closed],
            [waiting for is_closed, _, waiting in found if is_closed],
        )

    def _within(self) -> Cohort:
        return questions.within(self.cohort, self.period, self.view.zone)


@dataclass(frozen=True, slots=True)
class Card:
    """A platform's page."""

    comparison: PlatformBesideOthers | None
    numbers: Slice
    kpis: list[Kpi]
    months: list[Month]
    open: list[Seen]
    open_count: int
    closed_count: int
    refusals: list[Refusal]
    contacts: list[Contact]
    award: Change | None
    held: list[Basis]


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """What to talk about with a platform, on one page."""

    comparison: PlatformBesideOthers | None
    kpis: list[Kpi]
    open: list[Ticket]
    closed: list[Ticket]
    refusals: list[tuple[Refusal, Sequence[str]]]


def card_of(unit: Unit, asked: Asked) -> Card:
    """Put a platform's page together from what was loaded, with a handful of queries."""
    numbers, found = asked.numbers(), asked.open()
    return Card(
        comparison=asked.comparison,
        numbers=numbers,
        kpis=kpis.row_of(numbers),
        months=asked.months(),
        open=_shown(unit, found.under_way[:LISTED]),
        open_count=len(found.under_way),
        closed_count=len(found.closed),
        refusals=_refusals(unit, asked)[:LISTED],
        contacts=correspondence.last_contacts(unit, asked.platform, CONTACTS),
        award=bases.award_at(unit, asked.platform, asked.view.today),
        held=bases.of_platform(unit, asked.platform),
    )


def meeting_sheet_of(unit: Unit, asked: Asked) -> MeetingSheet:
    """Put together what is worth talking about: five numbers, the oldest open, the last refused."""
    under_way, closed = (_by_request(found)[:ON_SHEET] for found in asked.open())
    refused = _refusals(unit, asked)[:ON_SHEET]
    rows = queries.by_references(unit, {one.reference for one in (*under_way, *closed)})
    tickets = correspondence.tickets_of(
        unit, {*(row.id for row in rows), *(one.takedown.id for one in refused)}
    )
    of_reference = {row.reference: tickets[row.id] for row in rows}
    return MeetingSheet(
        comparison=asked.comparison,
        kpis=[one for one in kpis.row_of(asked.numbers()) if one.spec.key in SHEET_NUMBERS],
        open=[Ticket(one, of_reference[one.reference]) for one in under_way],
        closed=[Ticket(one, of_reference[one.reference]) for one in closed],
        refusals=[(one, tickets[one.takedown.id]) for one in refused],
    )


def _open(numbers: Slice) -> Iterator[tuple[bool, int, Waiting]]:
    """Whether it is closed, when it was submitted, and what it is."""
    cohort, places = figures.rows_behind("open", numbers.group)
    takedowns, items = cohort.takedowns, cohort.items
    for item in places.tolist():
        at = items.takedown[item]
        submitted_at = int(takedowns.submitted_at[at])
        yield (
            int(takedowns.closed_at[at]) != NEVER,
            submitted_at,
            Waiting(
                takedowns.reference[at],
                takedowns.category[at],
                moment_of(submitted_at),
                int(items.number[item]),
            ),
        )


def _refusals(unit: Unit, asked: Asked) -> list[Refusal]:
    rows = figures.rows_behind("refused", Slice(asked.cohort, micros_of(asked.view.until)).group)
    refused = np.unique(rows.cohort.items.takedown[rows.places])
    return correspondence.refusals(unit, set(rows.cohort.takedowns.reference[refused]))


def _by_request(found: Sequence[Waiting]) -> list[Waiting]:
    return list({one.reference: one for one in reversed(found)}.values())[::-1]


def _shown(unit: Unit, waiting: Sequence[Waiting]) -> list[Seen]:
    found = queries.by_references(unit, {one.reference for one in waiting})
    items = queries.items_of(unit, found)
    named = {
        (takedown.reference, item.row.number): item
        for takedown in found
        for item in items[takedown.id]
    }
    return [Seen(one, named[one.reference, one.number]) for one in waiting]
