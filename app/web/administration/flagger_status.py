"""The trusted-flagger status on its page: awarded once, suspended, resumed, revoked."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import Fault, Refused, TrackerError
from app.notices import drafts
from app.schemas.vocabularies import StatusChange, StatusState
from app.takedowns import bases, flagger_status
from app.takedowns.flagger_status import Change, Standing
from app.web.shell import downloads, error_messages, forms
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/admin/status")
Administrator = Annotated[Visit, require_rights(Scope.ADMIN)]
STEPS = tuple(kind for kind in StatusChange if kind != StatusChange.AWARDED)
# What can follow a state; a day given with it may still be one on which it cannot.
FOLLOWS: dict[StatusState, tuple[StatusChange, ...]] = {
    StatusState.HELD: (StatusChange.SUSPENDED, StatusChange.REVOKED),
    StatusState.SUSPENDED: (StatusChange.RESUMED, StatusChange.REVOKED),
}


@router.get("")
def show(visit: Administrator) -> Response:
    """Show how the status stands, its history, and what can be recorded."""
    return _page(visit)


@router.post("/awards")
def award(visit: Administrator) -> Response:
    """Record an award, once for all platforms."""
    return _recorded(visit, _award)


@router.post("/steps")
def step(visit: Administrator) -> Response:
    """Record that the status was suspended, resumed or revoked, once somebody confirmed it."""
    return _recorded(visit, _step)


def today(unit: Unit, visit: Visit) -> Standing:
    """Return how the status stands today."""
    return flagger_status.standing(bases.history(unit), local_day(unit, visit))


def local_day(unit: Unit, visit: Visit) -> date:
    """Return today's date where the organisation is."""
    return unit.clock().astimezone(visit.workspace.zone).date()


def _recorded(visit: Visit, told: Callable[[Visit], Change]) -> Response:
    try:
        change = told(visit)
        with visit.write() as unit:
            history = bases.history(unit)
            if not history or history[-1] != change:  # else the button was pressed twice
                bases.record_change(unit, change, by=visit.actor.name)
    except TrackerError as error:
        return _page(visit, error)
    drafts.reassess_all(visit.context.database, visit.workspace)
    return visit.to("/admin/status", said="saved")


def _award(visit: Visit) -> Change:
    form, catalogue, faults = visit.form, visit.workspace.catalogue, list[Fault]()
    coordinator, decision = form.text("coordinator").strip(), form.text("decision").strip()
    faults += forms.faults_of_line("coordinator", coordinator, 200)
    faults += forms.faults_of_line("decision", decision, 200, is_required=False)
    on = forms.day_of(form, "from", faults)
    until = forms.day_of(form, "until", faults, is_required=False)
    if faults or on is None:
        raise Refused("invalid_request", "some fields need a look", faults)
    categories = tuple(code for code in form.all("category") if code in catalogue.categories)
    exceptions = tuple(slug for slug in form.all("except") if slug in catalogue.platforms)
    return Change(StatusChange.AWARDED, on, coordinator, until, decision, categories, exceptions)


def _step(visit: Visit) -> Change:
    form, faults = visit.form, list[Fault]()
    on = forms.day_of(form, "on", faults)
    kind = next((kind for kind in STEPS if kind == form.text("step")), None)
    if kind is None:
        faults.append(Fault("/step", "not_one_of", "one of the steps"))
    if not form.flag("confirm"):
        faults.append(Fault("/confirm", "not_confirmed", "confirm it"))
    if faults or on is None or kind is None:
        raise Refused("invalid_request", "some fields need a look", faults)
    return Change(kind, on)


def _page(visit: Visit, error: TrackerError | None = None) -> Response:
    with visit.read() as unit:
        history, status = bases.history(unit), today(unit, visit)
    catalogue = visit.workspace.catalogue
    return visit.page(
        "administration/status.html",
        200 if error is None else 422,
        history=history,
        as_sheets=downloads.addresses("/admin/status"),
        standing=status,
        steps=FOLLOWS.get(status.state, ()),
        categories=[one.code for one in catalogue.categories.values() if one.illegal],
        platforms=catalogue.platforms,
        complaints=[] if error is None else error_messages.told(error, visit.words),
        typed=dict(visit.form.fields),
        ticked=visit.form.all("category"),
        excepted=visit.form.all("except"),
    )
