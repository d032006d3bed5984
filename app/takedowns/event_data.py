"""What an event keeps, read from JSON; what is told of one, parted into readable and sealed.

Pure: JSON comes in here, payloads of app.takedowns.event_kinds go on.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from app.kit.canonical import Json
from app.schemas.event_shapes import SHAPES, fields_of
from app.schemas.vocabularies import EventKind
from app.takedowns.event_kinds import KINDS, Corrected, Payload

_READERS: Mapping[EventKind, TypeAdapter[Payload]] = {
    kind: TypeAdapter(one.payload) for kind, one in KINDS.items() if kind != EventKind.CORRECTED
}
_READABLE = {
    kind: frozenset(field.name for field in fields(one.payload)) for kind, one in KINDS.items()
}


def read(kind: EventKind, text: str) -> Payload:
    """Read what an event keeps from the JSON text of it; raises ValueError or KeyError."""
    if kind == EventKind.CORRECTED:
        return of(kind, from_json(text))
    return _READERS[kind].validate_json(text)


def of(kind: EventKind, told: Mapping[str, Any]) -> Payload:  # JSON comes in
    """Read what an event keeps from JSON values; raises ValueError or KeyError."""
    if kind != EventKind.CORRECTED:
        return _READERS[kind].validate_python(told)
    voided, instead = EventKind(told["kind"]), told["replacement"]
    return Corrected(voided, None if instead is None else of(voided, instead))


def told_of(kind: EventKind) -> dict[str, bool]:
    """Return what an event tells, readable or sealed, and of each whether it always does."""
    needed = {
        field.name: field.default is MISSING and field.default_factory is MISSING
        for field in fields(KINDS[kind].payload)
    }
    sealed = {*fields_of(SHAPES[kind])} if kind in SHAPES else set()
    if "notice" in needed:  # a platform may give a ticket for what was sent
        sealed.add("ticket_id")
    return needed | dict.fromkeys(sorted(sealed - set(needed)), False)


def split(
    kind: EventKind, told: Mapping[str, Json]
) -> tuple[Mapping[str, Json], Mapping[str, Json]]:
    """Part what is told of an event into what may lie readable and what must be sealed."""
    readable = _READABLE[kind]
    data = {name: value for name, value in told.items() if name in readable}
    secrets = {
        name: value for name, value in told.items() if name not in readable and value is not None
    }
    return data, secrets
