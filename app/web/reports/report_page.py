"""A report's own page: its steps with what each still needs, and the acts that settle them."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import Fault, Refused, Stale, TrackerError
from app.kit.languages import Language
from app.kit.wording import N_
from app.metrics import cohort_reading
from app.metrics.questions import AsOf
from app.reports import archive, checks, difference, drafts, freezing, making
from app.reports.difference import Difference
from app.reports.made import Made
from app.reports.report import Change, Confirmed, Report, Version
from app.web.reports import cell_names, names, seen
from app.web.reports.steps import Guide
from app.web.shell import error_messages, labels
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/reports/{report_id}")
CHANGED = N_(
    "This changed since the page was loaded, and nothing was done. Look at it as it is now."
)
Reader = Annotated[Visit, require_rights(Scope.REPORTS_READ)]
Writer = Annotated[Visit, require_rights(Scope.REPORTS_READ, Scope.REPORTS_WRITE)]


@router.get("")
def show(report_id: Numbered, visit: Reader) -> Response:
    """Lead through a report: what is done, what is left, and where."""
    return _page(visit, _guide(visit, report_id))


@router.post("/cells")
def confirm(report_id: Numbered, visit: Writer) -> Response:
    """Keep that a person looked at every cell of one that the page showed."""
    guide = _guide(visit, report_id)
    cells = checks.cells_of_one(guide.made)
    try:
        if visit.form.text(seen.FIELD) != _shown(cells):
            raise Stale("other cells hold one now")
        with visit.write() as unit:
            drafts.confirm(
                unit, report_id, cells, by=visit.actor.name, version=guide.report.version
            )
    except TrackerError as error:
        return _page(visit, guide, error)
    return visit.to(f"/reports/{report_id}", said="report_cells")


@router.post("/languages")
def speak(report_id: Numbered, visit: Writer) -> Response:
    """Change the languages that a report is made in."""
    wanted = tuple(one for one in Language if one in visit.form.all("language"))
    try:
        if not wanted:
            fault = Fault("/language", "too_few", "at least one")
            raise Refused("too_few", "a report has a language", [fault])
        with visit.write() as unit:
            report = drafts.report(unit, report_id)
            change = Change(languages=wanted)
            drafts.change(unit, report_id, change, by=visit.actor.name, version=report.version)
    except TrackerError as error:
        return _page(visit, _guide(visit, report_id), error)
    return visit.to(f"/reports/{report_id}", said="saved")


@router.post("/versions")
def freeze(report_id: Numbered, visit: Writer) -> Response:
    """Freeze a report as it stands now, once somebody confirmed what follows from it."""
    try:
        if not visit.form.flag("confirm"):
            fault = Fault("/confirm", "not_confirmed", "confirm it")
            raise Refused("invalid_request", "confirm it", [fault])
        version = _frozen(visit, report_id)
    except TrackerError as error:
        guide = _guide(visit, report_id)
        if not (isinstance(error, Stale) and guide.is_frozen):  # else the button was pressed twice
            return _page(visit, guide, error)
        version = guide.versions[-1]
    return visit.to(f"/reports/{report_id}/versions/{version.number}", said="report_frozen")


def _frozen(visit: Visit, report_id: int) -> Version:
    as_of = cohort_reading.latest(visit.context.database)
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        if visit.form.text("version") != str(report.version):
            raise Stale("the report was changed since the page was shown")
        prepared = freezing.prepare(unit, visit.workspace, report_id, as_of=as_of)
    with visit.write() as unit:
        return freezing.record(unit, prepared, by=visit.actor.name, version=report.version)


def _guide(visit: Visit, report_id: int) -> Guide:
    """Make the report as it is now, once for all that the page tells of it."""
    as_of = cohort_reading.latest(visit.context.database)
    with visit.read() as unit:
        return guide_of(unit, visit, drafts.report(unit, report_id), as_of=as_of)


def guide_of(unit: Unit, visit: Visit, report: Report, *, as_of: AsOf) -> Guide:
    """Return what is done of a report and what is left, as it stands at a moment."""
    made = making.make(unit, visit.workspace, report, as_of=as_of)
    versions = archive.versions(unit, report.id)
    since = _since(unit, report, versions, made=made)
    found = freezing.findings(visit.workspace, report, made, as_of=as_of)
    return Guide(report, made, found, versions, since)


def _since(
    unit: Unit, report: Report, versions: Sequence[Version], *, made: Made
) -> Difference | None:
    if not versions:
        return None
    frozen = archive.frozen_document(unit, report.id, versions[-1].number)
    return difference.between(frozen, made.document)


def _page(visit: Visit, guide: Guide, error: TrackerError | None = None) -> Response:
    report = guide.report
    cells = checks.cells_of_one(guide.made)
    return visit.page(
        "reports/report.html",
        200 if error is None else 409 if isinstance(error, Stale) else 422,
        guide=guide,
        report=report,
        seen=_shown(cells),
        cells_of_one=len(cells),
        tables=guide.made.tables,
        rows_of=cell_names.Rows(report.id, {"as_of": guide.made.document.as_of}),
        **names.of(visit),
        complaints=[] if error is None else _complaints(visit, error),
    )


def _shown(cells: Confirmed) -> str:
    """Return the digest of what the page shows to be confirmed."""
    return seen.of([[*place, digest] for place, digest in sorted(cells.items())])


def _complaints(visit: Visit, error: TrackerError) -> list[Complaint]:
    """Say what is to be corrected; of what keeps it from being frozen each kind once."""
    if isinstance(error, Refused) and error.code == "report_not_ready":
        return [
            Complaint("checks", code, labels.of(visit.words, "check", code))
            for code in dict.fromkeys(fault.code for fault in error.faults)
        ]
    if isinstance(error, Stale):
        return [Complaint("", "stale", visit.words.gettext(CHANGED))]
    return error_messages.told(error, visit.words)
