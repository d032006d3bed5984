"""Takedowns with all that lists and pages show of them, many with few queries."""

from collections.abc import Sequence
from typing import NamedTuple

from app.kit.database import Unit
from app.takedowns import correspondence, queries
from app.takedowns.clocks import Hours, handling_hours, hours_to
from app.takedowns.queries import Item
from app.takedowns.rows import TakedownRow


class Details(NamedTuple):
    """One takedown; tickets, explanation and recipient only where content may be read."""

    row: TakedownRow
    items: Sequence[Item]
    ticket_ids: Sequence[str]
    explanation: str | None
    recipient: str | None


def of(
    unit: Unit, rows: Sequence[TakedownRow], *, content: bool, tickets_too: bool = False
) -> list[Details]:
    """Return these takedowns in the order given; `tickets_too` tells tickets without content."""
    items = queries.items_of(unit, rows)
    explanations = queries.explanations_of(unit, rows) if content else {}
    recipients = queries.recipients_of(unit, rows) if content else {}
    tickets = _tickets_of(unit, rows) if content or tickets_too else {}
    return [
        Details(
            row,
            items[row.id],
            tickets.get(row.id, ()),
            explanations.get(row.id),
            recipients.get(row.id),
        )
        for row in rows
    ]


def hours(row: TakedownRow) -> Hours:
    """Return the clocks of a takedown as its row keeps them."""
    return Hours(
        our_hours=handling_hours(row.submitted_at, row.handling_from, row.held_micros),
        receipt_hours=hours_to(row, row.receipt_at),
        answer_hours=hours_to(row, row.answered_at),
        decision_hours=hours_to(row, row.decided_at),
        gone_hours=hours_to(row, row.gone_at),
    )


def _tickets_of(unit: Unit, rows: Sequence[TakedownRow]) -> dict[int, list[str]]:
    # A takedown of one event was only logged: that tells no ticket.
    return correspondence.tickets_of(unit, [row.id for row in rows if row.version > 1])
