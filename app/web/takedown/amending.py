"""Facts of a draft, changed on a form that knows which version it was filled in from."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit.errors import Conflict, NotAllowedNow, Refused, Stale
from app.notices import drafts
from app.schemas.facts import FACTS, past
from app.schemas.shapes import FactsPatch
from app.schemas.values import refuse_future
from app.takedowns import queries
from app.web.intake import previews, request_drafts
from app.web.shell import assigning, error_messages, fact_inputs, forms, meanwhile
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import takedown_page

router = APIRouter()
Writer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.TAKEDOWNS_WRITE)]
ContentWriter = Annotated[
    Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.TAKEDOWNS_WRITE, Scope.CONTENT_READ)
]
PAGE = "/takedowns/{reference}/facts"
CHANGED = tuple(fact for fact in FACTS.values() if not fact.is_apart)
# These follow the category unless somebody says otherwise.
REPEATED = ("basis", "ai_generated", "person_is_minor")
# Of which category the page asked what holds.
ASKED_OF = "conditions-of"


@router.get(PAGE)
def ask(reference: str, visit: Writer) -> Response:
    """Show the facts of a draft, to be changed."""
    return _shown(visit, reference)


@router.post(PAGE)
def amend(reference: str, visit: Writer) -> Response:
    """Change the facts, unless somebody else did since the form was filled in."""
    try:
        told = _told(visit)
        with assigning.on(visit, reference) as (unit, row):
            if visit.form.text("version") != str(row.version):
                raise Stale("the takedown has changed since the form was filled in")
            body = forms.checked(FactsPatch, told)
            refuse_future(unit.clock(), **past(dict(body)))
            changed = body.model_dump(exclude_unset=True)
            if visit.form.text(ASKED_OF) == changed["category"]:
                changed["conditions"] = visit.form.all(request_drafts.CONDITION)
            for name in REPEATED:
                if changed[name] == row.by_name()[name]:
                    del changed[name]  # the form repeats it: nobody says it
            drafts.amend(unit, visit.workspace, row, changed=changed, by=visit.actor)
    except (Refused, NotAllowedNow, Conflict, Stale) as error:
        status = 422 if isinstance(error, Refused) else 409
        is_stale = isinstance(error, Stale)
        return _shown(
            visit,
            reference,
            error_messages.told(error, visit.words),
            status=status,
            is_stale=is_stale,
        )
    return takedown_page.back(visit, reference, "facts")


@router.post(f"{PAGE}/reveal")
def reveal(reference: str, visit: ContentWriter) -> Response:
    """Show the explanation in clear, to be changed; what was typed so far is kept."""
    with visit.write() as unit:
        row = queries.by_reference(unit, reference)
        explanation = queries.explanations_of(unit, [row]).get(row.id)
        audit.record(unit, visit.actor.name, Action.REVEALED, reference=reference, texts=True)
    return _shown(visit, reference, explanation=explanation)


def _shown(
    visit: Visit,
    reference: str,
    complaints: Sequence[Complaint] = (),
    *,
    status: int = 200,
    is_stale: bool = False,
    explanation: str | None = None,
) -> Response:
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        others = meanwhile.of(unit, row) if is_stale else None
    values: dict[str, Any] = {**row.by_name(), "explanation": explanation or ""}
    if visit.form.fields:
        values |= fact_inputs.again(visit.form, CHANGED)
        values["explanation"] = explanation or visit.form.text("explanation")
    confirmed = visit.form.all(request_drafts.CONDITION) if visit.form.fields else row.conditions
    platform = visit.workspace.catalogue.platforms[row.platform]
    return visit.page(
        "takedown/facts_form.html",
        status,
        row=row,
        values=values,
        complaints=list(complaints),
        others=others,
        asked=[fact.name for fact in CHANGED],
        standing=row.by_name() if is_stale else {},
        categories=list(visit.workspace.catalogue.categories),
        confirmations=previews.confirmations(visit, values["category"], confirmed),
        channels=[(one.id, one.label[visit.language]) for one in platform.channels],
    )


def _told(visit: Visit) -> dict[str, object]:
    form = visit.form
    told: dict[str, object] = {**fact_inputs.typed(form, CHANGED, visit.context.settings.zone)}
    if form.given("explanation") is not None:
        told["explanation"] = form.text("explanation")
    return told
