"""All reports, and where one is begun."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.errors import Fault, Refused, TrackerError
from app.kit.languages import Language
from app.metrics.periods import Period
from app.metrics.questions import EVER
from app.reports import archive, drafts, spans
from app.reports.vocabularies import ReportKind
from app.web.reports import names
from app.web.shell import downloads, error_messages, forms, labels
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/reports")
Reader = Annotated[Visit, require_rights(Scope.REPORTS_READ)]
Writer = Annotated[Visit, require_rights(Scope.REPORTS_READ, Scope.REPORTS_WRITE)]
_DAY = timedelta(days=1)


@router.get("")
def reports(visit: Reader) -> Response:
    """List the reports, the newest days first."""
    return _page(visit)


@router.post("")
def begin(visit: Writer) -> Response:
    """Begin a report; of a kind and span that has one already, show that one."""
    try:
        kind, period, languages = _told(visit)
        with visit.write() as unit:
            there = next(
                (
                    one
                    for one in drafts.every(unit, period)
                    if (one.kind, one.period) == (kind, period)
                ),
                None,
            )
            report = there or drafts.begin(
                unit, kind, period, by=visit.actor.name, languages=languages
            )
    except TrackerError as error:
        return _page(visit, error)
    return visit.to(f"/reports/{report.id}", said="report_there" if there else "report_begun")


def _told(visit: Visit) -> tuple[ReportKind, Period, tuple[Language, ...]]:
    form, faults = visit.form, list[Fault]()
    kind, languages = form.text("kind"), form.all("language")
    if not ReportKind.has(kind):
        faults.append(Fault("/kind", "not_one_of", "one of the kinds"))
    chosen = tuple(one for one in Language if one in languages)
    if not chosen:
        faults.append(Fault("/language", "too_few", "at least one"))
    period = _period(visit, faults)
    if faults:
        raise Refused("invalid_request", "some fields need a look", faults)
    return ReportKind(kind), period, chosen


def _period(visit: Visit, faults: list[Fault]) -> Period:
    """Read the days given, else the span chosen."""
    form = visit.form
    if form.given("from") is None and form.given("until") is None:
        period = spans.days_of(form.text("span"))
        if period is None:
            faults.append(Fault("/span", "no_days", "a span, or two days"))
        return period or EVER
    first, last = forms.day_of(form, "from", faults), forms.day_of(form, "until", faults)
    if first and last and last < first:
        faults.append(Fault("/until", "ends_too_early", "a day from the first one on"))
    return Period(first, last and last + _DAY)


def _page(visit: Visit, error: TrackerError | None = None) -> Response:
    with visit.read() as unit:
        found, last_versions = drafts.every(unit), archive.last_versions(unit)
        today = unit.clock().astimezone(visit.workspace.zone).date()
    query = visit.request.query_params
    typed = dict(visit.form.fields) or {name: query.get(name, "") for name in ("from", "until")}
    return visit.page(
        "reports/list.html",
        200 if error is None else 422,
        reports=found,
        last_versions=last_versions,
        as_sheets=downloads.addresses("/reports"),
        spans=spans.offered(today),
        kinds=[(kind, labels.of(visit.words, "report_kind", kind)) for kind in ReportKind],
        ticked=visit.form.all("language") if visit.form.fields else list(Language),
        typed=typed,
        **names.of(visit),
        complaints=[] if error is None else error_messages.told(error, visit.words),
    )
