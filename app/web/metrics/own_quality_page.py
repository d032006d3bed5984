"""Our own notices (Article 22(6) DSA): how well they were, the alarm, what a lost status undoes."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.errors import TrackerError
from app.metrics import own_quality
from app.metrics.own_quality import MEASURES
from app.notices import fallen_back
from app.web.metrics import metrics_page, quality_alarm
from app.web.shell import error_messages
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/metrics/quality")
Reader = Annotated[Visit, require_rights(Scope.METRICS_READ)]
RowReader = Annotated[Visit, require_rights(Scope.METRICS_READ, Scope.TAKEDOWNS_READ)]
Manager = Annotated[Visit, require_rights(Scope.REPORTS_WRITE)]


@router.get("")
def show(visit: Reader) -> Response:
    """Show how our own notices fared, all of them and by provider, quarter by quarter."""
    return _page(visit)


@router.post("/alarm")
def set_alarm(visit: Manager) -> Response:
    """Set from when on managers are warned, or no more."""
    try:
        quality_alarm.set_by_form(visit)
    except TrackerError as error:
        return _page(visit, error)
    return visit.to("/metrics/quality", said="saved")


@router.get("/drafts")
def drafts(visit: RowReader) -> Response:
    """List the drafts that fall back to Article 16 because the status is not held."""
    with visit.read() as unit:
        found = fallen_back.today(unit, visit.workspace)
    return visit.page("metrics/fallen_back.html", standing=found.standing, drafts=found.drafts)


def _page(visit: Visit, error: TrackerError | None = None) -> Response:
    asked = metrics_page.asked_by(visit, strictly=True, leaving_out=metrics_page.OF_ROWS)
    everyone = metrics_page.loaded(visit, asked, asked.question(asked.period))
    alarm = quality_alarm.of(visit)
    with visit.read() as unit:
        fell_back = fallen_back.today(unit, visit.workspace)
    return visit.page(
        "metrics/own_quality.html",
        200 if error is None else 422,
        asked=asked,
        everyone=own_quality.lines_of(everyone, asked.period, asked),
        providers=own_quality.by_provider(everyone, asked.period, asked),
        measures=MEASURES,
        alarm=alarm,
        months=own_quality.MONTHS_WATCHED,
        fallen_back=fell_back,
        complaints=[] if error is None else error_messages.told(error, visit.words),
        typed=dict(visit.form.fields),
    )
