"""What was recorded last on a request: told to whoever came too late, with who and when."""

from datetime import datetime
from typing import NamedTuple

from app.kit.database import Unit
from app.schemas.vocabularies import EventKind
from app.takedowns import queries
from app.takedowns.rows import TakedownRow


class Latest(NamedTuple):
    """The newest entry of a timeline."""

    kind: EventKind
    by: str
    at: datetime


def of(unit: Unit, row: TakedownRow) -> Latest:
    """Return what was recorded last, whenever it happened."""
    last = queries.events_of(unit, [row.id])[row.id][-1]
    return Latest(EventKind(last.event.kind), last.by, last.event.recorded_at)
