"""Takedowns found by what must not stand in an address: URLs, accounts, tickets."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import Select, select, union
from starlette.responses import Response

from app.api import lists, reading
from app.api.contract import documented
from app.api.dependencies import Call
from app.api.parameters import PageQuery
from app.api.reading import Reader
from app.api.schemas import SearchIn
from app.api.shapes import FoundPage
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.platforms.recognition import Recognised, identity
from app.takedowns import cache
from app.takedowns.intake import account_key
from app.takedowns.models import lookups, takedowns
from app.takedowns.timeline import ticket_key

router = APIRouter(tags=["Takedowns"])


@router.post(
    "/takedowns/search",
    **documented("searchTakedowns", FoundPage, "bad_cursor", "nothing_to_search", headers=["Link"]),
)
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
        ways = _ways(call, unit, wanted)
        # One list of ids: over conditions joined by OR the database would read every takedown.
        ids = union(*ways.values()) if ways else ()
        found = select(takedowns).where(takedowns.c.id.in_(ids))
        data, end = reading.page(call, unit, found, query)
        for row in data:
            row["matched"] = []
        for reason, way in ways.items():
            _mark(unit, data, reason, way)
    return lists.answered(call, data, end)


def _ways(call: Call, unit: Unit, wanted: Mapping[str, str]) -> dict[str, Select[int]]:
    """The ids found in each way a takedown can match, by its name."""

    def told(name: str) -> list[str]:
        return [wanted[given] for given in (name, "text") if given in wanted]

    indexed = {
        "url": ("content", [same for url in told("url") for same in _identities(call, url)]),
        "account": ("account", [account_key(name) for name in told("account")]),
        "ticket_id": ("ticket", [ticket_key(ticket) for ticket in told("ticket_id")]),
    }
    named = {
        "case_ref": told("case_ref"),
        "external_ref": told("external_ref"),
        "reference": [text.upper() for text in told("reference")],
    }
    found = {
        reason: _indexed(unit, what, values) for reason, (what, values) in indexed.items() if values
    }
    return found | {
        name: select(takedowns.c.id).where(takedowns.c[name].in_(values))
        for name, values in named.items()
        if values
    }


def _identities(call: Call, text: str) -> list[str]:
    """What content a text may mean: the links in it, and as a whole an address of any host."""
    recogniser, now = call.context.desk.recogniser, call.context.clock()
    links, _ = recogniser.recognise_text(text, now=now)
    alone = recogniser.other(text, now=now)
    return [identity(link) for link in (*links, alone) if isinstance(link, Recognised)]


def _indexed(unit: Unit, what: str, values: Sequence[str]) -> Select[int]:
    keys = [unit.vault.index(what, value) for value in values]
    return select(lookups.c.takedown_id).where(lookups.c.what == what, lookups.c.key.in_(keys))


def _mark(unit: Unit, rows: list[dict[str, Any]], reason: str, ids: Select[int]) -> None:
    found = {row["reference"]: row for row in rows}
    query = select(takedowns.c.reference).where(
        takedowns.c.reference.in_(found), takedowns.c.id.in_(ids)
    )
    for reference in unit.connection.scalars(query):
        found[reference]["matched"].append(reason)
