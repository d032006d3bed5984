"""The inbox: what needs somebody now, one row one verb."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter
from sqlalchemy import func, select
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import references
from app.kit.database import Unit, micros
from app.kit.errors import NoSuchThing
from app.kit.wording import N_
from app.notices import prepared
from app.operations import bulk
from app.schemas.vocabularies import Turn
from app.takedowns import cache, handovers, inbox_bands, inbox_order, inbox_reason, queries
from app.takedowns.inbox_bands import NEVER, Order, Place
from app.takedowns.inbox_order import Wanted
from app.takedowns.inbox_reason import Standing, Why
from app.takedowns.models import takedowns
from app.takedowns.rows import InboxRow
from app.takedowns.vocabularies import InboxBand
from app.web.administration import first_steps
from app.web.inbox import inbox_address, last_visit, saved_views
from app.web.metrics import quality_alarm
from app.web.shell import addresses, choices, downloads, sites
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
ROWS = 50
TITLES: Mapping[str, str] = {
    "us": N_("Needs action now (%(count)s)"),
    "platform": N_("Waiting on platforms (%(count)s)"),
    "all": N_("All open (%(count)s)"),
    "aside": N_("Put aside (%(count)s)"),
}
_PLACE = re.compile(rf"([0-4])\.([1-9])\.([0-9]{{1,17}}|never)\.({references.PATTERN.pattern})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Group(NamedTuple):
    """The rows of a band on a page, and how many there are in all of it."""

    band: InboxBand
    total: int
    entries: Sequence[tuple[InboxRow, Standing, Why]]


@router.get("/")
def start(visit: Reader) -> Response:
    """Begin where the work is."""
    return visit.to("/inbox")


@router.get("/inbox")
def see(visit: Reader) -> Response:
    """Show what needs action now, or what is asked for."""
    cache.catch_up(visit.context.database)
    wanted = inbox_address.wanted(visit)
    order = order_of(visit)
    asked = inbox_address.asked(wanted)
    after = _place(visit.request.query_params.get("after"))
    with visit.read() as unit:
        found = inbox_order.page(unit, order, wanted, after=after, limit=ROWS + 1)
        rows = found[:ROWS]
        standings = inbox_order.standings(unit, [row.id for row in rows]) if rows else {}
        counts = inbox_order.counts(unit, wanted)
        cut = {order.band(row) for row in (rows[:1] if after else []) + found[ROWS:]}
        totals = inbox_order.band_counts(unit, order, wanted, bands=cut)
        notes = handovers.of(unit, [row.id for row in rows]) if rows else {}
        shown_sites = sites.of(unit, visit, rows)
        ready = frozenset(row.id for row in prepared.waiting(unit))
        idle = None if rows else _idle(unit)
        steps = _first_steps(unit, visit, idle)
        overdue = prepared.overdue(unit, wanted.platform) if wanted.platform else 0
        views = saved_views.read(unit, visit)
        news_since = last_visit.read(unit, visit) if after is None else None
    last = _name(order.place(rows[-1])) if len(found) > ROWS else ""
    return visit.page(
        "inbox/list.html",
        groups=_groups(rows, order, standings, totals=totals),
        severities=order.severities,
        sites=shown_sites,
        wanted=wanted,
        counts=counts,
        titles=TITLES,
        platform_names=choices.platforms(visit),
        category_names=choices.categories(visit),
        most=inbox_order.COUNTED,
        link=lambda **changed: addresses.of("/inbox", asked | changed),
        next_address=addresses.of("/inbox", asked | {"after": last}) if last else "",
        news=addresses.of("/inbox/news", asked | {"seen": _seen(rows), "upto": last}),
        is_first=after is None,
        as_sheets=downloads.addresses("/inbox", asked),
        idle=idle,
        **steps,
        since_last_visit=news_since,
        views=views,
        handovers=notes,
        alarm=quality_alarm.of(visit),
        actions=bulk.ACTIONS,
        prepared=ready,
        overdue=overdue,
        late=any(row.whose_turn == Turn.US and is_late(row, visit) for row in rows),
    )


@router.get("/inbox/news")
def news(visit: Reader) -> Response:
    """Tell how many rows are new on a first page that somebody looks at; nothing when none is."""
    cache.catch_up(visit.context.database)
    asked, wanted = visit.request.query_params, inbox_address.wanted(visit)
    seen = asked.get("seen", "").split(",")
    upto = _place(asked.get("upto"))
    order = order_of(visit)
    with visit.read() as unit:
        rows = inbox_order.page(unit, order, wanted, after=None, limit=ROWS)
    fresh = [
        row
        for row in rows
        if row.reference not in seen and (upto is None or order.place(row) <= upto)
    ]
    if str(len(fresh)) == asked.get("known", "0"):
        return Response(status_code=204)
    known = inbox_address.asked(wanted) | {
        "seen": asked.get("seen"), "upto": asked.get("upto"), "known": len(fresh)
    }  # fmt: skip
    return visit.page(
        "inbox/news.html",
        count=len(fresh),
        news=addresses.of("/inbox/news", known),
        show=addresses.of("/inbox", inbox_address.asked(wanted)),
    )


@router.get("/inbox/next")
def go_on(visit: Reader) -> Response:
    """Go to the next row that nobody has: after the one named, as long as that is still there."""
    cache.catch_up(visit.context.database)
    order = order_of(visit)
    with visit.read() as unit:
        after = None
        try:
            row = queries.by_reference(unit, visit.request.query_params.get("after", ""))
        except NoSuchThing:
            row = None
        if row is not None and row.whose_turn == Turn.US:
            after = order.place(row)
        found = inbox_order.page(unit, order, Wanted(is_free=True), after=after, limit=1)
    if not found:
        return visit.to("/inbox", said="inbox_done")
    return visit.to(f"/takedowns/{found[0].reference}")


def order_of(visit: Visit) -> Order:
    """Return the order that holds now."""
    categories = visit.workspace.catalogue.categories.items()
    severities = {code: category.severity for code, category in categories}
    return inbox_bands.order_at(visit.context.clock(), visit.workspace.zone, severities)


def is_late(row: InboxRow, visit: Visit) -> bool:
    """Tell whether a row's next step is late."""
    return row.due_at is not None and row.due_at <= visit.context.clock()


