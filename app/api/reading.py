"""Takedowns read over the API: one, many, by case."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, Select, and_, select
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.api import filters, lists, views
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.parameters import CaseRef, Name, PageQuery, Reference, Truth
from app.api.shapes import Case, Takedown, TakedownPage
from app.kit.database import Unit
from app.kit.errors import NoSuchThing
from app.schemas.values import Code, Day, Moment, Ref
from app.schemas.vocabularies import NextStep, Stage, Turn
from app.takedowns import cache, listing, queries
from app.takedowns.models import takedowns
from app.takedowns.rows import TakedownRow

router = APIRouter(tags=["Takedowns"])
Reader = Annotated[Call, needing(Scope.TAKEDOWNS_READ)]
KNOWN = ("unknown_platform", "unknown_category")
EQUAL = (
    "platform", "provider", "category", "stage", "whose_turn", "next_step", "case_ref",
    "external_ref",
)  # fmt: skip
OFFLINE = ("gone", "already_gone", "withdrawn")


class ListQuery(PageQuery):
    """Which takedowns; nothing toxic may stand in an address."""

    platform: Code | None = None
    provider: Name | None = None
    category: Code | None = None
    stage: Stage | None = None
    whose_turn: Turn | None = None
    next_step: NextStep | None = None
    overdue: Truth | None = None
    case_ref: Ref | None = None
    external_ref: Ref | None = None
    submitted_from: Annotated[
        Moment | Day | None, Query(description="A moment, or a local day.")
    ] = None
    submitted_to: Annotated[
        Moment | Day | None, Query(description="Exclusive; a moment, or a local day.")
    ] = None
    updated_since: Moment | None = None


@router.get(
    "/takedowns",
    **documented("listTakedowns", TakedownPage, "bad_cursor", *KNOWN, headers=["Link"]),
)
def list_takedowns(call: Reader, query: Annotated[ListQuery, Query()]) -> Response:
    """List takedowns, the newest first."""
    filters.refuse_unknown_codes(
        call.workspace, {"platform": query.platform, "category": query.category}
    )
    cache.catch_up(call.context.database)
    with call.read() as unit:
        data, end = page(call, unit, select(takedowns).where(*_conditions(call, query)), query)
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
        found = views.takedowns(unit, rows, content=call.reads_content, now=unit.clock())
    online = [
        {"reference": takedown["reference"], "platform": takedown["platform"], "item": item}
        for takedown in found
        for item in takedown["items"]
        if item["state"] not in OFFLINE
    ]
    body = {"case_ref": case_ref, "takedowns": found, "still_online": online}
    return Answer(200, body).response()


def shown(call: Call, unit: Unit, row: TakedownRow, status: int = 200) -> Answer:
    """Show one takedown with its version as entity tag."""
    now = unit.clock()
    [body] = views.takedowns(unit, [row], content=call.reads_content, now=now)
    return Answer(status, body, {"ETag": _entity_tag(row, now)}, (row.id,))


def page(
    call: Call, unit: Unit, found: Select[Any], query: PageQuery
) -> tuple[list[dict[str, Any]], int | None]:
    """Return a page of takedowns as the API shows them, the newest first, and where it ends."""
    start = lists.start(call, query)
    if start is not None:
        found = found.where(takedowns.c.id < start)
    newest_first = found.order_by(takedowns.c.id.desc()).limit(query.limit + 1)
    rows, end = lists.cut(queries.rows(unit, newest_first), query, lambda row: row.id)
    return views.takedowns(unit, rows, content=call.reads_content, now=unit.clock()), end


def _entity_tag(row: TakedownRow, now: datetime) -> str:
    """Name the version; weakly while the clock alone may change what is shown of it."""
    is_awaited = row.changes_at is not None or (row.due_at is not None and row.due_at > now)
    return f'{"W/" * is_awaited}"v{row.version}"'


def _conditions(call: Call, query: ListQuery) -> list[ColumnElement[bool]]:
    columns = takedowns.c
    conditions = [
        listing.is_equal(name, value)
        for name in EQUAL
        if (value := getattr(query, name)) is not None
    ]
    if query.overdue is not None:
        late = and_(columns.due_at.is_not(None), columns.due_at <= call.context.clock())
        conditions.append(late if query.overdue else ~late)
    if query.submitted_from is not None:
        conditions.append(columns.submitted_at >= _start(call, query.submitted_from))
    if query.submitted_to is not None:
        conditions.append(columns.submitted_at < _start(call, query.submitted_to))
    if query.updated_since is not None:
        conditions.append(columns.updated_at >= query.updated_since)
    return conditions


def _start(call: Call, day: datetime | date) -> datetime:
    if isinstance(day, datetime):
        return day
    return datetime(day.year, day.month, day.day, tzinfo=call.context.settings.zone)
