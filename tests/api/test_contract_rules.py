"""The contract as linters (redocly `recommended-strict`, spectral `oas`) and people read it."""

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.api import application, meanings, problem_types
from app.api.application import VERSION

Spec = dict[str, Any]


@pytest.fixture(scope="module")
def spec() -> Spec:
    served: Spec = application.build().openapi()
    return served


def places(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of the contract with where it stands; what is an example is none."""
    if isinstance(part, dict):
        yield path, part
        for name, inner in part.items():
            if name not in ("example", "examples", "default"):
                yield from places(inner, f"{path}/{name}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from places(inner, f"{path}/{number}")


def calls(spec: Spec) -> dict[str, dict[str, Any]]:
    return {
        f"{method} {path}": call
        for path, one in spec["paths"].items()
        for method, call in one.items()
    }


def undescribed_fields(spec: Spec) -> Iterator[str]:
    for path, part in places(spec["components"]["schemas"]):
        if "type" in part and not path.endswith("/properties"):
            for name, field in part.get("properties", {}).items():
                if not field.get("description"):
                    yield f"{path}/{name}"


def undescribed_parts(spec: Spec) -> Iterator[str]:
    for name, shape in spec["components"]["schemas"].items():
        if "properties" in shape and not shape.get("description"):
            yield name
    for name, call in calls(spec).items():
        told = [call, *call.get("parameters", ()), *call["responses"].values()]
        if not all(part.get("description") for part in told) or not call.get("summary"):
            yield name
    yield from (one["name"] for one in spec["tags"] if not one["description"])


def misnamed_calls(spec: Spec) -> Iterator[str]:
    tags = {tag["name"] for tag in spec["tags"]}
    names = [call.get("operationId", "") for call in calls(spec).values()]
    yield from (name for name in names if names.count(name) > 1 or not re.fullmatch(r"\w+", name))
    for name, call in calls(spec).items():
        if len(call.get("tags", ())) != 1 or not set(call["tags"]) <= tags:
            yield name


def unsettled_calls(spec: Spec) -> Iterator[str]:
    """Calls that do not say who may make them, or how they end well and badly."""
    for name, call in calls(spec).items():
        statuses = {status[0] for status in call["responses"]}
        if "security" not in call or not {"2", "4"} <= statuses:
            yield name
        if "201" in call["responses"] and "Location" not in call["responses"]["201"]["headers"]:
            yield f"{name}: no Location"


def misdrawn_paths(spec: Spec) -> Iterator[str]:
    for path, one in spec["paths"].items():
        for method, call in one.items():
            parameters = call.get("parameters", ())
            named = {part["name"] for part in parameters if part["in"] == "path"}
            if named != set(re.findall(r"\{(\w+)\}", path)):
                yield f"{method} {path}"


def unused_components(spec: Spec) -> Iterator[str]:
    used = {part["$ref"] for _, part in places(spec) if "$ref" in part}
    for call in calls(spec).values():
        for _, part in places(call):
            shown = part.get("examples", {})
            named = shown.values() if isinstance(shown, dict) else ()
            used |= {one.get("$ref", "") for one in named}
            used |= {f"#/components/securitySchemes/{name}" for need in part.get("security", ())
                     for name in need}  # fmt: skip
    for kind, parts in spec["components"].items():
        for name in parts:
            if f"#/components/{kind}/{name}" not in used:
                yield f"{kind}/{name}"


def misshapen_schemas(spec: Spec) -> Iterator[str]:
    for path, part in places(spec):
        if part.get("type") == "array" and "items" not in part:
            yield f"{path}: a list of what"
        for word in ("anyOf", "oneOf", "allOf"):
            if word in part and len(part[word]) < 2 and "/properties/" in path:
                yield f"{path}: one way only"


def nameless(spec: Spec) -> Iterator[str]:
    info = spec["info"]
    if not all(info.get(name) for name in ("title", "summary", "description", "contact")):
        yield "info"
    if not (info["license"]["name"] and info["license"]["identifier"]):
        yield "license"
    if not all(one["url"] and one["description"] for one in spec.get("servers", ())):
        yield "servers"
    if not spec.get("servers") or info["version"] != VERSION:
        yield "version"


Rule = Callable[[Spec], Iterator[str]]
BROKEN: dict[Rule, Callable[[Spec], Any]] = {
    undescribed_fields: lambda spec: field(spec, "Takedown", "urgent").pop("description"),
    undescribed_parts: lambda spec: getter(spec)["parameters"][0].pop("description"),
    misnamed_calls: lambda spec: getter(spec).update(tags=["Odds and ends"]),
    unsettled_calls: lambda spec: getter(spec).pop("security"),
    misdrawn_paths: lambda spec: getter(spec).update(parameters=[]),
    unused_components: lambda spec: spec["components"]["headers"].update(Age={}),
    misshapen_schemas: lambda spec: field(spec, "Takedown", "items").pop("items"),
    nameless: lambda spec: spec.pop("servers"),
}


def getter(spec: Spec) -> dict[str, Any]:
    found: dict[str, Any] = spec["paths"]["/api/v1/takedowns/{reference}"]["get"]
    return found


def field(spec: Spec, shape: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = spec["components"]["schemas"][shape]["properties"][name]
    return found


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_the_contract_breaks_no_rule_of_linters(spec: Spec, rule: Rule) -> None:
    assert list(rule(spec)) == []


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_a_contract_that_breaks_a_rule_is_seen(spec: Spec, rule: Rule) -> None:
    worse = copy.deepcopy(spec)
    BROKEN[rule](worse)

    assert list(rule(worse)) != []


def test_every_meaning_is_of_something_in_the_contract(spec: Spec) -> None:
    table = meanings.told()
    shapes = spec["components"]["schemas"]
    fields = {
        (name, field.get("description"))
        for _, part in places(shapes)
        if "type" in part
        for name, field in part.get("properties", {}).items()
    }
    parameters = {
        (one["in"], one["name"], one["description"].removesuffix(meanings.SEVERAL))
        for call in calls(spec).values()
        for one in call.get("parameters", ())
    }

    assert set(table["fields"].items()) - fields == set()
    for place, told in table["parameters"].items():
        assert {(place, *one) for one in told.items()} - parameters == set()
    for shape, own in table["shapes"].items():
        for name, meaning in own.items():
            assert field(spec, shape, name)["description"] == meaning


def test_the_contract_tells_every_code_that_a_fault_may_have(spec: Spec) -> None:
    code = field(spec, "Fault", "code")

    assert code["enum"] == list(problem_types.fault_codes())
    for name, meaning in problem_types.fault_codes().items():
        assert f"- `{name}`: {meaning}" in code["description"]
