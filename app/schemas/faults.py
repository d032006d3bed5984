"""What a validation error says to a caller: where, which rule, how to mend it; never what was sent.

Pure: pydantic's findings in, Faults out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic_core.core_schema import ErrorType

from app.kit.errors import Fault, pointer

# As pydantic tells it: its input is JSON that was sent.
Finding = Mapping[str, Any]
MAX_FAULTS = 100
GENERIC = "This value breaks a rule of its field."
# Their texts repeat the input, or an error that may.
_TELLTALES = frozenset(
    (
        "no_such_attribute", "json_invalid", "get_attribute_error", "iteration_error",
        "mapping_type", "bytes_invalid_encoding", "datetime_object_invalid", "timezone_offset",
        "url_parsing", "url_syntax_violation", "uuid_parsing", "union_tag_invalid",
    )
)  # fmt: skip
_PYDANTIC = frozenset(get_args(ErrorType))
_SAFE = _PYDANTIC - _TELLTALES - {"value_error", "assertion_error"}
# Pydantic's own kinds in the words of the contract (app.api.problem_types.FAULTS); what has no
# word of its own is `invalid`. Kinds of ours (PydanticCustomError) are words already.
_CODES = {
    "missing": "required", "union_tag_not_found": "required", "extra_forbidden": "unknown",
    "string_too_short": "blank", "string_too_long": "too_long", "too_short": "too_few",
    "too_long": "too_many", "string_pattern_mismatch": "malformed", "literal_error": "not_one_of",
    "enum": "not_one_of", "union_tag_invalid": "not_one_of", "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range", "less_than": "out_of_range",
    "less_than_equal": "out_of_range", "bool_parsing": "wrong_type", "int_parsing": "wrong_type",
    "int_from_float": "wrong_type", "float_parsing": "wrong_type",
}  # fmt: skip
_OUR_WORDS = {
    "missing": "This is required.",
    "union_tag_not_found": "This is required.",
    "extra_forbidden": "Nothing goes by this name here.",
}
_CODE_WORD = re.compile(r"[a-z0-9_]*")
_SHORTEST_ECHO = 3


def of(findings: Iterable[Finding], body: object) -> list[Fault]:
    """Translate pydantic's findings, each place and rule once; `body` is what was read."""
    faults: dict[tuple[str, str], Fault] = {}
    for found in findings:
        fault = Fault(_pointer(found, body), code_of(found), _detail(found))
        faults.setdefault(fault[:2], fault)
        if len(faults) == MAX_FAULTS:
            break
    return list(faults.values())


def code_of(found: Finding) -> str:
    """Return the rule in the contract's words."""
    kind: str = found["type"]
    if kind not in _PYDANTIC:
        return kind
    return _CODES.get(kind, "wrong_type" if kind.endswith("_type") else "invalid")


def _pointer(found: Finding, body: object) -> str:
    """Return the RFC 6901 pointer into the body; a parameter is `/query/<name>` and the like."""
    source, *path = found["loc"]
    if found["type"].startswith("union_tag_"):
        path.append(str(found["ctx"]["discriminator"]).strip("'"))
    if source != "body":
        return pointer([source, *path])
    is_absent = found["type"] in ("missing", "union_tag_not_found")
    last = path[-1:] if is_absent else []
    return pointer([*_within(path[: len(path) - len(last)], body), *last])


def _within(path: Sequence[str | int], value: object) -> list[str | int]:
    """Leave out what pydantic adds to a path: the names of a union's members."""
    kept: list[str | int] = []
    for step in path:
        is_key = isinstance(value, dict) and step in value
        is_index = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if is_key or is_index:
            value = value[step]  # type: ignore[index]
            kept.append(step)
    return kept


def _detail(found: Finding) -> str:
    kind, text = found["type"], str(found["msg"])
    if kind in _OUR_WORDS:
        return _OUR_WORDS[kind]
    if kind == "union_tag_invalid":
        return f"Use one of: {found['ctx']['expected_tags']}."
    if kind in _SAFE:
        return text
    text = text.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return GENERIC if kind in _TELLTALES or _repeats(text, found.get("input")) else text


def _repeats(text: str, value: object) -> bool:
    """Tell whether a message repeats what was sent: a foreign ValueError might."""
    if isinstance(value, dict | list):
        parts = {part for part in _texts(value) if not _CODE_WORD.fullmatch(part)}
    else:
        parts = {str(value)}
    return any(len(part) >= _SHORTEST_ECHO and part in text for part in parts)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
