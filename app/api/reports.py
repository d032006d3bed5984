"""Reports over the API: begun, worked on, checked, frozen, and handed out as they were frozen."""

import hashlib
import re
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.api import filters, lists, preconditions, report_views
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.parameters import PageQuery, Parameters, ReportNumber, VersionNumber
from app.api.report_shapes import (
    Report,
    ReportAsMade,
    ReportChanges,
    ReportChecks,
    ReportIn,
    ReportPage,
    ReportPatch,
    ReportVersion,
)
from app.http import negotiation
from app.http.front import API
from app.http.problems import Problem, problem
from app.kit.database import Unit
from app.kit.errors import Conflict, Fault, NoSuchThing, Refused
from app.kit.languages import Language
from app.kit.paging import Place
from app.metrics import cohort_reading
from app.metrics.periods import Period
from app.reports import archive, checks, difference, drafts, files, freezing, making
from app.reports.document import Document
from app.reports.freezing import Prepared
from app.reports.report import Change, Confirmed
from app.reports.report import Report as Drafted
from app.reports.vocabularies import ReportForm
from app.schemas.values import Day, refuse_future

router = APIRouter(tags=["Reports"], prefix="/reports")
Reader = Annotated[Call, needing(Scope.REPORTS_READ)]
Writer = Annotated[Call, needing(Scope.REPORTS_WRITE)]
CHANGED = ("not_found", "stale", "if_match_required")
OTHER_FORMS = {
    files.MEDIA_TYPES[ReportForm.HTML]: "<!doctype html>…",
    files.MEDIA_TYPES[ReportForm.PDF]: "%PDF-1.7 …",
    files.MEDIA_TYPES[ReportForm.CSV]: "table,row,column,value\r\n…",
    files.MEDIA_TYPES[ReportForm.XLSX]: "PK…",
}
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class ReportsQuery(PageQuery):
    """Which reports, and which page of them."""

    from_: Annotated[
        Day | None, Field(alias="from", description="Its days begin on this one or later.")
    ] = None
    to: Annotated[Day | None, Field(description="Its days end before this one.")] = None


class FormQuery(Parameters):
    """In which language; left out, the first one that it was frozen in."""

    language: Annotated[
        Language | None, Field(description="In this language; left out, its first one.")
    ] = None


@router.get("", **documented("listReports", ReportPage, "bad_cursor", headers=["Link"]))
def list_reports(call: Reader, query: Annotated[ReportsQuery, Query()]) -> Response:
    """List the reports whose days lie within these, the newest days first."""
    filters.refuse_backwards(query.from_, query.to)
    with call.read() as unit:
        found = drafts.every(unit, Period(query.from_, query.to))
    start = lists.start(call, query)
    after = [one for one in found if start is None or _place(one)[::-1] < start[::-1]]
    page, end = lists.cut(after, query, _place)
    return lists.answered(call, list(map(report_views.entry, page)), end)


@router.post(
    "",
    **documented("createReport", Report, status=201, headers=["ETag", "Location"], is_once=True),
)
def create_report(call: Writer, body: ReportIn) -> Response:
    """Begin a report; its texts are those of the last one of its kind."""

    def work(unit: Unit) -> Answer:
        begun = drafts.begin(unit, body.kind, Period(body.from_, body.to), by=call.caller.actor)
        address = f"{API}/reports/{begun.id}"
        answer = _shown(unit, begun, status=201)
        return answer._replace(headers={**answer.headers, "Location": address})

    return call.once(work)


@router.get("/{id}", **documented("getReport", ReportAsMade, "not_found", headers=["ETag"]))
def get_report(number: ReportNumber, call: Reader) -> Response:
    """Read a report as it is worked on, and the document as it would be frozen now."""
    as_of = cohort_reading.latest(call.context.database)
    with call.read() as unit:
        report = drafts.report(unit, _number(number))
        made = making.make(unit, call.workspace, report, as_of=as_of)
        answer = _shown(unit, report)
    told = made.document.model_dump(mode="json", by_alias=True)
    return answer._replace(body={**answer.body, "document": told}).response()


@router.patch(
    "/{id}", **documented("amendReport", Report, *CHANGED, "in_the_future", headers=["ETag"])
)
def amend_report(number: ReportNumber, call: Writer, body: ReportPatch) -> Response:
    """Change texts, figures or languages, or confirm cells of one; needs If-Match.

    `confirmed` is one act: that somebody looked at every one of these cells, and nobody is
    recognisable; it takes the place of what was confirmed before, and holds as long as the same
    requests stand in the cell. `as_of` is that of the checks that were looked at.
    """
    if body.as_of is not None:
        refuse_future(cohort_reading.latest(call.context.database).moment, as_of=body.as_of)
    by = call.caller.actor
    confirmed = _confirmed(call, number, body) if body.confirmed else {}
    with call.write() as unit:
        report = drafts.report(unit, _number(number))
        preconditions.refuse_stale(call, report.version)
        wanted = Change(body.texts, body.figures, _in_order(body.languages))
        if any(part is not None for part in wanted):
            report = drafts.change(unit, report.id, wanted, by=by, version=report.version)
        if body.confirmed is not None:
            report = drafts.confirm(unit, report.id, confirmed, by=by, version=report.version)
        answer = _shown(unit, report)
    return answer.response()


@router.get("/{id}/checks", **documented("checkReport", ReportChecks, "not_found"))
def check_report(number: ReportNumber, call: Reader) -> Response:
    """Say what is to be looked at before the freeze, and what of it blocks.

    References of requests need takedowns:read as well.
    """
    as_of = cohort_reading.latest(call.context.database)
    with call.read() as unit:
        report = drafts.report(unit, _number(number))
        made = making.make(unit, call.workspace, report, as_of=as_of)
    found = freezing.findings(call.workspace, report, made, as_of=as_of)
    may = call.caller.may(Scope.TAKEDOWNS_READ)
    told = report_views.checked(report, made, found, with_references=may)
    return Answer(200, told).response()


