"""Sign in, prove it again, stay, and sign out."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from app.accounts import people, second_factor, sessions, signing_in
from app.accounts.signing_in import Busy, NotSignedIn, Step, TooManyTries
from app.imports import kept
from app.kit.wording import N_
from app.web.shell import addresses, cookies, request_context, unsent_forms
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights, visiting
from app.web.shell.unsent_forms import Kept

router = APIRouter()
Visitor = Annotated[Visit, visiting()]
_WRONG = N_("Something here is not right, or the account is closed. Try again.")
BUSY = N_("Many are signing in at this moment. Wait a few seconds and try again.")
_WAIT = N_("Too many tries. Wait a quarter of an hour, or ask an administrator for a new link.")


@router.get("/login")
def show(visit: Visitor) -> Response:
    """Ask for address and password."""
    return visit.page("account/login.html", wanted=wanted(visit), kept="", complaints=[], email="")


@router.post("/login")
def enter(visit: Visitor) -> Response:
    """Begin a visit by address and password."""
    email = visit.form.text("email")
    try:
        step = signing_in.by_password(
            visit.context.database,
            email,
            visit.form.text("password"),
            network_address=visit.address,
            second_factor_roles=visit.context.settings.second_factor_roles,
            device=visit.device,
        )
    except (NotSignedIn, TooManyTries) as refused:
        return refusal(visit, "account/login.html", refused, email=email)
    return further(visit, step)


@router.post(request_context.KEEP)
def keep(visit: Visitor) -> Response:
    """Ask for address and password, and keep what was typed before the session had ended."""
    path = addresses.local(visit.request.query_params.get("next"), "")
    sealed = visit.form.text(unsent_forms.FIELD)
    if _kept(visit) is None:
        sealed = unsent_forms.sealed(visit.context.database, path, visit.form)
    return visit.page("account/login.html", wanted="", kept=sealed, complaints=[], email="")


@router.get("/login/code")
def ask_code(visit: Visitor) -> Response:
    """Ask for a code of the app, or a recovery code."""
    if visit.session is None or visit.session.is_complete:
        return visit.to(request_context.SIGN_IN)
    return _ask_code(visit)


@router.post("/login/code")
def enter_code(visit: Visitor) -> Response:
    """Complete a visit by a code."""
    try:
        step = signing_in.by_code(
            visit.context.database,
            visit.token,
            visit.form.text("code"),
            network_address=visit.address,
            device=visit.device,
        )
    except (NotSignedIn, TooManyTries) as refused:
        if visit.session is None:
            return visit.to(request_context.SIGN_IN)
        return refusal(visit, "account/code.html", refused)
    return further(visit, step)


@router.get("/prove")
def ask_again(visit: Annotated[Visit, require_rights()]) -> Response:
    """Ask for the password again, before something that only its owner may do."""
    if visit.context.settings.demo and not _has_password(visit):
        return visit.to(request_context.SIGN_IN, next=wanted(visit) or "/me")
    return visit.page("account/prove.html", wanted=wanted(visit), complaints=[])


@router.post("/prove")
def prove(visit: Annotated[Visit, require_rights()]) -> Response:
    """Note that it is still the same person."""
    try:
        signing_in.again(
            visit.context.database,
            visit.token,
            visit.form.text("password"),
            network_address=visit.address,
            device=visit.device,
        )
    except (NotSignedIn, TooManyTries) as refused:
        return refusal(visit, "account/prove.html", refused)
    return visit.to(wanted(visit) or "/me")


@router.post("/stay")
def stay(visit: Annotated[Visit, require_rights()]) -> Response:
    """Let a visit go on, for somebody who reads or writes long."""
    with visit.write() as unit:
        sessions.touch(unit, visit.token)
    return Response(status_code=204)


@router.post("/logout")
def leave(visit: Visitor) -> Response:
    """End a visit, and let the browser forget what it keeps of it."""
    if visit.session is not None:
        with visit.write() as unit:
            signing_in.out(unit, visit.token, visit.session.person)
    return gone(visit)


def gone(visit: Visit) -> Response:
    """Let the browser forget a visit that has ended; the language it may keep."""
    answer = cookies.forget(visit.to(request_context.SIGN_IN), visit.context)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def further(visit: Visit, step: Step) -> Response:
    """Go on after a step: to what was wanted, or to what is still to be proved.

    What was typed before goes on with the browser, to where it was to go; there it is shown again.
    """
    found = _kept(visit)
    if step.is_complete:  # like what was typed, files that nobody goes on with end here
        visit.context.database.note(kept.forget_old)
    answer: Response
    if step.is_complete and found is not None:
        answer = RedirectResponse(found.path, 307)
    elif step.is_complete:
        answer = visit.to(wanted(visit) or "/inbox")
    else:
        with visit.read() as unit:
            is_set = second_factor.is_set(unit, step.person.id)
        path = "/login/code" if is_set else "/second-factor"
        if is_set and found is not None:
            answer = _ask_code(replace(visit, token=step.token))
        else:
            answer = visit.to(path, next=wanted(visit)) if wanted(visit) else visit.to(path)
    return cookies.remember(answer, visit.context, step)


def unproved(visit: Visit, back: str) -> Response | None:
    """Return the way to prove again who it is, and `back`; None when that was done just now."""
    assert visit.session is not None  # noqa: S101 - asked only where somebody is signed in
    if visit.session.is_proved:
        return None
    return visit.to("/prove", next=back)


def wanted(visit: Visit) -> str:
    """Return where the visitor was on the way to, empty when nowhere of ours."""
    asked = visit.form.given("next") or visit.request.query_params.get("next")
    return addresses.local(asked, "")


def refusal(
    visit: Visit, template: str, refused: NotSignedIn | TooManyTries, **values: str
) -> Response:
    """Ask again, with one answer for all that could be wrong."""
    status, text = 422, _WRONG
    if isinstance(refused, TooManyTries):
        status, text = (503, BUSY) if isinstance(refused, Busy) else (429, _WAIT)
    answer = visit.page(
        template,
        status,
        wanted=wanted(visit),
        kept=visit.form.text(unsent_forms.FIELD),
        complaints=[Complaint("", "not_signed_in", visit.words.gettext(text))],
        **values,
    )
    if isinstance(refused, TooManyTries):
        answer.headers["Retry-After"] = str(refused.seconds)
    return answer


def _ask_code(visit: Visit) -> Response:
    return visit.page(
        "account/code.html",
        wanted=wanted(visit),
        kept=visit.form.text(unsent_forms.FIELD),
        complaints=[],
    )


def _kept(visit: Visit) -> Kept | None:
    """Return what was typed before the session had ended and came along."""
    return unsent_forms.opened(visit.context.database, visit.form.given(unsent_forms.FIELD))


def _has_password(visit: Visit) -> bool:
    with visit.read() as unit:
        return people.account(unit, visit.person.id).has_joined
