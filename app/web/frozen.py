"""Notices as they went out: every word of them, masked until somebody asks."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.kit.database import Unit
from app.kit.errors import NoSuchThing
from app.notices import submission
from app.notices.masking import HIDDEN
from app.notices.submission import Frozen
from app.takedowns import queries
from app.web.visits import Visit, seeing

router = APIRouter(prefix="/takedowns/{reference}/notices/{number}")
Reading = Annotated[Visit, seeing("takedowns:read")]
ALL_HIDDEN = {"subject": "", "body": HIDDEN}
Revealing = Annotated[Visit, seeing("content:read")]


@router.get("")
def show(reference: str, number: int, visit: Reading) -> Response:
    """Show a notice as it went out."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        frozen = _frozen(unit, row, number)
    # A notice of an earlier version does not tell what in it is secret: all of it may be.
    return _page(visit, row, frozen, frozen.words.get("masked", ALL_HIDDEN))


@router.post("")
def reveal(reference: str, number: int, visit: Revealing) -> Response:
    """Show every word of it; that somebody looked is written down."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        frozen = _frozen(unit, row, number)
        audit.record(unit, visit.actor.name, "revealed", reference, what="frozen notice")
    return _page(visit, row, frozen, frozen.words, is_revealed=True)


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


def _page(
    visit: Visit, row: Any, frozen: Frozen, told: Mapping[str, Any], *, is_revealed: bool = False
) -> Response:
    return visit.page(
        "notices/frozen.html",
        row=row,
        frozen=frozen,
        subject=told["subject"],
        body=told["body"],
        is_revealed=is_revealed,
    )
