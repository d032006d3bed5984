"""The text under one heading of a report, in each of its languages, last time's beside it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.errors import Fault, Refused, Stale, TrackerError
from app.kit.languages import Language
from app.kit.texts import trimmed
from app.reports import drafts
from app.reports.report import LONGEST_TEXT, Change, Report
from app.reports.vocabularies import WITH_TEXTS, Heading
from app.web.reports import names, seen, word_changes
from app.web.reports.word_changes import Passage
from app.web.shell import error_messages
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/reports/{report_id}/texts/{heading}")
Writer = Annotated[Visit, require_rights(Scope.REPORTS_READ, Scope.REPORTS_WRITE)]
FIELD = "text-"


@router.get("")
def ask(report_id: Numbered, heading: str, visit: Writer) -> Response:
    """Show the texts of a heading, to be changed."""
    return _page(visit, report_id, _heading(heading))


@router.post("")
def keep(report_id: Numbered, heading: str, visit: Writer) -> Response:
    """Keep the texts of a heading; what somebody else wrote meanwhile is not written over."""
    wanted = _heading(heading)
    try:
        with visit.write() as unit:
            report = drafts.report(unit, report_id)
            standing = _standing(report, wanted)
            merged = seen.merged(visit.form, standing, _typed(visit, report))
            if merged.clashes:
                raise Stale("somebody else changed these texts meanwhile")
            _refuse_long(merged.texts)
            if merged.texts != standing:
                change = Change(texts={wanted: merged.texts})
                drafts.change(unit, report_id, change, by=visit.actor.name, version=report.version)
    except TrackerError as error:
        return _page(visit, report_id, wanted, error=error)
    further = visit.form.text("then")
    if Heading.has(further):
        return visit.to(f"/reports/{report_id}/texts/{further}", said="saved")
    return visit.to(f"/reports/{report_id}", said="saved")


def _typed(visit: Visit, report: Report) -> dict[Language, str]:
    return {one: trimmed(visit.form.text(f"{FIELD}{one}")) for one in report.languages}


def _refuse_long(texts: Mapping[Language, str]) -> None:
    faults = [
        Fault(f"/{FIELD}{one}", "too_long", f"at most {LONGEST_TEXT} characters")
        for one, text in texts.items()
        if len(text) > LONGEST_TEXT
    ]
    if faults:
        raise Refused("invalid_request", "some texts are too long", faults)


def _page(
    visit: Visit, report_id: int, heading: Heading, *, error: TrackerError | None = None
) -> Response:
    with visit.read() as unit:
        report = drafts.report(unit, report_id)
        before = drafts.latest_before(unit, report.kind, report.from_day)
    is_stale = isinstance(error, Stale)
    standing = _standing(report, heading)
    texts: Mapping[Language, str] = standing
    if visit.form.fields:
        texts = seen.merged(visit.form, standing, _typed(visit, report)).texts
    order = list(Heading)
    place = order.index(heading)
    return visit.page(
        "reports/text.html",
        409 if is_stale else 200 if error is None else 422,
        report=report,
        heading=heading,
        place=place,
        headings=order,
        standing=standing,
        texts=texts,
        before=before,
        changes=_changes(before, standing, heading=heading),
        seen={one: seen.of(text) for one, text in standing.items()},
        most=LONGEST_TEXT,
        **names.of(visit),
        is_stale=is_stale,
        complaints=[] if error is None else error_messages.told(error, visit.words),
    )


def _changes(
    before: Report | None, texts: Mapping[Language, str], *, heading: Heading
) -> Mapping[Language, list[Passage]]:
    """Say how each text differs from that of the report before, where there is one."""
    said = before.texts.get(heading, {}) if before else {}
    return {
        language: word_changes.between(said[language], text)
        for language, text in texts.items()
        if said.get(language)
    }


def _standing(report: Report, heading: Heading) -> dict[Language, str]:
    """Return what a heading says now; 404 of a kind of report that has no texts."""
    if report.kind not in WITH_TEXTS:
        raise HTTPException(404)
    said = report.texts.get(heading, {})
    return {one: said.get(one, "") for one in report.languages}


def _heading(text: str) -> Heading:
    if not Heading.has(text):
        raise HTTPException(404)
    return Heading(text)
