"""An entry of the timeline that was wrong: what should stand instead, or that nothing should."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from app.input import telling
from app.input.event_shapes import NEW_EVENT
from app.input.local_times import offset_of
from app.kit.clock import stamp
from app.kit.errors import Fault, NotAllowedNow, Refused
from app.takedowns import corrections, lifecycle, queries
from app.takedowns.corrections import Stood
from app.web import formatting, forms, refusals, sheet, takedown
from app.web.forms import OFFSET, Form
from app.web.refusals import Complaint
from app.web.sheet import Revealed
from app.web.visits import Visit, seeing

router = APIRouter()
Corrector = Annotated[Visit, seeing("takedowns:read", "events:write")]
ONE = "/takedowns/{reference}/events/{number}"
TICKS = frozenset({"automatic", "accepted", "no_ticket", "urgent", "court_order"})
MOMENTS = frozenset({"happened_at", "reported_at", "deadline_at"})
# What stands in each kind's form, in order; what people wrote stays unless it is written anew.
FIELDS: dict[str, tuple[str, ...]] = {
    "logged": (
        "case_ref", "person_is_minor", "ai_generated", "reported_at", "deadline_at", "urgent",
        "court_order",
    ),
    "submitted": ("ticket_id", "no_ticket"),
    "held": ("reason_code",),
    "receipt_confirmed": ("automatic", "ticket_id"),
    "information_requested": ("text",),
    "information_sent": ("text",),
    "decided": ("outcome", "ground", "automated", "scope", "reason"),
    "seen": ("availability", "vantage"),
    "reminded": ("text",),
    "complained": ("text",),
    "escalated": ("to", "text"),
    "noted": ("text", "accepted"),
}  # fmt: skip
ONLY_REASON = ("reason",)


@router.get(ONE)
def ask(reference: str, number: int, visit: Corrector) -> Response:
    """Show what an entry says, to be corrected."""
    return _shown(visit, reference, number)


@router.post(ONE)
def correct(reference: str, number: int, visit: Corrector) -> Response:
    """Record what should stand instead, or nothing."""
    try:
        with visit.write() as unit:
            row = queries.by_reference(unit, reference)
            stood = corrections.stood(unit, row.id, number)
            replacement = None
            if not visit.form.flag("void"):
                replacement = _replacement(visit.form, stood, visit.context.settings.zone)
            told = {"kind": "corrected", "voids": number, "replacement": replacement}
            body = forms.checked(NEW_EVENT, told)
            recorded = telling.record(unit, visit.context.desk, row, body, by=visit.actor)
    except (Refused, NotAllowedNow) as error:
        status = 409 if isinstance(error, NotAllowedNow) else 422
        complaints = refusals.told(_at_the_fields(error), visit.words)
        return _shown(visit, reference, number, complaints, status)
    return takedown.back(visit, reference, "correct", [recorded.entry.number])


def _shown(
    visit: Visit,
    reference: str,
    number: int,
    complaints: list[Complaint] | None = None,
    status: int = 200,
) -> Response:
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        stood = corrections.stood(unit, row.id, number)
        shown = sheet.of(unit, row, Revealed(), unit.clock())
    values = _typed(visit.form, stood) if complaints else _standing(stood)
    return visit.page(
        "takedown/correct.html",
        status,
        sheet=shown,
        stood=stood,
        number=number,
        fields=FIELDS.get(stood.kind, ONLY_REASON),
        values=values,
        complaints=complaints or [],
        may_name_items=_may_name_items(stood, len(shown.items)),
    )


def _standing(stood: Stood) -> dict[str, Any]:
    """What the fields hold at first; what people wrote stays out of sight."""
    data = dict(stood.data) | dict(stood.data.get("facts", {}))
    values = {name: data.get(name) for name in FIELDS.get(stood.kind, ())}
    values["ticket_id"] = stood.secrets.get("ticket_id")
    values["reason_code"] = data.get("reason")
    values["scope"] = ", ".join(data.get("scope") or ())
    values["items"] = [str(item) for item in stood.items]
    return values


def _typed(form: Form, stood: Stood) -> dict[str, Any]:
    """What the fields hold after something was refused."""
    values: dict[str, Any] = {
        name: form.flag(name) if name in TICKS else form.text(name)
        for name in (*FIELDS.get(stood.kind, ONLY_REASON), *MOMENTS)
    }
    return values | {"items": form.all("items")}


def _replacement(form: Form, stood: Stood, zone: ZoneInfo) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in FIELDS.get(stood.kind, ONLY_REASON):
        if name in TICKS:
            told[name] = form.flag(name)
        elif name in MOMENTS:
            moment = form.moment(name, zone)
            told[name] = stamp(moment) if moment else None
        elif name == "scope":
            told[name] = form.text(name).upper().replace(",", " ").split()
        elif name == "person_is_minor":
            told[name] = {"true": True, "false": False}.get(form.text(name))
        elif form.given(name) is not None:
            told["reason" if name == "reason_code" else name] = form.text(name).strip()
    shown_at = formatting.for_field(stood.happened_at, zone), offset_of(stood.happened_at, zone)
    which = form.given(f"happened_at{OFFSET}") or shown_at[1]
    if (form.text("happened_at"), which) != shown_at:  # untouched, it keeps its seconds
        moment = form.moment("happened_at", zone)
        told |= {"happened_at": stamp(moment)} if moment else {}
    ticked = [number for item in form.all("items") if (number := forms.whole(item))]
    return told | ({"items": ticked} if ticked else {})


def _may_name_items(stood: Stood, total: int) -> bool:
    return total > 1 and stood.kind in lifecycle.ABOUT_ITEMS


def _at_the_fields(error: Refused | NotAllowedNow) -> Refused | NotAllowedNow:
    """Name the fields of the form: the API speaks of them as parts of a replacement."""
    if not isinstance(error, Refused):
        return error
    found = [
        Fault(fault.pointer.removeprefix("/replacement"), fault.code, fault.detail)
        for fault in error.faults
    ]
    return Refused(error.code, error.detail, found)
