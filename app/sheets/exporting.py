"""Give everything out: all takedowns as one CSV table, or as JSON with their timelines.

What is shown is what the API shows: URLs, accounts, texts and tickets only to who may read
content. Read some at a time, all of it from one moment.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from app.api import events, views
from app.kit.cells import line
from app.kit.database import Database, Unit
from app.takedowns import cache, columns, details, queries
from app.takedowns.models import takedowns
from app.takedowns.rows import TakedownRow

CHUNK = 100


def everything(database: Database, form: str, *, content: bool) -> Iterator[str]:
    """Write all takedowns in one of FORMS, the oldest first, piece by piece."""
    cache.catch_up(database)
    with database.read() as unit:
        yield from FORMS[form](unit, content=content)


def _as_csv(unit: Unit, *, content: bool) -> Iterator[str]:
    """Write a row for each takedown below a header (RFC 4180)."""
    yield line(columns.names(content=content))
    for rows in _chunks(unit):
        for takedown in details.of(unit, rows, content=content):
            yield line(columns.cells(takedown, unit.clock(), content=content))


def _as_json(unit: Unit, *, content: bool) -> Iterator[str]:
    """Write a JSON array of takedowns with their `events`, each on a line of its own."""
    before = "[\n"
    for rows in _chunks(unit):
        timelines = _timelines(unit, rows, content=content)
        for takedown in views.takedowns(unit, rows, content=content, now=unit.clock()):
            whole = takedown | {"events": timelines[takedown["reference"]]}
            yield before + json.dumps(whole, ensure_ascii=False)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _timelines(
    unit: Unit, rows: Sequence[TakedownRow], *, content: bool
) -> dict[str, list[dict[str, Any]]]:
    found = queries.events_of(unit, [row.id for row in rows])
    entries = [entry for timeline in found.values() for entry in timeline]
    shown: dict[str, list[dict[str, Any]]] = {row.reference: [] for row in rows}
    for event in events.shown_events(unit, entries, content=content):
        shown[event["reference"]].append(event)
    return shown


def _chunks(unit: Unit) -> Iterator[Sequence[TakedownRow]]:
    last = 0
    query = select(takedowns).order_by(takedowns.c.id).limit(CHUNK)
    while rows := queries.rows(unit, query.where(takedowns.c.id > last)):
        yield rows
        last = rows[-1].id
        unit.data_keys.clear()  # they are not needed again


FORMS = {"csv": _as_csv, "json": _as_json}
