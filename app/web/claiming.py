"""Whose a takedown is for now: let go of it, take it over, put it aside for later."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.input import undoing
from app.kit.errors import Refused
from app.takedowns import claims, queries, waits
from app.web import refusals, takedown
from app.web.takedown import Opened
from app.web.visits import Visit, seeing

router = APIRouter(prefix="/takedowns/{reference}")
Doer = Annotated[Visit, seeing("takedowns:read", "events:write")]


@router.post("/claim")
def take_over(reference: str, visit: Doer) -> Response:
    """Take it over, whoever had it."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        held = claims.of(unit, [row.id]).get(row.id)
        claims.assign(unit, row.id, visit.person.id)
        if held is not None and held.user_id != visit.person.id:
            audit.record(unit, visit.person.name, "taken_over", reference, of=held.name)
    return takedown.back(visit, reference, "claim")


@router.post("/release")
def release(reference: str, visit: Doer) -> Response:
    """Let go of it, so that others see it is free; go on with the inbox."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        held = claims.of(unit, [row.id]).get(row.id)
        if held is not None and held.user_id == visit.person.id:
            claims.release(unit, row.id)
    return visit.to("/inbox")


@router.post("/wait")
def put_aside(reference: str, visit: Doer) -> Response:
    """Leave it alone until then."""
    try:
        until = visit.form.moment("wait-until", visit.context.settings.zone)
        with visit.write() as unit:
            row = queries.by_reference(unit, reference)
            waits.put_aside(unit, row.id, visit.person.id, until or unit.clock())
            claims.release(unit, row.id)
    except Refused as error:
        complaints = [one._replace(field="wait-until") for one in refusals.told(error, visit.words)]
        return takedown.show(visit, reference, Opened("wait", tuple(complaints)), status=422)
    return takedown.back(visit, reference, "wait", [undoing.put_aside(reference)])


@router.post("/wait/end")
def take_back(reference: str, visit: Doer) -> Response:
    """Let it be in the inbox again."""
    with visit.write() as unit:
        waits.take_back(unit, queries.by_reference(unit, reference).id)
    return takedown.back(visit, reference, "unwait")
