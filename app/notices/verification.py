"""Prove that frozen notices are those recorded, and that what a draft lacks is told in its form.

What a draft lacks follows templates and settings, and is made anew at every start: it is no part of
the record.
"""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from app.kit import canonical
from app.kit.database import Unit, micros
from app.kit.errors import TrackerError
from app.notices import frozen
from app.notices.models import notices
from app.notices.notice import Missing
from app.takedowns import queries, raw_rows, sealing, verification
from app.takedowns.chain_verification import Fault, Progress
from app.takedowns.event_kinds import notice_of
from app.takedowns.lifecycle import DRAFTS
from app.takedowns.models import takedowns
from app.takedowns.queries import Stored
from app.takedowns.raw_rows import RawRow
from app.takedowns.rows import TakedownRow


def faults(unit: Unit, progress: Progress = int) -> Iterator[Fault]:
    """Name every notice and every draft that is not as recorded."""
    yield from verification.strays(unit, (notices,))
    ids = unit.connection.scalars(select(takedowns.c.id).order_by(takedowns.c.id)).all()
    for start in range(0, len(ids), verification.CHUNK):
        chunk = ids[start : start + verification.CHUNK]
        query = select(takedowns).where(takedowns.c.id.in_(chunk))
        rows = {row.id: row for row in queries.rows(unit, query)}
        found = raw_rows.grouped(raw_rows.rows_of(unit, notices, notices.c.takedown_id.in_(chunk)))
        for takedown_id, timeline in queries.events_of(unit, chunk).items():
            row = rows[takedown_id]
            try:
                yield from _notice_faults(unit, row, timeline, found=found.get(takedown_id, []))
                yield from _draft_faults(row)
            except (TrackerError, TypeError, ValueError) as error:
                yield Fault(row.reference, f"cannot be read ({type(error).__name__})")
        progress(min(start + verification.CHUNK, len(ids)))


def _notice_faults(
    unit: Unit, row: TakedownRow, timeline: Sequence[Stored], *, found: Sequence[RawRow]
) -> Iterator[Fault]:
    expected = []
    for entry in timeline:
        if notice_of(entry.event.data):
            at = micros(entry.event.recorded_at)
            expected.append(entry.told["notice"] | {"takedown_id": row.id, "frozen_at": at})
    actual = [
        {name: value for name, value in notice.items() if name != "sealed"}
        | {"sealed_sha256": sealing.digest(notice["sealed"])}
        for notice in found
    ]
    if actual != expected:
        yield Fault(row.reference, "its frozen notices are not those recorded")
        return
    if expected:
        frozen.all_of(unit, row)


def _draft_faults(row: TakedownRow) -> Iterator[Fault]:
    if row.stage in DRAFTS:
        lacking = [Missing(**lack)._asdict() for lack in json.loads(row.missing)]
        if canonical.text(lacking) != row.missing:
            yield Fault(row.reference, "missing is no list of what its notice lacks")
