"""Takedowns found by what must not stand in an address: URLs, accounts, tickets."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, or_, select
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
        tests = _tests(call, unit, wanted)
        data, end = reading.page(call, unit, select(takedowns).where(or_(*tests.values())), query)
        for row in data:
            row["matched"] = []
        for reason, test in tests.items():
            _mark(unit, data, reason, test)
    return lists.answered(call, data, end)


def _tests(call: Call, unit: Unit, wanted: Mapping[str, str]) -> dict[str, ColumnElement[bool]]:
    """One condition for each way a takedown can match, by its name."""

    def told(name: str) -> list[str]:
        return [wanted[given] for given in (name, "text") if given in wanted]

    contents = [same for url in told("url") for same in _identities(call, url)]
    return {
        "url": _indexed(unit, "content", contents),
        "account": _indexed(unit, "account", map(account_key, told("account"))),
        "ticket_id": _indexed(unit, "ticket", map(ticket_key, told("ticket_id"))),
        "case_ref": takedowns.c.case_ref.in_(told("case_ref")),
        "external_ref": takedowns.c.external_ref.in_(told("external_ref")),
        "reference": takedowns.c.reference.in_([text.upper() for text in told("reference")]),
    }


def _identities(call: Call, text: str) -> list[str]:
    """What content a text may mean: the links in it, and as a whole an address of any host."""
    recogniser, now = call.context.desk.recogniser, call.context.clock()
    links, _ = recogniser.recognise_text(text, now=now)
    alone = recogniser.other(text, now=now)
    return [identity(link) for link in (*links, alone) if isinstance(link, Recognised)]


def _indexed(unit: Unit, what: str, values: Iterable[str]) -> ColumnElement[bool]:
    keys = [unit.vault.index(what, value) for value in values]
    found = select(lookups.c.takedown_id).where(lookups.c.what == what, lookups.c.key.in_(keys))
    return takedowns.c.id.in_(found)


def _mark(unit: Unit, rows: list[dict[str, Any]], reason: str, test: ColumnElement[bool]) -> None:
    found = {row["reference"]: row for row in rows}
    query = select(takedowns.c.reference).where(takedowns.c.reference.in_(found), test)
    for reference in unit.connection.scalars(query):
        found[reference]["matched"].append(reason)
