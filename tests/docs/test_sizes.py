"""Files and functions stay small enough to be read at a glance."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from app.kit.settings import ROOT

FILE, FUNCTION, NINE_OF_TEN, POSITIONAL = 300, 50, 25, 3
# Their callers are tables of functions, the command line or the framework, never a line of ours.
CALLED_BY_OTHERS = ("router.", "command", "callback", "middleware")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def test_no_file_is_longer_than_a_reader_holds() -> None:
    found = {
        path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "app").rglob("*.py")
    }

    assert {str(path): length for path, length in found.items() if length > FILE} == {}
    assert median(found.values()) <= FILE / 3


def test_no_function_is_longer_than_a_screen_and_nine_of_ten_are_half_of_it() -> None:
    found = {
        f"{path}:{one.name}": lines(one)
        for path in (ROOT / "app").rglob("*.py")
        for one in functions(path)
    }

    assert {name: length for name, length in found.items() if length > FUNCTION} == {}
    assert sorted(found.values())[len(found) * 9 // 10] <= NINE_OF_TEN


def test_what_is_told_beyond_three_things_is_told_by_name() -> None:
    found = [
        f"{path}:{one.lineno} {one.name}"
        for path in (ROOT / "app").rglob("*.py")
        for one in functions(path)
        if positional(one) > POSITIONAL
        and not any(
            word in ast.unparse(by) for by in one.decorator_list for word in CALLED_BY_OTHERS
        )
    ]

    assert found == []
