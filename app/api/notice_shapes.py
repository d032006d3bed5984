"""The shapes of notices that go out, for the contract and its tests."""

from pydantic import BaseModel, Field

from app.api.event_shapes import Event
from app.api.shapes import Digest, Maskable, Missing, Page, Stamp
from app.kit.languages import Language
from app.notices.vocabularies import CautionCode
from app.schemas.vocabularies import ChannelKind, Previewed, Purpose


class UsedChannel(BaseModel):
    """The way a notice goes: a form to fill in, or a mailbox."""

    id: str
    kind: ChannelKind
    label: str
    form_url: str | None
    to: str | None


class Template(BaseModel):
    """Which texts filled a notice, and their version."""

    id: str
    version: str


class Specific(BaseModel):
    """A text that stands instead of a general sentence, the file it is from, and why."""

    sentence: str
    from_: str = Field(alias="from")
    because: str


class FillingTemplate(Template):
    """A template, and which texts went before its general ones."""

    specific: list[Specific]


class Caution(BaseModel):
    """What a person should look at before sending; it holds nothing back."""

    field: str
    code: CautionCode
    detail: str


class FilledField(BaseModel):
    """One field of a form, in the form's own order; null is left empty."""

    id: str
    label: str
    value: str | None
    required: bool
    max_length: int | None


class Words(Maskable):
    """What a notice says; `body` is the whole of it as one text, `sha256` that of the body."""

    warnings: list[Caution]
    fields: list[FilledField]
    subject: str | None
    body: str | None
    sha256: Digest


class Notice(Words):
    """A notice as it would go out now."""

    platform: str
    channel: UsedChannel
    language: Language
    purpose: Previewed
    template: FillingTemplate
    ready: bool
    missing: list[Missing]


class FrozenNotice(Words):
    """A notice as it went out; `edits` names the fields a caseworker wrote.

    With `taken_back_by`, the id of an event, it did not go out: it is kept for the proof only.
    """

    number: int
    purpose: Purpose
    channel: UsedChannel
    language: Language
    template: Template
    edits: list[str]
    frozen_at: Stamp
    taken_back_by: int | None


class SentNotice(FrozenNotice):
    """A further notice, and the event that records it."""

    event: Event


class FrozenNoticePage(Page[FrozenNotice]):
    """A page of notices as they went out, the first one first."""
