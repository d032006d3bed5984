"""What holds a code of a closed list is compared with the code's name, never with a plain text."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from app.kit.settings import ROOT
from tests import vocabularies

# Of Babel, and of an import's rows, whose outcomes are of a list of their own.
OTHERS = {"locale.language", "done.outcome", "told.outcome"}


@cache
def codes() -> Mapping[str, frozenset[str]]:
    """The codes that fields of a name may hold, by what the classes that have one say of it."""
    lists = {one.__name__: frozenset(map(str, one)) for one in vocabularies.every()}
    found = defaultdict[str, frozenset[str]](frozenset)
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                for word in re.findall(r"\w+", ast.unparse(node.annotation)):
                    found[node.target.id] |= lists.get(word, frozenset())
    return found


def plain(text: str) -> Iterator[str]:
    """Each comparison of a field with the plain text of a code that it may hold."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            fields = [one for one in sides if isinstance(one, ast.Attribute)]
            texts = {
                one.value
                for side in sides
                for one in ast.walk(side)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
            for field in fields:
                if ast.unparse(field) not in OTHERS and texts & codes()[field.attr]:
                    yield ast.unparse(node)


def test_codes_are_compared_by_their_names() -> None:
    found = {
        str(path): told
        for path in (ROOT / "app").rglob("*.py")
        if (told := [*plain(path.read_text("utf-8"))])
    }

    assert found == {}


def test_a_plain_code_is_seen() -> None:
    text = (
        "row.stage == 'held'\nrow.stage == Stage.HELD\nrow.stage in ('x', 'draft')\nname == 'held'"
    )

    assert [*plain(text)] == ["row.stage == 'held'", "row.stage in ('x', 'draft')"]
