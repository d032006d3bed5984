"""Log what was pasted: recognise it while it is typed, keep the draft, make a notice of each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.database import Unit
from app.kit.errors import Fault, Refused, TrackerError
from app.operations import intake_of_text, returning
from app.platforms.taxonomy import Category
from app.schemas.facts import past
from app.schemas.values import refuse_future
from app.takedowns.facts import OTHER
from app.takedowns.rows import TakedownRow
from app.web.intake import (
    contents,
    demo_sample,
    entries,
    locators,
    outcomes,
    previews,
    request_drafts,
)
from app.web.intake.contents import Contents
from app.web.intake.entries import BACK, Entry
from app.web.intake.outcomes import Done
from app.web.intake.request_drafts import RequestDraft
from app.web.shell import addresses, error_messages
from app.web.shell.error_messages import Complaint
from app.web.shell.languages import N_
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/takedowns")
Writing = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.TAKEDOWNS_WRITE)]
Revealing = Annotated[Visit, require_rights(Scope.TAKEDOWNS_WRITE, Scope.CONTENT_READ)]
LOCATOR = tuple(f"{locators.FIELD}{name}" for name in locators.NAMES)
ORDER = ("paste", *entries.FACTS, "explanation", *LOCATOR)
NOTHING: Mapping[str, str] = MappingProxyType({})
ADD, RECOGNISE = "add", "recognise"
WANTED = {
    ("case_ref", "required"): N_("Give the case reference."),
    ("case_ref", "malformed"): N_(
        "A case reference holds letters, digits and the signs ._:/- only, and is no web address."
    ),
    ("category", "required"): N_("Choose a category."),
    ("paste", "no_items"): N_(
        "Paste at least one link to a platform we know, or add content without a link."
    ),
    ("locator-platform", "unknown_platform"): N_("Choose a platform."),
    ("locator-account", "required"): N_("Give the account, the number or the channel."),
}


@router.get("/new")
def show(visit: Writing) -> Response:
    """Ask what was reported, or show the notices of what was just logged."""
    asked, logged = visit.request.query_params, outcomes.logged_references(visit)
    if logged or asked.get("out"):
        return outcomes.page(visit, logged)
    case_ref = asked.get("case_ref", "").strip()[:64]
    with visit.read() as unit:
        drafts = request_drafts.all_of(unit, visit.person.id)
    return _page(visit, request_drafts.opened(drafts, asked.get(request_drafts.FIELD), case_ref))


@router.post("/preview")
def preview(visit: Writing) -> Response:
    """Say what would be logged, and keep the draft; add content without a link when asked to."""
    is_adding = visit.form.given("do") == ADD
    draft, error = _typed(visit, adds=is_adding)
    full = entries.explained(draft.entry, visit.workspace)
    return visit.page(
        "intake/answer.html",
        422 if error else 200,
        preview=previews.preview(visit, full, contents.recognised(visit, full)),
        platforms=_platforms(visit),
        is_adding=is_adding,
        locator=locators.from_form(visit.form) if error else _begun(visit),
        complaints=_complaints(visit, error) if error else [],
        now_explained=full.explanation if full.explanation != draft.entry.explanation else "",
        spoken=full.facts["language"],
    )


@router.post("/new")
def save(visit: Writing) -> Response:
    """Log one takedown per addressee, all or none."""
    do = visit.form.given("do")
    draft, error = _typed(visit, adds=True)
    if error:
        told = {"account": "", **locators.from_form(visit.form)}
        return _page(visit, draft, 422, complaints=_complaints(visit, error), locator=told)
    if visit.is_again:
        return _page(visit, draft)
    if do in (ADD, RECOGNISE):
        return visit.to(draft.address + ("#without-link" if do == ADD else ""))
    entered = contents.recognised(visit, draft.entry)
    try:
        with visit.write() as unit:
            return outcomes.redirect(visit, unit, _log(unit, visit, draft, entered=entered))
    except TrackerError as refused:
        status = 422 if isinstance(refused, Refused) else 409
        return _page(visit, draft, status, complaints=_complaints(visit, refused), entered=entered)


@router.post("/new/begin")
def begin(visit: Writing) -> Response:
    """Begin with what was looked for: a link is pasted, anything else is an account.

    It is a request of its own: nobody said that it belongs to a case that was begun before.
    """
    workspace, sought = visit.workspace, visit.form.text("sought").strip()
    if not workspace.recogniser.links_of(sought, now=visit.context.clock()):
        return _page(visit, request_drafts.new(), locator={"account": sought} if sought else {})
    entry = Entry(text=sought)
    with visit.write() as unit:
        drafts = request_drafts.all_of(unit, visit.person.id)
        draft = next((one for one in drafts if one.entry == entry), request_drafts.new(entry))
        request_drafts.keep(unit, visit.person.id, draft)
    return _page(visit, draft)


@router.post("/new/afresh")
def begin_afresh(visit: Writing) -> Response:
    """Throw a draft away, and go back to the one that was open beside it, if any."""
    with visit.write() as unit:
        request_drafts.forget(unit, visit.person.id, request_drafts.named(_draft(visit)))
    return visit.to(addresses.local(visit.form.given("back"), request_drafts.new().address))


@router.post("/new/shown")
def reveal(visit: Revealing) -> Response:
    """Show the pasted text again to who pasted it; that it was looked at is written down."""
    with visit.write() as unit:
        draft = request_drafts.find(unit, visit.person.id, _draft(visit))
        audit.record(unit, visit.actor.name, Action.REVEALED, what="draft")
    return _page(visit, draft, is_shown=True)


@router.post("/new/sample")
def paste_sample(visit: Writing) -> Response:
    """Paste a fictional message, in the demo."""
    if not visit.context.settings.demo:
        raise HTTPException(404)
    with visit.write() as unit:
        before = request_drafts.find(unit, visit.person.id, _draft(visit))
        draft = before._replace(entry=replace(before.entry, text=demo_sample.text(unit)))
        request_drafts.keep(unit, visit.person.id, draft)
    return _page(visit, draft._replace(saved_at=None), is_shown=True)


def _log(unit: Unit, visit: Visit, draft: RequestDraft, *, entered: Contents) -> Done:
    """Log what is wanted, and record what came back; raises Refused where that is nothing."""
    workspace = visit.workspace
    intake_of_text.refuse_too_many(entered.total)
    entry = entries.explained(draft.entry, workspace)
    may_record = visit.may(Scope.EVENTS_WRITE)
    before = contents.earlier(unit, entry, entered.to_report, may_record=may_record)
    wanted = contents.wanted(entered.to_report, before)
    returned = [one.returned for one in before if one.choice == BACK and one.returned]
    rows: Sequence[TakedownRow] = ()
    if wanted or not before:
        told = entries.complete_facts(entry, workspace, is_empty=not wanted)
        refuse_future(unit.clock(), **past(told))
        found = [(one.platform, one.item) for one in wanted]
        rows = intake_of_text.log(unit, workspace, found, given=told, by=visit.actor)
    elif not returned:
        code = "already_reported"
        raise Refused(code, "all of it is reported", [Fault("/paste", code, "report it again")])
    items = [(one.reference, one.item) for one in returned]
    numbers = returning.record(unit, workspace, items, by=visit.actor)
    request_drafts.forget(unit, visit.person.id, draft.id)
    outcome = outcomes.of(visit, before, entered.left_out, back=returned)
    return Done([row.reference for row in rows], numbers, outcome)


def _draft(visit: Visit) -> str | None:
    return visit.form.given(request_drafts.FIELD)


def _typed(visit: Visit, *, adds: bool) -> tuple[RequestDraft, Refused | None]:
    """Read the form over what was kept, and keep it, also when it is only shown again.

    What was typed of content without a link is added if wanted; else what has to be mended is told.
    """
    workspace, is_pressed, error = visit.workspace, visit.form.given("do") == ADD, None
    with visit.context.database.write() as unit:
        draft = request_drafts.find(unit, visit.person.id, _draft(visit))
        entry = entries.from_form(visit.form, draft.entry)
        told = locators.from_form(visit.form) if adds else {}
        if adds and (is_pressed or locators.is_begun(told)):
            try:
                entry = entry.with_locator(locators.checked(told, workspace, unit.clock()))
            except Refused as refused:
                error = refused
        return request_drafts.keep(unit, visit.person.id, draft._replace(entry=entry)), error


def _begun(visit: Visit) -> dict[str, str]:
    """Return what stands in the fields after something was added: the platform may well recur."""
    return {"platform": visit.form.text("locator-platform")}


def _page(
    visit: Visit,
    draft: RequestDraft,
    status: int = 200,
    *,
    complaints: Sequence[Complaint] = (),
    is_shown: bool = False,
    locator: Mapping[str, str] = NOTHING,
    entered: Contents | None = None,
) -> Response:
    """Show the form; what was pasted stays here unless it is to be shown.

    `entered` is what the entry holds, where that was recognised already.
    """
    workspace, entry = visit.workspace, draft.entry
    full = entries.explained(entry, workspace)
    with visit.read() as unit:
        drafts = request_drafts.all_of(unit, visit.person.id)
    return visit.page(
        "intake/form.html",
        status,
        draft=draft,
        saved_at=draft.saved_at if status == HTTPStatus.OK else None,
        here=addresses.of(
            "/takedowns/new",
            {"draft": draft.id, "case_ref": visit.request.query_params.get("case_ref")},
        ),
        other_drafts=[one for one in drafts if one.id != draft.id],
        another=request_drafts.new().address,
        entry=full,
        pasted=entry.text if is_shown else "",
        kept=0 if is_shown else len(entry.text),
        is_kept=entries.is_own(full, workspace) and not is_shown,
        preview=previews.preview(
            visit, full, entered or contents.recognised(visit, full), is_shown=is_shown
        ),
        categories=_grouped(visit),
        platforms=_platforms(visit),
        locator=locator,
        complaints=list(complaints),
    )


def _complaints(visit: Visit, error: TrackerError) -> list[Complaint]:
    """Say what is missing in the page's own words and in its order."""
    gettext = visit.words.gettext
    found = [
        one._replace(text=gettext(WANTED[one.field, one.code]))
        if (one.field, one.code) in WANTED
        else one
        for one in error_messages.told(error, visit.words)
    ]
    return sorted(found, key=lambda one: ORDER.index(one.field) if one.field in ORDER else 0)


def _platforms(visit: Visit) -> list[str]:
    """Return the platforms to choose from by name, any other website last."""
    found = visit.workspace.catalogue.platforms.values()
    by_name = sorted(found, key=lambda one: (one.slug == OTHER, one.name.casefold()))
    return [one.slug for one in by_name]


def _grouped(visit: Visit) -> list[tuple[str, list[Category]]]:
    """Return the categories of minors first, then of adults, then the others."""
    found = visit.workspace.catalogue.categories.values()
    groups = ((N_("About a minor"), True), (N_("About an adult"), False), (N_("Either"), None))
    return [(name, [one for one in found if one.concerns_minor is age]) for name, age in groups]
