"""What a caller tells of an event, as the timeline takes it; corrections laid over what stood."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import Fault, NotAllowedNow, Refused, pointer
from app.notices import drafts, prepared, submission
from app.notices.filling import Workspace
from app.schemas import faults
from app.schemas.event_shapes import (
    NEW_EVENT,
    PATCHES,
    SAME_EVENT,
    Corrected,
    NewEvent,
    Reminded,
    SameEvent,
    SameEventIn,
)
from app.schemas.facts import Value, past
from app.schemas.values import refuse_future
from app.schemas.vocabularies import EventKind
from app.takedowns import corrections, event_data, queries, timeline
from app.takedowns.corrections import Stood
from app.takedowns.facts import refuse_contradiction
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor, Recorded
from app.takedowns.timeline import NewEvent as Told

# Reasons of the timeline that are faults of the body: it names what this takedown does not have.
UNKNOWN = {"no_such_item": "/items", "no_such_event": "/voids"}


def record(
    unit: Unit, workspace: Workspace, row: TakedownRow, *, body: NewEvent, by: Actor
) -> Recorded:
    """Record what is told of a takedown whose row is locked.

    Raises Refused for what does not fit it, NotAllowedNow where the story would be impossible.
    """
    refuse_future(unit.clock(), happened_at=body.happened_at)
    try:
        if isinstance(body, Corrected):
            return _correct(unit, workspace, row, body=body, by=by)
        recorded = timeline.record(unit, row, told(body), by=by, missing=queries.missing_of(row))
    except NotAllowedNow as error:
        raise unknown(error) or error from None
    if isinstance(body, Reminded):
        prepared.take_off(unit, row)
    return recorded


def _correct(
    unit: Unit, workspace: Workspace, row: TakedownRow, *, body: Corrected, by: Actor
) -> Recorded:
    """Record a correction, with what follows from it for the notice of the event it voids."""
    stood = corrections.stood(unit, row.id, body.voids)
    new = correction(unit, workspace, row, body=body, stood=stood)
    refuse_future(unit.clock(), **{"replacement/happened_at": new.happened_at})
    recorded = timeline.record(unit, row, new, by=by, missing=queries.missing_of(row))
    if body.replacement is None:
        if stood.notice is not None:
            submission.take_back(unit, row, stood.notice)
        drafts.reassess(unit, workspace, queries.by_reference(unit, row.reference))
    elif stood.kind == EventKind.REMINDED and stood.is_void:
        prepared.take_off(unit, row)
    return recorded


def told(body: NewEvent) -> Told:
    """Turn an event as the API takes it into one for the timeline."""
    data, secrets = event_data.split(
        body.kind, body.model_dump(exclude={"kind", "happened_at", "items"})
    )
    given = {name: value for name, value in data.items() if value is not None}
    return Told(body.kind, given, secrets, body.happened_at, tuple(sorted(body.items or ())))


def correction(
    unit: Unit, workspace: Workspace, row: TakedownRow, *, body: Corrected, stood: Stood
) -> Told:
    """Return the voided event as it stood, with the replacement laid over it.

    Raises Refused for what does not fit it or changes nothing, NotAllowedNow where nothing may.
    """
    if body.replacement is None:
        new, untouched = corrections.without(stood), None
    else:
        beside = {"happened_at": body.happened_at and stamp(body.happened_at), "items": body.items}
        given = {name: value for name, value in beside.items() if value is not None}
        given |= body.replacement
        if given.pop("kind", stood.kind) != stood.kind:
            mend = f"a {stood.kind} event stays one: void it with null, and record another"
            raise _invalid([Fault("/kind", "another_kind", mend)])
        new = _laid_over(unit, workspace, row, stood=stood, given=given)
        untouched = _laid_over(unit, workspace, row, stood=stood, given={})
    corrections.refuse_unchanged(stood, untouched, new)
    if body.reason is None:
        return new
    return new._replace(secrets={**new.secrets, corrections.REASON: body.reason})


def _laid_over(
    unit: Unit, workspace: Workspace, row: TakedownRow, *, stood: Stood, given: Mapping[str, object]
) -> Told:
    if stood.kind in PATCHES:
        return corrections.limited(
            stood, _own_fields(unit, workspace, row, kind=stood.kind, given=given)
        )
    merged = {**stood.as_told(), **given, "kind": stood.kind}
    try:
        replacement = NEW_EVENT.validate_python(
            {name: value for name, value in merged.items() if value is not None}
        )
    except ValidationError as error:
        raise _unfit(error, merged) from None
    return corrections.replaced(stood, told(replacement))


def same_event(body: SameEventIn) -> SameEvent:
    """Return the event that is told of many takedowns; raises Refused."""
    given = body.model_extra or {}
    try:
        return SAME_EVENT.validate_python(given)
    except ValidationError as error:
        raise Refused(
            "invalid_request", "the event breaks a rule of its kind", _located(error, given)
        ) from None


def plainly(stood: Stood) -> dict[str, Any]:  # of whatever types the fields of its kind have
    """Return an event in the shape in which it is told, with what goes without saying."""
    told_so = {name: value for name, value in stood.as_told().items() if value is not None}
    try:
        return NEW_EVENT.validate_python(told_so | {"kind": stood.kind}).model_dump()
    except ValidationError:  # logged and submitted are told in ways of their own
        return told_so


def unknown(error: NotAllowedNow) -> Refused | None:
    """Return the 422 of an event that names an item or event this takedown does not have."""
    pointer = UNKNOWN.get(error.reason)
    if pointer is None:
        return None
    return Refused(error.reason, error.detail, [Fault(pointer, error.reason, error.detail)])


def _own_fields(
    unit: Unit,
    workspace: Workspace,
    row: TakedownRow,
    *,
    kind: EventKind,
    given: Mapping[str, object],
) -> dict[str, Value]:
    shape = PATCHES[kind]
    allowed = shape.model_fields
    surplus = [
        Fault(
            pointer([name]),
            "not_correctable",
            f"only {', '.join(sorted(allowed))} can be corrected",
        )
        for name in given
        if name not in allowed
    ]
    if surplus:
        raise _invalid(surplus)
    try:
        patch = shape.model_validate(given).model_dump(exclude_unset=True)
    except ValidationError as error:
        raise _unfit(error, given) from None
    if patch.get("ticket_id") and patch.get("no_ticket"):
        mend = "give the ticket_id, or no_ticket: true, not both"
        raise _invalid([Fault("/no_ticket", "ticket_or_none", mend)])
    refuse_future(unit.clock(), **{f"replacement/{name}": at for name, at in past(patch).items()})
    category = workspace.catalogue.categories.get(row.category)
    if category is not None:
        age = patch.get("person_is_minor")
        refuse_contradiction(row.category, category.concerns_minor, age, better=category.better)
    return patch


def _unfit(error: ValidationError, given: Mapping[str, object]) -> Refused:
    return _invalid(_located(error, given))


def _located(error: ValidationError, given: Mapping[str, object]) -> list[Fault]:
    found = [detail | {"loc": ("body", *detail["loc"])} for detail in error.errors()]
    return faults.of(found, given)


def _invalid(found: Sequence[Fault]) -> Refused:
    return Refused(
        "invalid_replacement",
        "the replacement does not fit the event it replaces",
        [fault._replace(pointer=f"/replacement{fault.pointer}") for fault in found],
    )
