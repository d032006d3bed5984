"""JSON that can be read in one way only: whatever two parsers could read differently is refused.

Pure: bytes in, an object out. RFC 8259, narrowed as in RFC 7493 (I-JSON), and bounded.
"""

import codecs
import json
import math
import re
from typing import Any

MAX_DEPTH = 20
MAX_VALUES = 10_000
MAX_INTEGER = 2**63 - 1
_MAX_DIGITS = len(str(MAX_INTEGER)) + 1
# A value has at most four: its key, two brackets and a comma.
_MAX_TOKENS = 4 * MAX_VALUES
# A string matches even unfinished: a failing match would be tried again from each quote in it.
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.?[^"\\]*)*(?:"|\Z)|[\[\]{},]', re.DOTALL)
_OPENING = b"[{"
_CLOSING = b"]}"
_ODD = re.compile("[\0\ud800-\udfff]")


class Malformed(ValueError):
    """A body that is not one plain JSON object; `detail` says why and quotes nothing."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def read(body: bytes) -> dict[str, Any]:
    """Read a body that holds one JSON object; raises Malformed."""
    text = _text(body)
    _refuse_sprawl(body)
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed(f"The body is not valid JSON: look at {where}.") from None
    if not isinstance(value, dict):
        raise Malformed("The body must be a JSON object: {…}.")
    if b"\\u" in body:  # written out, UTF-8 has no surrogates and JSON no NUL
        _refuse_odd_text(value)
    return value


def _text(body: bytes) -> str:
    if body.startswith(codecs.BOM_UTF8):
        raise Malformed("The body starts with a byte order mark; leave it out.")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("The body is not UTF-8.") from None


def _refuse_sprawl(body: bytes) -> None:
    """Bound depth and number of values before anything is built from them."""
    brackets = body.count(b"[") + body.count(b"{")
    if brackets <= MAX_DEPTH and brackets + body.count(b",") <= MAX_VALUES:
        return
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(body)):
        first = body[token.start()]
        if first in _OPENING:
            depth += 1
        elif first in _CLOSING:
            depth -= 1
        if count >= _MAX_TOKENS:
            raise Malformed(f"The body holds more than {MAX_VALUES} values.")
        if depth > MAX_DEPTH:
            raise Malformed(f"The body is nested deeper than {MAX_DEPTH} levels.")


def _refuse_odd_text(value: object) -> None:
    if isinstance(value, str):
        if _ODD.search(value):
            raise Malformed("A text holds a NUL character or half a surrogate pair.")
    elif isinstance(value, dict):
        for key, part in value.items():
            _refuse_odd_text(key)
            _refuse_odd_text(part)
    elif isinstance(value, list):
        for part in value:
            _refuse_odd_text(part)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Malformed("An object has the same key twice.")
    return value


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS or abs(number := int(digits)) > MAX_INTEGER:
        raise Malformed(f"A whole number lies outside ±{MAX_INTEGER}.")
    return number


def _fraction(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed("A number is too large.")
    return number


def _no_number(_: str) -> None:
    raise Malformed("NaN and Infinity are not JSON.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_fraction,
    parse_constant=_no_number,
)
