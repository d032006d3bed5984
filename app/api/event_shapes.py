"""The shapes of events that go out, for the contract and its tests: one for each kind."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, RootModel, create_model

from app.api import meanings
from app.api.problem_types import Problem
from app.api.shapes import Digest, Maskable, Name, Page, Stamp
from app.kit.languages import Language
from app.schemas.values import Country, absent
from app.schemas.vocabularies import (
    Automated,
    Availability,
    Basis,
    ChannelKind,
    EventKind,
    Ground,
    Outcome,
    Recipient,
    ReturnedAs,
    Source,
)
from app.takedowns import event_data
from app.takedowns.event_kinds import KINDS


class EventData(BaseModel):
    """What stands in place of a corrected event; which of it depends on the kind."""

    # what a platform did, what we saw, what people wrote
    outcome: Outcome = absent()
    ground: Ground = absent()
    scope: list[Country] = absent()
    automated: Automated = absent()
    automatic: bool = absent()
    availability: Availability = absent()
    vantage: Country = absent()
    accepted: bool = absent()
    to: Recipient = absent()
    text: str | None = absent()
    reason: str | None = absent()
    ticket_id: str | None = absent()
    returned_as: ReturnedAs | None = absent()
    # what was logged or amended
    facts: dict[str, Any] = absent()
    items: list[dict[str, Any]] = absent()
    explanation_sha256: Digest | None = absent()
    recipient_sha256: Digest | None = absent()
    imported: list[str] = absent()
    # the notice that went out, and the terms as they were
    notice: dict[str, Any] = absent()
    how: ChannelKind = absent()
    channel: str = absent()
    language: Language = absent()
    platform: str = absent()
    product: str | None = absent()
    provider: str | None = absent()
    category: str = absent()
    dsa: dict[str, str] = absent()
    basis: Basis = absent()
    targets: dict[str, int] = absent()
    reply_expected: bool = absent()
    no_ticket: bool = absent()
    # a correction: which event it voids, of which kind that is, what stands instead
    voids: int = absent()
    kind: EventKind = absent()
    replacement: "EventData | None" = absent()


class Line(Maskable):
    """What every line of a timeline tells; `id` is its number in the chain and in the feed."""

    id: int = Field(description="Its number in the chain and in the feed.")
    reference: Name
    case_ref: str
    external_ref: str | None
    platform: str
    category: str
    happened_at: Stamp
    recorded_at: Stamp
    by: str
    source: Source = Field(description="By which way it was told.")
    items: list[int]
    voided_by: int | None
    mac: Digest


def _data_of(kind: EventKind, name: str) -> type[BaseModel]:
    """The part of `EventData` that a kind tells: what its payload names, and what lies sealed."""
    if kind == EventKind.CORRECTED:
        told = dict.fromkeys(("voids", "kind", "replacement"), True) | {"reason": False}
    else:
        told = event_data.told_of(kind)
    meant = meanings.told()["shapes"]["EventData"]
    fields: dict[str, Any] = {}
    for field, is_needed in told.items():
        default = Field if is_needed else absent
        annotation = EventData.model_fields[field].annotation
        fields[field] = (annotation, default(description=meant.get(field)))
    meaning = f"What an event of the kind {kind} tells."
    return create_model(f"{name}EventData", __doc__=meaning, **fields)


def _shape_of(kind: EventKind) -> type[BaseModel]:
    name = kind.title().replace("_", "")
    told: dict[str, Any] = {"kind": (Literal[kind], ...), "data": (_data_of(kind, name), ...)}
    return create_model(f"{name}Event", __base__=Line, __doc__=KINDS[kind].payload.__doc__, **told)


ANY_EVENT: Any = reduce(or_, map(_shape_of, KINDS))


class Event(RootModel[Annotated[ANY_EVENT, Field(discriminator="kind")]]):
    """One line of a timeline; its kind says what its data holds."""


class Told(BaseModel):
    """What became of the event in one takedown: the event, or the problem that kept it out."""

    reference: Name
    status: int
    event: Event | None
    problem: Problem | None


class ToldOfEach(BaseModel):
    """What became of one event in each of many takedowns, in the order that was asked."""

    results: list[Told]


class EventPage(Page[Event]):
    """A page of events, in order of recording."""


class Head(BaseModel):
    """The end of the event chain; `number` is 0 and `at` null when nothing was recorded."""

    number: int
    mac: Digest
    at: Stamp | None
