"""A report to be looked at: in short, its tables as they stand or were frozen, and as a web page.

Every number of the tables opens its rows.
"""

from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from app.accounts.vocabularies import Scope
from app.kit.languages import Language
from app.metrics import cohort_reading
from app.reports import actions, archive, drafts, making
from app.reports.document import CountedTable, Document
from app.reports.forms import first_page, page_html
from app.reports.forms.edition import Edition
from app.reports.forms.view import Prose
from app.reports.made import Made
from app.reports.report import Report
from app.reports.tables import TOTAL
from app.web.reports import cell_names, names
from app.web.shell.downloads import SheetForm
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/reports/{report_id}")
FRAMELESS = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
Reader = Annotated[Visit, require_rights(Scope.REPORTS_READ)]


@router.get("/preview")
def preview(report_id: Numbered, visit: Reader) -> Response:
    """Show the tables as they would be frozen now."""
    report, made = _made(visit, report_id)
    return _page(visit, report, made.document, number=None)


@router.get("/preview/{language}")
def web_page(report_id: Numbered, language: str, visit: Reader) -> Response:
    """Show the report as its web page would be if it were frozen now."""
    if not Language.has(language):
        raise HTTPException(404)
    with visit.read() as unit:
        number = len(archive.versions(unit, report_id)) + 1
    _, made = _made(visit, report_id)
    edition = Edition(Language(language), number, visit.workspace.catalogue)
    return HTMLResponse(
        page_html.rendered(made.document, edition),
        headers={"Content-Security-Policy": f"{page_html.POLICY}; {FRAMELESS}"},
    )


@router.get("/versions/{number}/tables")
def tables(report_id: Numbered, number: Numbered, visit: Reader) -> Response:
    """Show the tables as they were frozen."""
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        frozen = archive.frozen_document(unit, report_id, number)
    return _page(visit, report, frozen, number=number)


def _made(visit: Visit, report_id: int) -> tuple[Report, Made]:
    """Make a report as it is now."""
    as_of = cohort_reading.latest(visit.context.database)
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        return report, making.make(unit, visit.workspace, report, as_of=as_of)


def _page(visit: Visit, report: Report, shown: Document, *, number: int | None) -> Response:
    of: dict[str, object] = {"version": number} if number else {"as_of": shown.as_of}
    return visit.page(
        "reports/preview.html",
        report=report,
        document=shown,
        number=number,
        in_short=_in_short(visit, shown),
        parts=_parts(shown),
        under_the_line=actions.UNDER_THE_LINE,
        total=TOTAL,
        rows_of=cell_names.Rows(report.id, of),
        as_sheets=_kept_forms(visit, report, shown, number=number) if number else {},
        **names.of(visit),
    )


def _kept_forms(
    visit: Visit, report: Report, shown: Document, *, number: int
) -> dict[SheetForm, str]:
    """Return where a version's own sheets are, in the visitor's language where it has that."""
    spoken = visit.language if visit.language in shown.languages else shown.languages[0]
    return {form: f"/reports/{report.id}/versions/{number}/{spoken}/{form}" for form in SheetForm}


def _in_short(visit: Visit, shown: Document) -> list[Prose]:
    """Return the sentences of the first page, in the visitor's language."""
    blocks = first_page.blocks(shown, names.spoken(visit))
    return [block for block in blocks if isinstance(block, Prose)]


def _parts(shown: Document) -> dict[str, list[CountedTable]]:
    """Return the tables by what stands before the dot in their names, empty where nothing does."""
    parts: dict[str, list[CountedTable]] = {}
    for table in shown.tables:
        before, _, _ = table.id.rpartition(".")
        parts.setdefault(before, []).append(table)
    return parts
