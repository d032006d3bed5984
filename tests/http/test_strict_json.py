"""What is one plain JSON object, and what is refused without being quoted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.strict_json import MAX_DEPTH, MAX_INTEGER, MAX_VALUES, Malformed, read

TWICE = "An object has the same key twice."
ODD_TEXT = "A text holds a NUL character or half a surrogate pair."
NO_NUMBER = "NaN and Infinity are not JSON."
TOO_LARGE = "A number is too large."
OUTSIDE = f"A whole number lies outside ±{MAX_INTEGER}."
NO_OBJECT = "The body must be a JSON object: {…}."
NOT_UTF8 = "The body is not UTF-8."
TOO_DEEP = f"The body is nested deeper than {MAX_DEPTH} levels."
TOO_MANY = f"The body holds more than {MAX_VALUES} values."


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"{}", {}),
        (b' {"a":\t[1, -2.5, true, null]}\r\n', {"a": [1, -2.5, True, None]}),
        ('{"é":"☂ 👩"}'.encode(), {"é": "☂ 👩"}),
        (b'{"a":"\\ud83d\\udc69"}', {"a": "👩"}),
        (b'{"a":"\\\\u0000 \\\\ud800"}', {"a": "\\u0000 \\ud800"}),
        (b'{"a":9223372036854775807,"b":-9223372036854775807}', {"a": 2**63 - 1, "b": 1 - 2**63}),
        (b'{"a":1e308,"b":1e-999}', {"a": 1e308, "b": 0.0}),
        (b'{"a":{"b":1},"c":{"b":1}}', {"a": {"b": 1}, "c": {"b": 1}}),
        (b'{"a":"' + b"[{," * 30_000 + b'"}', {"a": "[{," * 30_000}),
        (b'{"a":' + b"[" * 19 + b"]" * 19 + b"}", {"a": json.loads("[" * 19 + "]" * 19)}),
    ],
)
def test_one_plain_object_is_read_as_it_is(body: bytes, value: object) -> None:
    assert read(body) == value


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"a":1,"a":1}', TWICE),
        (b'{"b":{"a":1,"\\u0061":2}}', TWICE),
        (b'{"a":"\\u0000"}', ODD_TEXT),
        (b'{"a":["\\ud800"]}', ODD_TEXT),
        (b'{"a":"\\udc69\\ud83d"}', ODD_TEXT),
        (b'{"\\u0000":1}', ODD_TEXT),
        (b'{"a":NaN}', NO_NUMBER),
        (b'{"a":-Infinity}', NO_NUMBER),
        (b'{"a":1e999}', TOO_LARGE),
        (b'{"a":9223372036854775808}', OUTSIDE),
        (b'{"a":-9223372036854775808}', OUTSIDE),
        (b'{"a":' + b"1" * 5_000 + b"}", OUTSIDE),
        (b"null", NO_OBJECT),
        (b"0", NO_OBJECT),
        (b'["a"]', NO_OBJECT),
        (b'"{}"', NO_OBJECT),
        (b'{"a":"\xff"}', NOT_UTF8),
        (b'{"a":"\xed\xa0\x80"}', NOT_UTF8),
        ('{"a":1}'.encode("utf-16"), NOT_UTF8),
        (b'\xef\xbb\xbf{"a":1}', "The body starts with a byte order mark; leave it out."),
        (b'{"a":1}x', "The body is not valid JSON: look at line 1, column 8."),
        (b'{"a":1,}', "The body is not valid JSON: look at line 1, column 8."),
        (b"{'a':1}", "The body is not valid JSON: look at line 1, column 2."),
        (b'{\n"a":01}', "The body is not valid JSON: look at line 2, column 6."),
        (b'{"a":"\x00"}', "The body is not valid JSON: look at line 1, column 7."),
        (b'{"a":1_000}', "The body is not valid JSON: look at line 1, column 7."),
        (b"", "The body is not valid JSON: look at line 1, column 1."),
        (b'{"a":' + b"[" * 20 + b"]" * 20 + b"}", TOO_DEEP),
        (b"[" * 100_000 + b"]" * 100_000, TOO_DEEP),
        (b'{"a":[' + b'{"b":[]},' * 10_001 + b"0]}", TOO_MANY),
        (b'["' * 100_000, TOO_DEEP),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(body: bytes, detail: str) -> None:
    with pytest.raises(Malformed) as refusal:
        read(body)

    assert refusal.value.detail == detail


def test_ten_thousand_values_are_read() -> None:
    value = {"a": [{"b": []}] * (MAX_VALUES // 2 - 1)}

    assert read(json.dumps(value).encode()) == value


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-MAX_INTEGER, MAX_INTEGER)
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner),
            max_leaves=8,
        ),
    ),
    st.booleans(),
)
def test_what_json_writes_is_read_back(value: dict[str, object], is_escaped: bool) -> None:
    assert read(json.dumps(value, ensure_ascii=is_escaped).encode()) == value


@given(st.binary() | st.text('{}[]",:\\u0d8 1eE-.').map(str.encode))
def test_whatever_arrives_is_read_like_the_standard_parser_or_refused(body: bytes) -> None:
    try:
        value = read(body)
    except Malformed:
        return

    assert value == json.loads(body)
