"""A filled notice: its fields, its text, and what it lacks.

Pure.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.notices.vocabularies import CautionCode, Lack
from app.schemas.vocabularies import ChannelKind, Purpose


class UsedChannel(NamedTuple):
    """The way a notice goes; `form_url` or `to`, which a person looked up where it is `by_hand`."""

    id: str
    kind: ChannelKind
    label: str
    form_url: str | None
    to: str | None
    by_hand: bool = False


class Template(NamedTuple):
    """Which texts filled it: platform/channel/language/purpose, and their version.

    `specific` tells of each text that stands instead of a general sentence of
    `texts/<language>.yaml`: the sentence, the file it is from, and why it goes first.
    """

    id: str
    version: str
    specific: tuple[Mapping[str, str], ...] = ()


class FilledField(NamedTuple):
    """One field of the form, in the form's own order; None: left empty."""

    id: str
    label: str
    value: str | None
    required: bool
    max_length: int | None


class Missing(NamedTuple):
    """Why a notice may not go out yet."""

    field: str
    reason: Lack


class Caution(NamedTuple):
    """What a person should look at before sending; it does not hold the notice back."""

    field: str
    code: CautionCode
    detail: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; `sha256` is that of `body` in UTF-8, the notice as one text."""

    platform: str
    channel: UsedChannel
    language: str
    purpose: Purpose
    template: Template
    missing: tuple[Missing, ...]
    warnings: tuple[Caution, ...]
    fields: tuple[FilledField, ...]
    subject: str
    body: str

    @property
    def ready(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.missing

    @property
    def lacking(self) -> list[dict[str, str]]:
        """Return what is missing as its takedown keeps it."""
        return [lack._asdict() for lack in self.missing]

    @property
    def sha256(self) -> str:
        """Return the digest of the exact bytes of the body."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def reply_expected(self) -> bool:
        """Tell whether the platform can answer: it has our address, or knows us by the channel."""
        return all(warning.code != CautionCode.NO_REPLY_EXPECTED for warning in self.warnings)
