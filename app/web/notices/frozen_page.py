"""Notices as they were frozen: every word of them, masked until somebody asks."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.notices import frozen
from app.notices.frozen import Frozen
from app.notices.masking import HIDDEN
from app.takedowns import queries
from app.takedowns.rows import TakedownRow
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/takedowns/{reference}/notices/{number}")
Reading = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
ALL_HIDDEN = {"subject": "", "body": HIDDEN}
Revealing = Annotated[Visit, require_rights(Scope.CONTENT_READ)]


@router.get("")
def show(reference: str, number: int, visit: Reading) -> Response:
    """Show a notice as it went out, or that it did not: its entry was taken back."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        found = frozen.one_of(unit, row, number)
    # A notice of an earlier version does not tell what in it is secret: all of it may be.
    return _page(visit, row, found, told=found.words.get("masked", ALL_HIDDEN))


@router.post("")
def reveal(reference: str, number: int, visit: Revealing) -> Response:
    """Show every word of it; that somebody looked is written down."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        found = frozen.one_of(unit, row, number)
        audit.record(
            unit, visit.actor.name, Action.REVEALED, reference=reference, what="frozen notice"
        )
    return _page(visit, row, found, told=found.words, is_revealed=True)


@router.post("/copy")
def copy(reference: str, number: int, visit: Revealing) -> Response:
    """Answer its text, for the clipboard; that somebody took it is written down."""
    with visit.write() as unit:
        found = frozen.one_of(unit, queries.by_reference(unit, reference), number)
        audit.record(
            unit, visit.actor.name, Action.COPIED, reference=reference, what="frozen notice"
        )
    return PlainTextResponse(found.words["body"])


def _is_imported(row: TakedownRow, found: Frozen) -> bool:
    """Tell whether an import froze it, after it had gone out in words that nobody kept."""
    is_first = found.row.number == 1 and found.was_sent
    went_out_before = row.submitted_at is not None and row.submitted_at < row.logged_at
    return is_first and bool(row.imported) and went_out_before


def _page(
    visit: Visit,
    row: TakedownRow,
    found: Frozen,
    *,
    told: Mapping[str, Any],
    is_revealed: bool = False,
) -> Response:
    return visit.page(
        "notices/frozen.html",
        row=row,
        frozen=found,
        subject=told["subject"],
        body=told["body"],
        is_imported=_is_imported(row, found),
        is_revealed=is_revealed,
    )
