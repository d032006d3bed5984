"""Figures that a report takes from elsewhere, entered by hand."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.errors import Fault, Refused, Stale, TrackerError
from app.reports import drafts
from app.reports.report import Change, HandFigures, Report
from app.reports.vocabularies import HandFigure
from app.web.reports import names, seen
from app.web.shell import error_messages, forms
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/reports/{report_id}/figures")
Writer = Annotated[Visit, require_rights(Scope.REPORTS_READ, Scope.REPORTS_WRITE)]


@router.get("")
def ask(report_id: Numbered, visit: Writer) -> Response:
    """Show the figures, to be changed."""
    return _page(visit, report_id)


@router.post("")
def keep(report_id: Numbered, visit: Writer) -> Response:
    """Keep the figures; those that somebody else entered meanwhile are not written over."""
    try:
        figures = _typed(visit)
        with visit.write() as unit:
            report = drafts.report(unit, report_id)
            if visit.form.text(seen.FIELD) != seen.of(_standing(report)):
                raise Stale("somebody else changed these figures meanwhile")
            if figures != _standing(report):
                change = Change(figures=figures)
                drafts.change(unit, report_id, change, by=visit.actor.name, version=report.version)
    except TrackerError as error:
        return _page(visit, report_id, error)
    return visit.to(f"/reports/{report_id}", said="saved")


def _typed(visit: Visit) -> HandFigures:
    """Read each figure, None for one left empty; raises Refused naming what is no number."""
    figures, faults = dict[HandFigure, int | None](), list[Fault]()
    for figure in HandFigure:
        text = visit.form.text(figure).strip()
        figures[figure] = forms.whole(text) if text else None
        if text and figures[figure] is None:
            faults.append(Fault(f"/{figure}", "not_whole", "a whole number, or nothing"))
    if faults:
        raise Refused("invalid_request", "some figures need a look", faults)
    return figures


def _page(visit: Visit, report_id: int, error: TrackerError | None = None) -> Response:
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
    is_stale, standing = isinstance(error, Stale), _standing(report)
    return visit.page(
        "reports/hand_figures.html",
        409 if is_stale else 200 if error is None else 422,
        report=report,
        figures=list(HandFigure),
        standing=standing,
        typed={one: visit.form.text(one) for one in HandFigure} if visit.form.fields else standing,
        seen=seen.of(standing),
        **names.of(visit),
        is_stale=is_stale,
        complaints=[] if error is None else error_messages.told(error, visit.words),
    )


def _standing(report: Report) -> dict[str, int | None]:
    return {figure: report.figures.get(figure) for figure in HandFigure}
