"""What the page of one takedown shows as tables to take away: places masked, texts left out."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.wording import N_
from app.takedowns import cache, queries
from app.web.shell import downloads
from app.web.shell.downloads import SheetForm, Table
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import view_model
from app.web.takedown.sheet_columns import LABELS, LOCATIONS, NOTICES, TIMELINE, Sent
from app.web.takedown.view_model import Revealed, TakedownView

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
TICKETS = {"ticket_id": "tickets"}


@downloads.at(router, "/takedowns/{reference}/{table}")
def download(reference: str, table: str, visit: Reader) -> Response:
    """Hand out a table of one takedown, with nothing in it that its page hides."""
    if table not in TABLES:
        raise HTTPException(404)
    cache.catch_up(visit.context.database)
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        view = view_model.of(unit, row, Revealed(), now=unit.clock())
    found = TABLES[table](visit, view)._replace(name=f"{reference}-{table}")
    return downloads.recorded(
        visit,
        found,
        downloads.asked_form(visit),
        detail={"what": table, "content": False, "tickets": False},
        reference=reference,
    )


def addresses(reference: str) -> dict[str, dict[SheetForm, str]]:
    """Return where each table of a takedown is handed out."""
    return {table: downloads.addresses(f"/takedowns/{reference}/{table}") for table in TABLES}


def _timeline(visit: Visit, view: TakedownView) -> Table:
    may_read = visit.may(Scope.CONTENT_READ)
    columns = {name: told for name, told in TIMELINE.items() if may_read or name not in TICKETS}
    found = downloads.of(visit, "", N_("Timeline"), columns=columns, rows=view.lines, labels=LABELS)
    return found._replace(sealed=TICKETS if may_read else downloads.NOTHING)


def _locations(visit: Visit, view: TakedownView) -> Table:
    return downloads.of(
        visit, "", N_("Locations"), columns=LOCATIONS, rows=view.items, labels=LABELS
    )


def _notices(visit: Visit, view: TakedownView) -> Table:
    rows = [Sent(view.row.platform, one) for one in view.notices]
    return downloads.of(visit, "", N_("Notices"), columns=NOTICES, rows=rows, labels=LABELS)


TABLES: dict[str, Callable[[Visit, TakedownView], Table]] = {
    "timeline": _timeline,
    "locations": _locations,
    "notices": _notices,
}
