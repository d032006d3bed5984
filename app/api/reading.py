"""Takedowns read over the API: one, many, searched, by case."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from starlette.responses import Response

from app.api import views
from app.api.dependencies import Answer, Call, Needs
from app.api.schemas import Code, Moment, Ref, SearchIn
from app.kit import paging
from app.kit.database import Unit
from app.kit.errors import Fault, NoSuchThing, Refused
from app.kit.references import PATTERN
from app.platforms.recognition import Recognised, identity
from app.takedowns import cache, queries
from app.takedowns.intake import account_key
from app.takedowns.models import lookups, takedowns
from app.takedowns.timeline import ticket_key

router = APIRouter(tags=["Takedowns"])
Reader = Annotated[Call, Depends(Needs("takedowns:read"))]
Cursor = Annotated[str, StringConstraints(max_length=64)]


def _whole(value: Any) -> Any:
    """Query values are text: read a plain decimal number, nothing like 1_000 or +5."""
    if isinstance(value, str):
        if not value.isascii() or not value.isdigit() or len(value) > 9:
            raise ValueError("write a whole number")
        return int(value)
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("write true or false")
        return value == "true"
    return value


Limit = Annotated[int, BeforeValidator(_whole), Query(ge=1, le=paging.MAX_LIMIT)]
Truth = Annotated[bool, BeforeValidator(_truth)]


class PageQuery(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit = paging.DEFAULT_LIMIT
    cursor: Cursor | None = None


class ListQuery(PageQuery):
    """Which takedowns; nothing toxic may stand in an address."""

    platform: Code | None = None
    provider: Annotated[str, StringConstraints(max_length=200)] | None = None
    category: Code | None = None
    stage: (
        Literal[
            "draft",
            "held",
            "sending",
            "submitted",
            "acknowledged",
            "decided",
            "closed",
            "withdrawn",
        ]
        | None
    ) = None
    whose_turn: Literal["us", "platform", "nobody"] | None = None
    next_step: (
        Literal[
            "complete",
            "submit",
            "release",
            "wait",
            "answer",
            "check",
            "chase",
            "decide_next",
            "close",
            "none",
        ]
        | None
    ) = None
    overdue: Truth | None = None
    case_ref: Ref | None = None
    external_ref: Ref | None = None
    submitted_from: Moment | date | None = None
    submitted_to: Moment | date | None = None
    updated_since: Moment | None = None


@router.get("/takedowns", operation_id="listTakedowns", response_model=None)
def list_takedowns(call: Reader, query: Annotated[ListQuery, Query()]) -> Response:
    """List takedowns, the newest first."""
    cache.catch_up(call.context.database)
    with call.read() as unit:
        found = select(takedowns).where(*_conditions(call, query))
        return _page(call, unit, found, query, call.request.url.query)


@router.post("/takedowns/search", operation_id="searchTakedowns", response_model=None)
def search_takedowns(
    call: Reader, query: Annotated[PageQuery, Query()], body: SearchIn
) -> Response:
    """Find takedowns by any spelling of a URL, an account, a ticket or a case; says why."""
    wanted = {name: value for name, value in body if value is not None}
    if not wanted:
        mend = "give url, account, ticket_id, case_ref or text"
        raise Refused("nothing_to_search", mend, [Fault("", "nothing_to_search", mend)])
    cache.catch_up(call.context.database)
    with call.read() as unit:
        tests = _searches(call, unit, wanted)
        condition = or_(*(test for _, test in tests))
        answer = _paged(call, unit, select(takedowns).where(condition), query)
        for row in answer["data"]:
            row["matched"] = []
        for reason, test in tests:
            _mark(unit, answer["data"], reason, test)
    return _linked(call, answer, "")


@router.get("/takedowns/{reference}", operation_id="getTakedown", response_model=None)
def get_takedown(reference: str, call: Reader) -> Response:
    """Read one takedown."""
    cache.catch_up(call.context.database)
    with call.read() as unit:
        return shown(call, unit, existing(unit, reference)).response()


@router.get("/cases/{case_ref:path}", operation_id="getCase", response_model=None)
def get_case(case_ref: str, call: Reader) -> Response:
    """Read all takedowns of a case, and what of it is still online."""
    cache.catch_up(call.context.database)
    with call.read() as unit:
        rows = unit.connection.execute(
            select(takedowns).where(takedowns.c.case_ref == case_ref).order_by(takedowns.c.id)
        ).all()
        if not rows:
            raise NoSuchThing("no takedown has this case_ref")
        shown_rows = views.takedowns(unit, rows, content=call.reads_content, now=unit.clock())
    gone = ("gone", "already_gone", "withdrawn")
    online = [
        {"reference": row["reference"], "platform": row["platform"], "item": item}
        for row in shown_rows
        for item in row["items"]
        if item["state"] not in gone
    ]
    return Answer(
        200, {"case_ref": case_ref, "takedowns": shown_rows, "still_online": online}
    ).response()


def existing(unit: Unit, reference: str, *, for_update: bool = False) -> Row[Any]:
    """Return a takedown's row; raises NoSuchThing, also for what is no reference."""
    if not PATTERN.fullmatch(reference):
        raise NoSuchThing("no takedown goes by this reference")
    return queries.by_reference(unit, reference, for_update=for_update)


