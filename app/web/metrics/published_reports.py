"""They say, we measured: what platforms publish beside our figures, and their files kept."""

import base64
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts import form_drafts
from app.accounts.vocabularies import Scope
from app.kit.errors import Fault, Refused, TrackerError
from app.metrics import beside
from app.metrics.beside import Beside
from app.metrics.periods import DAY, Period
from app.transparency import kept, reading
from app.transparency.kept import File
from app.transparency.reading import Reading
from app.web.metrics import metrics_page, published_sheet
from app.web.metrics.filter_form import Asked
from app.web.shell import choices, downloads, error_messages, uploads
from app.web.shell.forms import Upload
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter(prefix="/metrics/published")
Reader = Annotated[Visit, require_rights(Scope.METRICS_READ)]
# Managers and administrators: whoever answers for what is published.
Manager = Annotated[Visit, require_rights(Scope.REPORTS_WRITE)]
Sender = Annotated[Visit, require_rights(Scope.REPORTS_WRITE, takes_files=True)]
PENDING = "published report"


class Pending(NamedTuple):
    """A file that somebody sent and has not kept yet, with what is read of it."""

    file: File
    platform: str
    service: str
    reading: Reading


@router.get("")
def overview(visit: Reader) -> Response:
    """Show what each platform publishes beside ours, and the files that are kept."""
    return _overview(visit)


@downloads.at(router, "")
def download(visit: Reader) -> Response:
    """Hand out what each platform publishes, beside ours."""
    slug = visit.request.query_params.get("platform", "")
    found = _beside(visit, slug, metrics_page.asked_by(visit, strictly=True))
    return downloads.answered(
        visit, published_sheet.table(visit, found), downloads.asked_form(visit)
    )


@router.post("")
def send(visit: Sender) -> Response:
    """Read a file and show what stands in it; it is kept for its sender only, until they say so."""
    try:
        pending = _sent(visit)
        with visit.write() as unit:
            values = {
                "name": pending.file.name,
                "content": base64.b64encode(pending.file.content).decode(),
                "platform": pending.platform,
                "service": pending.service,
            }
            form_drafts.keep(unit, visit.person.id, PENDING, values=values)
    except TrackerError as error:
        return _overview(visit, error)
    return visit.to("/metrics/published/new")


@router.get("/new")
def preview(visit: Manager) -> Response:
    """Show what would be kept of the file that was sent, and what not, and why."""
    pending = _pending(visit)
    if pending is None:
        return visit.to("/metrics/published")
    return visit.page("metrics/report_preview.html", pending=pending, reading=pending.reading)


@router.post("/new")
def keep(visit: Manager) -> Response:
    """Keep the file that was shown, or forget it."""
    pending = _pending(visit)
    with visit.write() as unit:
        form_drafts.forget(unit, visit.person.id, PENDING)
        # Another one may have been sent in another tab since: it was not the one shown.
        is_shown = pending is not None and visit.form.text("sha256") == pending.file.sha256
        if pending is None or not is_shown or not visit.form.flag("keep"):
            return visit.to("/metrics/published")
        number = kept.keep(
            unit,
            pending.file,
            pending.reading,
            platform=pending.platform,
            service=pending.service,
            by=visit.actor.name,
        )
    return visit.to(f"/metrics/published/{number}", said="report_kept")


@router.get("/{number}")
def report(number: Numbered, visit: Reader) -> Response:
    """Show what a report says, row by row, and what was left out of it."""
    with visit.read() as unit:
        found = kept.find(unit, number)
    if found is None:
        raise HTTPException(404)
    return visit.page("metrics/report.html", report=found, reading=found.reading)


@router.get("/{number}/file")
def file(number: Numbered, visit: Reader) -> Response:
    """Hand out a report's file, byte for byte."""
    with visit.read() as unit:
        found = kept.find(unit, number)
        if found is None:
            raise HTTPException(404)
        content = kept.content_of(unit, number)
    kind = "xlsx" if content.startswith(b"PK") else "csv"
    name = f"{found.platform}-{found.sha256[:12]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _overview(visit: Visit, error: TrackerError | None = None) -> Response:
    slug = visit.request.query_params.get("platform", "")
    asked = metrics_page.asked_by(visit, strictly=True)
    with visit.read() as unit:
        reports = kept.every(unit)
    return visit.page(
        "metrics/they_say.html",
        200 if error is None else 422,
        asked=asked,
        beside=_beside(visit, slug, asked),
        reports=[one for one in reports if slug in ("", one.platform)],
        platforms=choices.platforms(visit),
        platform=slug,
        as_sheets=downloads.addresses("/metrics/published", {"platform": slug}),
        complaints=[] if error is None else error_messages.told(error, visit.words),
        detail=error.detail if isinstance(error, Refused) and "file" in visit.form.files else "",
        typed=dict(visit.form.fields),
    )


def _beside(visit: Visit, slug: str, asked: Asked) -> dict[str, list[Beside]]:
    """Set each platform's published figures beside ours, by platform."""
    catalogue = visit.workspace.catalogue
    with visit.read() as unit:
        series = kept.published(unit, catalogue, [slug] if slug else list(catalogue.platforms))
    told = {one.days for published in series.values() for one in published}
    if not told:
        return {}
    spans = [Period(first, last + DAY) for first, last in sorted(told)]
    everything = metrics_page.loaded(visit, asked, asked.question(*spans))
    return {
        name: beside.beside(name, published, asked=everything, view=asked)
        for name, published in series.items()
        if published
    }


def _sent(visit: Visit) -> Pending:
    """Read what was sent; raises Refused naming what is wrong with it."""
    form, upload = visit.form, visit.form.files.get("file")
    platform, service = form.text("about"), form.text("service").strip()
    faults = []
    if platform not in visit.workspace.catalogue.platforms:
        faults.append(Fault("/about", "unknown_platform", "a platform we know"))
    if upload is None:
        faults.append(Fault("/file", "no_file", "a file"))
    if faults or upload is None:
        raise Refused("invalid_request", "some fields need a look", faults)
    try:
        read = reading.read(upload.content, service)
    except Refused as error:
        raise _at_file(error) from None
    return Pending(_file(upload), platform, service or "".join(read.services), read)


def _pending(visit: Visit) -> Pending | None:
    with visit.read() as unit:
        draft = form_drafts.find(unit, visit.person.id, PENDING)
    if draft is None:
        return None
    told = draft.values
    file = File(told["name"], base64.b64decode(told["content"]))
    read = reading.read(file.content, told["service"])
    return Pending(file, told["platform"], told["service"], read)


def _file(upload: Upload) -> File:
    name = uploads.file_name(upload.name, kept.LONGEST_NAME)
    return File(name or "report", upload.content)


def _at_file(error: Refused) -> Refused:
    """Say of a file that cannot be read that it is the file."""
    found = error.faults or [Fault("/file", error.code, error.detail)]
    return Refused(error.code, error.detail, found)
