"""The inbox as a table to take away: in its order, with the columns of the list of requests."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.cells import Value
from app.kit.database import Unit
from app.kit.wording import N_
from app.takedowns import cache, inbox_order, queries
from app.takedowns.inbox_bands import Place
from app.takedowns.rows import TakedownRow
from app.web.inbox import inbox_address, worklist
from app.web.requests import list_sheet
from app.web.shell import downloads
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
AT_ONCE = 500
FIRST: Mapping[str, str] = {"band": N_("Part of the inbox"), "severity": N_("Severity")}


@downloads.at(router, "/inbox")
def download(visit: Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]) -> Response:
    """Give what the inbox shows under its filters, whole."""
    cache.catch_up(visit.context.database)
    wanted, order = inbox_address.wanted(visit), worklist.order_of(visit)

    def chunks(unit: Unit) -> Iterator[tuple[Sequence[TakedownRow], Sequence[Sequence[Value]]]]:
        after: Place | None = None
        while found := inbox_order.page(unit, order, wanted, after=after, limit=AT_ONCE):
            rows = sorted(
                queries.by_references(unit, [row.reference for row in found]), key=order.place
            )
            yield rows, [[order.band(row), str(order.severities[row.category])] for row in rows]
            after = order.place(found[-1])
            unit.data_keys.clear()

    table = list_sheet.of_requests(visit, "inbox", N_("Inbox"), chunks=chunks, first=FIRST)
    return list_sheet.handed_out(visit, table, downloads.asked_form(visit), what="inbox")
