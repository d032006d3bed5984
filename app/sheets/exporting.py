"""Give everything out: all takedowns as one CSV table, or as JSON with their timelines.

What is shown is what the API shows: URLs, accounts, texts and tickets only to who may read
content. Read some at a time, all of it from one moment.
"""

import json
from collections.abc import Iterator, Sequence

from app.api import events, views
from app.kit.cells import line
from app.kit.database import Database, Unit
from app.takedowns import cache, details, list_columns, listing, queries
from app.takedowns.listing import Order
from app.takedowns.rows import TakedownRow

OLDEST_FIRST = Order(None, is_descending=False)


def everything(database: Database, form: str, *, content: bool) -> Iterator[str]:
    """Write all takedowns in one of FORMS, the oldest first, piece by piece."""
    cache.catch_up(database)
    with database.read() as unit:
        yield from FORMS[form](unit, content=content)


def _as_csv(unit: Unit, *, content: bool) -> Iterator[str]:
    """Write a row for each takedown below a header (RFC 4180)."""
    yield line(list_columns.names(content=content))
    now = unit.clock()
    for rows in listing.everything(unit, order=OLDEST_FIRST):
        for takedown in details.of(unit, rows, content=content):
            yield line(list_columns.cells(takedown, now, content=content))


def _as_json(unit: Unit, *, content: bool) -> Iterator[str]:
    """Write a JSON array of takedowns with their `events`, each on a line of its own."""
    before, now = "[\n", unit.clock()
    for rows in listing.everything(unit, order=OLDEST_FIRST):
        timelines = _timelines(unit, rows, content=content)
        told = views.takedowns(unit, rows, content=content, now=now)
        for row, takedown in zip(rows, told, strict=True):
            whole = takedown | {"events": timelines[row.reference]}
            yield before + json.dumps(whole, ensure_ascii=False)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _timelines(
    unit: Unit, rows: Sequence[TakedownRow], *, content: bool
) -> dict[str, list[dict[str, object]]]:
    found = queries.events_of(unit, [row.id for row in rows])
    entries = [entry for timeline in found.values() for entry in timeline]
    shown: dict[str, list[dict[str, object]]] = {row.reference: [] for row in rows}
    for event in events.shown_events(unit, entries, content=content):
        shown[str(event["reference"])].append(event)
    return shown


FORMS = {"csv": _as_csv, "json": _as_json}
