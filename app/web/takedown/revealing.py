"""Secrets of a takedown on request: copied unseen, shown in clear, opened with the mandate."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.database import Unit
from app.kit.errors import NoSuchThing
from app.takedowns import queries
from app.takedowns.queries import Item
from app.takedowns.rows import TakedownRow
from app.web.shell import masking
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import takedown_page, view_model
from app.web.takedown.view_model import Revealed

router = APIRouter()
ContentReader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.CONTENT_READ)]
ONE = "/takedowns/{reference}/items/{number}"


@router.post(f"{ONE}/copy")
def copy_item(reference: str, number: int, visit: ContentReader) -> Response:
    """Answer with where the item is, for the clipboard; it never stands on the page."""
    with visit.write() as unit:
        item = _item(unit, reference, number)
        audit.record(unit, visit.actor.name, Action.COPIED, reference=reference, item=number)
    return PlainTextResponse(view_model.where(item))


@router.post(f"{ONE}/reveal")
def reveal_item(reference: str, number: int, visit: ContentReader) -> Response:
    """Show the page with this item in clear."""
    with visit.write() as unit:
        _item(unit, reference, number)
        audit.record(unit, visit.actor.name, Action.REVEALED, reference=reference, item=number)
    return takedown_page.show(visit, reference, revealed=Revealed(items=frozenset({number})))


@router.post("/takedowns/{reference}/reveal")
def reveal_texts(reference: str, visit: ContentReader) -> Response:
    """Show the page with everything that people wrote in clear."""
    with visit.write() as unit:
        queries.by_reference(unit, reference)
        audit.record(unit, visit.actor.name, Action.REVEALED, reference=reference, texts=True)
    return takedown_page.show(visit, reference, revealed=Revealed(texts=True))


@router.get(f"{ONE}/open")
def ask_to_open(reference: str, number: int, visit: ContentReader) -> Response:
    """Ask whether to open an item's content, saying what that means."""
    return _opening(visit, reference, number, is_confirmed=False)


@router.post(f"{ONE}/open")
def confirm_opening(reference: str, number: int, visit: ContentReader) -> Response:
    """Give the link to the content to somebody who confirmed to have the mandate."""
    return _opening(visit, reference, number, is_confirmed=True)


def _opening(visit: Visit, reference: str, number: int, *, is_confirmed: bool) -> Response:
    if not visit.person.may_view:
        raise visit.denied("mandate to view")
    with visit.write() as unit:
        item = _item(unit, reference, number)
        if item.url is None or urlsplit(item.url).scheme not in ("https", "http"):
            raise NoSuchThing("this item has no address to open")
        if is_confirmed:
            audit.record(unit, visit.actor.name, Action.OPENED, reference=reference, item=number)
    return visit.page(
        "takedown/open.html",
        reference=reference,
        number=number,
        shown=masking.told_apart(item),
        address=item.url if is_confirmed else None,
    )


def item_of(unit: Unit, row: TakedownRow, number: int) -> Item:
    """Return one item of a takedown, opened; raises NoSuchThing."""
    for item in queries.items_of(unit, [row])[row.id]:
        if item.row.number == number:
            return item
    raise NoSuchThing("this takedown has no such item")


def _item(unit: Unit, reference: str, number: int) -> Item:
    return item_of(unit, queries.by_reference(unit, reference), number)
