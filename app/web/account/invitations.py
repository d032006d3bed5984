"""One-time links: join, choose a new password, or become the first administrator."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import joining, people, signing_in
from app.accounts.joining import Chosen, Invitation
from app.kit.errors import Conflict, NoSuchThing, Refused
from app.web.account import sign_in_page
from app.web.shell import error_messages
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, visiting

router = APIRouter()
Visitor = Annotated[Visit, visiting()]


@router.get("/join/{token}")
def show(token: str, visit: Visitor) -> Response:
    """Ask for what the link's holder chooses."""
    with visit.read() as unit:
        found = joining.invitation(unit, token)
        name = found.person.name if found and found.person else people.suggested_name(unit)
    if found is None:
        return visit.page("account/no_link.html", 404)
    return _ask(visit, found, Chosen("", name), complaints=[])


@router.post("/join/{token}")
def accept(token: str, visit: Visitor) -> Response:
    """Use the link up, and go on as its holder."""
    chosen = Chosen(visit.form.text("password"), visit.form.text("name"), visit.form.text("email"))
    house = visit.context.settings.organisation_name
    with visit.read() as unit:
        found = joining.invitation(unit, token)
    if found is None:
        return visit.page("account/no_link.html", 404)
    try:
        with visit.write() as unit:
            person = joining.accept(unit, token, chosen, house=house)
    except NoSuchThing:
        return visit.page("account/no_link.html", 404)
    except (Refused, Conflict) as refused:
        return _ask(visit, found, chosen, complaints=error_messages.told(refused, visit.words))
    step = signing_in.by_password(
        visit.context.database,
        person.email,
        chosen.password,
        network_address=visit.address,
        second_factor_roles=visit.context.settings.second_factor_roles,
    )
    return sign_in_page.further(visit, step)


def _ask(
    visit: Visit, found: Invitation, chosen: Chosen, *, complaints: list[Complaint]
) -> Response:
    return visit.page(
        "account/join.html",
        422 if complaints else 200,
        is_first=found.person is None,
        asks_name=not found.has_joined,
        until=found.expires_at,
        email=found.person.email if found.person else chosen.email,
        name=chosen.name,
        complaints=complaints,
    )