def shown(call: Call, unit: Unit, row: Row[Any], status: int = 200) -> Answer:
    """Show one takedown with its version as entity tag."""
    [body] = views.takedowns(unit, [row], content=call.reads_content, now=unit.clock())
    headers = views.version_headers(row)
    if status == 201:
        headers["Location"] = f"/api/v1/takedowns/{row.reference}"
    return Answer(status, body, headers, (row.id,))


def _conditions(call: Call, query: ListQuery) -> list[ColumnElement[bool]]:
    columns = takedowns.c
    conditions = [
        columns[name] == getattr(query, name)
        for name in (
            "platform",
            "provider",
            "category",
            "stage",
            "whose_turn",
            "next_step",
            "case_ref",
            "external_ref",
        )
        if getattr(query, name) is not None
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


def _searches(
    call: Call, unit: Unit, wanted: dict[str, str]
) -> list[tuple[str, ColumnElement[bool]]]:
    """One condition for each way a takedown can match, with its name."""
    text = wanted.get("text")
    tests = []
    for url in filter(None, (wanted.get("url"), text)):
        for same in _identities(call, url):
            tests.append(("url", _indexed(unit, "content", same)))
    for account in filter(None, (wanted.get("account"), text)):
        tests.append(("account", _indexed(unit, "account", account_key(account))))
    for ticket in filter(None, (wanted.get("ticket_id"), text)):
        tests.append(("ticket_id", _indexed(unit, "ticket", ticket_key(ticket))))
    for ref in filter(None, (wanted.get("case_ref"), text)):
        tests.append(("case_ref", takedowns.c.case_ref == ref))
    if text:
        tests.append(("external_ref", takedowns.c.external_ref == text))
        tests.append(("reference", takedowns.c.reference == text.upper()))
    return tests


def _identities(call: Call, text: str) -> list[str]:
    """What content a text may mean: the links in it, or one address of no platform we know."""
    recogniser, now = call.context.desk.recogniser, call.context.clock()
    links, _ = recogniser.recognise_text(text, now=now)
    if not links:
        alone = recogniser.other(text, now=now)
        links = [alone] if isinstance(alone, Recognised) else []
    return [identity(link) for link in links]


def _indexed(unit: Unit, what: str, value: str) -> ColumnElement[bool]:
    found = select(lookups.c.takedown_id).where(
        lookups.c.what == what, lookups.c.key == unit.vault.index(what, value)
    )
    return takedowns.c.id.in_(found)


def _mark(unit: Unit, rows: list[dict[str, Any]], reason: str, test: ColumnElement[bool]) -> None:
    found = {row["reference"]: row for row in rows}
    query = select(takedowns.c.reference).where(takedowns.c.reference.in_(found), test)
    for reference in unit.connection.scalars(query):
        if reason not in found[reference]["matched"]:
            found[reference]["matched"].append(reason)


def _page(call: Call, unit: Unit, found: Select[Any], query: PageQuery, filters: str) -> Response:
    return _linked(call, _paged(call, unit, found, query), filters)


def _paged(call: Call, unit: Unit, found: Select[Any], query: PageQuery) -> dict[str, Any]:
    if query.cursor is not None:
        found = found.where(takedowns.c.id < paging.place(query.cursor))
    rows = unit.connection.execute(
        found.order_by(takedowns.c.id.desc()).limit(query.limit + 1)
    ).all()
    page = rows[: query.limit]
    more = len(rows) > query.limit
    return {
        "data": views.takedowns(unit, page, content=call.reads_content, now=unit.clock()),
        "next_cursor": paging.cursor(page[-1].id) if more else None,
    }


def _linked(call: Call, answer: dict[str, Any], filters: str) -> Response:
    headers = {}
    if answer["next_cursor"]:
        kept = [part for part in filters.split("&") if part and not part.startswith("cursor=")]
        address = "&".join([*kept, f"cursor={answer['next_cursor']}"])
        headers["Link"] = f'<{call.request.url.path}?{address}>; rel="next"'
    return Answer(200, answer, headers).response()
