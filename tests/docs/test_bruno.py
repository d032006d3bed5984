"""The Bruno collection in docs/bruno, read as Bruno reads it and walked through against the app."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.kit.settings import ROOT
from tests.api_client import ApiClient
from tests.factories import ManualClock

FOLDER = ROOT / "docs/bruno"
REQUESTS = sorted(FOLDER.glob("[0-9]*.bru"))
ENVIRONMENT = FOLDER / "environments/demo.bru"
TEXTS = ("body:json", "docs")
Blocks = dict[str, Any]


class Answer(NamedTuple):
    """What a step was answered, as Bruno's `res`."""

    status: int
    body: Any


def parsed(path: Path) -> Blocks:
    """Read the blocks of a .bru file: a text for body and docs, else a dict."""
    text = path.read_text("utf-8")
    found: Blocks = {}
    for name, content in re.findall(r"^([a-z:-]+) \{\n(.*?)\n\}$", text, re.MULTILINE | re.DOTALL):
        assert name not in found, name
        found[name] = content if name in TEXTS else dict(map(pair, content.splitlines()))
    written = "\n\n".join(f"{name} {{\n{shown(block)}\n}}" for name, block in found.items())
    assert f"{written}\n" == text, "something stands between the blocks"
    return found


def pair(line: str) -> tuple[str, str]:
    indent, name, value = re.fullmatch(r"( *)([^:]+): (.*)", line).groups()  # type: ignore[union-attr]
    assert indent == "  "
    return name, value


def shown(block: str | dict[str, str]) -> str:
    if isinstance(block, str):
        return block
    return "\n".join(f"  {name}: {value}" for name, value in block.items())


def filled(text: str, variables: dict[str, Any]) -> str:
    return re.sub(r"\{\{([\w.]+)\}\}", lambda found: str(variables[found[1]]), text)


def value_of(expression: str, answer: Answer) -> Any:
    """Follow `res.body.takedowns[0].reference` into an answer."""
    root, *steps = re.findall(r"\w+", expression)
    assert root == "res"
    value: Any = answer._asdict()
    for step in steps:
        if isinstance(value, list):
            value = len(value) if step == "length" else value[int(step)]
        else:
            value = value[step]
    return value


def expected(assertion: str, variables: dict[str, Any]) -> Any:
    """What `eq …` compares with: a JSON value where it is one, else the text."""
    operator, _, text = filled(assertion, variables).partition(" ")
    assert operator == "eq"
    return json.loads(text) if re.fullmatch(r"\d+|true|false|null", text) else text


def sent(api: ApiClient, blocks: Blocks, variables: dict[str, Any]) -> Answer:
    [method] = {"get", "post"} & set(blocks)
    request = blocks[method]
    assert (request["auth"], request["body"]) == (
        "inherit",
        "json" if "body:json" in blocks else "none",
    )
    query = "&".join(f"{name}={value}" for name, value in blocks.get("params:query", {}).items())
    assert request["url"].partition("?")[2] == query
    content = filled(blocks.get("body:json", ""), variables)
    answer = api.client.request(
        method,
        filled(request["url"], variables),
        content=content or None,
        headers=api.headers | ({"Content-Type": "application/json"} if content else {}),
    )
    return Answer(answer.status_code, answer.json())


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.bru")), ids=lambda path: path.stem)
def test_every_file_is_written_as_bruno_writes_it(path: Path) -> None:
    blocks = parsed(path)

    if path in REQUESTS:
        assert blocks["meta"]["seq"] == str(int(path.name[:2]))
        assert "eq" in blocks["assert"]["res.status"]


def test_the_collection_uses_the_token_that_the_demo_prints() -> None:
    assert parsed(FOLDER / "collection.bru")["auth:bearer"] == {"token": "{{token}}"}
    assert parsed(ENVIRONMENT)["vars"] == {
        "address": "http://127.0.0.1:8000/api/v1",
        "token": "{{process.env.TOKEN}}",
    }
    assert json.loads((FOLDER / "bruno.json").read_text("utf-8"))["type"] == "collection"


def test_the_walk_does_what_it_asserts_and_can_be_repeated(
    api: ApiClient, clock: ManualClock
) -> None:
    for _ in range(2):
        variables = dict(parsed(ENVIRONMENT)["vars"])
        for path in REQUESTS:
            clock.advance(0.1)
            blocks = parsed(path)
            answer = sent(api, blocks, variables)

            found = {name: value_of(name, answer) for name in blocks["assert"]}
            assert found == {
                name: expected(text, variables) for name, text in blocks["assert"].items()
            }, path.name
            captured = blocks.get("vars:post-response", {})
            variables |= {name: value_of(place, answer) for name, place in captured.items()}
