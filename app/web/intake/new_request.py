"""Log what was pasted: recognise it while it is typed, keep the draft, make a notice of each."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.database import Unit
from app.kit.errors import Fault, Refused, TrackerError
from app.kit.wording import N_
from app.operations import intake_of_text, returning
from app.operations.intake_of_text import Logged
from app.platforms.taxonomy import Category
from app.schemas.facts import past
from app.schemas.values import refuse_future
from app.takedowns.facts import OTHER
from app.web.intake import (
    case_facts,
    contents,
    demo_sample,
    locators,
    outcomes,
    previews,
    request_drafts,
)
from app.web.intake.contents import Contents
from app.web.intake.locators import Added
from app.web.intake.outcomes import Done
from app.web.intake.request_drafts import RequestDraft
from app.web.shell import addresses, error_messages
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/takedowns")
Writing = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.TAKEDOWNS_WRITE)]
Revealing = Annotated[Visit, require_rights(Scope.TAKEDOWNS_WRITE, Scope.CONTENT_READ)]
LOCATOR = tuple(f"{locators.FIELD}{name}" for name in locators.NAMES)
ORDER = ("paste", *request_drafts.FACTS, "explanation", *LOCATOR)
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
    draft = request_drafts.opened(drafts, asked.get(request_drafts.FIELD), case_ref)
    return _page(visit, draft, contents.recognised(visit, draft))


@router.post("/preview")
def preview(visit: Writing) -> Response:
    """Say what would be logged, and keep the draft; add content without a link when asked to."""
    is_adding = visit.form.given("do") == ADD
    platforms = _platforms(visit)
    draft, added = _typed(visit, adds=is_adding)
    entered = contents.recognised(visit, draft)
    stands = entered.explanation.text
    return visit.page(
        "intake/answer.html",
        422 if added.error else 200,
        preview=previews.preview(visit, draft, entered),
        complaints=error_messages.told_on(added.error, visit.words, WANTED, order=ORDER),
        platforms=platforms,
        is_adding=is_adding,
        locator=added.again,
        now_explained="" if stands == draft.explanation else stands,
        spoken=draft.facts["language"],
    )


@router.post("/new")
def save(visit: Writing) -> Response:
    """Log one takedown per addressee, all or none."""
    do = visit.form.given("do")
    draft, added = _typed(visit, adds=True)
    if do in (ADD, RECOGNISE) and not (added.error or visit.is_again):
        return visit.to(draft.address + ("#without-link" if do == ADD else ""))
    entered = contents.recognised(visit, draft)
    error: TrackerError | None = added.error
    if not (error or visit.is_again):
        try:
            with visit.write() as unit:
                return outcomes.redirect(visit, unit, _log(unit, visit, draft, entered=entered))
        except TrackerError as refused:
            error = refused
    locator = added.again if added.error else NOTHING
    return _page(visit, draft, entered, error=error, locator=locator)


@router.post("/new/begin")
def begin(visit: Writing) -> Response:
    """Begin with what was looked for: a link is pasted, anything else is an account.

    It is a request of its own: nobody said that it belongs to a case that was begun before.
    """
    sought = visit.form.text("sought").strip()
    draft = request_drafts.new(text=sought)
    entered = contents.recognised(visit, draft)
    if not entered.links:
        blank = request_drafts.new()
        locator = {"account": sought} if sought else NOTHING
        return _page(visit, blank, contents.recognised(visit, blank), locator=locator)
    with visit.write() as unit:
        draft = request_drafts.keep_once(unit, visit.person.id, draft)
    return _page(visit, draft, entered)


@router.post("/new/afresh")
def begin_afresh(visit: Writing) -> Response:
    """Throw a draft away, and go back to the one that was open beside it, if any."""
    draft_id = visit.form.text(request_drafts.FIELD)
    with visit.write() as unit:
        request_drafts.forget(unit, visit.person.id, draft_id)
    return visit.to(addresses.local(visit.form.given("back"), request_drafts.new().address))


@router.post("/new/shown")
def reveal(visit: Revealing) -> Response:
    """Show the pasted text again to who pasted it; that it was looked at is written down."""
    with visit.write() as unit:
        draft = request_drafts.find(unit, visit.person.id, visit.form)
        audit.record(unit, visit.actor.name, Action.REVEALED, what="draft")
    return _page(visit, draft, contents.recognised(visit, draft), is_shown=True)


@router.post("/new/sample")
def paste_sample(visit: Writing) -> Response:
    """Paste a fictional message, in the demo."""
    if not visit.context.settings.demo:
        raise HTTPException(404)
    with visit.write() as unit:
        before = request_drafts.find(unit, visit.person.id, visit.form)
        draft = replace(before, text=demo_sample.text(unit), saved_at=None)
        request_drafts.keep(unit, visit.person.id, draft)
    return _page(visit, draft, contents.recognised(visit, draft), is_shown=True)


def _log(unit: Unit, visit: Visit, draft: RequestDraft, *, entered: Contents) -> Done:
    """Log what is wanted, and record what came back; raises Refused where that is nothing."""
    workspace, logged = visit.workspace, list[Logged]()
    plan = intake_of_text.plan(
        unit,
        entered.to_report,
        beside=len(entered.left_out),
        may_record=visit.may(Scope.EVENTS_WRITE),
    )
    if plan.wanted or not plan.before:
        told = case_facts.complete(draft, entered, workspace, is_empty=not plan.wanted)
        refuse_future(unit.clock(), **past(told))
        logged = intake_of_text.log(unit, workspace, plan.wanted, given=told, by=visit.actor)
    elif not plan.returned:
        code = "already_reported"
        raise Refused(code, "all of it is reported", [Fault("/paste", code, "report it again")])
    items = [(one.reference, one.item) for one in plan.returned]
    numbers = returning.record(unit, workspace, items, by=visit.actor)
    request_drafts.forget(unit, visit.person.id, draft.id)
    outcome = outcomes.of(visit, plan, entered.left_out)
    return Done([one.row.reference for one in logged], numbers, outcome)


def _typed(visit: Visit, *, adds: bool) -> tuple[RequestDraft, Added]:
    """Read the form over what was kept, and keep it, also when it is only shown again.

    What was typed of content without a link is added if wanted; else what has to be mended is told.
    """
    form, added = visit.form, Added()
    with visit.context.database.write() as unit:
        if adds:
            is_pressed = form.given("do") == ADD
            added = locators.read(form, visit.workspace, unit.clock(), is_pressed=is_pressed)
        return request_drafts.typed(unit, visit.person.id, form, place=added.place), added


def _page(
    visit: Visit,
    draft: RequestDraft,
    entered: Contents,
    *,
    error: TrackerError | None = None,
    is_shown: bool = False,
    locator: Mapping[str, str] = NOTHING,
) -> Response:
    """Show the form; what was pasted stays here unless it is to be shown."""
    categories, platforms = _grouped(visit), _platforms(visit)
    with visit.read() as unit:
        drafts = request_drafts.all_of(unit, visit.person.id)
    return visit.page(
        "intake/form.html",
        200 if error is None else 422 if isinstance(error, Refused) else 409,
        draft=draft,
        saved_at=None if error else draft.saved_at,
        here=addresses.of(
            "/takedowns/new",
            {"draft": draft.id, "case_ref": visit.request.query_params.get("case_ref")},
        ),
        other_drafts=[one for one in drafts if one.id != draft.id],
        another=request_drafts.new().address,
        explanation=entered.explanation.text,
        pasted=draft.text if is_shown else "",
        kept=0 if is_shown else len(draft.text),
        is_kept=entered.explanation.is_own and not is_shown,
        preview=previews.preview(visit, draft, entered, is_shown=is_shown),
        complaints=error_messages.told_on(error, visit.words, WANTED, order=ORDER),
        categories=categories,
        platforms=platforms,
        locator=locator,
    )


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
