"""One case: what of it is still asked for, what was not sent, and how the rest ended."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.schemas.list_filters import Filters
from app.takedowns import cache, items, listing, queries
from app.takedowns.queries import Item
from app.takedowns.rows import ItemRow, TakedownRow
from app.takedowns.vocabularies import Remains
from app.web.shell import downloads, masking, sites
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
MOST = 200


class CaseItem(NamedTuple):
    """An item of a case: its request, of how many items, and how it is told apart."""

    takedown: TakedownRow
    row: ItemRow
    total: int
    shown: str

    @property
    def remains(self) -> Remains:
        """What remains to be done about it."""
        return items.remains(self.takedown.stage, self.row.state)


@router.get("/cases/{case_ref:path}")
def see(case_ref: str, visit: Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]) -> Response:
    """Show a case; 404 when no request belongs to it."""
    cache.catch_up(visit.context.database)
    with visit.read() as unit:
        rows = listing.page(unit, Filters.model_construct(case_ref=case_ref), limit=MOST)
        found = queries.items_of(unit, rows) if rows else {}
        shown_sites = sites.of(unit, visit, rows)
        not_removed = queries.not_removed_of(unit, rows)
    if not rows:
        raise HTTPException(404)
    return visit.page(
        "requests/case.html",
        case_ref=case_ref,
        as_sheets=downloads.addresses("/takedowns", {"case_ref": case_ref}),
        rows=rows,
        sites=shown_sites,
        not_removed=not_removed,
        parts=_parts(rows, found),
    )


def _parts(
    rows: Sequence[TakedownRow], found: Mapping[int, Sequence[Item]]
) -> dict[Remains, list[CaseItem]]:
    """Return the items by what remains of them, in the order of `Remains`; no part is empty."""
    every = [
        CaseItem(row, item.row, len(found[row.id]), masking.told_apart(item))
        for row in rows
        for item in found[row.id]
    ]
    parts = {which: [one for one in every if one.remains == which] for which in Remains}
    return {which: part for which, part in parts.items() if part}
