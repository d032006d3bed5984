"""The shapes of events that go out, for the contract and its tests."""

from typing import Any

from pydantic import BaseModel

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
    Source,
)


class EventData(BaseModel):
    """What an event says; which of it depends on the kind (docs/definitions.md)."""

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
    # what was logged or amended
    facts: dict[str, Any] = absent()
    items: list[dict[str, Any]] = absent()
    explanation_sha256: Digest | None = absent()
    recipient_sha256: Digest | None = absent()
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


class Event(Maskable):
    """One line of a timeline; `id` is its number in the chain and in the feed."""

    id: int
    reference: Name
    case_ref: str
    external_ref: str | None
    platform: str
    category: str
    kind: EventKind
    happened_at: Stamp
    recorded_at: Stamp
    by: str
    source: Source
    items: list[int]
    data: EventData
    voided_by: int | None
    mac: Digest


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
