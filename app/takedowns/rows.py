"""Rows of takedowns as typed values: a field stands for each column, of that name.

Pure.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.schemas.facts import Facts, Value
from app.schemas.vocabularies import (
    Availability,
    Ground,
    ItemState,
    NextStep,
    Outcome,
    RestsOn,
    Stage,
    Standing,
    Turn,
)
from app.takedowns.facts import OTHER


class Named(Protocol):
    """Whatever names a takedown."""

    @property
    def id(self) -> int:
        """Its number, inside."""

    @property
    def reference(self) -> str:
        """Its name, outside."""


class Addressed(Named, Protocol):
    """Whatever names a takedown and its platform."""

    @property
    def platform(self) -> str:
        """The platform's slug."""


@dataclass(frozen=True, kw_only=True)
class TakedownRow(Facts):
    """A takedown: its facts, its sealed texts, and what its timeline amounts to."""

    id: int
    reference: str
    platform: str
    product: str | None
    explanation: bytes | None
    recipient: bytes | None
    stage: Stage
    whose_turn: Turn
    next_step: NextStep
    due_at: datetime | None
    changes_at: datetime | None
    missing: str
    logged_at: datetime
    submitted_at: datetime | None
    receipt_at: datetime | None
    answered_at: datetime | None
    decided_at: datetime | None
    gone_at: datetime | None
    closed_at: datetime | None
    withdrawn_at: datetime | None
    target_at: datetime | None
    reply_expected: bool
    imported: tuple[str, ...]
    handling_from: datetime | None
    held_micros: int
    held_since: datetime | None
    information_asked: bool
    returned_as: tuple[str, ...]
    complaints: str
    version: int
    created_at: datetime
    updated_at: datetime
    replay_rules: str

    def facts(self) -> dict[str, Value]:
        """Return the facts told of it, by name; who runs a known platform is none."""
        told = self.by_name()
        return told if self.platform == OTHER else told | {"provider": None}


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """A takedown in the inbox: who has it, and until when it is put aside.

    Both `until` are by the steady time.
    """

    id: int
    reference: str
    platform: str
    product: str | None
    category: str
    whose_turn: Turn
    next_step: NextStep
    due_at: datetime | None
    missing: str
    submitted_at: datetime | None
    receipt_at: datetime | None
    answered_at: datetime | None
    decided_at: datetime | None
    updated_at: datetime
    claim_user_id: int | None
    claim_name: str | None
    claim_until: datetime | None
    wait_until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """What an event tells of the takedown that it is about."""

    id: int
    reference: str
    case_ref: str
    external_ref: str | None
    platform: str
    category: str


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """An item: its sealed part, and what its story amounts to."""

    takedown_id: int
    number: int
    kind: str
    sealed: bytes
    state: ItemState
    outcome: Outcome | None
    ground: Ground | None
    said_at: datetime | None
    availability: Availability | None
    seen_at: datetime | None
    seen_by: str | None
    gone_at: datetime | None
    stands: Standing | None
    ended_at: datetime | None
    withdrawn_at: datetime | None
    first_decided_at: datetime | None
    acted_at: datetime | None
    seen_gone_first_at: datetime | None
    claimed_removed_still_up: bool
    rests_on: RestsOn | None
    gone_after: datetime | None
