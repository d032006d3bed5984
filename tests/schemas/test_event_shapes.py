"""Shapes of events: what a correction may hold is told by the contract."""

from typing import get_args

import pytest

from app.schemas.event_shapes import Corrected, NewEvent
from app.schemas.shapes import LoggedPatch, SubmissionPatch

REPLACEMENT = Corrected.model_json_schema()["properties"]["replacement"]["anyOf"][0]


def test_the_contract_names_every_field_that_can_be_corrected() -> None:
    kinds = [kind for kind in get_args(get_args(NewEvent)[0]) if kind is not Corrected]
    fields = {name for kind in (*kinds, SubmissionPatch, LoggedPatch) for name in kind.model_fields}

    assert set(REPLACEMENT["properties"]) == fields
    assert REPLACEMENT["additionalProperties"] is False


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("automatic", [{"type": "boolean"}, {"type": "null"}]),
        ("no_ticket", [{"type": "boolean"}, {"type": "null"}]),
        (
            "availability",
            [
                {"type": "string", "enum": ["live", "gone", "restricted", "unknown"]},
                {"type": "null"},
            ],
        ),
    ],
)
def test_a_field_keeps_its_rule_in_a_correction(name: str, rules: list[object]) -> None:
    assert REPLACEMENT["properties"][name] == {"anyOf": rules}
