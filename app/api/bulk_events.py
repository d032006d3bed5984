"""The same event for many takedowns: recorded in each, or refused there and only there."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from app.api.contract import documented
from app.api.dependencies import Answer, Call
from app.api.event_shapes import ToldOfEach
from app.api.events import Recorder, shown_events
from app.http import errors
from app.http.front import API
from app.kit.database import Unit
from app.operations import bulk, recording
from app.schemas.event_shapes import SameEvent, SameEventIn
from app.takedowns import queries
from app.takedowns.queries import Stored

router = APIRouter(tags=["Timeline"])


@router.post("/events/bulk", **documented("recordEvents", ToldOfEach, is_once=True))
def record_events(call: Recorder, body: SameEventIn) -> Response:
    """Record the same event in up to 100 takedowns, each answered on its own.

    What is refused in one keeps it out of no other. The answer as a whole is remembered by its
    Idempotency-Key: to try again what was refused, send another key.
    """
    event = recording.same_event(body)

    def work(unit: Unit) -> Answer:
        told = {one: _told(call, unit, one, event=event) for one in body.references}
        entries = [one for one in told.values() if isinstance(one, Stored)]
        # All of them at once: nobody else writes meanwhile.
        shown = shown_events(unit, entries, content=call.reads_content) if entries else []
        events = {one["reference"]: one for one in shown}
        results = [
            _result(reference, events.get(reference), None if isinstance(one, Stored) else one)
            for reference, one in told.items()
        ]
        return Answer(
            200, {"results": results}, takedown_ids=tuple(one.takedown_id for one in entries)
        )

    return call.once(work)


def _told(
    call: Call, unit: Unit, reference: str, *, event: SameEvent
) -> Stored | dict[str, object]:
    """Record it in one takedown, or leave that as it was; returns the problem then."""
    try:
        with bulk.on_its_own(unit):
            row = queries.by_reference(unit, reference)
            return recording.record(unit, call.workspace, row, body=event, by=call.actor).entry
    except bulk.REFUSALS as error:
        address = f"{API}/takedowns/{reference}/events"
        return errors.body_of(error, address, call.request.scope)


def _result(
    reference: str, event: dict[str, object] | None, problem: dict[str, object] | None
) -> dict[str, object]:
    status = HTTPStatus.CREATED.value if problem is None else problem["status"]
    return {"reference": reference, "status": status, "event": event, "problem": problem}
