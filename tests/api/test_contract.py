"""The contract: complete, committed as it is served, and true of what is answered."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.accounts.permissions import SCOPES
from app.api import application, contract, problem_types
from tests.api import recording
from tests.api_client import ApiClient
from tests.factories import ManualClock

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    served: dict[str, Any] = application.build().openapi()
    return served


@pytest.fixture(scope="module")
def calls(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {call["operationId"]: call for call in calls_of(spec)}


@pytest.fixture(scope="module")
def shapes() -> Mapping[str, tuple[int, TypeAdapter[Any] | None]]:
    """The declared status and shape of what each operation answers."""
    found = {}
    for route in iter_route_contexts(application.build().routes):
        if isinstance(route.original_route, APIRoute):
            status = route.status_code
            model = route.responses[status].get("model")
            found[route.operation_id] = (status, TypeAdapter(model) if model else None)
    return found


def test_the_committed_contract_is_the_one_that_is_served(spec: dict[str, Any]) -> None:
    committed = (ROOT / "docs/openapi.json").read_text(encoding="utf-8")

    assert json.loads(committed) == spec, "python -m app.api > docs/openapi.json"


def test_every_operation_shows_what_it_takes_and_what_it_answers(
    calls: dict[str, dict[str, Any]],
) -> None:
    assert set(calls) == set(contract.EXAMPLES)
    for name, call in calls.items():
        for status, answer in call["responses"].items():
            for media_type, content in answer.get("content", {}).items():
                shown = content.get("example") or content.get("examples")
                assert shown, (name, status, media_type)
        body = call.get("requestBody", {}).get("content", {}).get("application/json")
        assert (body is None) == ("requests" not in contract.EXAMPLES[name]), name
        assert body is None or body["examples"], name


def calls_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [call for path in spec["paths"].values() for call in path.values()]


def shown_in(spec: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Every place of the contract that shows an example: where, its schema, what is shown."""
    for path, part in places(spec):
        shown = [part["example"]] if "example" in part else []
        for example in part.get("examples", {}).values() if "schema" in part else ():
            name = example.get("$ref", "").rpartition("/")[2]
            shown.append((spec["components"]["examples"][name] if name else example)["value"])
        if "schema" not in part and isinstance(part.get("examples"), list):
            shown += part["examples"]
        for value in shown:
            yield path, part.get("schema", part), value


def places(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield path, part
        for name, inner in part.items():
            if name not in ("example", "examples"):
                yield from places(inner, f"{path}/{name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from places(inner, f"{path}/{number}")


def test_every_example_fits_the_schema_it_stands_beside(spec: dict[str, Any]) -> None:
    @cache
    def reader(schema: str) -> Any:
        whole = json.loads(schema) | {"components": spec["components"]}
        return jsonschema_rs.validator_for(whole, validate_formats=True)

    seen = 0
    for path, schema, value in shown_in(spec):
        errors = reader(json.dumps(schema)).iter_errors(value)
        assert [f"{path}: {error}" for error in errors] == []
        seen += 1

    answers = [answer for call in calls_of(spec) for answer in call["responses"].values()]
    assert seen > sum(len(answer.get("content", {})) for answer in answers)


def unnamed(body: Any) -> str:
    """Write a body without the names that are drawn at random."""
    return recording.DRAWN.sub("TD", json.dumps(body))


def test_the_day_the_examples_tell_goes_as_the_contract_says(
    api: ApiClient, clock: ManualClock, shapes: Mapping[str, tuple[int, TypeAdapter[Any] | None]]
) -> None:
    seen = set()
    for step in recording.day(api, clock):
        status, shape = shapes[step.operation_id]
        assert step.answer.status_code == status, (step.operation_id, step.answer.text)
        if shape is not None:
            shape.validate_json(step.answer.content, extra="forbid")
            shown = json.dumps(contract.EXAMPLES[step.operation_id]["answer"])
            shape.validate_json(shown, extra="forbid")
        if step.request is not None:
            shown = contract.EXAMPLES[step.operation_id]["requests"][step.name]
            assert unnamed(shown) == unnamed(step.request)
        seen.add(step.operation_id)

    assert seen == set(shapes)


def test_masked_answers_have_the_same_shapes(
    api: ApiClient,
    api_with: Any,
    clock: ManualClock,
    shapes: Mapping[str, tuple[int, TypeAdapter[Any] | None]],
) -> None:
    blind = api_with(*(scope for scope in SCOPES if scope != "content:read"))

    for step in recording.day(blind, clock):
        status, shape = shapes[step.operation_id]
        assert step.answer.status_code == status, (step.operation_id, step.answer.text)
        if shape is not None:
            shape.validate_json(step.answer.content, extra="forbid")
        for secret in ("C7aB2cD3eF4", "zz_fixture", "forum.example.org", "trained analyst"):
            assert secret not in step.answer.text, step.operation_id


# What is put aside and claimed is no matter of the API, nor is how the status is recorded; and no
# spreadsheet is sent to it.
ONLY_PAGES = (
    "assignments.py", "snoozes.py", "flagger_status.py", "csv_files.py", "workbook_files.py",
)  # fmt: skip


def test_every_refusal_the_code_can_give_is_a_documented_kind() -> None:
    folders = ("kit", "takedowns", "notices", "operations", "schemas", "reports", "api", "http")
    files = [
        path
        for folder in folders
        for path in (ROOT / "app" / folder).rglob("*.py")
        if path.name not in ONLY_PAGES
    ]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    given = re.findall(r"\b(?:Refused|Conflict)\(\s*\"([a-z_]+)\"", code)
    given += re.findall(r"\b(?:problem|_refused)\(\s*\d{3},\s*\"([a-z_]+)\"", code)

    assert sorted(set(given) - set(problem_types.KINDS)) == []


def test_each_kind_of_problem_explains_itself_at_its_address() -> None:
    client = TestClient(application.build())

    for code, kind in problem_types.KINDS.items():
        page = client.get(problem_types.address(code))
        assert page.status_code == 200
        assert f"{kind.status} {kind.title}" in page.text
    assert client.get("/problems/none-such").status_code == 404
