"""Takedowns found by what must not stand in an address: URLs, accounts, tickets."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import false, select, union
from starlette.responses import Response

from app.api import lists, reading
from app.api.contract import documented
from app.api.parameters import PageQuery
from app.api.reading import Reader
from app.api.shapes import FoundPage
from app.kit.errors import Fault, Refused
from app.operations import searching
from app.schemas.shapes import SearchIn
from app.takedowns import cache
from app.takedowns.models import takedowns

router = APIRouter(tags=["Takedowns"])


@router.post(
    "/takedowns/search",
    **documented("searchTakedowns", FoundPage, "bad_cursor", "nothing_to_search", headers=["Link"]),
)
def search_takedowns(
    call: Reader, query: Annotated[PageQuery, Query()], body: SearchIn
) -> Response:
    """Find takedowns by any spelling of a URL, an account, a ticket or a case; says why."""
    wanted = {name: value for name, value in body if value is not None}
    if not wanted:
        mend = "give url, account, ticket_id, case_ref or text"
        raise Refused("nothing_to_search", mend, [Fault("", "nothing_to_search", mend)])
    cache.catch_up(call.context.database)
    with call.read() as unit:
        ways = searching.ways(unit, call.workspace, wanted, now=unit.clock())
        # One list of ids: over conditions joined by OR the database would read every takedown.
        ids = union(*ways.values()) if ways else select(takedowns.c.id).where(false())
        data, end = reading.page(call, unit, query, among=ids)
        references = [str(row["reference"]) for row in data]
        reasons = searching.matched(unit, references, ways)
    for reference, row in zip(references, data, strict=True):
        row["matched"] = reasons[reference]
    return lists.answered(call, data, end)
