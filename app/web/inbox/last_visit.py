"""Since the last visit: what came in meanwhile, each kind with a list of its rows.

A visit ends when the inbox was left alone for an hour; both ends are kept as moments, by person.
"""

from datetime import datetime, timedelta
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from sqlalchemy import bindparam, select
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import preferences
from app.kit.database import Unit
from app.takedowns import arrivals, cache, queries
from app.takedowns.arrivals import Arrival
from app.takedowns.models import takedowns
from app.takedowns.rows import TakedownRow
from app.takedowns.vocabularies import Arrived
from app.web.requests import list_sheet
from app.web.shell import downloads, labels
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
_BY_IDS = select(takedowns).where(takedowns.c.id.in_(bindparam("ids", expanding=True)))
APART = timedelta(hours=1)
_KEPT_EVERY = timedelta(minutes=1)


class News(NamedTuple):
    """Since when, and how many requests each kind is about."""

    since: datetime
    counts: dict[Arrived, int]


def read(unit: Unit, visit: Visit) -> News | None:
    """Return what there is to tell, None when there is nothing; this counts as being here."""
    since = _come(unit, visit.person.id)
    if since is None:
        return None
    found = arrivals.since(unit, since, reader=visit.person.name)
    counts = {arrived: len(rows) for arrived, rows in found.items() if rows}
    return News(since, counts) if counts else None


@downloads.at(router, "/inbox/since-last-visit/{arrived}")
def download(arrived: str, visit: Reader) -> Response:
    """Hand out what one of the numbers stands for, in the same order."""
    kind, _, entries = _arrived(visit, arrived)
    found = list_sheet.of_references(
        visit,
        str(kind),
        labels.TABLES["arrived"][kind],
        chosen=[row.reference for row, _ in entries],
    )
    form = downloads.asked_form(visit)
    return list_sheet.handed_out(visit, found, form, what="since the last visit")


@router.get("/inbox/since-last-visit/{arrived}")
def see(arrived: str, visit: Reader) -> Response:
    """Show what one of the numbers stands for, the newest first."""
    kind, since, entries = _arrived(visit, arrived)
    return visit.page(
        "inbox/since_last_visit.html",
        kind=kind,
        since=since,
        entries=entries,
        as_sheets=downloads.addresses(f"/inbox/since-last-visit/{kind}"),
    )


def _arrived(
    visit: Visit, arrived: str
) -> tuple[Arrived, datetime, list[tuple[TakedownRow, Arrival]]]:
    """Read what came in of a kind since when, the newest first; 404 for what is none."""
    if arrived not in tuple(Arrived):
        raise HTTPException(404)
    cache.catch_up(visit.context.database)
    kind = Arrived(arrived)
    with visit.read() as unit:
        since = _come(unit, visit.person.id) or unit.clock()
        found = arrivals.since(unit, since, reader=visit.person.name)[kind]
        rows = {row.id: row for row in queries.rows(unit, _BY_IDS, {"ids": list(found)})}
    return kind, since, [(rows[one], found[one]) for one in found]


def _come(unit: Unit, user_id: int) -> datetime | None:
    """Return when the last visit ended, and keep that somebody is here now; None: the first."""
    left, here = f"last visit ended: {user_id}", f"last in the inbox: {user_id}"
    now = unit.clock()
    ended, latest = preferences.moment(unit, left), preferences.moment(unit, here)
    is_new = latest is not None and now >= latest + APART
    if latest is None or now >= latest + _KEPT_EVERY:
        unit.afterwards.append(lambda unit: preferences.keep_moment(unit, here, now))
    if is_new and latest is not None:
        unit.afterwards.append(lambda unit: preferences.keep_moment(unit, left, latest))
    return latest if is_new else ended