@router.post(
    "/{id}/freeze",
    **documented(
        "freezeReport",
        ReportVersion,
        *CHANGED,
        "report_not_ready",
        status=201,
        headers=["Location"],
        is_once=True,
    ),
)
def freeze_report(number: ReportNumber, call: Writer) -> Response:
    """Freeze a report as it stands now as its next version; needs If-Match.

    The bytes of every form are kept then and never made again.
    """
    # Forms take long to make: that is done while others write, unless the key was answered.
    made = None if call.was_answered else _prepared(call, number)

    def work(unit: Unit) -> Answer:
        if made is None:
            raise Conflict("in_flight", "its answer was forgotten just now; ask again")
        report = made.report
        frozen = freezing.record(unit, made, by=call.caller.actor, version=report.version)
        address = f"{API}/reports/{report.id}/versions/{frozen.number}"
        return Answer(201, report_views.version(frozen), {"Location": address})

    return call.once(work)


@router.get(
    "/{id}/versions/{n}",
    **documented(
        "getReportVersion",
        Document,
        "not_found",
        "not_acceptable",
        headers=["ETag", "Content-Disposition"],
        also=OTHER_FORMS,
        is_for_good=True,
    ),
)
def get_version(
    number: ReportNumber,
    version: VersionNumber,
    call: Reader,
    query: Annotated[FormQuery, Query()],
) -> Response:
    """Read a report as it was frozen, byte for byte, in the form that `Accept` likes best.

    JSON is canonical and in no language: its SHA-256 is the version's. A form that did not exist
    at the freeze is not found. Whoever holds the bytes and says so by If-None-Match is not sent
    them again.
    """
    form = _form(call)
    which = _number(version)
    with call.read() as unit:
        report = drafts.report(unit, _number(number))
        frozen = archive.frozen_form(unit, report.id, which, form=form, language=query.language)
    tag = f'"{hashlib.sha256(frozen.content).hexdigest()}"'
    if preconditions.is_held(call, tag):
        return Response(status_code=304, headers={"ETag": tag})
    name = files.file_name(report, which, form=form, language=frozen.language)
    headers = {"ETag": tag, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(frozen.content, headers=headers, media_type=files.MEDIA_TYPES[form])


@router.get(
    "/{id}/versions/{n}/diff", **documented("diffReportVersion", ReportChanges, "not_found")
)
def diff_version(number: ReportNumber, version: VersionNumber, call: Reader) -> Response:
    """Say what is different in a version against the one before it; the first one has none."""
    report, after = _number(number), _number(version)
    with call.read() as unit:
        documents = [archive.frozen_document(unit, report, each) for each in (after - 1, after)]
    return Answer(200, report_views.changes(after, difference.between(*documents))).response()


def _confirmed(call: Call, number: str, body: ReportPatch) -> Confirmed:
    """Return these cells as they stood when they were looked at; raises Refused where one cannot.

    What came to stand in a cell since then nobody looked at: the checks ask for it again.
    """
    as_of = cohort_reading.latest(call.context.database).at(body.as_of)
    with call.read() as unit:
        report = drafts.report(unit, _number(number))
        preconditions.refuse_stale(call, report.version)
        ones = checks.cells_of_one(making.make(unit, call.workspace, report, as_of=as_of))
    mend = "a cell among the `cells_of_one` of the checks"
    places = [(one.table, one.row, one.column) for one in body.confirmed]
    faults = [
        Fault(f"/confirmed/{at}", "not_one_of", mend)
        for at, place in enumerate(places)
        if place not in ones
    ]
    if faults:
        raise Refused(
            "invalid_request", "some cells count no one, or more: read the checks", faults
        )
    return {place: ones[place] for place in places}


def _prepared(call: Call, number: str) -> Prepared:
    """Make all that a freeze keeps, of the version that If-Match names."""
    as_of = cohort_reading.latest(call.context.database)
    with call.read() as unit:
        report = drafts.report(unit, _number(number))
        preconditions.refuse_stale(call, report.version)
        return freezing.prepare(unit, call.workspace, report.id, as_of=as_of)


def _form(call: Call) -> ReportForm:
    accept = ",".join(call.request.headers.getlist("accept"))
    chosen = negotiation.acceptable(accept, tuple(files.MEDIA_TYPES.values()))
    for form, media_type in files.MEDIA_TYPES.items():
        if media_type == chosen:
            return form
    mend = f"choose from {', '.join(files.MEDIA_TYPES.values())}"
    raise Problem(problem(406, "not_acceptable", "Not acceptable", detail=mend))


def _shown(unit: Unit, report: Drafted, *, status: int = 200) -> Answer:
    """Show a report; the tag is weak, for what it would be made of changes without it."""
    body = report_views.whole(report, archive.versions(unit, report.id))
    return Answer(status, body, {"ETag": f'W/"v{report.version}"'})


def _place(report: Drafted) -> Place:
    return Place(report.id, report.from_day.toordinal())


def _number(written: str) -> int:
    """Read the number of a report or version out of an address; raises NoSuchThing."""
    if not _NUMBER.fullmatch(written):
        raise NoSuchThing("nothing has such a number")
    return int(written)


def _in_order(languages: list[Language] | None) -> tuple[Language, ...] | None:
    return None if languages is None else tuple(one for one in Language if one in languages)
