"""Takedowns read over the API: one, many, by case."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import SelectBase, select
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.api import filters, lists, views, whole_list
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.parameters import CaseRef, PageQuery, Reference
from app.api.shapes import Case, Takedown, TakedownPage
from app.kit.database import Unit
from app.kit.errors import NoSuchThing
from app.kit.paging import Place
from app.schemas.list_filters import Filters
from app.takedowns import cache, details, listing, queries
from app.takedowns.items import OFFLINE
from app.takedowns.listing import Order
from app.takedowns.models import takedowns
from app.takedowns.rows import TakedownRow

router = APIRouter(tags=["Takedowns"])
Reader = Annotated[Call, needing(Scope.TAKEDOWNS_READ)]
KNOWN = ("unknown_platform", "unknown_category")


class ListQuery(Filters, PageQuery):
    """Which takedowns, and which page of them; nothing toxic may stand in an address."""


@router.get(
    "/takedowns",
    **documented(
        "listTakedowns",
        TakedownPage,
        "bad_cursor",
        *KNOWN,
        headers=["Link"],
        also=whole_list.EXAMPLES,
    ),
)
def list_takedowns(call: Reader, query: Annotated[ListQuery, Query()]) -> Response:
    """List takedowns, the newest first or as `sort` says; what lacks that moment comes last.

    With `Accept: text/csv` or `application/x-ndjson` all of them at once, as of one moment; such
    an answer has no pages, so `limit` and `cursor` are refused then.
    """
    filters.refuse_unknown_codes(call.workspace, query.given)
    cache.catch_up(call.context.database)
    wanted = query.in_zone(call.context.settings.zone)
    form = whole_list.form_of(call)
    if form is not None:
        return whole_list.answered(call, wanted, form)
    with call.read() as unit:
        data, end = page(call, unit, query, wanted=wanted)
    return lists.answered(call, data, end)


@router.get(
    "/takedowns/{reference:reference}",
    **documented("getTakedown", Takedown, "not_found", headers=["ETag"]),
)
def get_takedown(reference: Reference, call: Reader) -> Response:
    """Read one takedown."""
    cache.catch_up(call.context.database)
    with call.read() as unit:
        return shown(call, unit, queries.by_reference(unit, reference)).response()


@router.get("/cases/{case_ref:path}", **documented("getCase", Case, "not_found"))
def get_case(case_ref: CaseRef, call: Reader) -> Response:
    """Read all takedowns of a case, and what of it is still online."""
    cache.catch_up(call.context.database)
    with call.read() as unit:
        query = select(takedowns).where(takedowns.c.case_ref == case_ref)
        rows = queries.rows(unit, query.order_by(takedowns.c.id))
        if not rows:
            raise NoSuchThing("no takedown has this case_ref")
        content, now = call.reads_content, unit.clock()
        found = details.of(unit, rows, content=content)
    online = [
        {
            "reference": one.row.reference,
            "platform": one.row.platform,
            "item": views.item_out(item, content=content),
        }
        for one in found
        for item in one.items
        if item.row.state not in OFFLINE
    ]
    told = [views.takedown(one, content=content, now=now) for one in found]
    body = {"case_ref": case_ref, "takedowns": told, "still_online": online}
    return Answer(200, body).response()


def shown(call: Call, unit: Unit, row: TakedownRow, *, status: int = 200) -> Answer:
    """Show one takedown with its version as entity tag."""
    now = unit.clock()
    [body] = views.takedowns(unit, [row], content=call.reads_content, now=now)
    return Answer(status, body, {"ETag": _entity_tag(row, now)}, (row.id,))


def page(
    call: Call,
    unit: Unit,
    query: PageQuery,
    *,
    wanted: Filters = listing.ALL,
    among: SelectBase | None = None,
) -> tuple[list[dict[str, object]], Place | None]:
    """Return a page of takedowns as the API shows them, and where it ends."""
    found = listing.page(
        unit,
        wanted,
        limit=query.limit + 1,
        after=lists.start(call, query),
        among=among,
    )
    rows, end = lists.cut(found, query, Order.of(wanted).place_of)
    return views.takedowns(unit, rows, content=call.reads_content, now=unit.clock()), end


def _entity_tag(row: TakedownRow, now: datetime) -> str:
    """Name the version; weakly while the clock alone may change what is shown of it."""
    is_awaited = row.changes_at is not None or (row.due_at is not None and row.due_at > now)
    return f'{"W/" * is_awaited}"v{row.version}"'
