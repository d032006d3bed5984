"""Whose a takedown is for now: let go of it, take it over, put it aside for later."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.errors import Fault, Refused
from app.kit.wording import N_
from app.operations import undo_last
from app.platforms.leaks import Leak, leaks
from app.takedowns import assignments, handovers, queries, snoozes
from app.web.shell import error_messages
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import takedown_page
from app.web.takedown.takedown_page import Opened

router = APIRouter(prefix="/takedowns/{reference}")
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
OPEN_TO_ALL: Mapping[tuple[str, str], str] = {
    ("handover", leak): N_(
        "Leave out links, addresses and personal data: everybody here can read this line."
    )
    for leak in Leak
}


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
    text = visit.form.text("handover")
    try:
        _refuse_leak(visit, text)
        with visit.write() as unit:
            row = queries.by_reference(unit, reference)
            handovers.leave(unit, row.id, visit.person.id, text=text)
    except Refused as error:
        complaints = error_messages.told_on(error, visit.words, OPEN_TO_ALL, order=())
        opened = Opened("handover", tuple(complaints))
        return takedown_page.show(visit, reference, opened, status=422)
    return visit.to(f"/takedowns/{reference}")


def _refuse_leak(visit: Visit, text: str) -> None:
    """Raise Refused where a note, which stands in clear, gives away what is masked elsewhere."""
    leak = next(leaks(text, visit.workspace.catalogue.host_endings), None)
    if leak is not None:
        mend = "leave out hosts, addresses and anybody's data"
        raise Refused("invalid_request", mend, [Fault("/handover", leak, mend)])
