"""Set up the second factor: scan, confirm, keep the recovery codes."""

from typing import Annotated

import segno
from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from app.accounts import second_factor, signing_in
from app.accounts.second_factor import Offer
from app.kit.errors import Refused
from app.web.account import sign_in_page
from app.web.shell import cookies, error_messages, request_context
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights, visiting

router = APIRouter()
PATH = "/second-factor"
Visitor = Annotated[Visit, visiting()]


@router.get(PATH)
def show(visit: Visitor) -> Response:
    """Offer a secret to the visitor's authenticator app."""
    elsewhere = _elsewhere(visit)
    if elsewhere is not None:
        return elsewhere
    with visit.read() as unit:
        offer = second_factor.offer(unit, visit.person)
    return _ask(visit, offer, [])


@router.post(PATH)
def confirm(visit: Visitor) -> Response:
    """Take the offer up when the app shows the right code; shows the recovery codes, once."""
    elsewhere = _elsewhere(visit)
    if elsewhere is not None:
        return elsewhere
    sealed, code = visit.form.text("offer"), visit.form.text("code")
    try:
        with visit.write() as unit:
            step, codes = signing_in.with_new_factor(
                unit, visit.person, sealed, code=code, device=visit.device
            )
    except Refused as refused:
        return _again(visit, sealed, error_messages.told(refused, visit.words))
    answer = visit.page(
        "account/recovery_codes.html", codes=codes, wanted=sign_in_page.wanted(visit)
    )
    return cookies.remember(answer, visit.context, step)


@router.post("/second-factor/codes")
def renew(visit: Annotated[Visit, require_rights()]) -> Response:
    """Draw new recovery codes; shows them, once."""
    elsewhere = sign_in_page.unproved(visit, "/me")
    if elsewhere is not None:
        return elsewhere
    with visit.write() as unit:
        codes = second_factor.renew_codes(unit, visit.person)
    return visit.page("account/recovery_codes.html", codes=codes, wanted="/me")


def _elsewhere(visit: Visit) -> Response | None:
    """Return where a visitor must go first who may not set a second factor up now.

    Between password and second factor that is everybody who has one: it must be used, not replaced.
    """
    if visit.session is None:
        raise request_context.sign_in_first(visit.request)
    if visit.session.is_complete:
        return sign_in_page.unproved(visit, PATH)
    with visit.read() as unit:
        is_set = second_factor.is_set(unit, visit.session.person.id)
    return visit.to("/login/code") if is_set else None


def _again(visit: Visit, sealed: str, complaints: list[Complaint]) -> Response:
    """Ask for the code of the same offer again; of a new one when that was none of ours."""
    with visit.read() as unit:
        try:
            offer = second_factor.offered(unit, visit.person, sealed)
        except Refused:
            offer = second_factor.offer(unit, visit.person)
    return _ask(visit, offer, complaints)


def _ask(visit: Visit, offer: Offer, complaints: list[Complaint]) -> Response:
    drawn = segno.make(offer.uri, micro=False).svg_inline(scale=4, light="#fff", dark="#000")
    return visit.page(
        "account/second_factor.html",
        422 if complaints else 200,
        drawing=Markup(drawn),  # noqa: S704 - drawn here, of squares only
        offer=offer,
        wanted=sign_in_page.wanted(visit),
        complaints=complaints,
    )
