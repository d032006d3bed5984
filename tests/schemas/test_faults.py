"""What a validation error says: where, which rule, how to mend it; never what was sent."""

from typing import Any

import pytest
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from app.kit.errors import Fault
from app.schemas import faults
from tests.http.small_app import Filters, NewTakedown

GOOD = {"title": "A title"}


def faults_of(body: dict[str, Any]) -> list[Fault]:
    with pytest.raises(ValidationError) as refusal:
        NewTakedown.model_validate(body)
    findings = [{**found, "loc": ("body", *found["loc"])} for found in refusal.value.errors()]
    return faults.of(findings, body)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, Fault("/title", "required", "This is required.")),
        (
            {"title": 5},
            Fault("/title", "wrong_type", "Input should be a valid string"),
        ),
        (
            GOOD | {"priority": True},
            Fault("/priority", "wrong_type", "Input should be a valid integer"),
        ),
        (
            GOOD | {"legal_basis": "because"},
            Fault("/legal_basis", "not_one_of", "Input should be 'article_22' or 'voluntary'"),
        ),
        (
            GOOD | {"urls": ["https://example.org", None]},
            Fault("/urls/1", "wrong_type", "Input should be a valid string"),
        ),
        (
            GOOD | {"places": [{"account": "a"}, {}]},
            Fault("/places/1/account", "required", "This is required."),
        ),
        (
            GOOD | {"is_admin": True},
            Fault("/is_admin", "unknown", "Nothing goes by this name here."),
        ),
        (
            GOOD | {"places": [{"account": "a", "jane@example.org": 1}]},
            Fault("/places/0", "unknown", "Nothing goes by this name here."),
        ),
        *(
            (GOOD | {name: 1}, Fault("", "unknown", "Nothing goes by this name here."))
            for name in ("Jane", "jane-doe", "0470123456", "jané", "j" * 65, "", "a/b", "_")
        ),
        (
            GOOD | {"j" * 64: 1},
            Fault("/" + "j" * 64, "unknown", "Nothing goes by this name here."),
        ),
        (
            GOOD | {"word": "janedoe1990"},
            Fault("/word", "invalid", "use a known word"),
        ),
        (
            GOOD | {"digits": "janedoe1990"},
            Fault("/digits", "invalid", faults.GENERIC),
        ),
        (
            GOOD | {"event": {"kind": "janedoe1990"}},
            Fault("/event/kind", "not_one_of", "Use one of: 'noted', 'seen'."),
        ),
        (
            GOOD | {"event": {}},
            Fault("/event/kind", "required", "This is required."),
        ),
        (
            GOOD | {"event": {"kind": "noted"}},
            Fault("/event/text", "required", "This is required."),
        ),
        (
            GOOD | {"event": {"kind": "seen", "where": {"account": 1}}},
            Fault("/event/where/account", "wrong_type", "Input should be a valid string"),
        ),
    ],
)
def test_a_fault_names_place_rule_and_mend(body: dict[str, Any], fault: Fault) -> None:
    assert faults_of(body) == [fault]


def test_a_parameter_is_named_by_where_it_stands() -> None:
    with pytest.raises(ValidationError) as refusal:
        Filters.model_validate({"limit": "0"})
    findings = [{**found, "loc": ("query", *found["loc"])} for found in refusal.value.errors()]

    assert faults.of(findings, None) == [
        Fault("/query/limit", "out_of_range", "Input should be greater than or equal to 1")
    ]


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        ({"url": "https://example.org/jane"}, faults.GENERIC),
        ({"kind": "noted"}, "noted takes no https://example.org/jane"),
        (["https://example.org/jane"], faults.GENERIC),
        (None, "noted takes no https://example.org/jane"),
    ],
)
def test_a_message_that_repeats_what_was_sent_is_replaced(sent: object, detail: str) -> None:
    error = PydanticCustomError("own_rule", "noted takes no https://example.org/jane")
    finding = {"type": error.type, "loc": ("body",), "msg": error.message(), "input": sent}

    assert faults.of([finding], {}) == [Fault("", "own_rule", detail)]


def test_a_flood_of_faults_is_cut_short() -> None:
    body = GOOD | {"urls": [1] * 500}

    assert [fault.pointer for fault in faults_of(body)] == [f"/urls/{i}" for i in range(100)]


def test_the_same_fault_is_told_once() -> None:
    found = {"type": "missing", "loc": ("body", "title"), "msg": "Field required", "input": {}}
    error = RequestValidationError([found, found], body={})

    assert faults.of(error.errors(), error.body) == [
        Fault("/title", "required", "This is required.")
    ]
