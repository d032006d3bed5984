"""All requests, under any filter, the newest first; as a page or as a spreadsheet."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.kit import cells, paging
from app.kit.clock import stamp
from app.schemas.values import REF_PATTERN
from app.takedowns import cache, listing
from app.takedowns.facts import UNKNOWN
from app.takedowns.listing import Wanted
from app.web.shell import addresses, choices, forms, labels, sites
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights("takedowns:read")]
ROWS = 50
SHEET_ROWS = 10_000
SHEET = (
    "reference", "case_ref", "platform", "product", "provider", "category", "basis", "stage",
    "whose_turn", "next_step", "due_at", "logged_at", "submitted_at", "receipt_at", "decided_at",
    "gone_at",
)  # fmt: skip
# The filters of the page that are codes of closed lists, and the list of each.
LISTED = {"stage": "stage", "whose_turn": "turn", "next_step": "step", "basis": "basis"}
FILTERS = (
    *("platform", "provider", "category", *LISTED),
    *("overdue", "submitted_from", "submitted_to", "case_ref"),
)
_REF = re.compile(REF_PATTERN)


@router.get("/takedowns")
def see(visit: Reader) -> Response:
    """Show a page of the list."""
    cache.catch_up(visit.context.database)
    asked = asked_of(visit)
    cursor = visit.request.query_params.get("cursor")
    with visit.read() as unit:
        before = paging.place(cursor) if cursor else None
        found = listing.page(unit, wanted_of(visit, asked), before, ROWS + 1)
        rows = found[:ROWS]
        shown_sites = sites.of(unit, visit, rows)
    last = paging.cursor(rows[-1].id) if len(found) > ROWS else ""
    return visit.page(
        "requests/list.html",
        rows=rows,
        sites=shown_sites,
        asked=dict.fromkeys(FILTERS, "") | asked,
        is_narrowed=bool(asked),
        listed=LISTED,
        platform_names=choices.platforms(visit),
        category_names=choices.categories(visit),
        providers=_providers(visit),
        next_address=addresses.of("/takedowns", asked | {"cursor": last}) if last else "",
        sheet_address=addresses.of("/takedowns.csv", asked),
        is_first=not cursor,
    )


@router.get("/takedowns.csv")
def sheet(visit: Reader) -> Response:
    """Give the same list as a spreadsheet: codes, numbers and moments, no link and no text."""
    cache.catch_up(visit.context.database)
    with visit.write() as unit:
        rows = listing.page(unit, wanted_of(visit, asked_of(visit)), None, SHEET_ROWS, SHEET)
        audit.record(unit, visit.actor.name, "exported", what="takedowns", content=False)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(SHEET)
    writer.writerows([_cell(row._mapping[name]) for name in SHEET] for row in rows)
    return Response(
        file.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="requests.csv"'},
    )


def asked_of(visit: Visit) -> dict[str, str]:
    """Read the filters of the address; what is unknown is as if it were not there."""
    given = {name: text.strip() for name, text in visit.request.query_params.items()}
    catalogue = visit.workspace.catalogue
    closed: Mapping[str, Any] = {
        "platform": catalogue.platforms,
        "category": catalogue.categories,
        "provider": _providers(visit),
        "overdue": ("yes", "no"),
        **{name: labels.CODES[kind] for name, kind in LISTED.items()},
    }
    kept = {name: given[name] for name, codes in closed.items() if given.get(name) in codes}
    for name in ("submitted_from", "submitted_to"):
        if forms.day(given.get(name, "")):
            kept[name] = given[name]
    if _REF.fullmatch(given.get("case_ref", "")):
        kept["case_ref"] = given["case_ref"]
    return kept


def wanted_of(visit: Visit, asked: Mapping[str, str]) -> Wanted:
    """Return what the list is asked for; both days are local and belong to it."""
    equal: dict[str, Any] = {name: asked[name] for name in listing.EQUAL if name in asked}
    until = forms.day(asked.get("submitted_to", ""))
    return Wanted(
        **equal,
        overdue={"yes": True, "no": False}.get(asked.get("overdue", "")),
        submitted_from=_start(visit, forms.day(asked.get("submitted_from", ""))),
        submitted_to=_start(visit, until + timedelta(days=1) if until else None),
    )


def _providers(visit: Visit) -> list[str]:
    """Return the providers to choose from: the known, those people named, and `unknown` last."""
    known = {one.provider for one in visit.workspace.catalogue.platforms.values()}
    with visit.read() as unit:
        known |= listing.providers_named(unit)
    return [*sorted(name for name in known if name), UNKNOWN]


def _start(visit: Visit, day: date | None) -> datetime | None:
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=visit.context.settings.zone)


def _cell(value: Any) -> str:
    return stamp(value) if isinstance(value, datetime) else cells.cell(value)
