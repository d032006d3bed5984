"""Log what was pasted: recognise it while it is typed, keep the draft, make a notice of each."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts import audit, form_drafts
from app.input import pasting
from app.input.values import refuse_future
from app.kit import references
from app.kit.database import Unit
from app.kit.errors import Fault, Refused, TrackerError
from app.takedowns.facts import OTHER
from app.web import demo_sample, entries, forms, locators, notices, previews, refusals, sending
from app.web.entries import PAGE, Entry
from app.web.labels import N_
from app.web.refusals import Complaint
from app.web.visits import Visit, seeing

router = APIRouter(prefix="/takedowns")
Writing = Annotated[Visit, seeing("takedowns:read", "takedowns:write")]
Revealing = Annotated[Visit, seeing("takedowns:write", "content:read")]
MOST_CARDS = 20
LOCATOR = tuple(f"{locators.FIELD}{name}" for name in locators.NAMES)
ORDER = ("paste", *entries.FACTS, "explanation", *LOCATOR)
NOTHING: Mapping[str, str] = MappingProxyType({})
ADD, RECOGNISE = "add", "recognise"
WANTED = {
    ("case_ref", "required"): N_("Give the case reference."),
    ("case_ref", "string_pattern_mismatch"): N_(
        "A case reference holds letters, digits and the signs ._:/- only."
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
    logged = visit.request.query_params.get("logged", "").split(",")
    wanted = [one for one in logged if references.PATTERN.fullmatch(one)][:MOST_CARDS]
    if wanted:
        return _logged(visit, wanted)
    with visit.read() as unit:
        draft = form_drafts.find(unit, visit.person.id, PAGE)
    entry = entries.kept(draft)
    case_ref = visit.request.query_params.get("case_ref")
    if case_ref:
        entry = replace(entry, facts={**entry.facts, "case_ref": case_ref[:64]})
    return _page(visit, entry, saved_at=draft.saved_at if draft else None)


@router.post("/preview")
def preview(visit: Writing) -> Response:
    """Say what would be logged, and keep the draft; add content without a link when asked to."""
    is_adding = visit.form.given("do") == ADD
    entry, error = _typed(visit, adds=is_adding)
    full = entries.explained(entry, visit.context.desk)
    return visit.page(
        "new/answer.html",
        422 if error else 200,
        preview=previews.preview(visit, full),
        platforms=_platforms(visit),
        is_adding=is_adding,
        locator=locators.typed(visit.form) if error else _begun(visit),
        complaints=_complaints(visit, error) if error else [],
        now_explained=full.explanation if full.explanation != entry.explanation else "",
        spoken=full.facts["language"],
    )


@router.post("/new")
def save(visit: Writing) -> Response:
    """Log one takedown per addressee, all or none."""
    do = visit.form.given("do")
    entry, error = _typed(visit, adds=True)
    if error:
        told = {"account": "", **locators.typed(visit.form)}
        return _page(visit, entry, 422, _complaints(visit, error), locator=told)
    if visit.is_again or do in (ADD, RECOGNISE):
        return visit.to("/takedowns/new#without-link" if do == ADD else "/takedowns/new")
    try:
        with visit.write() as unit:
            logged, left_out = _log(unit, visit, entries.explained(entry, visit.context.desk))
    except TrackerError as refused:
        status = 422 if isinstance(refused, Refused) else 409
        return _page(visit, entry, status, _complaints(visit, refused))
    return visit.to("/takedowns/new", logged=",".join(logged), out=left_out)


@router.post("/new/begin")
def begin(visit: Writing) -> Response:
    """Begin with what was looked for: links among the pasted ones, else an account."""
    desk, sought = visit.context.desk, visit.form.text("sought").strip()
    links = pasting.in_text(desk, sought, visit.context.clock())
    is_link = bool(links.found or links.unrecognised)
    with visit.write() as unit:
        draft = form_drafts.find(unit, visit.person.id, PAGE)
        before = entries.kept(draft)
        text = "\n".join(filter(None, (before.text, sought if is_link else "")))
        entry = replace(before, text=text)
        form_drafts.keep(unit, visit.person.id, PAGE, entry.plain())
    locator = {} if is_link or not sought else {"account": sought}
    return _page(visit, entry, saved_at=draft.saved_at if draft else None, locator=locator)


@router.post("/new/afresh")
def begin_afresh(visit: Writing) -> Response:
    """Throw the draft away."""
    with visit.write() as unit:
        form_drafts.forget(unit, visit.person.id, PAGE)
    return visit.to("/takedowns/new")


@router.post("/new/shown")
def reveal(visit: Revealing) -> Response:
    """Show the pasted text again to who pasted it; that it was looked at is written down."""
    with visit.write() as unit:
        draft = form_drafts.find(unit, visit.person.id, PAGE)
        audit.record(unit, visit.actor.name, "revealed", what="draft")
    saved_at = draft.saved_at if draft else None
    return _page(visit, entries.kept(draft), saved_at=saved_at, is_shown=True)


@router.post("/new/sample")
def paste_sample(visit: Writing) -> Response:
    """Paste a fictional message, in the demo."""
    if not visit.context.settings.demo:
        raise HTTPException(404)
    with visit.write() as unit:
        before = entries.kept(form_drafts.find(unit, visit.person.id, PAGE))
        entry = replace(before, text=demo_sample.text(unit))
        form_drafts.keep(unit, visit.person.id, PAGE, entry.plain())
    return _page(visit, entry, is_shown=True)


def _log(unit: Unit, visit: Visit, entry: Entry) -> tuple[list[str], int]:
    desk, now = visit.context.desk, unit.clock()
    pasted = pasting.in_text(desk, entry.text, now)
    decided = entries.decided(desk, unit.vault, entry, pasted, now)
    pasting.refuse_too_many(decided.total)
    placed = decided.placed
    told = entries.complete(entry, placed, desk)
    refuse_future(now, reported_at=told["reported_at"])
    again = entries.again(unit.vault, entry, placed)
    taken = pasting.take_in(unit, desk, placed, told, again=again, by=visit.actor)
    if not taken.rows:
        code = "already_reported"
        raise Refused(code, "all of it is reported", [Fault("/paste", code, "report it again")])
    form_drafts.forget(unit, visit.person.id, PAGE)
    return [row.reference for row in taken.rows], len(taken.duplicates) + len(decided.unrecognised)


def _typed(visit: Visit, *, adds: bool) -> tuple[Entry, Refused | None]:
    """Read the form over what was kept, and keep it, also when it is only shown again.

    What was typed of content without a link is added if wanted; else what has to be mended is told.
    """
    desk, told, error = visit.context.desk, locators.typed(visit.form), None
    is_pressed = visit.form.given("do") == ADD
    with visit.context.database.write() as unit:
        before = entries.kept(form_drafts.find(unit, visit.person.id, PAGE))
        entry = entries.typed(visit.form, before)
        if adds and (is_pressed or locators.is_begun(told)):
            try:
                entry = entry.with_locator(locators.read(told, desk, unit.clock()))
            except Refused as refused:
                error = refused
        if entry.is_blank:
            form_drafts.forget(unit, visit.person.id, PAGE)
        else:
            form_drafts.keep(unit, visit.person.id, PAGE, entry.plain())
    return entry, error


def _begun(visit: Visit) -> dict[str, str]:
    """Return what stands in the fields after something was added: the platform may well recur."""
    return {"platform": visit.form.text("locator-platform")}


def _page(
    visit: Visit,
    entry: Entry,
    status: int = 200,
    complaints: Any = (),
    *,
    saved_at: Any = None,
    is_shown: bool = False,
    locator: Mapping[str, str] = NOTHING,
) -> Response:
    """Show the form; what was pasted stays here unless it is to be shown."""
    desk = visit.context.desk
    full = entries.explained(entry, desk)
    return visit.page(
        "new/form.html",
        status,
        entry=full,
        pasted=entry.text if is_shown else "",
        kept=0 if is_shown else len(entry.text),
        is_kept=entries.is_own(full, desk) and not is_shown,
        preview=previews.preview(visit, full),
        categories=_grouped(visit),
        platforms=_platforms(visit),
        locator=locator,
        complaints=list(complaints),
        saved_at=saved_at,
    )


def _complaints(visit: Visit, error: TrackerError) -> list[Complaint]:
    """Say what is missing in the page's own words and in its order."""
    gettext = visit.words.gettext
    found = [
        one._replace(text=gettext(WANTED[one.field, one.code]))
        if (one.field, one.code) in WANTED
        else one
        for one in refusals.told(error, visit.words)
    ]
    return sorted(found, key=lambda one: ORDER.index(one.field) if one.field in ORDER else 0)


