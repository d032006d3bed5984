"""The exact bytes of a notice, sealed: what the event tells of them, and their row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert

from app.kit.canonical import Json
from app.kit.database import Unit
from app.kit.errors import Fault, Refused
from app.notices import filling, frozen
from app.notices.edits import Edits, Key
from app.notices.filling import Workspace
from app.notices.frozen import Words
from app.notices.models import notices
from app.notices.notice import Notice
from app.notices.request import NoticeRequest
from app.schemas.vocabularies import Purpose
from app.takedowns import sealing
from app.takedowns.batch import Opened

_INSERT = insert(notices)


class Filled(NamedTuple):
    """A notice about to be frozen, which of its fields a person wrote, and its basis."""

    notice: Notice
    masked: Notice
    edited: Sequence[str]
    basis: str

    @property
    def which(self) -> Key:
        """What its edits were kept under."""
        return (self.notice.purpose, self.notice.channel.id, self.notice.language)


class Sealed(NamedTuple):
    """A notice whose bytes are fixed: its columns, with `sealed` apart."""

    columns: Mapping[str, Json]
    sealed: bytes

    @property
    def told(self) -> dict[str, Json]:
        """What the event that it goes with tells of it."""
        return {"notice": {**self.columns, "sealed_sha256": sealing.digest(self.sealed)}}


def filled(
    workspace: Workspace,
    request: NoticeRequest,
    own: Mapping[Key, Edits],
    *,
    channel: str | None,
    language: str | None,
    purpose: Purpose = Purpose.FIRST,
) -> Filled:
    """Fill in a notice as it goes out; `own` are a caseworker's words."""
    notice = filling.filled(
        workspace, request, channel, language=language, purpose=purpose, own=own
    )
    words = own.get((purpose, notice.channel.id, notice.language), {})
    masked = filling.masked(workspace, request, notice, own=words)
    return Filled(notice, masked, sorted(words), request.basis)


def refuse_incomplete(notice: Notice) -> None:
    """Raise Refused naming each field that is required and empty."""
    if notice.missing:
        faults = [Fault(f"/fields/{lack.field}", "missing", lack.reason) for lack in notice.missing]
        raise Refused("notice_incomplete", "the notice is not complete yet", faults)


def sealed(opened: Opened, number: int, found: Filled) -> Sealed:
    """Seal a takedown's notice of this number."""
    notice = found.notice
    columns: dict[str, Json] = {
        "number": number,
        "purpose": notice.purpose,
        "channel": notice.channel.id,
        "channel_kind": notice.channel.kind,
        "language": notice.language,
        "template_id": notice.template.id,
        "template_version": notice.template.version,
    }
    place = frozen.place(opened.reference, number)
    return Sealed(columns, sealing.seal_json(opened.key, _words(found), place))


def store(unit: Unit, sent: Iterable[tuple[int, datetime, Sealed]]) -> None:
    """Write notices down: of which takedown, when it was frozen, and what."""
    rows = [
        {"takedown_id": number, "frozen_at": at, "sealed": one.sealed, **one.columns}
        for number, at, one in sent
    ]
    if rows:
        unit.connection.execute(_INSERT, rows)


def _words(found: Filled) -> Words:
    notice, masked = found.notice, found.masked
    return {
        "channel": notice.channel._asdict(),
        "fields": [field._asdict() for field in notice.fields],
        "warnings": [warning._asdict() for warning in notice.warnings],
        "subject": notice.subject,
        "body": notice.body,
        "sha256": notice.sha256,
        "edits": list(found.edited),
        # What hides in a text is known while it is filled in, and never again.
        "masked": {"subject": masked.subject, "body": masked.body},
    }
