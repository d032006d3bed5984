"""What payloads of events are made of, where one value of theirs says several things.

Pure.
"""

from dataclasses import dataclass

from app.schemas.vocabularies import ChannelKind, Purpose


@dataclass(frozen=True, slots=True)
class LoggedItem:
    """One item as it was logged."""

    id: int
    kind: str
    sealed_sha256: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Which notice was frozen."""

    number: int
    purpose: Purpose
    channel: str
    channel_kind: ChannelKind
    language: str
    template_id: str
    template_version: str
    sealed_sha256: str


@dataclass(frozen=True, slots=True)
class Targets:
    """Hours we give a platform, counted from the submission."""

    receipt_hours: int
    gone_hours: int
