"""Notices as they went out: every word of them, masked until somebody asks."""

from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.kit.database import Unit
from app.kit.errors import NoSuchThing
from app.notices import submission
from app.notices.submission import Frozen
from app.takedowns import queries
from app.web import masking, notices
from app.web.visits import Visit, seeing

router = APIRouter(prefix="/takedowns/{reference}/notices/{number}")
Reading = Annotated[Visit, seeing("takedowns:read")]
REASONED = ("complaint", "withdrawal")
Revealing = Annotated[Visit, seeing("content:read")]


@router.get("")
def show(reference: str, number: int, visit: Reading) -> Response:
    """Show a notice as it went out."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        frozen = _frozen(unit, row, number)
        body = _masked(unit, visit, row, frozen)
    return _page(visit, row, frozen, body)


@router.post("")
def reveal(reference: str, number: int, visit: Revealing) -> Response:
    """Show every word of it; that somebody looked is written down."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        frozen = _frozen(unit, row, number)
        audit.record(unit, visit.actor.name, "revealed", reference, what="frozen notice")
    return _page(visit, row, frozen, frozen.words["body"], is_revealed=True)


@router.post("/copy")
def copy(reference: str, number: int, visit: Revealing) -> Response:
    """Answer its text, for the clipboard; that somebody took it is written down."""
    with visit.write() as unit:
        frozen = _frozen(unit, queries.by_reference(unit, reference), number)
        audit.record(unit, visit.actor.name, "copied", reference, what="frozen notice")
    return PlainTextResponse(frozen.words["body"])


def _frozen(unit: Unit, row: Any, number: int) -> Frozen:
    for frozen in submission.frozen_of(unit, row):
        if frozen.row.number == number:
            return frozen
    raise NoSuchThing("this takedown has no such notice")


def _masked(unit: Unit, visit: Visit, row: Any, frozen: Frozen) -> str:
    """Hide where the content is, and people's own words: a reason stands among ours, so all."""
    if frozen.row.purpose in REASONED:
        return masking.HIDDEN
    [items] = queries.items_of(unit, [row]).values()
    own = [
        field["value"]
        for field in frozen.words["fields"]
        if field["id"] in frozen.words["edits"] and field["value"]
    ]
    explained = notices.explained(unit, visit.desk, row)
    return masking.text(frozen.words["body"], [*notices.secrets(items), *explained, *own])


def _page(
    visit: Visit, row: Any, frozen: Frozen, body: str, *, is_revealed: bool = False
) -> Response:
    return visit.page(
        "notices/frozen.html", row=row, frozen=frozen, body=body, is_revealed=is_revealed
    )
