"""The same content once more: it is online again, or the platform never acted."""

from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy import Row
from starlette.responses import Response

from app.input import returning
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow, Refused
from app.notices import drafts
from app.takedowns import facts, queries
from app.web import acting, outcomes, refusals, revealing, takedown
from app.web.takedown import Opened
from app.web.visits import Visit, seeing

router = APIRouter()
Writer = Annotated[Visit, seeing("takedowns:read", "takedowns:write")]
Teller = Annotated[Visit, seeing("takedowns:read", "events:write")]
# What belongs to the earlier request alone, or is chosen anew.
OF_ITS_OWN = frozenset({"external_ref", "reported_at", "deadline_at", "basis", "channel"})


@router.post("/takedowns/{reference}/items/{number}/again")
def report_again(reference: str, number: int, visit: Writer) -> Response:
    """Log a new request for one item of this one, with the same facts."""
    try:
        with visit.write() as unit:
            desk = visit.desk
            row = queries.by_reference(unit, reference)
            item = revealing.item_of(unit, row, number)
            if item.url is not None:
                again = drafts.item_at(desk, item.url, row.platform, unit.clock())
            else:
                where = item.locator or {"account": item.account}
                again = drafts.item_without_url(row.platform, where)
            given = _given(unit, row)
            given["conditions"] = drafts.still_known(desk, row.category, row.conditions)
            logged = drafts.log(unit, desk, given, row.platform, [again], by=visit.actor)
    except (Refused, NotAllowedNow) as error:
        complaints = tuple(one._replace(field="") for one in refusals.told(error, visit.words))
        return takedown.show(visit, reference, Opened("", complaints), status=422)
    return takedown.back(visit, logged.reference, "again")


@router.post("/takedowns/{reference}/items/{number}/back")
def come_back(reference: str, number: int, visit: Teller) -> Response:
    """Record that one item of it was seen online again; the request goes on."""
    try:
        with acting.on(visit, reference) as (unit, row):
            revealing.item_of(unit, row, number)
            marks = returning.record(unit, visit.desk, [(reference, number)], by=visit.actor)
    except (Refused, NotAllowedNow) as error:
        complaints = tuple(one._replace(field="") for one in refusals.told(error, visit.words))
        status = 409 if isinstance(error, NotAllowedNow) else 422
        return takedown.show(visit, reference, Opened("", complaints), status=status)
    return takedown.back(visit, reference, outcomes.CAME_BACK, marks)


def _given(unit: Unit, row: Row[Any]) -> dict[str, Any]:
    told = facts.of_row(row._mapping)
    return {name: value for name, value in told.items() if name not in OF_ITS_OWN} | {
        "explanation": queries.explanations_of(unit, [row]).get(row.id),
        "recipient": queries.recipients_of(unit, [row]).get(row.id),
    }
