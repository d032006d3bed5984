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
Revealing = Annotated[Visit, seeing("content:read")]


@router.get("")
def show(reference: str, number: int, visit: Reading) -> Response:
    """Show a notice as it went out."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        frozen = _frozen(unit, row, number)
        hides = _hidden(unit, visit, row, frozen)
    return _page(visit, row, frozen, masking.text(frozen.words["body"], hides))


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
    """Answer its text, for the clipboard."""
    with visit.read() as unit:
        frozen = _frozen(unit, queries.by_reference(unit, reference), number)
    return PlainTextResponse(frozen.words["body"])


def _frozen(unit: Unit, row: Any, number: int) -> Frozen:
    for frozen in submission.frozen_of(unit, row):
        if frozen.row.number == number:
            return frozen
    raise NoSuchThing("this takedown has no such notice")


def _hidden(unit: Unit, visit: Visit, row: Any, frozen: Frozen) -> list[str]:
    """Return what of it must be asked for: where the content is, and people's own words."""
    [items] = queries.items_of(unit, [row]).values()
    own = [
        field["value"]
        for field in frozen.words["fields"]
        if field["id"] in frozen.words["edits"] and field["value"]
    ]
    explained = notices.explained(unit, visit.context.desk, row)
    return [*notices.secrets(items), *explained, *own]


def _page(
    visit: Visit, row: Any, frozen: Frozen, body: str, *, is_revealed: bool = False
) -> Response:
    return visit.page(
        "notices/frozen.html", row=row, frozen=frozen, body=body, is_revealed=is_revealed
    )
