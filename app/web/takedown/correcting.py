"""An entry of the timeline that was wrong: what should stand instead, or that nothing should."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.clock import moment, stamp
from app.kit.errors import Fault, NotAllowedNow, Refused
from app.operations import recording
from app.schemas.event_shapes import CORRECTED_AS, NEW_EVENT, fields_of
from app.schemas.local_times import offset_of
from app.schemas.vocabularies import EventKind
from app.takedowns import corrections, queries
from app.takedowns.corrections import Stood
from app.takedowns.event_kinds import ABOUT_ITEMS
from app.web.shell import assigning, error_messages, fact_inputs, formatting, forms, meanwhile
from app.web.shell.error_messages import Complaint
from app.web.shell.fact_inputs import Input
from app.web.shell.forms import OFFSET, Form
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import takedown_page, view_model
from app.web.takedown.view_model import Revealed

router = APIRouter()
Corrector = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
ONE = "/takedowns/{reference}/events/{number}"
TICKS = frozenset({"automatic", "accepted", "no_ticket", *fact_inputs.those_of(Input.TICK)})
MOMENTS = frozenset({"happened_at", *fact_inputs.those_of(Input.MOMENT)})
# The fields of a form where they are not those of the shape in which its kind is corrected.
FIELDS: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.INFORMATION_REQUESTED: ("text", "returned_as"),
    EventKind.DECIDED: ("outcome", "ground", "automated", "scope", "returned_as", "reason"),
    EventKind.COMPLAINED: ("text",),
}  # fmt: skip
# Why it is corrected; an event may have a reason of its own.
WHY = "why"


def form_of(kind: EventKind) -> tuple[str, ...]:
    """Return what stands in the form of a kind, in order, beside when it was and of which items."""
    return FIELDS.get(kind) or fields_of(CORRECTED_AS[kind])


@router.get(ONE)
def ask(reference: str, number: int, visit: Corrector) -> Response:
    """Show what an entry says, to be corrected."""
    return _shown(visit, reference, number)


@router.post(ONE)
def correct(reference: str, number: int, visit: Corrector) -> Response:
    """Record what should stand instead, or nothing, and why."""
    try:
        with assigning.on(visit, reference) as (unit, row):
            stood = corrections.stood(unit, row.id, number)
            replacement = None
            if not visit.form.flag("void"):
                replacement = _replacement(visit.form, stood, visit.context.settings.zone)
            told = {"kind": EventKind.CORRECTED, "voids": number, "replacement": replacement}
            body = forms.checked(NEW_EVENT, told | {"reason": _reason(visit.form)})
            recorded = recording.record(unit, visit.workspace, row, body=body, by=visit.actor)
    except (Refused, NotAllowedNow) as error:
        status = 409 if isinstance(error, NotAllowedNow) else 422
        complaints = error_messages.told(_at_the_fields(error), visit.words)
        return _shown(visit, reference, number, complaints=complaints, status=status)
    return takedown_page.back(visit, reference, "correct", marks=[recorded.entry.number])


def _shown(
    visit: Visit,
    reference: str,
    number: int,
    *,
    complaints: list[Complaint] | None = None,
    status: int = 200,
) -> Response:
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        stood = corrections.stood(unit, row.id, number)
        shown = view_model.of(unit, row, Revealed(), now=unit.clock())
        latest = meanwhile.of(unit, row) if status == HTTPStatus.CONFLICT else None
    values = _typed(visit.form, stood) if complaints else _standing(stood)
    return visit.page(
        "takedown/correct.html",
        status,
        view=shown,
        stood=stood,
        number=number,
        fields=form_of(stood.kind),
        values=values,
        complaints=complaints or [],
        latest=latest,
        may_name_items=_may_name_items(stood, len(shown.items)),
    )


def _standing(stood: Stood) -> dict[str, Any]:
    """What the fields hold at first; what people wrote stays out of sight."""
    told = recording.plainly(stood) | dict(stood.data.get("facts", {}))
    data = {name: value for name, value in told.items() if name not in stood.secrets}
    values = {name: data.get(name) for name in form_of(stood.kind)}
    values["ticket_id"] = stood.secrets.get("ticket_id")
    values["scope"] = ", ".join(data.get("scope") or ())
    values["items"] = [str(item) for item in stood.items]
    return values


def _typed(form: Form, stood: Stood) -> dict[str, Any]:
    """What the fields hold after something was refused."""
    values: dict[str, Any] = {
        name: form.flag(name) if name in TICKS else form.text(name)
        for name in (*form_of(stood.kind), "happened_at", WHY)
    }
    return values | {"items": form.all("items")}


def _reason(form: Form) -> str:
    """Return why it is corrected; raises Refused where nobody said."""
    why = form.given(WHY)
    if why is None:
        raise Refused("invalid_request", "say why", [Fault(f"/{WHY}", "required", "say why")])
    return why


def _replacement(form: Form, stood: Stood, zone: ZoneInfo) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in form_of(stood.kind):
        if name in MOMENTS:
            told |= _moment(form, name, stood.data.get("facts", {}).get(name), zone=zone)
        elif name in TICKS:
            told[name] = form.flag(name)
        elif name == "scope":
            told[name] = forms.countries(form.text(name))
        elif name in fact_inputs.those_of(Input.YES_OR_NO):
            told[name] = forms.YES_OR_NO.get(form.text(name))
        elif name == "vantage" and form.given(name) is not None:
            told[name] = form.text(name).strip().upper()
        elif form.given(name) is not None:
            told[name] = form.text(name).strip()
    happened = _moment(form, "happened_at", stamp(stood.happened_at), zone=zone)
    told |= {name: at for name, at in happened.items() if at is not None}
    ticked = [number for item in form.all("items") if (number := forms.whole(item))]
    return told | ({"items": ticked} if ticked else {})


def _moment(form: Form, name: str, stood: str | None, *, zone: ZoneInfo) -> dict[str, str | None]:
    """Return a moment that was changed; untouched, it keeps its seconds."""
    at = moment(stood) if stood else None
    shown = (formatting.for_field(at, zone), offset_of(at, zone)) if at else ("", None)
    if (form.text(name), form.given(f"{name}{OFFSET}") or shown[1]) == shown:
        return {}
    typed = form.moment(name, zone)
    return {name: stamp(typed) if typed else None}


def _may_name_items(stood: Stood, total: int) -> bool:
    return total > 1 and stood.kind in ABOUT_ITEMS


def _at_the_fields(error: Refused | NotAllowedNow) -> Refused | NotAllowedNow:
    """Name the fields of the form: the API speaks of them as parts of a replacement."""
    if not isinstance(error, Refused):
        return error
    of_ours = {"/reason": f"/{WHY}"}
    found = [
        fault._replace(
            pointer=of_ours.get(fault.pointer, fault.pointer.removeprefix("/replacement"))
        )
        for fault in error.faults
    ]
    return Refused(error.code, error.detail, found)
