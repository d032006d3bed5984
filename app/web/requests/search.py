"""Search: one box that takes any spelling of a link, an account, a ticket, a case, a reference."""

from collections.abc import Collection, Mapping
from functools import partial
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy import union
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import references
from app.kit.database import Unit
from app.kit.errors import Refused
from app.kit.wording import N_
from app.operations import searching
from app.schemas.shapes import SearchIn
from app.takedowns import cache, listing, queries
from app.takedowns.rows import TakedownRow
from app.web.requests import list_sheet, qualifiers
from app.web.requests.qualifiers import Sought
from app.web.shell import downloads, error_messages, forms, labels, sites
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
MOST = 50
NO_SITES: Mapping[int, str] = MappingProxyType({})
# Found by one of these, what was typed is a reported place: it is not written into the page again.
PLACES = {"url", "account"}


@router.get("/search")
def see(visit: Reader) -> Response:
    """Show the box."""
    return _page(visit)


@router.post("/search")
def search(visit: Reader) -> Response:
    """Show what was found, and why; what was typed stands in no address."""
    try:
        sought = _sought(visit)
        wanted = _checked(sought.text)
    except Refused as error:
        return _page(visit, complaints=error_messages.told(error, visit.words), status=422)
    cache.catch_up(visit.context.database)
    with visit.read() as unit:
        found = _found(visit, unit, wanted, sought=sought)
        rows = [row for row, _ in found]
        shown_sites = sites.of(unit, visit, rows)
        not_removed = queries.not_removed_of(unit, rows)
    return _page(visit, found, sought, shown_sites=shown_sites, not_removed=not_removed)


@router.post("/search/export")
def export(visit: Reader) -> Response:
    """Give what was found as a spreadsheet: by references, for what was typed is not kept."""
    chosen = list(dict.fromkeys(visit.form.all("reference")))[:MOST]
    if not chosen or not all(references.PATTERN.fullmatch(one) for one in chosen):
        raise HTTPException(400)

    cache.catch_up(visit.context.database)
    table = list_sheet.of_references(visit, "search", N_("Search"), chosen=chosen)
    form = downloads.form_of(visit.form.text("form"))
    return list_sheet.handed_out(visit, table, form, what="search")


def _sought(visit: Visit) -> Sought:
    typed = visit.form.given("text")
    if typed is None:
        raise Refused("nothing_to_search", "type something")
    workspace = visit.workspace
    return qualifiers.read(
        typed.strip(), workspace.catalogue, workspace.zone, label=partial(labels.of, visit.words)
    )


def _checked(text: str) -> dict[str, str]:
    if not text:
        return {}
    body: SearchIn = forms.checked(SearchIn, {"text": text})
    return {name: value for name, value in body if value is not None}


def _found(
    visit: Visit, unit: Unit, wanted: dict[str, str], *, sought: Sought
) -> list[tuple[TakedownRow, list[str]]]:
    if not wanted:
        return [(row, []) for row in listing.page(unit, sought.filters, limit=MOST + 1)]
    ways = searching.ways(unit, visit.workspace, wanted, now=unit.clock())
    rows = listing.page(unit, sought.filters, limit=MOST + 1, among=union(*ways.values()))
    reasons = searching.matched(unit, [row.reference for row in rows], ways)
    return [(row, reasons[row.reference]) for row in rows]


def _page(
    visit: Visit,
    found: list[tuple[TakedownRow, list[str]]] | None = None,
    sought: Sought | None = None,
    *,
    complaints: list[Complaint] | None = None,
    status: int = 200,
    shown_sites: Mapping[int, str] = NO_SITES,
    not_removed: Collection[int] = (),
) -> Response:
    is_reported = any(PLACES.intersection(reasons) for _, reasons in found or ())
    return visit.page(
        "requests/search.html",
        status,
        found=None if found is None else found[:MOST],
        has_more=found is not None and len(found) > MOST,
        most=MOST,
        sites=shown_sites,
        not_removed=not_removed,
        sought=sought,
        typed="" if is_reported else visit.form.text("text"),
        complaints=complaints or [],
    )