def _platforms(visit: Visit) -> list[str]:
    """Return the platforms to choose from by name, any other website last."""
    found = visit.context.desk.catalogue.platforms.values()
    by_name = sorted(found, key=lambda one: (one.slug == OTHER, one.name.casefold()))
    return [one.slug for one in by_name]


def _grouped(visit: Visit) -> list[tuple[str, list[Any]]]:
    """Return the categories of minors first, then of adults, then the others."""
    found = visit.context.desk.catalogue.categories.values()
    groups = ((N_("About a minor"), True), (N_("About an adult"), False), (N_("Either"), None))
    return [(name, [one for one in found if one.concerns_minor is age]) for name, age in groups]


def _logged(visit: Visit, wanted: list[str]) -> Response:
    cards = notices.cards(visit, wanted)
    cards.sort(key=lambda card: not card.is_to_be_sent)
    asked = visit.request.query_params
    out = asked.get("out", "")
    return visit.page(
        "new/logged.html",
        cards=cards,
        left=sum(card.is_to_be_sent for card in cards),
        back=f"/takedowns/new?logged={','.join(wanted)}",
        said=sending.SAID.get(asked.get("said", "")),
        undo=asked.get("undo", "") if asked.get("undo", "").isdecimal() else "",
        left_out=forms.whole(out) or 0,
    )
