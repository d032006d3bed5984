"""Our own notices (Article 22(6) DSA): how well they were, the alarm, what a lost status undoes."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.errors import TrackerError
from app.kit.wording import N_
from app.metrics import own_quality
from app.metrics.cohort import Cohort
from app.metrics.own_quality import MEASURES, Line
from app.notices import fallen_back
from app.web.metrics import metrics_page, quality_alarm
from app.web.metrics.filter_form import Asked
from app.web.requests import list_sheet
from app.web.shell import downloads, error_messages, labels
from app.web.shell.downloads import Columns
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/metrics/quality")
Reader = Annotated[Visit, require_rights(Scope.METRICS_READ)]
RowReader = Annotated[Visit, require_rights(Scope.METRICS_READ, Scope.TAKEDOWNS_READ)]
Manager = Annotated[Visit, require_rights(Scope.REPORTS_WRITE)]
# A line is of a provider, or of all.
Told = tuple[str, Line]
ALL = "all"


def _cases(line: Told, figure: str) -> int | None:
    return line[1].cases(figure)


COLUMNS: Columns[Told] = {
    "provider": (N_("Provider"), lambda line: line[0]),
    "first_day": (N_("First day"), lambda line: line[1].days.from_day),
    "last_day": (N_("Last day"), lambda line: line[1].days.until),
    "notices": (N_("First notices"), lambda line: line[1].numbers.requests),
    **{
        figure: (labels.TABLES["own_quality"][figure], partial(_cases, figure=figure))
        for figure in MEASURES
    },
}


@router.get("")
def show(visit: Reader) -> Response:
    """Show how our own notices fared, all of them and by provider, quarter by quarter."""
    return _page(visit)


@downloads.at(router, "")
def download(visit: Reader) -> Response:
    """Hand out the same figures, quarter by quarter."""
    asked, everyone = _asked(visit)
    found = own_quality.by_provider(everyone, asked.period, asked)
    lines = [
        *((ALL, line) for line in own_quality.lines_of(everyone, asked.period, asked)),
        *((provider, line) for provider, of in found.items() for line in of),
    ]
    table = downloads.of(
        visit,
        "own-notices",
        N_("Our own notices"),
        columns=COLUMNS,
        rows=lines,
        labels={"provider": {ALL: N_("All providers")}},
    )
    return downloads.answered(visit, table, downloads.asked_form(visit))


@router.post("/alarm")
def set_alarm(visit: Manager) -> Response:
    """Set from when on managers are warned, or no more."""
    try:
        quality_alarm.set_by_form(visit)
    except TrackerError as error:
        return _page(visit, error)
    return visit.to("/metrics/quality", said="saved")


@downloads.at(router, "/drafts")
def download_drafts(visit: RowReader) -> Response:
    """Hand out the drafts that fall back."""
    with visit.read() as unit:
        drafts = fallen_back.today(unit, visit.workspace).drafts
    title, chosen = N_("Drafts that fall back to Article 16 DSA"), [row.reference for row in drafts]
    found = list_sheet.of_references(visit, "drafts", title, chosen=chosen)
    return list_sheet.handed_out(visit, found, downloads.asked_form(visit), what="drafts")


@router.get("/drafts")
def drafts(visit: RowReader) -> Response:
    """List the drafts that fall back to Article 16 because the status is not held."""
    with visit.read() as unit:
        found = fallen_back.today(unit, visit.workspace)
    return visit.page(
        "metrics/fallen_back.html",
        standing=found.standing,
        drafts=found.drafts,
        as_sheets=downloads.addresses("/metrics/quality/drafts"),
    )


def _asked(visit: Visit) -> tuple[Asked, Cohort]:
    asked = metrics_page.asked_by(visit, strictly=True, leaving_out=metrics_page.OF_ROWS)
    return asked, metrics_page.loaded(visit, asked, asked.question(asked.period))


def _page(visit: Visit, error: TrackerError | None = None) -> Response:
    asked, everyone = _asked(visit)
    alarm = quality_alarm.of(visit)
    with visit.read() as unit:
        fell_back = fallen_back.today(unit, visit.workspace)
    return visit.page(
        "metrics/own_quality.html",
        200 if error is None else 422,
        asked=asked,
        as_sheets={
            form: asked.link(f"/metrics/quality.{form}", as_of=asked.stamped)
            for form in downloads.SheetForm
        },
        everyone=own_quality.lines_of(everyone, asked.period, asked),
        providers=own_quality.by_provider(everyone, asked.period, asked),
        measures=MEASURES,
        alarm=alarm,
        months=own_quality.MONTHS_WATCHED,
        fallen_back=fell_back,
        complaints=[] if error is None else error_messages.told(error, visit.words),
        typed=dict(visit.form.fields),
    )
