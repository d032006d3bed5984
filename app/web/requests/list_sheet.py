"""Any list of requests as a table to take away: all that a manager asks for, nothing toxic."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.canonical import Json
from app.kit.cells import Value
from app.kit.database import Unit
from app.kit.wording import N_, P_, say
from app.schemas.list_filters import Filters
from app.takedowns import details, list_columns, listing, queries
from app.takedowns.details import Details
from app.takedowns.rows import TakedownRow
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
# Requests some at a time, and what stands before the columns of the list in the row of each.
Chunks = Callable[[Unit], Iterable[tuple[Sequence[TakedownRow], Sequence[Sequence[Value]]]]]


def table(visit: Visit, filters: Filters) -> Table:
    """Return the list under the filters, whole, as of one moment."""

    def chunks(unit: Unit) -> Iterator[tuple[Sequence[TakedownRow], Sequence[Sequence[Value]]]]:
        for rows in listing.everything(unit, filters):
            yield rows, [()] * len(rows)

    return of_requests(visit, "requests", N_("Requests"), chunks=chunks)


def of_requests(
    visit: Visit,
    name: str,
    title: str,
    *,
    chunks: Chunks,
    first: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """Return any list of requests with the columns of that of all, after its own `first`.

    Tickets stand in it for who may read content.
    """
    more = {
        **list_columns.GROUNDS,
        **(list_columns.TICKETS if visit.may(Scope.CONTENT_READ) else {}),
    }
    headings = {
        **first,
        **{name: HEADINGS[name] for name in (*list_columns.names(content=False), *more)},
    }
    return Table(
        name=name,
        title=say(visit.words, title),
        columns={code: say(visit.words, heading) for code, heading in headings.items()},
        rows=_rows(visit, chunks, more),
        is_marked=True,
        sealed={name: "tickets" for name in list_columns.TICKETS if name in more},
    )


def of_references(visit: Visit, name: str, title: str, *, chosen: Sequence[str]) -> Table:
    """Return the list of some requests, in the order of their references."""

    def chunks(unit: Unit) -> Iterator[tuple[Sequence[TakedownRow], Sequence[Sequence[Value]]]]:
        for start in range(0, len(chosen), listing.CHUNK):
            some = chosen[start : start + listing.CHUNK]
            rows = {row.reference: row for row in queries.by_references(unit, some)}
            found = [rows[one] for one in some if one in rows]
            yield found, [()] * len(found)
            unit.data_keys.clear()

    return of_requests(visit, name, title, chunks=chunks)


def handed_out(visit: Visit, found: Table, form: SheetForm, *, what: str) -> Response:
    """Hand a list of requests out; the audit log tells which, and whether with tickets."""
    detail: Mapping[str, Json] = {"what": what, "content": False, "tickets": False}
    return downloads.recorded(visit, found, form, detail=detail)


def _rows(visit: Visit, chunks: Chunks, more: Told) -> Generator[Sequence[Value]]:
    tells_tickets = "ticket_ids" in more
    with visit.read() as unit:
        now = unit.clock()
        for rows, before in chunks(unit):
            found = details.of(unit, rows, content=False, tickets_too=tells_tickets)
            for own, one in zip(before, found, strict=True):
                yield [
                    *own,
                    *list_columns.cells(one, now, content=False),
                    *(told(one) for told in more.values()),
                ]
