"""The list of requests as a table to take away: all that a manager asks for, and nothing toxic."""

from collections.abc import Callable, Generator, Mapping, Sequence

from app.accounts.vocabularies import Scope
from app.kit.cells import Value
from app.kit.wording import N_, P_, say
from app.schemas.list_filters import Filters
from app.takedowns import details, list_columns, listing
from app.takedowns.details import Details
from app.web.shell import downloads, labels
from app.web.shell.downloads import SheetForm, Table
from app.web.shell.request_context import Visit

# A fact of the table of facts is called as everywhere.
HEADINGS: Mapping[str, str] = {
    **labels.TABLES["fact"],
    "reference": N_("Reference"),
    "platform": N_("Platform"),
    "product": N_("Product"),
    "stage": N_("Stage"),
    "whose_turn": N_("Whose turn"),
    "next_step": N_("Next step"),
    "due_at": N_("Next step by"),
    "overdue": N_("Late"),
    "logged_at": N_("Logged"),
    "submitted_at": N_("Submitted"),
    "receipt_at": N_("Receipt confirmed"),
    "answered_at": N_("First answer"),
    "decided_at": N_("Decided"),
    "gone_at": N_("All gone"),
    "closed_at": P_("request", "Closed"),
    "our_hours": N_("Hours until sent"),
    "receipt_hours": N_("Hours to receipt"),
    "answer_hours": N_("Hours to first answer"),
    "decision_hours": N_("Hours to decision"),
    "gone_hours": N_("Hours until all gone"),
    "items": N_("Locations"),
    "item_kinds": N_("Kind of each location"),
    "item_states": N_("State of each location"),
    "item_outcomes": N_("Outcome for each location"),
    "item_grounds": N_("Ground for each location"),
    "ticket_ids": N_("Tickets"),
}
Told = Mapping[str, Callable[[Details], Value]]


def tells_tickets(visit: Visit) -> bool:
    """Tell whether tickets stand in it: for who may read content, and only in a CSV.

    They are sealed at rest, and a workbook lies in a file of the server until it is sent.
    """
    return visit.may(Scope.CONTENT_READ) and downloads.asked_form(visit) == SheetForm.CSV


def table(visit: Visit, filters: Filters) -> Table:
    """Return the list under the filters, whole, as of one moment."""
    more = {
        **list_columns.GROUNDS,
        **(list_columns.TICKETS if tells_tickets(visit) else {}),
    }
    names = (*list_columns.names(content=False), *more)
    return Table(
        name="requests",
        title=visit.words.gettext("Requests"),
        columns={name: say(visit.words, HEADINGS[name]) for name in names},
        rows=_rows(visit, filters, more),
        is_marked=True,
    )


def _rows(visit: Visit, filters: Filters, more: Told) -> Generator[Sequence[Value]]:
    with visit.read() as unit:
        now = unit.clock()
        for rows in listing.everything(unit, filters):
            found = details.of(unit, rows, content=False, tickets_too="ticket_ids" in more)
            for one in found:
                yield [
                    *list_columns.cells(one, now, content=False),
                    *(told(one) for told in more.values()),
                ]
