"""Administration: the organisation, what each platform grants us, where and by when it answers."""

from collections.abc import Callable, Mapping, Set
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit import preferences, steady_clock
from app.kit.canonical import Json
from app.kit.errors import Fault, Misconfigured, Refused, TrackerError
from app.notices import drafts
from app.platforms.channels import MAIL
from app.platforms.leaks import Leak, leaks
from app.platforms.platform import Platform, environment_name
from app.schemas.vocabularies import Basis
from app.takedowns import bases, chain, clock_skew
from app.web.administration import first_steps, flagger_status
from app.web.shell import downloads, error_messages, forms
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/admin")
Administrator = Annotated[Visit, require_rights(Scope.ADMIN)]
HOURS = ("receipt_hours", "gone_hours", "urgent_hours")
LONGEST_HOURS = 24 * 90
# What a preference is to be, from what it is.
Changed = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@router.get("")
def overview(visit: Administrator) -> Response:
    """Show what can be set up, and what still has to be."""
    with visit.read() as unit:
        head, log = chain.head(unit), audit.head(unit)
        now = steady_clock.now(unit)
        skew = clock_skew.of(unit)
        seen = first_steps.set_up(unit, visit.workspace)
        progress = first_steps.read(unit, visit.workspace, seen)
    return visit.page(
        "administration/overview.html",
        organisation=visit.workspace.organisation,
        platforms=len(visit.workspace.catalogue.platforms),
        with_basis=seen.with_basis,
        persons=seen.persons,
        tokens=sum(token.state(now) == "in_force" for token in seen.tokens),
        head=head,
        log=log,
        skew=skew,
        progress=progress,
        backed_up_at=seen.backed_up_at,
    )


@router.get("/organisation")
def organisation(visit: Administrator) -> Response:
    """Show who we are in notices."""
    return visit.page(
        "administration/organisation.html",
        complaints=[],
        typed=visit.workspace.organisation._asdict(),
    )


@router.post("/organisation")
def set_organisation(visit: Administrator) -> Response:
    """Change who we are in notices."""
    typed = {name: visit.form.text(name).strip() for name in ("name", "email", "licence")}
    try:
        _check_organisation(typed, visit.workspace.catalogue.host_endings)
        fields = sorted(typed)
        _change(
            visit,
            "organisation",
            lambda _: typed,
            action=Action.ORGANISATION_CHANGED,
            fields=fields,
        )
    except TrackerError as error:
        complaints = error_messages.told(error, visit.words)
        return visit.page(
            "administration/organisation.html", 422, complaints=complaints, typed=typed
        )
    return visit.to("/admin/organisation", said="saved")


@router.get("/platforms")
def platforms(visit: Administrator) -> Response:
    """List the platforms with the basis we hold and what is set."""
    catalogue = visit.workspace.catalogue
    with visit.read() as unit:
        held = {slug: bases.of_platform(unit, slug) for slug in catalogue.platforms}
        status = flagger_status.today(unit, visit)
    return visit.page(
        "administration/platforms.html",
        platforms=catalogue.platforms.values(),
        held=held,
        standing=status,
        as_sheets=downloads.addresses("/admin/platforms"),
    )


@router.get("/platforms/{slug}")
def platform(slug: str, visit: Administrator) -> Response:
    """Show what we hold of one platform, where it is reached and by when it should answer."""
    return _platform_page(visit, slug)


@router.post("/platforms/{slug}/bases")
def add_basis(slug: str, visit: Administrator) -> Response:
    """Record a basis the platform grants from a day on; what is recorded is never taken back."""
    _platform(visit, slug)
    try:
        basis = _basis(visit, slug)
        with visit.write() as unit:
            if basis not in bases.of_platform(unit, slug):  # else the button was pressed twice
                bases.record(unit, basis, by=visit.actor.name)
    except TrackerError as error:
        return _platform_page(visit, slug, error)
    drafts.reassess_all(visit.context.database, visit.workspace)
    return visit.to(f"/admin/platforms/{slug}", said="basis")


@router.post("/platforms/{slug}/targets")
def set_targets(slug: str, visit: Administrator) -> Response:
    """Change the hours we give a platform; empty fields go back to the platform file's."""
    _platform(visit, slug)
    try:
        hours = _hours(visit)

        def changed(targets: Mapping[str, Any]) -> Mapping[str, Any]:
            return {name: value for name, value in {**targets, slug: hours}.items() if value}

        fields = sorted(hours)
        _change(
            visit, "targets", changed, action=Action.TARGETS_CHANGED, platform=slug, fields=fields
        )
    except TrackerError as error:
        return _platform_page(visit, slug, error)
    return visit.to(f"/admin/platforms/{slug}", said="targets")


