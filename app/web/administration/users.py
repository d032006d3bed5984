"""Administration of people: add, change, disable, and give one-time links."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import joining, people, second_factor, sessions
from app.accounts.people import Account
from app.accounts.permissions import ROLES
from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import Conflict, Refused
from app.kit.wording import N_
from app.web.account import sign_in_page
from app.web.shell import downloads, error_messages, labels
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Columns
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Numbered, Visit, require_rights

router = APIRouter()
PATH = "/admin/users"
Admin = Annotated[Visit, require_rights(Scope.ADMIN)]
COLUMNS: Columns[Account] = {
    "name": (N_("Display name"), lambda one: one.person.name),
    "email": (N_("E-mail address"), lambda one: one.person.email),
    "role": (N_("Role"), lambda one: one.person.role),
    "may_view": (N_("Viewing mandate"), lambda one: one.person.may_view),
    "second_factor": (N_("Second factor"), lambda one: one.has_second_factor),
    "state": (N_("State"), lambda one: one.state),
    "created_at": (N_("Added"), lambda one: one.created_at),
    "disabled_at": (N_("Disabled"), lambda one: one.disabled_at),
}
LABELS: Labels = {"state": labels.TABLES["user_state"]}


@router.get(PATH)
def everyone(visit: Admin) -> Response:
    """Show all people, and a form to add one."""
    return _list(visit, [])


@downloads.at(router, PATH)
def download(visit: Admin) -> Response:
    """Hand out all people."""
    with visit.read() as unit:
        accounts = people.everyone(unit)
    found = downloads.of(
        visit,
        "people",
        N_("People"),
        columns=COLUMNS,
        rows=accounts,
        labels=LABELS,
    )
    form = downloads.asked_form(visit)
    return downloads.recorded(visit, found, form, detail={"what": "people"})


@router.post(PATH)
def add(visit: Admin) -> Response:
    """Add somebody; shows the link to join by, once."""
    elsewhere = sign_in_page.unproved(visit, PATH)
    if elsewhere is not None:
        return elsewhere
    form, by = visit.form, visit.person.name
    try:
        with visit.write() as unit:
            person = people.add(
                unit,
                form.text("email"),
                form.text("role"),
                by=by,
                name=form.given("name"),
                may_view=form.flag("may_view"),
            )
            token = joining.invite(unit, person.id, by=by)
    except (Refused, Conflict) as refused:
        return _list(visit, _placed(refused, visit))
    return _link(visit, person.name, token, is_new=True)


@router.get(PATH + "/{user_id}")
def one(user_id: Numbered, visit: Admin) -> Response:
    """Show somebody, and what can be changed."""
    return _one(visit, user_id, [])


@router.post(PATH + "/{user_id}")
def change(user_id: Numbered, visit: Admin) -> Response:
    """Do one thing to somebody, named by the button that was pressed."""
    elsewhere = sign_in_page.unproved(visit, f"{PATH}/{user_id}")
    if elsewhere is not None:
        return elsewhere
    act = visit.form.text("act")
    try:
        with visit.write() as unit:
            if act == "link":
                person = people.get(unit, user_id)
                token = joining.invite(unit, user_id, by=visit.person.name)
                return _link(visit, person.name, token, is_new=False)
            said = _done(unit, visit, user_id, act=act)
    except (Refused, Conflict) as refused:
        return _one(visit, user_id, error_messages.told(refused, visit.words))
    with visit.read() as unit:
        is_over = sessions.find(unit, visit.token) is None
    if is_over:  # it was the administrator's own account
        return sign_in_page.gone(visit)
    return visit.to(f"{PATH}/{user_id}", said=said)


def _done(unit: Unit, visit: Visit, user_id: int, *, act: str) -> str:
    """Do it and return what is to be said; an unknown act saves the form."""
    by, form = visit.person.name, visit.form
    match act:
        case "disable":
            people.disable(unit, user_id, by=by)
            return "disabled"
        case "enable":
            people.enable(unit, user_id, by=by)
            return "enabled"
        case "drop":
            second_factor.drop(unit, people.get(unit, user_id), by)
            return "dropped"
        case _:
            may_view = form.flag("may_view")
            people.change(unit, user_id, by=by, role=form.given("role"), may_view=may_view)
            return "changed"


def _list(visit: Visit, complaints: list[Complaint]) -> Response:
    with visit.read() as unit:
        accounts = people.everyone(unit)
        suggested = people.suggested_name(unit)
    return visit.page(
        "administration/users/list.html",
        422 if complaints else 200,
        accounts=accounts,
        as_sheets=downloads.addresses(PATH),
        suggested=suggested,
        roles=_roles(visit),
        complaints=complaints,
        told=visit.form,
    )


def _one(visit: Visit, user_id: int, complaints: list[Complaint]) -> Response:
    with visit.read() as unit:
        account = people.account(unit, user_id)
    return visit.page(
        "administration/users/one.html",
        422 if complaints else 200,
        account=account,
        roles=_roles(visit),
        complaints=complaints,
    )


def _roles(visit: Visit) -> list[tuple[str, str]]:
    return [(role, labels.of(visit.words, "role", role)) for role in ROLES]


def _link(visit: Visit, name: str, token: str, *, is_new: bool) -> Response:
    house = visit.context.settings.house(visit.request.scope["server"][1])
    hours = int(joining.LIFE.total_seconds() // 3600)
    address = f"{house}/join/{token}"
    return visit.page(
        "administration/users/link.html", name=name, link=address, is_new=is_new, hours=hours
    )


def _placed(refused: Refused | Conflict, visit: Visit) -> list[Complaint]:
    """Put what is already taken at its field."""
    fields = {"email_taken": "email", "name_taken": "name"}
    told = error_messages.told(refused, visit.words)
    return [one._replace(field=fields.get(one.code, one.field)) for one in told]
