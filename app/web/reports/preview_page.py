"""The tables of a report, as it stands now or as it was frozen; every number opens its rows."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.metrics import cohort_reading
from app.reports import actions, document, drafts, making
from app.reports.document import CountedTable, Document
from app.reports.report import Report
from app.reports.tables import TOTAL
from app.reports.vocabularies import Part
from app.web.reports import cell_names, spans
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/reports/{report_id}")
Reader = Annotated[Visit, require_rights(Scope.REPORTS_READ)]


@router.get("/preview")
def preview(report_id: Numbered, visit: Reader) -> Response:
    """Show the tables as they would be frozen now."""
    as_of = cohort_reading.latest(visit.context.database)
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        made = making.make(unit, visit.workspace, report, as_of=as_of)
    return _page(visit, report, made.document, number=None)


@router.get("/versions/{number}/tables")
def tables(report_id: Numbered, number: Numbered, visit: Reader) -> Response:
    """Show the tables as they were frozen."""
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        frozen = document.read(drafts.frozen_canonical(unit, report_id, number))
    return _page(visit, report, frozen, number=number)


def _page(visit: Visit, report: Report, shown: Document, *, number: int | None) -> Response:
    of: dict[str, object] = {"version": number} if number else {"as_of": shown.as_of}
    return visit.page(
        "reports/preview.html",
        report=report,
        document=shown,
        number=number,
        parts=_parts(shown),
        under_the_line=actions.UNDER_THE_LINE,
        total=TOTAL,
        part_kinds=list(Part),
        rows_of=cell_names.Rows(report.id, of),
        named=spans.named,
    )


def _parts(shown: Document) -> dict[str, list[CountedTable]]:
    """Return the tables by what stands before the dot in their names, empty where nothing does."""
    parts: dict[str, list[CountedTable]] = {}
    for table in shown.tables:
        before, _, _ = table.id.rpartition(".")
        parts.setdefault(before, []).append(table)
    return parts
