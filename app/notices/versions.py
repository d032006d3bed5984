"""Which versions of a template went out, since when, and how often."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from app.kit.database import Unit
from app.notices import frozen
from app.notices.models import notices
from app.takedowns import queries
from app.takedowns.models import events

COLUMNS = ("takedown_id", "number", "template_version", "frozen_at")


class Version(NamedTuple):
    """One version, with the first and the last notice that was frozen in its words."""

    version: str
    notices: int
    first_at: datetime
    last_at: datetime


def of_template(unit: Unit, template_id: str) -> Sequence[Version]:
    """Return the versions of a template that notices went out in, the newest first."""
    of_it = notices.c.template_id == template_id
    back = _taken_back(unit, of_it)
    columns = [notices.c[name] for name in COLUMNS]
    rows = select(*columns).where(of_it).order_by(notices.c.frozen_at)
    sent: dict[str, list[datetime]] = {}
    for takedown_id, number, version, at in unit.connection.execute(rows):
        if number not in back.get(takedown_id, {}):
            sent.setdefault(version, []).append(at)
    found = [Version(version, len(at), at[0], at[-1]) for version, at in sent.items()]
    return sorted(found, key=lambda one: one.first_at, reverse=True)


def _taken_back(unit: Unit, of_it: ColumnElement[bool]) -> Mapping[int, Mapping[int, int]]:
    """Return by takedown the notices that did not go out; only what was corrected is read."""
    corrected = select(events.c.takedown_id).where(events.c.voids.is_not(None))
    doubtful = select(notices.c.takedown_id).where(of_it, notices.c.takedown_id.in_(corrected))
    found = queries.events_of(unit, unit.connection.scalars(doubtful.distinct()))
    return {
        takedown_id: frozen.taken_back(entry.event for entry in entries)
        for takedown_id, entries in found.items()
    }
