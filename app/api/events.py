"""The timeline over the API: record, read, follow; the head of the chain."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, select
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.api import filters, lists, views
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.event_shapes import Event, EventPage, Head
from app.api.feed_watcher import FeedWatcher
from app.api.parameters import After, Kinds, PageQuery, Reference, References, Wait
from app.api.reading import Reader
from app.http.front import API
from app.kit.clock import stamp
from app.kit.database import Unit, rows_as
from app.kit.paging import Place
from app.operations import recording
from app.schemas.event_shapes import NewEvent
from app.takedowns import chain, queries
from app.takedowns.models import events, takedowns
from app.takedowns.queries import Stored
from app.takedowns.rows import Concerned

router = APIRouter(tags=["Timeline"])
Recorder = Annotated[Call, needing(Scope.EVENTS_WRITE)]


class FeedQuery(PageQuery):
    """From where to read the feed, how much and what of it, and how long to wait for news."""

    after: After = 0
    wait: Wait = 0
    kind: Kinds | None = None
    reference: References | None = None


@router.post(
    "/takedowns/{reference:reference}/events",
    **documented(
        "recordEvent",
        Event,
        "not_found",
        "not_allowed_now",
        "in_the_future",
        "no_such_item",
        "no_such_event",
        "invalid_replacement",
        "changes_nothing",
        "contradictory_facts",
        headers=["Location"],
        status=201,
        is_once=True,
    ),
)
def record_event(reference: Reference, call: Recorder, body: NewEvent) -> Response:
    """Record what happened to a takedown."""

    def work(unit: Unit) -> Answer:
        row = queries.by_reference(unit, reference)
        entry = recording.record(unit, call.workspace, row, body=body, by=call.actor).entry
        [shown] = shown_events(unit, [entry], content=call.reads_content)
        location = {"Location": address(entry)}
        return Answer(201, shown, location, takedown_ids=(row.id,))

    return call.once(work)


@router.get(
    "/takedowns/{reference:reference}/events",
    **documented("listEvents", EventPage, "not_found", "bad_cursor", headers=["Link"]),
)
def list_events(
    reference: Reference, call: Reader, query: Annotated[PageQuery, Query()]
) -> Response:
    """Read a takedown's timeline in order of recording."""
    with call.read() as unit:
        row = queries.by_reference(unit, reference)
        start = lists.start(call, query) or Place(0)
        entries = queries.events_of(unit, [row.id])[row.id]
        page, end = lists.cut([e for e in entries if e.number > start.id], query, _place)
        shown = shown_events(unit, page, content=call.reads_content)
    return lists.answered(call, shown, end)


@router.get(
    "/events",
    **documented("followEvents", EventPage, "bad_cursor", "unknown_reference", headers=["Link"]),
)
async def follow_events(call: Reader, query: Annotated[FeedQuery, Query()]) -> Response:
    """Follow all timelines in order of recording; `wait` holds the answer until there is news."""
    watcher: FeedWatcher = call.request.app.state.feed_watcher
    until = time.monotonic() + query.wait
    while True:
        known = watcher.newest
        shown, end = await anyio.to_thread.run_sync(_news, call, query)
        if shown or watcher.has_ended or time.monotonic() >= until:
            return lists.answered(call, shown, end)
        await watcher.wait(known, until - time.monotonic())


@router.get("/integrity/head", **documented("getHead", Head))
def get_head(call: Reader) -> Response:
    """Read the head of the event chain, to keep it outside this machine."""
    with call.read() as unit:
        head = chain.head(unit)
    at = stamp(head.at) if head.at else None
    return Answer(200, {"number": head.number, "mac": head.mac.hex(), "at": at}).response()


def address(entry: Stored) -> str:
    """Return where an event can be read again: the place of the feed that holds it alone."""
    return f"{API}/events?after={entry.number - 1}&limit=1"


def shown_events(
    unit: Unit, entries: Sequence[Stored], *, content: bool
) -> list[dict[str, object]]:
    """Return events as the API shows them, with what voided them."""
    if not entries:  # as most long polls end
        return []
    ids = {entry.takedown_id for entry in entries}
    columns = [takedowns.c[name] for name in ("id", *views.OF_EVENT)]
    query = select(*columns).where(takedowns.c.id.in_(ids))
    of = {row.id: row for row in rows_as(Concerned, unit.connection.execute(query))}
    numbers = [entry.number for entry in entries]
    voided_by: Mapping[int, int] = {
        row.voids: row.number
        for row in unit.connection.execute(
            select(events.c.voids, events.c.number).where(events.c.voids.in_(numbers))
        )
    }
    secrets = queries.secrets_of(unit, entries)
    return views.events(entries, of, secrets, voided_by=voided_by, content=content)


def _news(call: Call, query: FeedQuery) -> tuple[list[dict[str, object]], Place | None]:
    start = lists.start(call, query) or Place(query.after)
    with call.read() as unit:
        wanted = select(*queries.STORED).where(
            events.c.number > start.id, *_conditions(unit, query)
        )
        in_order = wanted.order_by(events.c.number).limit(query.limit + 1)
        found = unit.connection.execute(in_order).all()
        page, end = lists.cut([queries.stored(row) for row in found], query, _place)
        return shown_events(unit, page, content=call.reads_content), end


def _conditions(unit: Unit, query: FeedQuery) -> Iterator[ColumnElement[bool]]:
    if query.kind is not None:
        yield events.c.kind.in_(query.kind)
    if query.reference is not None:
        named = select(takedowns.c.reference, takedowns.c.id)
        found = unit.connection.execute(named.where(takedowns.c.reference.in_(query.reference)))
        ids = {row.reference: row.id for row in found}
        filters.refuse_unknown("reference", query.reference, ids)
        yield events.c.takedown_id.in_(ids.values())


def _place(entry: Stored) -> Place:
    return Place(entry.number)
