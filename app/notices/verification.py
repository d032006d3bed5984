"""Prove that frozen notices are those recorded, and that drafts lack what they say they lack."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from app.kit import canonical
from app.kit.database import Unit, micros
from app.kit.errors import TrackerError
from app.notices import drafts, edits, filling, frozen
from app.notices.filling import Desk
from app.notices.models import notices
from app.takedowns import queries, sealing, verification
from app.takedowns.models import takedowns
from app.takedowns.verification import Fault


def faults(unit: Unit, desk: Desk) -> Iterator[Fault]:
    """Name every notice and every draft that is not as recorded."""
    yield from verification.strays(unit, (notices,))
    ids = unit.connection.scalars(select(takedowns.c.id).order_by(takedowns.c.id)).all()
    for start in range(0, len(ids), verification.CHUNK):
        chunk = ids[start : start + verification.CHUNK]
        rows = {
            row.id: row
            for row in unit.connection.execute(select(takedowns).where(takedowns.c.id.in_(chunk)))
        }
        found = verification.grouped(
            verification.rows_of(unit, notices, notices.c.takedown_id.in_(chunk))
        )
        for takedown_id, timeline in queries.events_of(unit, chunk).items():
            row = rows[takedown_id]
            try:
                yield from _notice_faults(unit, row, timeline, found.get(takedown_id, []))
                yield from _draft_faults(unit, desk, row)
            except (TrackerError, TypeError, ValueError) as error:
                yield Fault(row.reference, f"cannot be read ({type(error).__name__})")


def _notice_faults(unit: Unit, row: Any, timeline: Any, found: list[Mapping[str, Any]]) -> Any:
    expected = []
    for entry in timeline:
        told = entry.event.data
        if entry.event.kind != "corrected" and isinstance(told.get("notice"), dict):
            expected.append(
                told["notice"]
                | {"takedown_id": row.id, "frozen_at": micros(entry.event.recorded_at)}
            )
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


def _draft_faults(unit: Unit, desk: Desk, row: Any) -> Iterator[Fault]:
    if row.stage in drafts.DRAFTS:
        request = filling.request_of(unit, desk, row)
        if canonical.text(filling.missing(desk, request, edits.all_of(unit, row))) != row.missing:
            yield Fault(row.reference, "missing is not what its notice lacks")
