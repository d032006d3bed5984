"""One case: everything that was asked for, and what of it is still online."""

from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.schemas.list_filters import Filters
from app.takedowns import cache, listing, queries
from app.takedowns.items import OFFLINE
from app.web.shell import downloads, masking, sites
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
MOST = 200


@router.get("/cases/{case_ref:path}")
def see(case_ref: str, visit: Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]) -> Response:
    """Show a case; 404 when no request belongs to it."""
    cache.catch_up(visit.context.database)
    with visit.read() as unit:
        rows = listing.page(unit, Filters.model_construct(case_ref=case_ref), limit=MOST)
        items = queries.items_of(unit, rows) if rows else {}
        shown_sites = sites.of(unit, visit, rows)
    if not rows:
        raise HTTPException(404)
    every = [(row, item) for row in rows for item in items[row.id]]
    return visit.page(
        "requests/case.html",
        case_ref=case_ref,
        as_sheets=downloads.addresses("/takedowns", {"case_ref": case_ref}),
        rows=rows,
        sites=shown_sites,
        count=len(every),
        online=[
            (row, item.row, masking.told_apart(item))
            for row, item in every
            if item.row.state not in OFFLINE
        ],
    )
