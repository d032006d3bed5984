"""Values of a body: what one says, what it may hold, and that the contract tells the same."""

import json
import re
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.schemas.values import REF_PATTERN, ItemId, Ref, Short

SHORT: TypeAdapter[str] = TypeAdapter(Short)
ITEM_ID: TypeAdapter[int] = TypeAdapter(ItemId)
REF: TypeAdapter[str] = TypeAdapter(Ref)


def read(shape: TypeAdapter[Any], written: str) -> Any:
    """Read a value as a body does; None where it is refused."""
    try:
        return shape.validate_python(json.loads(written), strict=True)
    except ValidationError:
        return None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1", 1),
        ("1.0", 1),
        ("1e0", 1),
        ("3.2767e4", 32767),
        ("0", None),
        ("-0.0", None),
        ("-1", None),
        ("1.5", None),
        ("32768", None),
        ("1e300", None),
        ('"1"', None),
        ("true", None),
        ("null", None),
        ("[1]", None),
    ],
)
def test_a_whole_number_is_read_however_json_writes_it(written: str, number: int | None) -> None:
    assert read(ITEM_ID, written) == number


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("IG-7", "IG-7"),
        ("  IG-7 ", "IG-7"),
        ("=?utf-8?q?a=0D=0ABcc:_x@evil.test?=", "=?utf-8?q?a=0D=0ABcc:_x@evil.test?="),
        ("line1\r\nline2", None),
        ("IG-7\n", None),
        ("Acme\x0bBcc: x", None),
        ("a\x85b", None),
        ("\x00", None),
        (" ", None),
        ("", None),
        ("a" * 201, None),
    ],
)
def test_a_name_is_one_line_and_the_contract_says_so(written: str, text: str | None) -> None:
    contract = SHORT.json_schema()

    # In ECMA 262 `$` is the very end; in Python there may be one more line end.
    pattern = contract["pattern"].replace("$", r"\Z")
    fits = re.search(pattern, written) is not None
    is_short = contract["minLength"] <= len(written) <= contract["maxLength"]
    assert (read(SHORT, json.dumps(written)), fits and is_short) == (text, text is not None)


@pytest.mark.parametrize(
    ("written", "is_taken"),
    [
        ("CASE-2026/17", True),
        ("2026/17:a", True),
        ("CASE/2026:1_a.b-c", True),
        ("EXT/1", True),
        ("CF.2026/17", True),
        ("2026.CF/17", True),
        ("wwwinter-3", True),
        ("a.b.c", True),
        ("http-17", True),
        ("a..b", False),
        ("https://x.com/i/status/1", False),
        ("HXXPS://x.com/i/status/1", False),
        ("http:x.com", False),
        ("C-1:ftp:x", False),
        ("www.instagram.com", False),
        ("C-1/www.instagram.com", False),
        ("instagram.com/p/C7aB2cD3eF4", False),
        ("xn--80ak6aa.xn--p1ai/p/1", False),
        ("t.me/abc", False),
        ("17:youtu.be/abc", False),
        ("m.instagram.com:443/p/1", False),
    ],
)
def test_a_reference_is_no_web_address_and_the_contract_says_so(
    written: str, is_taken: bool
) -> None:
    assert (read(REF, json.dumps(written)) == written) is is_taken
    assert bool(re.search(REF_PATTERN, written)) is is_taken
