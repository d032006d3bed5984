"""API tokens: made and shown once, rotated, revoked for ever."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import access
from app.accounts.access import Token
from app.accounts.permissions import SCOPES
from app.accounts.vocabularies import Scope
from app.kit import steady_clock
from app.kit.errors import Fault, Refused, TrackerError
from app.kit.wording import N_
from app.web.account import sign_in_page
from app.web.shell import downloads, error_messages, forms, labels
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Columns
from app.web.shell.request_context import Numbered, Visit, require_rights

PATH = "/admin/clients"
router = APIRouter(prefix=PATH)
Administrator = Annotated[Visit, require_rights(Scope.ADMIN)]
MEANINGS = {
    Scope.TAKEDOWNS_READ: N_("can read requests, without links and texts"),
    Scope.TAKEDOWNS_WRITE: N_("can log requests and change drafts"),
    Scope.EVENTS_WRITE: N_("can record what happens to a request"),
    Scope.CONTENT_READ: N_("can read links, accounts and texts in clear"),
    Scope.METRICS_READ: N_("can read numbers"),
    Scope.REPORTS_READ: N_("can read reports"),
    Scope.REPORTS_WRITE: N_("can write and freeze reports"),
    Scope.WEBHOOKS_MANAGE: N_("can set up where news is sent"),
    Scope.ADMIN: N_("can do what administrators do"),
}
LABELS: Labels = {
    "scopes": {str(scope): words for scope, words in MEANINGS.items()},
    "state": labels.TABLES["token_state"],
}
LONGEST_NAME = 100
# How long the secret before a rotation works on.
HOURS, LONGEST_HOURS = 24, 24 * 90


@router.get("")
def clients(visit: Administrator) -> Response:
    """List the tokens."""
    return _page(visit)


@downloads.at(router, "")
def download(visit: Administrator) -> Response:
    """Hand out the list of the tokens, without them."""
    with visit.read() as unit:
        tokens, steady_now = access.everything(unit), steady_clock.now(unit)
    by_the_clock = visit.context.database.steady.by_the_clock
    columns: Columns[Token] = {
        "name": (N_("Name"), lambda one: one.name),
        "scopes": (N_("May"), lambda one: one.scopes),
        "created_at": (N_("Created"), lambda one: one.created_at),
        "used_at": (N_("Last used"), lambda one: one.used_at),
        "expires_at": (N_("Until"), lambda one: one.expires_at and by_the_clock(one.expires_at)),
        "revoked_at": (N_("Revoked"), lambda one: one.revoked_at),
        "state": (N_("State"), lambda one: one.state(steady_now)),
    }
    found = downloads.of(
        visit,
        "tokens",
        N_("API tokens"),
        columns=columns,
        rows=tokens,
        labels=LABELS,
    )
    form = downloads.asked_form(visit)
    return downloads.recorded(visit, found, form, detail={"what": "tokens"})


@router.post("")
def add(visit: Administrator) -> Response:
    """Make a token and show it, the only time it is readable."""
    elsewhere = sign_in_page.unproved(visit, PATH)
    if elsewhere is not None:
        return elsewhere
    name = visit.form.text("name").strip()
    scopes = [scope for scope in visit.form.all("scope") if scope in SCOPES]
    try:
        found = forms.faults_of_line("name", name, LONGEST_NAME)
        last_day = forms.day_of(visit.form, "expires", found, is_required=False)
        if found:
            raise Refused("invalid_request", "some fields need a look", found)
        expires_at = None if last_day is None else access.end_of(last_day, visit.workspace.zone)
        if not scopes:
            raise Refused("too_few", "no scope", [Fault("/scope", "too_few", "choose one")])
        with visit.write() as unit:
            token = access.add_token(unit, name, scopes, by=visit.actor.name, expires_at=expires_at)
    except TrackerError as error:
        return _page(visit, error=error)
    return _page(visit, made=(name, token))


@router.post("/{token_id}/rotate")
def rotate(token_id: Numbered, visit: Administrator) -> Response:
    """Give a token a new secret and show it; the one before works on for some hours."""
    elsewhere = sign_in_page.unproved(visit, PATH)
    if elsewhere is not None:
        return elsewhere
    field = f"hours-{token_id}"
    try:
        hours = forms.whole(visit.form.text(field).strip() or str(HOURS))
        if not hours or hours > LONGEST_HOURS:
            mend = f"1 to {LONGEST_HOURS} whole hours"
            raise Refused("hours_invalid", mend, [Fault(f"/{field}", "hours_invalid", mend)])
        with visit.write() as unit:
            until = unit.clock() + timedelta(hours=hours)
            token = access.rotate(unit, token_id, until=until, by=visit.actor.name)
            name = next(one.name for one in access.everything(unit) if one.id == token_id)
    except TrackerError as error:
        return _page(visit, error=error)
    return _page(visit, made=(name, token))


@router.post("/{token_id}/revoke")
def revoke(token_id: Numbered, visit: Administrator) -> Response:
    """Make a token good for nothing."""
    elsewhere = sign_in_page.unproved(visit, PATH)
    if elsewhere is not None:
        return elsewhere
    with visit.write() as unit:
        access.revoke(unit, token_id, by=visit.actor.name)
    return visit.to(PATH, said="revoked")


def _page(
    visit: Visit, *, error: TrackerError | None = None, made: tuple[str, str] | None = None
) -> Response:
    with visit.read() as unit:
        tokens, steady_now = access.everything(unit), steady_clock.now(unit)
    return visit.page(
        "administration/clients.html",
        200 if error is None else 422,
        tokens=tokens,
        as_sheets=downloads.addresses(PATH),
        steady_now=steady_now,
        hours=HOURS,
        has_docs=visit.context.settings.docs == "open",
        made=made,
        meanings={scope: visit.words.gettext(MEANINGS[scope]) for scope in SCOPES},
        complaints=[] if error is None else error_messages.told(error, visit.words),
        typed=visit.form.text("name") if error is not None else "",
        expires=visit.form.text("expires") if error is not None else "",
        ticked=visit.form.all("scope") if error is not None else [],
    )
