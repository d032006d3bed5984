"""What each field and parameter means, told in the contract beside it (meanings.json).

A word is said once for wherever it stands; where it means something else in one shape, that shape
says so. What a fact means stands in the table of facts. A test names what lacks a meaning, and a
meaning that is of nothing.

Pure: nothing here runs while a call is answered.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.schemas import facts

Meanings = Mapping[str, Any]
SEVERAL = " Several, with commas between, mean any of them."


@cache
def told() -> Meanings:
    """Read the table: `fields` by name, `shapes` where one means something else, `parameters`."""
    table: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    table["fields"] |= facts.meanings()
    return table


def describe(contract: dict[str, Any]) -> None:
    """Add what is not described where it stands in the code."""
    table = told()
    for name, shape in contract["components"]["schemas"].items():
        own = table["shapes"].get(name, {})
        for field, schema in _fields(shape):
            meaning = own.get(field) or table["fields"].get(field)
            if meaning is not None:
                schema.setdefault("description", meaning)
    for path in contract["paths"].values():
        for call in path.values():
            for parameter in call.get("parameters", ()):
                meaning = table["parameters"].get(parameter["in"], {}).get(parameter["name"])
                if meaning is not None:
                    several = SEVERAL if parameter["schema"].get("type") == "array" else ""
                    parameter.setdefault("description", meaning + several)


def _fields(shape: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each field of a shape, and of what it holds in itself."""
    if isinstance(shape, list):
        for part in shape:
            yield from _fields(part)
    elif isinstance(shape, dict):
        # Rules laid over fields that are declared already describe nothing anew.
        yield from shape.get("properties", {}).items() if "type" in shape else ()
        for name, part in shape.items():
            if name not in ("example", "examples", "default", "enum"):
                yield from _fields(part)
