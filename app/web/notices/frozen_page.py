"""Notices as they were frozen: every word of them, masked until somebody asks."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.imports import importing
from app.kit.database import Unit
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
        is_imported = _is_imported(unit, row, found)
    # A notice of an earlier version does not tell what in it is secret: all of it may be.
    masked = found.words.get("masked", ALL_HIDDEN)
    return _page(visit, row, found, told=masked, is_imported=is_imported)


@router.post("")
def reveal(reference: str, number: int, visit: Revealing) -> Response:
    """Show every word of it; that somebody looked is written down."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        found = frozen.one_of(unit, row, number)
        is_imported = _is_imported(unit, row, found)
        audit.record(
            unit, visit.actor.name, Action.REVEALED, reference=reference, what="frozen notice"
        )
    return _page(visit, row, found, told=found.words, is_imported=is_imported, is_revealed=True)


@router.post("/copy")
def copy(reference: str, number: int, visit: Revealing) -> Response:
    """Answer its text, for the clipboard; that somebody took it is written down."""
    with visit.write() as unit:
        found = frozen.one_of(unit, queries.by_reference(unit, reference), number)
        audit.record(
            unit, visit.actor.name, Action.COPIED, reference=reference, what="frozen notice"
        )
    return PlainTextResponse(found.words["body"])


def _is_imported(unit: Unit, row: TakedownRow, found: Frozen) -> bool:
    """Tell whether an import froze it, after it had gone out in words that nobody kept."""
    timeline = queries.events_of(unit, [row.id])[row.id]
    return found.was_sent and found.row.number in importing.frozen_by_it(timeline)


def _page(
    visit: Visit,
    row: TakedownRow,
    found: Frozen,
    *,
    told: Mapping[str, Any],
    is_imported: bool,
    is_revealed: bool = False,
) -> Response:
    return visit.page(
        "notices/frozen.html",
        row=row,
        frozen=found,
        subject=told["subject"],
        body=told["body"],
        is_imported=is_imported,
        is_revealed=is_revealed,
    )