def _groups(
    rows: Sequence[InboxRow],
    order: Order,
    standings: Mapping[int, Standing],
    *,
    totals: Mapping[InboxBand, int],
) -> list[Group]:
    """Put rows under the heads of their bands; `totals` counts those that the page does not end."""
    found = []
    for band, of_band in groupby(rows, key=order.band):
        entries = [
            (row, standings[row.id], inbox_reason.of(row, standings[row.id])) for row in of_band
        ]
        found.append(Group(band, totals.get(band, len(entries)), entries))
    return found


def _idle(unit: Unit) -> dict[str, Any]:
    """What to say when there is nothing to show."""
    return {
        "is_new": unit.connection.execute(select(takedowns.c.id).limit(1)).first() is None,
        "next_at": unit.connection.scalar(
            select(func.min(takedowns.c.changes_at)).where(takedowns.c.changes_at.is_not(None))
        ),
    }


def _first_steps(unit: Unit, visit: Visit, idle: Mapping[str, Any] | None) -> dict[str, Any]:
    """To administrators how far they are where nothing is recorded yet, else whether any are left.

    How far costs a look at everything; a full inbox is opened all day.
    """
    told: dict[str, Any] = {"progress": None, "steps_left": False}
    if visit.may(Scope.ADMIN):
        told["steps_left"] = idle is None and first_steps.are_left(unit)
        if idle is not None and idle["is_new"]:
            told["progress"] = first_steps.read(unit, visit.workspace)
    return told


def _seen(rows: Sequence[InboxRow]) -> str:
    return ",".join(row.reference for row in rows)


def _name(place: Place) -> str:
    due = "never" if place.due_at == NEVER else micros(place.due_at)
    return f"{place.band}.{place.severity}.{due}.{place.reference}"


def _place(text: str | None) -> Place | None:
    if not text:
        return None
    found = _PLACE.fullmatch(text)
    if found is None:
        raise HTTPException(404)
    band, severity, due, reference = found.groups()
    due_at = NEVER if due == "never" else _EPOCH + timedelta(microseconds=int(due))
    return Place(int(band), int(severity), due_at, reference)
