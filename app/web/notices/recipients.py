"""Where a notice goes that no file knows the address of, and who runs the site: a person says."""

from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import NoSuchThing, Refused, Stale, TrackerError
from app.notices import drafts
from app.schemas.shapes import FactsPatch
from app.takedowns import queries
from app.takedowns.facts import OTHER
from app.takedowns.rows import TakedownRow
from app.web.notices import notice_card, sending
from app.web.shell import assigning, flash_messages, forms
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/takedowns/{reference}/notice")
Writing = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.TAKEDOWNS_WRITE)]


@router.post("/recipient")
def keep(reference: str, visit: Writing) -> Response:
    """Keep where the notice of a draft goes; the card is shown again, by itself where asked so."""
    error: TrackerError | None = None
    try:
        with assigning.on(visit, reference) as (unit, row):
            _amend(unit, visit, row)
    except NoSuchThing:
        raise
    except TrackerError as refused:
        error = refused
    if visit.is_partial:
        return _card(visit, reference, error)
    if error is not None:
        return sending.page(visit, reference, error)
    return visit.to(notice_card.back(visit) or f"/takedowns/{reference}", said="recipient")


def _amend(unit: Unit, visit: Visit, row: TakedownRow) -> None:
    if visit.form.text("version") != str(row.version):
        raise Stale("the takedown has changed since the form was filled in")
    recipient = visit.form.given("recipient")
    told: dict[str, Any] = {}
    # Who may not read what was kept sees an empty field: it takes nothing away.
    if recipient is not None or visit.may(Scope.CONTENT_READ):
        told["recipient"] = recipient
    if row.platform == OTHER:
        told["provider"] = visit.form.given("provider")
    body: FactsPatch = forms.checked(FactsPatch, told)
    drafts.amend(
        unit, visit.workspace, row, changed=body.model_dump(exclude_unset=True), by=visit.actor
    )


def _card(visit: Visit, reference: str, error: TrackerError | None) -> Response:
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        card = notice_card.card(unit, visit, row, which=notice_card.which_of(visit))
    status = 200 if error is None else 422 if isinstance(error, Refused) else 409
    return visit.page(
        "notices/card.html",
        status,
        card=card,
        back=notice_card.back(visit),
        complaints=[] if error is None else sending.complaints(visit, card, error),
        typed={} if error is None else dict(visit.form.fields),
        words="" if error else flash_messages.sentence(visit.words, "recipient"),
    )
