"""The columns of a list of takedowns: one table for the API, the pages and every spreadsheet.

A fact of the table of facts is a column by itself. What is added to FACTS stands in the API's
takedown, too; a test says where else it must be told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from app.kit.cells import Value
from app.schemas.facts import FACTS as OF_A_TAKEDOWN
from app.takedowns import details, next_step
from app.takedowns.clocks import Hours
from app.takedowns.details import Details
from app.takedowns.queries import Item

_FIRST = ("reference", "case_ref", "external_ref", "platform", "product")
# Columns of the row itself, named as everywhere: its facts, and what its timeline amounts to.
FACTS = (
    *_FIRST, *(name for name in OF_A_TAKEDOWN if name not in _FIRST), "stage", "whose_turn",
    "next_step", "due_at", "overdue", "logged_at", "submitted_at", "receipt_at", "answered_at",
    "decided_at", "gone_at", "closed_at",
)  # fmt: skip
HOURS = Hours._fields


def _each(of_item: Callable[[Item], str | None]) -> Callable[[Details], Value]:
    """Put one thing of every item into a cell, in order."""
    return lambda takedown: [of_item(item) for item in takedown.items]


OF_ITEMS: Mapping[str, Callable[[Details], Value]] = {
    "items": lambda takedown: len(takedown.items),
    "item_kinds": _each(lambda item: item.row.kind),
    "item_states": _each(lambda item: item.row.state),
    "item_outcomes": _each(lambda item: item.row.outcome),
}
TICKETS: Mapping[str, Callable[[Details], Value]] = {
    "ticket_ids": lambda takedown: takedown.ticket_ids
}
# On pages alone: the API's table is read by programs, which count on its columns.
GROUNDS: Mapping[str, Callable[[Details], Value]] = {
    "item_grounds": _each(lambda item: item.row.ground)
}
CONTENT: Mapping[str, Callable[[Details], Value]] = {
    **TICKETS,
    "urls": _each(lambda item: item.url),
    "accounts": _each(lambda item: item.account),
    "recipient": lambda takedown: takedown.recipient,
    "explanation": lambda takedown: takedown.explanation,
}


def names(*, content: bool) -> tuple[str, ...]:
    """Return the header of a spreadsheet of takedowns."""
    return (*FACTS, *HOURS, *OF_ITEMS, *(CONTENT if content else ()))


def cells(takedown: Details, now: datetime, *, content: bool) -> Iterator[Value]:
    """Return what stands in the row of a takedown, below `names`."""
    yield from facts(takedown, FACTS, now).values()
    for hours in details.hours(takedown.row):
        yield None if hours is None else round(hours, 4)
    for told in (*OF_ITEMS.values(), *(CONTENT.values() if content else ())):
        yield told(takedown)


def facts(takedown: Details, wanted: Iterable[str], now: datetime) -> dict[str, Value]:
    """Return columns of the row, and whether it is late now."""
    row = takedown.row
    told = {"overdue": next_step.overdue(row.due_at, now)}
    return {name: told[name] if name in told else getattr(row, name) for name in wanted}
