"""What the application answers, set beside what the oracle of definition 2026-2 reckons."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from app.kit.database import Database
from app.takedowns.models import events, takedowns
from tests.metrics.oracle_2026_2.timeline import Entry, Timeline

TOLERANCE = 1e-9


def timelines_in(database: Database) -> list[Timeline]:
    """Everything that was recorded, as the oracle reads it."""
    query = select(takedowns.c.reference, events).join(takedowns).order_by(events.c.number)
    found: dict[str, list[Entry]] = {}
    with database.read() as unit:
        for row in unit.connection.execute(query):
            entry = Entry(
                row.number,
                row.kind,
                row.happened_at,
                row.recorded_at,
                json.loads(row.items),
                json.loads(row.data),
                row.voids,
            )
            found.setdefault(row.reference, []).append(entry)
    return [Timeline(reference, entries) for reference, entries in found.items()]


def differences(found: Any, expected: Any) -> dict[str, Any]:
    """Leaves that are not the same, numbers to 1e-9, by their path."""
    left, right = dict(_flat(found)), dict(_flat(expected))
    return {
        path: (left.get(path, "absent"), right.get(path, "absent"))
        for path in sorted(left.keys() | right.keys())
        if not _is_same(left.get(path, "absent"), right.get(path, "absent"))
    }


def without(answer: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A part of an answer without what the oracle does not know."""
    return {name: value for name, value in answer.items() if name not in names}


def as_cells(row: Mapping[str, Any]) -> dict[str, str]:
    """A row of an answer as cells by their dotted path; what is null has none."""
    found = {}
    for path, value in _flat(row):
        if value is not None and not isinstance(value, Length):
            name = path.lstrip("/").replace("/", ".")
            found[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return found


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= TOLERANCE * max(1.0, abs(one))
    return bool(one == other)


class Length(int):
    """How many a list holds."""


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of an answer by its path."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _flat(part, f"{path}/{name}")
    elif isinstance(value, list | tuple):
        yield path, Length(len(value))
        for index, part in enumerate(value):
            yield from _flat(part, f"{path}/{index}")
    else:
        yield path, value
