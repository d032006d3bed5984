"""The same event for many takedowns: recorded in each, or refused there and only there."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.api.contract import documented
from app.api.dependencies import Answer, Call
from app.api.event_shapes import ToldOfEach
from app.api.events import Recorder, shown_events
from app.http import errors
from app.kit.database import Unit
from app.kit.errors import Conflict, NoSuchThing, NotAllowedNow, Refused
from app.operations import recording
from app.schemas.event_shapes import SameEvent, SameEventIn
from app.takedowns import queries

router = APIRouter(tags=["Timeline"])


@router.post("/events/bulk", **documented("recordEvents", ToldOfEach, is_once=True))
def record_events(call: Recorder, body: SameEventIn) -> Response:
    """Record the same event in up to 100 takedowns, each answered on its own.

    What is refused in one keeps it out of no other. The answer as a whole is remembered by its
    Idempotency-Key: to try again what was refused, send another key.
    """
    event = recording.same_event(body)

    def work(unit: Unit) -> Answer:
        results, ids = [], list[int]()
        for reference in body.references:
            told, takedown_id = _told(call, unit, reference, event)
            results.append(told)
            ids += [takedown_id] if takedown_id is not None else []
        return Answer(200, {"results": results}, takedown_ids=tuple(ids))

    return call.once(work)


def _told(
    call: Call, unit: Unit, reference: str, event: SameEvent
) -> tuple[dict[str, Any], int | None]:
    """Record it in one takedown, or leave that as it was; returns also the id of what it is in."""
    savepoint = unit.connection.begin_nested()
    try:
        row = queries.by_reference(unit, reference)
        entry = recording.record(unit, call.workspace, row, event, by=call.actor).entry
    except (NotAllowedNow, Conflict, Refused, NoSuchThing) as error:
        savepoint.rollback()
        address = f"/api/v1/takedowns/{reference}/events"
        problem = errors.body_of(error, address, call.request.scope)
        told = {"reference": reference, "status": problem["status"], "event": None}
        return told | {"problem": problem}, None
    savepoint.commit()
    [shown] = shown_events(unit, [entry], content=call.reads_content)
    status = HTTPStatus.CREATED.value
    return {"reference": reference, "status": status, "event": shown, "problem": None}, row.id
