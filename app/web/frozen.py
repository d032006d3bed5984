"""Notices as they were frozen: every word of them, masked until somebody asks."""

from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.kit.database import Unit
from app.notices import frozen
from app.notices.frozen import Frozen
from app.takedowns import queries
from app.web import masking, notices
from app.web.visits import Visit, seeing

router = APIRouter(prefix="/takedowns/{reference}/notices/{number}")
Reading = Annotated[Visit, seeing("takedowns:read")]
REASONED = ("complaint", "withdrawal")
Revealing = Annotated[Visit, seeing("content:read")]


@router.get("")
def show(reference: str, number: int, visit: Reading) -> Response:
    """Show a notice as it went out, or that it did not: its entry was taken back."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        found = frozen.one_of(unit, row, number)
        body = _masked(unit, visit, row, found)
    return _page(visit, row, found, body)


@router.post("")
def reveal(reference: str, number: int, visit: Revealing) -> Response:
    """Show every word of it; that somebody looked is written down."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        found = frozen.one_of(unit, row, number)
        audit.record(unit, visit.actor.name, "revealed", reference, what="frozen notice")
    return _page(visit, row, found, found.words["body"], is_revealed=True)


@router.post("/copy")
def copy(reference: str, number: int, visit: Revealing) -> Response:
    """Answer its text, for the clipboard; that somebody took it is written down."""
    with visit.write() as unit:
        found = frozen.one_of(unit, queries.by_reference(unit, reference), number)
        audit.record(unit, visit.actor.name, "copied", reference, what="frozen notice")
    return PlainTextResponse(found.words["body"])


def _masked(unit: Unit, visit: Visit, row: Any, found: Frozen) -> str:
    """Hide where the content is, and people's own words: a reason stands among ours, so all."""
    if found.row.purpose in REASONED:
        return masking.HIDDEN
    [items] = queries.items_of(unit, [row]).values()
    own = [
        field["value"]
        for field in found.words["fields"]
        if field["id"] in found.words["edits"] and field["value"]
    ]
    explained = notices.explained(unit, visit.desk, row)
    return masking.text(found.words["body"], [*notices.secrets(items), *explained, *own])


def _page(
    visit: Visit, row: Any, found: Frozen, body: str, *, is_revealed: bool = False
) -> Response:
    return visit.page(
        "notices/frozen.html", row=row, frozen=found, body=body, is_revealed=is_revealed
    )
