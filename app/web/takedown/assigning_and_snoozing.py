"""Whose a takedown is for now: let go of it, take it over, put it aside for later."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.errors import Refused
from app.operations import undo_last
from app.takedowns import assignments, handovers, queries, snoozes
from app.web.shell import error_messages
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import takedown_page
from app.web.takedown.takedown_page import Opened

router = APIRouter(prefix="/takedowns/{reference}")
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]


@router.post("/claim")
def take_over(reference: str, visit: Doer) -> Response:
    """Take it over, whoever had it."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        held = assignments.of(unit, [row.id]).get(row.id)
        assignments.assign(unit, row.id, visit.person.id)
        if held is not None and held.user_id != visit.person.id:
            audit.record(
                unit, visit.person.name, Action.TAKEN_OVER, reference=reference, of=held.name
            )
    return takedown_page.back(visit, reference, "claim")


@router.post("/release")
def release(reference: str, visit: Doer) -> Response:
    """Let go of it, so that others see it is free; go on with the inbox."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        held = assignments.of(unit, [row.id]).get(row.id)
        if held is not None and held.user_id == visit.person.id:
            assignments.release(unit, row.id)
    return visit.to("/inbox")


@router.post("/wait")
def put_aside(reference: str, visit: Doer) -> Response:
    """Leave it alone until then."""
    try:
        until = visit.form.moment("wait-until", visit.context.settings.zone)
        with visit.write() as unit:
            row = queries.by_reference(unit, reference)
            snoozes.put_aside(unit, row.id, visit.person.id, until=until or unit.clock())
            assignments.release(unit, row.id)
    except Refused as error:
        complaints = [
            one._replace(field="wait-until") for one in error_messages.told(error, visit.words)
        ]
        return takedown_page.show(visit, reference, Opened("wait", tuple(complaints)), status=422)
    return takedown_page.back(visit, reference, "wait", marks=[undo_last.put_aside(reference)])


@router.post("/wait/end")
def take_back(reference: str, visit: Doer) -> Response:
    """Let it be in the inbox again."""
    with visit.write() as unit:
        snoozes.take_back(unit, queries.by_reference(unit, reference).id)
    return takedown_page.back(visit, reference, "unwait")


@router.post("/handover")
def hand_over(reference: str, visit: Doer) -> Response:
    """Leave a line for whoever goes on; an empty one takes away what stood there."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        handovers.leave(unit, row.id, visit.person.id, text=visit.form.text("handover"))
    return visit.to(f"/takedowns/{reference}")
