"""What a draft says of its case, as it is told to the use case."""

from typing import Any

from app.kit.errors import Fault, Refused
from app.kit.texts import trimmed
from app.notices import drafts
from app.notices.filling import Workspace
from app.schemas.shapes import FactsIn
from app.web.intake.contents import Contents
from app.web.intake.request_drafts import ASKED, PLACE, RequestDraft
from app.web.shell import fact_inputs, forms
from app.web.shell.forms import Form


def of(draft: RequestDraft, entered: Contents, workspace: Workspace) -> dict[str, Any]:
    """Return the facts as the use case takes them; raises Refused naming the fields."""
    form = Form(tuple((name, text) for name, text in draft.facts.items() if text))
    told = {
        **fact_inputs.typed(form, ASKED, workspace.zone),
        "conditions": drafts.still_known(
            workspace, draft.facts["category"], draft.facts["conditions"].split()
        ),
        "explanation": trimmed(entered.explanation.text),
    }
    told = {name: value for name, value in told.items() if value not in (None, "")}
    return dict(forms.checked(FactsIn, told).model_dump())


def complete(
    draft: RequestDraft, entered: Contents, workspace: Workspace, *, is_empty: bool
) -> dict[str, Any]:
    """Return the facts of what can be logged; raises Refused naming all that is missing."""
    told: dict[str, Any] = {}
    faults = [Fault("/paste", "no_items", "paste at least one link")] * is_empty
    faults += [
        Fault(f"/{PLACE}{key}", "place_invalid", "at most 80 signs, on one line")
        for key in draft.misplaced
    ]
    try:
        told = of(draft, entered, workspace)
    except Refused as error:
        faults += error.faults
    if faults:
        raise Refused("invalid_request", "something is missing", faults)
    return told
