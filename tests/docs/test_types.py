"""Types carry the domain: `Any` stands where JSON enters, and rows are values of a class."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kit.settings import ROOT

# What carries JSON in and out, and the words of pages; everything else is the domain.
FACES = ("api", "web", "http", "commands")
# Never more: what is taken away stays away, and each that stands says why.
MOST = 22
# What a driver gives, untyped: by name, or as a mapping.
UNTYPED = ("Row[Any]", "RowMapping", "._mapping")


def modules() -> Iterator[Path]:
    app = ROOT / "app"
    for path in sorted(app.rglob("*.py")):
        if path.relative_to(app).parts[0] not in FACES:
            yield path


def anys(text: str) -> list[int]:
    """The line of each `Any` of a module, its imports left out."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name) and node.id == "Any"
    ]


def unexplained(text: str) -> list[int]:
    """The lines of each `Any` that has no comment on its line, and none above it."""
    lines = ["", *text.splitlines()]
    return [
        at for at in anys(text)
        if " # " not in lines[at] and not lines[at - 1].lstrip().startswith("# ")
    ]  # fmt: skip


def untyped(text: str) -> list[str]:
    return [one for one in UNTYPED if one in text]


def test_any_stands_only_where_json_enters() -> None:
    assert sum(len(anys(path.read_text("utf-8"))) for path in modules()) <= MOST


def test_each_any_says_why() -> None:
    found = {path: unexplained(path.read_text("utf-8")) for path in modules()}

    assert {path.name: lines for path, lines in found.items() if lines} == {}


def test_no_row_is_untyped() -> None:
    found = {path: untyped(path.read_text("utf-8")) for path in (ROOT / "app").rglob("*.py")}

    assert {path.name: ways for path, ways in found.items() if ways} == {}


@pytest.mark.parametrize(
    ("text", "count", "ways"),
    [
        ("from typing import Any\n", 0, []),
        ("def read(given: Any) -> dict[str, Any]: ...", 2, []),
        ("def of(row: Row[Any]) -> None: ...", 1, ["Row[Any]"]),
        ("told = row._mapping['x']", 0, ["._mapping"]),
    ],
)
def test_what_is_left_untyped_is_seen(text: str, count: int, ways: list[str]) -> None:
    assert (len(anys(text)), untyped(text)) == (count, ways)


def test_an_any_without_a_reason_is_seen() -> None:
    text = "# JSON.\nA = Any\nB = Any  # JSON\nC = Any\n"

    assert unexplained(text) == [4]
