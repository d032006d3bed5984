"""One frozen version of a report: its digest, its forms, and what changed since the one before."""

from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.languages import Language
from app.reports import archive, difference, drafts, files
from app.reports.vocabularies import ReportForm
from app.web.reports import cell_names, names, word_changes
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/reports/{report_id}/versions/{number}")
Reader = Annotated[Visit, require_rights(Scope.REPORTS_READ)]


@router.get("")
def show(report_id: Numbered, number: Numbered, visit: Reader) -> Response:
    """Show a frozen version, beside the one before it."""
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        versions = {one.number: one for one in archive.versions(unit, report_id)}
        if number not in versions:
            raise HTTPException(404)
        frozen = archive.frozen_document(unit, report_id, number)
        kept = archive.forms_of(unit, report_id, number)
        before = (
            archive.frozen_document(unit, report_id, number - 1) if number - 1 in versions else None
        )
    return visit.page(
        "reports/version.html",
        report=report,
        version=versions[number],
        versions=list(versions.values()),
        document=frozen,
        kept={(one.form, one.language): one for one in kept},
        forms=[form for form in ReportForm if form in {one.form for one in kept}],
        difference=difference.between(before, frozen) if before else None,
        tables={table.id: table for table in (*(before.tables if before else ()), *frozen.tables)},
        changes=word_changes.between,
        rows_of=cell_names.Rows(report_id, {"version": number}),
        **names.of(visit),
    )


@router.get("/{language}/{form}")
def download(
    report_id: Numbered, number: Numbered, language: str, form: str, *, visit: Reader
) -> Response:
    """Hand out a form as it was kept at the freeze, byte by byte."""
    if not (Language.has(language) and ReportForm.has(form)):
        raise HTTPException(404)
    told, kind = Language(language), ReportForm(form)
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        frozen = archive.frozen_form(unit, report_id, number, form=kind, language=told)
    name = files.file_name(report, number, form=kind, language=frozen.language)
    return Response(
        frozen.content,
        media_type=files.MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
