"""The timeline of a takedown as its page tells it: what happened, and the proof kept apart."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from app.imports import importing, remarks
from app.imports.remarks import Remark
from app.schemas.event_shapes import CORRECTED_AS
from app.schemas.vocabularies import EventKind, Source
from app.takedowns import corrections, sealing
from app.takedowns.event_kinds import BY_THE_PLATFORM, Corrected, Payload, notice_of
from app.takedowns.queries import Stored
from app.web.shell import masking

TEXTS = ("text", "reason")
LATE = timedelta(minutes=5)
IMPORT = (importing.BY.name, importing.BY.source)


class Teller(NamedTuple):
    """Who told an entry: a person by name; what a machine told goes by its source, unnamed."""

    person: str | None
    source: Source


class Line(NamedTuple):
    """One line of the timeline; of a correction, what it says should stand instead."""

    entry: Stored
    kind: EventKind
    is_correction: bool
    data: Payload | None  # None: a correction that leaves nothing
    texts: Mapping[str, str]
    why: str | None  # it was corrected
    ticket_id: str | None
    voided_by: int | None
    remark: Remark | None = None  # of an import: said by the page, instead of its text

    @property
    def number(self) -> int:
        """Its number in the chain."""
        return self.entry.number

    @property
    def teller(self) -> Teller:
        """Who told it."""
        return teller_of(self.entry)

    @property
    def is_from_a_file(self) -> bool:
        """Tell whether an import told it of what had happened before."""
        is_own = self.kind in (EventKind.LOGGED, EventKind.NOTED)
        return not is_own and (self.entry.by, self.entry.source) == IMPORT

    @property
    def changed(self) -> Sequence[str]:
        """Which facts and texts an amendment changed."""
        told = self.entry.told
        texts = [name for name in sealing.TEXTS if f"{name}_sha256" in told]
        return [*told.get("facts", ()), *texts]

    @property
    def is_void(self) -> bool:
        """Tell whether it is a correction that leaves nothing."""
        return self.data is None

    @property
    def notice(self) -> int | None:
        """The number of the notice that was frozen with it."""
        notice = notice_of(self.data) if self.data else None
        return notice.number if notice else None

    @property
    def is_by_platform(self) -> bool:
        """Tell whether it is something the platform did."""
        return self.kind in BY_THE_PLATFORM

    @property
    def is_late(self) -> bool:
        """Tell whether it was written down long after it happened."""
        event = self.entry.event
        return event.recorded_at - event.happened_at >= LATE

    @property
    def is_correctable(self) -> bool:
        """Tell whether it still stands and may be corrected."""
        return self.voided_by is None and self.kind in CORRECTED_AS


def teller_of(entry: Stored) -> Teller:
    """Return who told an entry."""
    source = Source(entry.source)
    return Teller(entry.by if source == Source.PERSON else None, source)


def of(
    entries: Sequence[Stored],
    secrets: Mapping[int, Mapping[str, Any]],
    voided: Mapping[int, int],
    *,
    shows_texts: bool,
) -> list[Line]:
    """Return the timeline, newest first by when things happened."""
    newest_first = sorted(entries, key=lambda e: (e.event.happened_at, e.number), reverse=True)
    return [
        _line(one, secrets.get(one.number, {}), voided.get(one.number), shows_texts=shows_texts)
        for one in newest_first
    ]


def _line(
    entry: Stored, words: Mapping[str, Any], voided_by: int | None, *, shows_texts: bool
) -> Line:
    def shown(name: str) -> str:
        return str(words[name]) if shows_texts else masking.HIDDEN

    event = entry.event
    is_import = event.kind == EventKind.NOTED and (entry.by, entry.source) == IMPORT
    remark = remarks.read(str(words.get("text", ""))) if is_import else None
    correction = event.data if isinstance(event.data, Corrected) else None
    return Line(
        entry=entry,
        kind=correction.kind if correction else event.kind,
        is_correction=correction is not None,
        data=correction.replacement if correction else event.data,
        texts={} if remark else {name: shown(name) for name in TEXTS if name in words},
        why=shown(corrections.REASON) if words.get(corrections.REASON) else None,
        ticket_id=words.get("ticket_id"),
        voided_by=voided_by,
        remark=remark,
    )
