"""What may be told about a takedown once it is logged: one shape per kind of event."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter
from pydantic.config import JsonDict

from app.schemas.shapes import LoggedPatch, SubmissionPatch
from app.schemas.values import (
    Country,
    EventId,
    In,
    ItemId,
    Moment,
    Reference,
    Short,
    Text,
    each_once,
)
from app.schemas.vocabularies import (
    Automated,
    Availability,
    EventKind,
    Ground,
    HoldReason,
    Outcome,
    Recipient,
    ReturnedAs,
)


class EventIn(In):
    """What every event may say: when it happened and which items it is about."""

    happened_at: Moment | None = None
    items: (
        Annotated[
            list[ItemId],
            Field(min_length=1, max_length=1000, json_schema_extra={"uniqueItems": True}),
            AfterValidator(each_once),
        ]
        | None
    ) = None


class Held(EventIn):
    """We wait on purpose."""

    kind: Literal[EventKind.HELD]
    reason: HoldReason


class Released(EventIn):
    """The wait is over."""

    kind: Literal[EventKind.RELEASED]
    reason: Text | None = None


class Unsent(EventIn):
    """A queued mail did not go out."""

    kind: Literal[EventKind.UNSENT]
    reason: Text | None = None


class ReceiptConfirmed(EventIn):
    """The platform confirmed receipt (DSA Art. 16(4))."""

    kind: Literal[EventKind.RECEIPT_CONFIRMED]
    automatic: bool
    ticket_id: Short | None = None


class InformationRequested(EventIn):
    """The platform asked something."""

    kind: Literal[EventKind.INFORMATION_REQUESTED]
    text: Text
    ticket_id: Short | None = None
    returned_as: ReturnedAs | None = None


class InformationSent(EventIn):
    """We answered the platform's question."""

    kind: Literal[EventKind.INFORMATION_SENT]
    text: Text


class Decided(EventIn):
    """The platform decided (DSA Art. 16(5))."""

    kind: Literal[EventKind.DECIDED]
    outcome: Outcome
    ground: Ground = Ground.UNKNOWN
    scope: Annotated[list[Country], Field(max_length=60, default_factory=list)]
    automated: Automated = Automated.NOT_SAID
    reason: Text | None = None
    ticket_id: Short | None = None
    returned_as: ReturnedAs | None = None


class Seen(EventIn):
    """An authorised person looked."""

    kind: Literal[EventKind.SEEN]
    availability: Availability
    vantage: Country | None = None


class Reminded(EventIn):
    """We chased the platform."""

    kind: Literal[EventKind.REMINDED]
    text: Text | None = None


class Complained(EventIn):
    """We complained about a decision (DSA Art. 20)."""

    kind: Literal[EventKind.COMPLAINED]
    to: Literal[Recipient.PLATFORM_COMPLAINT] = Recipient.PLATFORM_COMPLAINT
    text: Text | None = None


class Escalated(EventIn):
    """We went to somebody else."""

    kind: Literal[EventKind.ESCALATED]
    to: Recipient
    text: Text | None = None


class Noted(EventIn):
    """A note; `accepted` says that a refusal or restriction is accepted for good."""

    kind: Literal[EventKind.NOTED]
    text: Text
    accepted: bool = False


class Withdrawn(EventIn):
    """We no longer ask for it."""

    kind: Literal[EventKind.WITHDRAWN]
    reason: Text | None = None


class Closed(EventIn):
    """A person closed the file."""

    kind: Literal[EventKind.CLOSED]
    reason: Text | None = None


class Reopened(EventIn):
    """A person opened the file again."""

    kind: Literal[EventKind.REOPENED]
    reason: Text | None = None


def _any_field(schema: JsonDict) -> None:
    """Tell what a replacement may hold: fields of the kinds of event that can be corrected."""
    correctable = [kind for kind in EventKind if kind in CORRECTED_AS]
    fields = _merged(CORRECTED_AS.values())
    fields["kind"] = {"type": "string", "enum": [*correctable]}
    schema["properties"] = fields
    schema["additionalProperties"] = False


def _merged(shapes: Iterable[type[In]]) -> JsonDict:
    """Return every field of some shapes, with each way to write it in one of them, and null."""
    ways: dict[str, JsonDict] = {}
    for shape in shapes:
        for name, field in shape.model_json_schema()["properties"].items():
            for way in (*field.get("anyOf", [field]), {"type": "null"}):
                rule = {key: way[key] for key in way if key not in ("title", "default")}
                ways.setdefault(name, {})[json.dumps(rule, sort_keys=True)] = rule
    return {name: {"anyOf": [*rules.values()]} for name, rules in ways.items()}


def _kind_of(shape: type[EventIn]) -> EventKind:
    [kind] = get_args(shape.model_fields["kind"].annotation)
    return EventKind(kind)


def fields_of(shape: type[In]) -> tuple[str, ...]:
    """Return what a shape says beside its kind, when it happened and of which items."""
    return tuple(name for name in shape.model_fields if name not in {*EventIn.model_fields, "kind"})


class Corrected(EventIn):
    """An earlier event was wrong; what the replacement leaves out stays as it was.

    `reason` says why it is corrected; a reason that belongs to the event stands in the replacement.
    """

    kind: Literal[EventKind.CORRECTED]
    voids: EventId
    # JSON, for the shape of the voided event's kind to check.
    replacement: Annotated[dict[str, Any], Field(json_schema_extra=_any_field)] | None
    reason: Text | None = None


# What can be told of many takedowns at once: a correction is of one event of one takedown.
SameEvent = (
    Held
    | Released
    | Unsent
    | ReceiptConfirmed
    | InformationRequested
    | InformationSent
    | Decided
    | Seen
    | Reminded
    | Complained
    | Escalated
    | Noted
    | Withdrawn
    | Closed
    | Reopened
)
SHAPES: Mapping[EventKind, type[EventIn]] = {_kind_of(one): one for one in get_args(SameEvent)}
# Of what froze a notice or set the facts only some may be corrected afterwards, of what changed
# facts nothing; a correction is corrected through what it corrects.
PATCHES: Mapping[EventKind, type[In]] = {
    EventKind.SUBMITTED: SubmissionPatch,
    EventKind.LOGGED: LoggedPatch,
}
CORRECTED_AS: Mapping[EventKind, type[In]] = {**SHAPES, **PATCHES}
SAME_EVENT: TypeAdapter[SameEvent] = TypeAdapter(Annotated[SameEvent, Field(discriminator="kind")])
NewEvent = Annotated[SameEvent | Corrected, Field(discriminator="kind")]
NEW_EVENT: TypeAdapter[NewEvent] = TypeAdapter(NewEvent)


def _same_event(schema: JsonDict) -> None:
    """Tell which fields go beside the references: those of the kinds of event."""
    fields = _merged(SHAPES.values()) | {"kind": {"type": "string", "enum": [*SHAPES]}}
    schema["properties"] = {**fields, **cast(JsonDict, schema["properties"])}
    schema["required"] = ["references", "kind"]
    schema["additionalProperties"] = False


class SameEventIn(In):
    """One event for many takedowns; beside `references`, what a single one says."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_same_event)

    references: Annotated[
        list[Reference],
        Field(min_length=1, max_length=100, json_schema_extra={"uniqueItems": True}),
        AfterValidator(each_once),
    ]
