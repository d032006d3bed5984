"""Figures that a report takes from elsewhere, entered by hand."""

from collections.abc import Mapping
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
        with visit.write() as unit:
            report = drafts.report(unit, report_id)
            standing = _standing(report)
            merged = seen.merged(visit.form, standing, _typed(visit))
            if merged.clashes:
                raise Stale("somebody else changed these figures meanwhile")
            figures = _figures(merged.texts)
            if merged.texts != standing:
                change = Change(figures=figures)
                drafts.change(unit, report_id, change, by=visit.actor.name, version=report.version)
    except TrackerError as error:
        return _page(visit, report_id, error)
    return visit.to(f"/reports/{report_id}", said="saved")


def _typed(visit: Visit) -> dict[HandFigure, str]:
    return {figure: visit.form.text(figure).strip() for figure in HandFigure}


def _figures(texts: Mapping[HandFigure, str]) -> HandFigures:
    """Read each figure, None for one left empty; raises Refused naming what is no number."""
    figures, faults = dict[HandFigure, int | None](), list[Fault]()
    for figure, text in texts.items():
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
    texts: Mapping[HandFigure, str] = standing
    if visit.form.fields:
        texts = seen.merged(visit.form, standing, _typed(visit)).texts
    return visit.page(
        "reports/hand_figures.html",
        409 if is_stale else 200 if error is None else 422,
        report=report,
        figures=list(HandFigure),
        standing=standing,
        texts=texts,
        seen={figure: seen.of(text) for figure, text in standing.items()},
        **names.of(visit),
        is_stale=is_stale,
        complaints=[] if error is None else error_messages.told(error, visit.words),
    )


def _standing(report: Report) -> dict[HandFigure, str]:
    known = {figure: report.figures.get(figure) for figure in HandFigure}
    return {figure: "" if count is None else str(count) for figure, count in known.items()}
