"""Undo what one has just done."""

from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.errors import NotAllowedNow, Refused
from app.operations import undo_last
from app.web.shell import addresses, flash_messages
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
TOLD = ("too_late_to_undo", "not_yours")


@router.post("/undo")
def undo(visit: Doer) -> Response:
    """Take back what the marks name, all of it or nothing, and go back."""
    marks = flash_messages.marks(visit.form.text("events"))
    if not marks:
        raise HTTPException(400)
    back = addresses.local(visit.form.given("back"), "/inbox")
    try:
        with visit.write() as unit:
            undo_last.undo(unit, visit.workspace, visit.person, marks=marks)
    except (NotAllowedNow, Refused) as error:
        reason = error.reason if isinstance(error, NotAllowedNow) else ""
        return visit.to(back, said=reason if reason in TOLD else "not_undone")
    return visit.to(back, said="undone")
