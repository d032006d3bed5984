"""One's own page: language, keys, password, second factor, visits."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit, people, second_factor, sessions, signing_in
from app.accounts.signing_in import Busy, NotSignedIn, Step, TooManyTries
from app.accounts.vocabularies import Action
from app.kit.errors import Refused
from app.kit.wording import N_
from app.web.account import sign_in_page
from app.web.shell import cookies, error_messages, languages
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Visitor = Annotated[Visit, require_rights()]
QUIET_COOKIE = "quiet"
_WRONG = N_("This is not your current password.")
_WAIT = N_("Too many tries. Wait a quarter of an hour.")


@router.get("/me")
def show(visit: Visitor) -> Response:
    """Show what the visitor may set."""
    return _page(visit, [])


@router.post("/me/look")
def look(visit: Visitor) -> Response:
    """Set language, keys and whether this browser begins with the quiet screen."""
    language = visit.form.given("language")
    if language not in languages.LANGUAGES:
        language = None
    with visit.write() as unit:
        people.prefer(
            unit,
            visit.person.id,
            language=language,
            has_shortcuts=visit.form.flag("has_shortcuts"),
        )
    answer = visit.to("/me", said="look")
    cookies.keep(answer, visit.context, QUIET_COOKIE, value="1" if visit.form.flag("quiet") else "")
    return cookies.speak(answer, visit.context, language) if language else answer


@router.post("/me/password")
def change_password(visit: Visitor) -> Response:
    """Take a new password from who knows the present one; ends the visitor's other visits."""
    database, form = visit.context.database, visit.form
    try:
        signing_in.again(
            database,
            visit.token,
            form.text("current"),
            network_address=visit.address,
            device=visit.device,
        )
        with visit.write() as unit:
            house = visit.context.settings.organisation_name
            people.set_password(unit, visit.person, form.text("password"), house=house)
            token = sessions.begin(unit, visit.person.id, is_complete=True)
            step = Step(token, visit.person, is_complete=True)
    except (NotSignedIn, TooManyTries) as refused:
        text = _WRONG if isinstance(refused, NotSignedIn) else _WAIT
        if isinstance(refused, Busy):
            text = sign_in_page.BUSY
        return _page(visit, [Complaint("current", "wrong", visit.words.gettext(text))])
    except Refused as refused:
        return _page(visit, error_messages.told(refused, visit.words))
    return cookies.remember(visit.to("/me", said="password"), visit.context, step)


@router.post("/me/sign-out")
def leave_everywhere(visit: Visitor) -> Response:
    """End every visit of the visitor, this one too."""
    with visit.write() as unit:
        sessions.end_all(unit, visit.person.id)
        audit.record(unit, visit.person.name, Action.SIGNED_OUT, everywhere=True)
    return sign_in_page.gone(visit)


def _page(visit: Visit, complaints: list[Complaint]) -> Response:
    with visit.read() as unit:
        account = people.account(unit, visit.person.id)
        codes_left = second_factor.codes_left(unit, visit.person.id)
        own = sessions.of(unit, visit.person.id)
    return visit.page(
        "account/me.html",
        422 if complaints else 200,
        account=account,
        own_names=[(one, one.own_name) for one in languages.LANGUAGES],
        codes_left=codes_left,
        sessions=own,
        complaints=complaints,
    )