@router.post("/platforms/{slug}/addresses")
def set_addresses(slug: str, visit: Administrator) -> Response:
    """Keep the addresses a platform told us in confidence; an empty one is forgotten."""
    names = {
        channel.id: environment_name(slug, channel.id)
        for channel in _platform(visit, slug).channels
        if channel.confidential
    }

    def changed(addresses: Mapping[str, Any]) -> Mapping[str, Any]:
        changed = dict(addresses)
        for channel, name in names.items():
            given = visit.form.given(f"address-{channel}")
            if given is not None:
                changed[name] = given.strip()
            elif visit.form.flag(f"forget-{channel}"):
                changed.pop(name, None)
        return changed

    try:
        fields = sorted(names)
        _change(
            visit,
            "addresses",
            changed,
            action=Action.ADDRESSES_CHANGED,
            platform=slug,
            fields=fields,
        )
    except TrackerError as error:
        return _platform_page(visit, slug, error)
    return visit.to(f"/admin/platforms/{slug}", said="addresses")


def _change(visit: Visit, name: str, changed: Changed, *, action: Action, **detail: Json) -> None:
    """Change a preference and lay the workspace anew, or raise TrackerError and change nothing."""
    with visit.write() as unit:
        before = preferences.read(unit).get(name, {})
        preferences.write(unit, {name: changed(before)})
        audit.record(unit, visit.actor.name, action, reference=None, **detail)
        try:
            workspace = visit.workspace
        except Misconfigured as error:
            raise Refused("address_invalid", str(error)) from None
    drafts.reassess_all(visit.context.database, workspace)


def _platform(visit: Visit, slug: str) -> Platform:
    found = visit.workspace.catalogue.platforms.get(slug)
    if found is None:
        raise HTTPException(404)
    return found


def _platform_page(visit: Visit, slug: str, error: TrackerError | None = None) -> Response:
    found = _platform(visit, slug)
    with visit.read() as unit:
        changed = preferences.read(unit)
        held = bases.of_platform(unit, slug)
        status = flagger_status.today(unit, visit)
    return visit.page(
        "administration/platform.html",
        200 if error is None else 422,
        platform=found,
        held=held,
        as_sheets=downloads.addresses(f"/admin/platforms/{slug}/bases"),
        standing=status,
        hours=HOURS,
        own_hours=changed.get("targets", {}).get(slug, {}),
        set_addresses={
            channel.id
            for channel in found.channels
            if channel.confidential and channel.address is not None
        },
        categories=visit.workspace.catalogue.categories.values(),
        complaints=[] if error is None else error_messages.told(error, visit.words),
        typed=dict(visit.form.fields),
        ticked=visit.form.all("category"),
    )


def _check_organisation(typed: Mapping[str, str], host_endings: Set[str]) -> None:
    """Refuse what does not fit; a hotline may be called as its own site, but not by a number."""
    faults = forms.faults_of_line("name", typed["name"], 200)
    if not MAIL.fullmatch(typed["email"]) or len(typed["email"]) > 254:
        faults.append(Fault("/email", "email_invalid", "one e-mail address"))
    faults.extend(forms.faults_of_line("licence", typed["licence"], 100, is_required=False))
    told = [("licence", leak) for leak in leaks(typed["licence"], host_endings)]
    told += [("name", leak) for leak in leaks(typed["name"], frozenset()) if leak != Leak.HOST]
    faults.extend(Fault(f"/{field}", leak, "a name alone") for field, leak in told)
    if faults:
        raise Refused("invalid_request", "some fields need a look", faults)


def _basis(visit: Visit, slug: str) -> bases.Basis:
    form, known = visit.form, visit.workspace.catalogue.categories
    decision = form.text("decision").strip()
    faults = forms.faults_of_line("decision", decision, 200, is_required=False)
    held_from = forms.day_of(form, "from", faults)
    if not Basis.has(form.text("basis")):
        faults.append(Fault("/basis", "not_one_of", "one of the bases"))
    categories = tuple(code for code in form.all("category") if code in known)
    if faults or held_from is None:
        raise Refused("invalid_request", "some fields need a look", faults)
    return bases.Basis(slug, form.text("basis"), held_from, decision, categories)


def _hours(visit: Visit) -> dict[str, int]:
    found, faults = {}, []
    for name in HOURS:
        text = visit.form.given(name)
        if text is None:
            continue
        hours = forms.whole(text.strip())
        if hours and hours <= LONGEST_HOURS:
            found[name] = hours
        else:
            faults.append(Fault(f"/{name}", "hours_invalid", f"1 to {LONGEST_HOURS} whole hours"))
    if faults:
        raise Refused("invalid_request", "some fields need a look", faults)
    return found
