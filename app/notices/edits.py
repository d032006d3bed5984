"""A caseworker's own words for one notice, kept until it is frozen."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select

from app.kit.database import Unit
from app.kit.errors import NotAllowedNow
from app.notices.models import notice_edits
from app.takedowns import sealing
from app.takedowns.rows import TakedownRow

Edits = Mapping[str, str]
Key = tuple[str, str, str]


def all_of(unit: Unit, row: TakedownRow) -> dict[Key, Edits]:
    """Return a takedown's edits by (purpose, channel, language)."""
    found = unit.connection.execute(
        select(notice_edits).where(notice_edits.c.takedown_id == row.id)
    ).all()
    if not found:
        return {}
    key = sealing.keys(unit, [row.id])[row.id]
    return {
        (entry.purpose, entry.channel, entry.language): sealing.open_json(
            key, entry.sealed, _place(row, (entry.purpose, entry.channel, entry.language))
        )
        for entry in found
    }


def edited_at(unit: Unit, row: TakedownRow, which: Key) -> datetime | None:
    """Return when these edits were kept; None where there are none."""
    found: datetime | None = unit.connection.scalar(
        select(notice_edits.c.edited_at).where(*_is(row, which))
    )
    return found


def keep(unit: Unit, row: TakedownRow, which: Key, *, words: Edits) -> None:
    """Keep these edits of a notice instead of those before; none at all forgets them.

    Raises NotAllowedNow for the first notice once it was submitted.
    """
    if which[0] == "first" and row.submitted_at is not None:
        raise NotAllowedNow("already_submitted", "The notice was submitted: its words are frozen.")
    if words:
        store(unit, row, which, words=words)
    else:
        forget(unit, row, which)


def store(unit: Unit, row: TakedownRow, which: Key, *, words: Edits) -> None:
    """Write words down for a notice instead of those before, whatever became of it."""
    forget(unit, row, which)
    key = sealing.keys(unit, [row.id])[row.id]
    unit.connection.execute(
        insert(notice_edits).values(
            takedown_id=row.id,
            **dict(zip(("purpose", "channel", "language"), which, strict=True)),
            sealed=sealing.seal_json(key, words, _place(row, which)),
            edited_at=unit.clock(),
        )
    )


def forget(unit: Unit, row: TakedownRow, which: Key) -> None:
    """Forget the edits of a notice: it was frozen, or they were taken back."""
    unit.connection.execute(delete(notice_edits).where(*_is(row, which)))


def _is(row: TakedownRow, which: Key) -> tuple[ColumnElement[bool], ...]:
    purpose, channel, language = which
    return (
        notice_edits.c.takedown_id == row.id,
        notice_edits.c.purpose == purpose,
        notice_edits.c.channel == channel,
        notice_edits.c.language == language,
    )


def _place(row: TakedownRow, which: Key) -> str:
    return f"notice_edits.sealed:{row.reference}/{'/'.join(which)}"
