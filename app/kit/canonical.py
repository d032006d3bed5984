"""One spelling of a JSON value, so that equal values have equal bytes.

Sorted keys, no spaces, UTF-8 as it is, integers only (RFC 8785 without its number rules,
which we do not need: a float is refused).
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=None
)


def text(value: Json) -> str:
    """Return the canonical JSON text of a value made of dicts, lists, str, int, bool and None."""
    _refuse_floats(value)
    return _ENCODER.encode(value)


def _refuse_floats(value: Json) -> None:
    if isinstance(value, float):
        raise TypeError("canonical JSON carries no floats")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _refuse_floats(part)
