"""The same content once more: it is online again, or the platform never acted."""

from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow, Refused, TrackerError
from app.notices import drafts, new_items
from app.operations import returning
from app.takedowns import queries
from app.takedowns.rows import TakedownRow
from app.web.intake import outcomes
from app.web.shell import assigning, error_messages
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import revealing, takedown_page
from app.web.takedown.takedown_page import Opened

router = APIRouter()
Writer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.TAKEDOWNS_WRITE)]
Teller = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
# What belongs to the earlier request alone, or is chosen anew.
OF_ITS_OWN = frozenset({"external_ref", "reported_at", "deadline_at", "basis", "channel"})


@router.post("/takedowns/{reference}/items/{number}/again")
def report_again(reference: str, number: int, visit: Writer) -> Response:
    """Log a new request for one item of this one, with the same facts."""
    try:
        with visit.write() as unit:
            workspace = visit.workspace
            row = queries.by_reference(unit, reference)
            item = revealing.item_of(unit, row, number)
            if item.url is not None:
                again = new_items.item_at(workspace, item.url, row.platform, now=unit.clock())
            else:
                where = item.locator or {"account": item.account or ""}
                again = new_items.item_without_url(row.platform, where)
            given = _given(unit, row)
            given["conditions"] = drafts.still_known(workspace, row.category, row.conditions)
            logged = drafts.log(
                unit, workspace, given, platform=row.platform, items=[again], by=visit.actor
            )
    except (Refused, NotAllowedNow) as error:
        return _refused(visit, reference, error, status=422)
    return takedown_page.back(visit, logged.reference, "again")


@router.post("/takedowns/{reference}/items/{number}/back")
def come_back(reference: str, number: int, visit: Teller) -> Response:
    """Record that one item of it was seen online again; the request goes on."""
    try:
        with assigning.on(visit, reference) as (unit, row):
            revealing.item_of(unit, row, number)
            marks = returning.record(unit, visit.workspace, [(reference, number)], by=visit.actor)
    except (Refused, NotAllowedNow) as error:
        status = 409 if isinstance(error, NotAllowedNow) else 422
        return _refused(visit, reference, error, status=status)
    return takedown_page.back(visit, reference, outcomes.CAME_BACK, marks=marks)


def _refused(visit: Visit, reference: str, error: TrackerError, *, status: int) -> Response:
    """Show the page with what is wrong: no field of it asked for anything."""
    complaints = error_messages.told(error, visit.words)
    opened = Opened("", tuple(one._replace(field="") for one in complaints))
    return takedown_page.show(visit, reference, opened, status=status)


def _given(unit: Unit, row: TakedownRow) -> dict[str, Any]:
    told = row.facts()
    return {name: value for name, value in told.items() if name not in OF_ITS_OWN} | {
        "explanation": queries.explanations_of(unit, [row]).get(row.id),
        "recipient": queries.recipients_of(unit, [row]).get(row.id),
    }
