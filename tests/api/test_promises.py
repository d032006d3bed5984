"""What callers were promised is kept: more is free; what goes or is newly asked breaks them."""

import json
from pathlib import Path

import pytest

from app.api import application
from tests.api import promises

PROMISED = Path(__file__).parents[1] / "data" / "promised.txt"
CONTRACT = """{
  "paths": {"/things": {
    "get": {
      "operationId": "listThings",
      "parameters": [
        {"in": "query", "name": "state", "schema": {"enum": ["new", "old"]}},
        {"in": "header", "name": "If-Match", "required": true, "schema": {}}
      ],
      "responses": {
        "200": {
          "headers": {"ETag": {}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
        },
        "404": {}
      }
    },
    "post": {
      "operationId": "addThing",
      "requestBody": {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ThingIn"}}}
      },
      "responses": {"201": {}}
    }
  }},
  "components": {"schemas": {
    "Thing": {
      "required": ["name"],
      "properties": {
        "name": {"type": "string"},
        "kinds": {"items": {"anyOf": [{"type": "string", "const": "a"}, {"type": "null"}]}}
      }
    },
    "ThingIn": {
      "required": ["title"],
      "properties": {"title": {"type": "string"}, "note": {"type": "string"}}
    }
  }}
}"""


def promised(*changes: tuple[str, str]) -> set[str]:
    """Return the promises of the contract above once something in it is written otherwise."""
    text = CONTRACT
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return promises.of(json.loads(text))


@pytest.mark.parametrize(
    ("story", "before", "after", "breaks"),
    [
        (
            "a path is another",
            '"/things"',
            '"/items"',
            ["addThing is POST /things", "listThings is GET /things"],
        ),
        ("a method is another", '"post"', '"put"', ["addThing is POST /things"]),
        (
            "an operation is gone",
            '"get"',
            '"trace"',
            [
                "listThings answers 200",
                "listThings answers 200 with ETag",
                "listThings answers 404",
                "listThings has /200/application/json Thing",
                "listThings has /header/If-Match anything",
                "listThings has /query/state = new",
                "listThings has /query/state = old",
                "listThings has /query/state anything",
                "listThings is GET /things",
            ],
        ),
        ("an answer is gone", '"404"', '"410"', ["listThings answers 404"]),
        ("a header field is gone", '"ETag"', '"Age"', ["listThings answers 200 with ETag"]),
        (
            "a parameter is gone",
            '"name": "If-Match", "required": true',
            '"name": "If-None-Match"',
            ["listThings has /header/If-Match anything"],
        ),
        ("a value is gone", ', "old"', "", ["listThings has /query/state = old"]),
        ("a field is gone", '"note"', '"remark"', ["ThingIn has /note string"]),
        (
            "a type is another",
            '"note": {"type": "string"}',
            '"note": {"type": "integer"}',
            ["ThingIn has /note string"],
        ),
        (
            "a list may hold less",
            '{"type": "string", "const": "a"}, ',
            "",
            ["Thing has /kinds/* = a", "Thing has /kinds/* string"],
        ),
        ("a field may be left out", '"required": ["name"]', '"x": 1', ["Thing gives /name"]),
        (
            "a field became a must",
            '["title"]',
            '["title", "note"]',
            ["ThingIn needs /note"],
        ),
        (
            "a parameter became a must",
            '"name": "state"',
            '"name": "state", "required": true',
            ["listThings needs /query/state"],
        ),
        ("a field is no longer a must", '"required": ["title"]', '"x": 1', []),
        ("a parameter is no longer a must", '"required": true', '"required": false', []),
        ("another answer", '"404": {}', '"404": {}, "410": {}', []),
        (
            "several values, with commas between",
            '"schema": {"enum": ["new", "old"]}',
            '"explode": false, "schema": {"items": {"enum": ["new", "old"]}}',
            [],
        ),
        (
            "several values, each by itself",
            '"schema": {"enum": ["new", "old"]}',
            '"schema": {"items": {"enum": ["new", "old"]}}',
            [
                "listThings has /query/state = new",
                "listThings has /query/state = old",
            ],
        ),
        ("another value", '"old"', '"old", "odd"', []),
        ("another field, always given", '["name"]', '["name", "kinds"]', []),
        ("another shape", '"ThingIn": {', '"More": {"required": ["a"]}, "ThingIn": {', []),
        (
            "another operation",
            '"/things": {',
            """"/new": {"get": {"operationId": "getNew", "responses": {}, "parameters": [
                {"in": "query", "name": "a", "required": true, "schema": {}}]}}, "/things": {""",
            [],
        ),
    ],
)
def test_what_breaks_a_caller_is_told(
    story: str, before: str, after: str, breaks: list[str]
) -> None:
    assert promises.broken(promised(), promised((before, after))) == breaks


def test_the_contract_keeps_what_was_promised() -> None:
    kept = promises.of(application.build().openapi())

    assert promises.broken(set(PROMISED.read_text(encoding="utf-8").splitlines()), kept) == []
