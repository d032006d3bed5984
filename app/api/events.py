"""The timeline over the API: record, read, follow; the head of the chain."""

import time
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from sqlalchemy import select
from starlette.responses import Response

from app.api import faults, views
from app.api.dependencies import Answer, Call, Needs
from app.api.event_schemas import NEW_EVENT, Corrected, NewEvent
from app.api.reading import Cursor, Limit, Reader, _whole, existing
from app.api.schemas import LoggedPatch, SubmissionPatch, refuse_future
from app.kit import paging
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.takedowns import chain, corrections, queries, timeline
from app.takedowns.models import events, takedowns
from app.takedowns.queries import Stored
from app.takedowns.timeline import Actor

router = APIRouter(tags=["Timeline"])
Recorder = Annotated[Call, Depends(Needs("events:write"))]
POLL_SECONDS = 0.25


class FeedQuery(BaseModel):
    """From where to read the feed, how much, and how long to wait for news."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Annotated[int, BeforeValidator(_whole), Query(ge=0)] = 0
    limit: Limit = paging.DEFAULT_LIMIT
    wait: Annotated[int, BeforeValidator(_whole), Query(ge=0, le=30)] = 0
    cursor: Cursor | None = None


@router.post("/takedowns/{reference}/events", operation_id="recordEvent", response_model=None)
def record_event(reference: str, call: Recorder, body: NewEvent) -> Response:
    """Record what happened to a takedown."""

    def work(unit: Unit) -> Answer:
        row = existing(unit, reference, for_update=True)
        now = unit.clock()
        refuse_future(now, happened_at=body.happened_at)
        if isinstance(body, Corrected):
            new = _correction(unit, row.id, body)
            refuse_future(now, **{"replacement/happened_at": new.happened_at})
        else:
            new = _told(body)
        missing = views.missing(row.missing)
        entry = timeline.record(unit, row, new, by=actor(call), missing=missing).entry
        [shown] = shown_events(unit, [entry], content=call.reads_content)
        return Answer(201, shown, takedown_ids=(row.id,))

    return call.once(work)


@router.get("/takedowns/{reference}/events", operation_id="listEvents", response_model=None)
def list_events(reference: str, call: Reader) -> Response:
    """Read a takedown's timeline in order of recording."""
    with call.read() as unit:
        row = existing(unit, reference)
        entries = queries.events_of(unit, [row.id])[row.id]
        shown = shown_events(unit, entries, content=call.reads_content)
    return Answer(200, {"data": shown, "next_cursor": None}).response()


@router.get("/events", operation_id="followEvents", response_model=None)
async def follow_events(call: Reader, query: Annotated[FeedQuery, Query()]) -> Response:
    """Follow all timelines in order of recording; `wait` holds the answer until there is news."""
    until = time.monotonic() + query.wait
    after = paging.place(query.cursor) if query.cursor else query.after
    while True:
        shown = await anyio.to_thread.run_sync(_news, call, after, query.limit)
        if shown or time.monotonic() >= until:
            break
        await anyio.sleep(POLL_SECONDS)
    headers, cursor = {}, None
    if len(shown) == query.limit:
        last = shown[-1]["id"]
        address = f"{call.request.url.path}?after={last}&limit={query.limit}"
        headers["Link"] = f'<{address}>; rel="next"'
        cursor = paging.cursor(last)
    return Answer(200, {"data": shown, "next_cursor": cursor}, headers).response()


@router.get("/integrity/head", operation_id="getHead", response_model=None)
def get_head(call: Reader) -> Response:
    """Read the head of the event chain, to keep it outside this machine."""
    with call.read() as unit:
        head = chain.head(unit)
    at = stamp(head.at) if head.at else None
    return Answer(200, {"number": head.number, "mac": head.mac.hex(), "at": at}).response()


def _news(call: Call, after: int, limit: int) -> list[dict[str, Any]]:
    with call.read() as unit:
        found = unit.connection.execute(
            select(events).where(events.c.number > after).order_by(events.c.number).limit(limit)
        ).all()
        entries = [queries.stored(row) for row in found]
        return shown_events(unit, entries, content=call.reads_content)


def actor(call: Call) -> Actor:
    """Who records when this caller does."""
    return Actor(call.caller.actor, "api")


def _told(body: Any) -> timeline.NewEvent:
    told = body.model_dump(exclude={"kind", "happened_at", "items"})
    data, secrets = timeline.split(body.kind, told)
    return timeline.NewEvent(
        body.kind,
        {name: value for name, value in data.items() if value is not None},
        secrets,
        body.happened_at,
        tuple(sorted(body.items or ())),
    )


def _correction(unit: Unit, takedown_id: int, body: Corrected) -> timeline.NewEvent:
    """What a correction says: the voided event as it stood, with the replacement laid over it."""
    stood = corrections.stood(unit, takedown_id, body.voids)
    told = dict(body.replacement) if body.replacement is not None else None
    if told is not None and body.happened_at is not None:
        told.setdefault("happened_at", stamp(body.happened_at))
    if told is None:
        return corrections.without(stood)
    if stood.kind in corrections.OWN_FIELDS:
        return corrections.limited(stood, _own_fields(stood.kind, told))
    merged = stood.as_told() | told | {"kind": stood.kind}
    try:
        replacement = NEW_EVENT.validate_python(
            {name: value for name, value in merged.items() if value is not None}
        )
    except ValidationError as error:
        raise _unfit(error, merged) from None
    return corrections.replaced(stood, _told(replacement))


def _own_fields(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    allowed = corrections.OWN_FIELDS[kind]
    surplus = [
        Fault(f"/{name}", "not_correctable", f"only {', '.join(sorted(allowed))} can be corrected")
        for name in told
        if name not in allowed
    ]
    if surplus:
        raise _invalid(surplus)
    shape = SubmissionPatch if kind == "submitted" else LoggedPatch
    try:
        return shape.model_validate(told).model_dump(exclude_unset=True)
    except ValidationError as error:
        raise _unfit(error, told) from None


def _unfit(error: ValidationError, told: Mapping[str, Any]) -> Refused:
    found = [detail | {"loc": ("body", *detail["loc"])} for detail in error.errors()]
    return _invalid(faults.of(found, told))


def _invalid(found: Sequence[Fault]) -> Refused:
    return Refused(
        "invalid_replacement",
        "the replacement does not fit the event it replaces",
        [fault._replace(pointer=f"/replacement{fault.pointer}") for fault in found],
    )


def shown_events(unit: Unit, entries: Sequence[Stored], *, content: bool) -> list[dict[str, Any]]:
    """Return events as the API shows them, with what voided them."""
    ids = {entry.takedown_id for entry in entries}
    references: Mapping[int, str] = {
        row.id: row.reference
        for row in unit.connection.execute(
            select(takedowns.c.id, takedowns.c.reference).where(takedowns.c.id.in_(ids))
        )
    }
    numbers = [entry.number for entry in entries]
    voided_by: Mapping[int, int] = {
        row.voids: row.number
        for row in unit.connection.execute(
            select(events.c.voids, events.c.number).where(events.c.voids.in_(numbers))
        )
    }
    secrets = queries.secrets_of(unit, entries)
    return views.events(entries, references, secrets, voided_by, content=content)
