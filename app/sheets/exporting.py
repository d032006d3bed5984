"""Give everything out: all takedowns as one CSV table, or as JSON with their timelines.

What is shown is what the API shows: URLs, accounts, texts and tickets only to who may read
content. Read some at a time, all of it from one moment.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.api import events, views
from app.kit.cells import cell
from app.kit.database import Database, Unit
from app.takedowns import cache, queries
from app.takedowns.models import takedowns
from app.takedowns.rows import TakedownRow

CHUNK = 100
Takedown = Mapping[str, Any]
FIELDS = (
    "reference", "case_ref", "external_ref", "platform", "product", "provider", "category",
    "ai_generated", "sexual_extortion", "person_is_minor", "urgent", "deadline_at", "reported_at",
    "court_order", "language", "basis", "channel", "include_identity", "authorised_by_person",
    "conditions", "stage", "whose_turn", "next_step", "due_at", "overdue", "logged_at",
    "submitted_at", "receipt_at", "answered_at", "decided_at", "gone_at", "closed_at",
)  # fmt: skip
HOURS = ("our_hours", "receipt_hours", "answer_hours", "decision_hours", "gone_hours")


def _each(name: str) -> Callable[[Takedown], str]:
    return lambda takedown: _joined(item[name] for item in takedown["items"])


def _joined(values: Iterable[str | None]) -> str:
    """Put what a takedown has many of into one cell, in order; a dot where an item has none."""
    return " ".join(value or "." for value in values)


OF_ITEMS: Mapping[str, Callable[[Takedown], str | int]] = {
    "items": lambda takedown: len(takedown["items"]),
    "item_kinds": _each("kind"),
    "item_states": _each("state"),
    "item_outcomes": lambda takedown: _joined(
        (item["platform_says"] or {}).get("outcome") for item in takedown["items"]
    ),
}
CONTENT: Mapping[str, Callable[[Takedown], str | None]] = {
    "ticket_ids": lambda takedown: _joined(takedown["ticket_ids"]),
    "urls": _each("url"),
    "accounts": _each("account"),
    "recipient": lambda takedown: takedown["recipient"],
    "explanation": lambda takedown: takedown["explanation"],
}


def everything(database: Database, form: str, *, content: bool) -> Iterator[str]:
    """Write all takedowns in one of FORMS, the oldest first, piece by piece."""
    cache.catch_up(database)
    with database.read() as unit:
        yield from FORMS[form](unit, content=content)


def columns(*, content: bool) -> tuple[str, ...]:
    """Return the names of the CSV's columns."""
    return (*FIELDS, *HOURS, *OF_ITEMS, *(CONTENT if content else ()))


def _as_csv(unit: Unit, *, content: bool) -> Iterator[str]:
    """Write a row for each takedown below a header (RFC 4180)."""
    yield _line(columns(content=content))
    for rows in _chunks(unit):
        for takedown in views.takedowns(unit, rows, content=content, now=unit.clock()):
            yield _line([cell(value) for value in _values(takedown, content=content)])


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


def _values(takedown: Takedown, *, content: bool) -> Iterator[Any]:
    for name in FIELDS:
        value = takedown[name]
        yield " ".join(value) if name == "conditions" else value
    for name in HOURS:
        hours = takedown["clocks"][name]
        yield None if hours is None else round(hours, 4)
    for told in (*OF_ITEMS.values(), *(CONTENT.values() if content else ())):
        yield told(takedown)


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


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


FORMS = {"csv": _as_csv, "json": _as_json}
