"""The requests behind a cell of a report, or behind what a check found."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.wording import N_
from app.metrics import cohort_reading
from app.metrics.questions import AsOf
from app.reports import archive, drafts, reading
from app.reports.layouts import LAYOUTS
from app.reports.reading import Asked
from app.reports.report import Report
from app.reports.tables import Cell, Table, tabulate
from app.reports.vocabularies import Check
from app.schemas.values import Moment
from app.takedowns import cache, queries
from app.web.reports import cell_names, names, report_page
from app.web.requests import list_sheet
from app.web.shell import addresses, downloads, forms, sites
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/reports/{report_id}/rows")
RowReader = Annotated[Visit, require_rights(Scope.REPORTS_READ, Scope.TAKEDOWNS_READ)]
ROWS_A_PAGE = 200
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


class Found(NamedTuple):
    """What an address names: requests of a cell of a table, or what a check found."""

    references: Sequence[str]
    table: Table | None = None
    place: tuple[str, str] = ("", "")
    check: Check | None = None

    @property
    def cell(self) -> Cell | None:
        """The cell, with what it counts."""
        return self.table.cells[self.place] if self.table else None


@downloads.at(router, "")
def download(report_id: Numbered, visit: RowReader) -> Response:
    """Hand out the requests that a cell counts."""
    latest = _latest(visit)
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        found = _found(unit, visit, report, as_of=_as_of(unit, visit, report, latest=latest))
    title = N_("Requests behind a number")
    sheet = list_sheet.of_references(visit, "report-rows", title, chosen=found.references)
    return list_sheet.handed_out(visit, sheet, downloads.asked_form(visit), what="report rows")


@router.get("")
def rows(report_id: Numbered, visit: RowReader) -> Response:
    """List the requests that a cell counts, as the report stood at a moment or when frozen."""
    latest = _latest(visit)
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        as_of = _as_of(unit, visit, report, latest=latest)
        found = _found(unit, visit, report, as_of=as_of)
        page, pages = _page_of(visit, len(found.references))
        shown = found.references[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
        by_reference = {one.reference: one for one in queries.by_references(unit, shown)}
        takedowns = [by_reference[one] for one in shown if one in by_reference]
        shown_sites = sites.of(unit, visit, takedowns)
    query = dict(visit.request.query_params)
    return visit.page(
        "reports/rows.html",
        report=report,
        found=found,
        as_of=as_of.moment,
        version=forms.whole(query.get("version", "")),
        rows=takedowns,
        sites=shown_sites,
        as_sheets=downloads.addresses(visit.request.url.path, query | {"page": ""}),
        **names.of(visit),
        next_address=(
            addresses.of(visit.request.url.path, query | {"page": page + 1}) if page < pages else ""
        ),
    )


def _latest(visit: Visit) -> AsOf:
    cache.catch_up(visit.context.database)
    return cohort_reading.latest(visit.context.database)


def _as_of(unit: Unit, visit: Visit, report: Report, *, latest: AsOf) -> AsOf:
    """Return the moment asked for: of a version its freeze; 404 for one that is none or to come."""
    query = visit.request.query_params
    if "version" in query:
        number = forms.whole(query["version"])
        frozen = [one for one in archive.versions(unit, report.id) if one.number == number]
        if not frozen:
            raise HTTPException(404)
        return latest.at(frozen[0].as_of)
    if "as_of" not in query:
        return latest
    try:
        moment = _MOMENT.validate_python(query["as_of"])
    except ValidationError:
        raise HTTPException(404) from None
    if moment > latest.moment:
        raise HTTPException(404)
    return latest.at(moment)


def _found(unit: Unit, visit: Visit, report: Report, *, as_of: AsOf) -> Found:
    query = visit.request.query_params
    check = query.get("check", "")
    if Check.has(check):
        guide = report_page.guide_of(unit, visit, report, as_of=as_of)
        behind = {one for found in guide.found.get(Check(check), ()) for one in found.references}
        return Found(sorted(behind), check=Check(check))
    layouts = (one for one in LAYOUTS[report.kind] if one.id == query.get("table"))
    layout = next(layouts, None)
    if layout is None:
        raise HTTPException(404)
    zone = visit.workspace.zone
    asked = Asked(report.kind, report.period, zone, as_of.moment, visit.workspace.catalogue)
    table = tabulate(reading.counted_requests(unit, asked), layout, zone)
    row = cell_names.read(table.rows_by, table.rows, query.get("row", ""))
    column = cell_names.read(table.columns_by, table.columns, query.get("column", ""))
    if row is None or column is None:
        raise HTTPException(404)
    return Found(table.cells[row, column].references, table, (row, column))


def _page_of(visit: Visit, total: int) -> tuple[int, int]:
    last = max(ceil(total / ROWS_A_PAGE), 1)
    page = forms.whole(visit.request.query_params.get("page", "")) or 1
    return min(page, last), last
