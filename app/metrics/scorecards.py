"""One platform on one page: what is open, what to say about it, how fast it is, what it refused.

Everything stands as it is now; the numbers are of the days asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.kit.database import Unit
from app.metrics import figures, kpis, next_talk, questions, view_model
from app.metrics.cohort import NEVER, Cohort
from app.metrics.kpis import Kpi
from app.metrics.next_talk import Said
from app.metrics.numbers import PlatformBesideOthers
from app.metrics.periods import Period
from app.metrics.questions import Viewpoint, micros_of, moment_of
from app.metrics.slices import Slice
from app.metrics.view_model import Month
from app.metrics.vocabularies import TalkingPoint
from app.takedowns import bases, correspondence, queries
from app.takedowns.bases import Basis
from app.takedowns.correspondence import Contact, Refusal
from app.takedowns.flagger_status import Change
from app.takedowns.queries import Item

CONTACTS = 5
LISTED = 10
ON_SHEET = 3
# What a meeting's sheet says in words; the rest stands there in tables, or is ours to do.
ON_SHEET_IN_WORDS = (
    TalkingPoint.BACK_ONLINE,
    TalkingPoint.STILL_ONLINE,
    TalkingPoint.WRITTEN_AGAIN,
)
SHEET_NUMBERS = ("time-to-gone", "gone-7d", "receipt-24h", "refused", "silent-7d")


class Waiting(NamedTuple):
    """An item that is not gone: open, or refused."""

    reference: str
    category: str
    submitted_at: datetime
    number: int


class Seen(NamedTuple):
    """Such an item with what may be shown of it, and the platform's own numbers for its request."""

    waiting: Waiting
    item: Item
    tickets: Sequence[str]


class Ticket(NamedTuple):
    """A request with such items, by the platform's own numbers for it."""

    waiting: Waiting
    tickets: Sequence[str]


class Open(NamedTuple):
    """What stands so at a platform, the oldest first, and apart what we closed all the same."""

    under_way: list[Waiting]  # of any day
    closed: list[Waiting]

    @property
    def references(self) -> set[str]:
        """The requests that are under way."""
        return {one.reference for one in self.under_way}


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

    def everything(self) -> Slice:
        """The days, and whatever is open."""
        return Slice(self.cohort, micros_of(self.view.until))

    def months(self) -> list[Month]:
        """The days month by month."""
        months = view_model.months_of(self._within(), self.view)
        return view_model.by_month(months, self.period, self.view)

    def that(self, figure: str) -> Open:
        """Return the items that a figure counts: those that stand open, or refused."""
        found = sorted(_places(figure, self.everything()), key=lambda one: one[1:])
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
    closed_refused_count: int
    said: Mapping[TalkingPoint, Said]
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
    said: Mapping[TalkingPoint, Said]
    refusals: list[tuple[Refusal, Sequence[str]]]


def card_of(unit: Unit, asked: Asked) -> Card:
    """Put a platform's page together from what was loaded, with a handful of queries."""
    numbers, found, refused = asked.numbers(), asked.that("open"), asked.that("refused")
    return Card(
        comparison=asked.comparison,
        numbers=numbers,
        kpis=kpis.row_of(numbers),
        months=asked.months(),
        open=_shown(unit, found.under_way[:LISTED]),
        open_count=len(found.under_way),
        closed_count=len(found.closed),
        closed_refused_count=len(refused.closed),
        said=next_talk.said(unit, asked.everything().group),
        refusals=correspondence.refusals(unit, refused.references)[:LISTED],
        contacts=correspondence.last_contacts(unit, asked.platform, CONTACTS),
        award=bases.award_at(unit, asked.platform, asked.view.today),
        held=bases.of_platform(unit, asked.platform),
    )


def meeting_sheet_of(unit: Unit, asked: Asked) -> MeetingSheet:
    """Put together what is worth talking about: five numbers, the oldest open, the last refused."""
    found, refused_items = asked.that("open"), asked.that("refused")
    under_way = _by_request(found.under_way)[:ON_SHEET]
    closed = _by_request(sorted([*found.closed, *refused_items.closed], key=_age))[:ON_SHEET]
    refused = correspondence.refusals(unit, refused_items.references)[:ON_SHEET]
    said = next_talk.said(unit, asked.everything().group)
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
        said={topic: said[topic] for topic in ON_SHEET_IN_WORDS if topic in said},
        refusals=[(one, tickets[one.takedown.id]) for one in refused],
    )


def _places(figure: str, numbers: Slice) -> Iterator[tuple[bool, int, Waiting]]:
    """Whether it is closed, when it was submitted, and what it is."""
    cohort, places = figures.rows_behind(figure, numbers.group)
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


def _age(one: Waiting) -> datetime:
    return one.submitted_at


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
    tickets = correspondence.tickets_of(unit, [takedown.id for takedown in found])
    of_reference = {takedown.reference: tickets[takedown.id] for takedown in found}
    return [
        Seen(one, named[one.reference, one.number], of_reference[one.reference]) for one in waiting
    ]
