"""Whatever rule a row breaks, its words are those of the file: no field, no code, no command."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from app.imports.vocabularies import CellRule, RowRule
from app.kit import wording
from app.kit.languages import Language
from app.notices.vocabularies import Lack
from app.platforms.vocabularies import Unreadable
from app.schemas import faults
from app.web.imports import row_words

# What a row of a person's sheet goes through, until it is in the books.
ON_THE_WAY = (
    "imports/translating.py", "imports/moments.py", "imports/import_columns.py",
    "imports/duplicates.py", "imports/importing.py", "notices/new_items.py", "notices/drafts.py",
    "notices/filling.py", "notices/compose.py", "notices/freezing.py", "notices/submission.py",
    "schemas/values.py", "schemas/local_times.py", "takedowns/addressees.py", "takedowns/intake.py",
    "takedowns/facts.py", "takedowns/basis_choice.py", "takedowns/legality.py",
)  # fmt: skip
# By which of its arguments a refusal says its rule.
RULE = {"Refused": 0, "Conflict": 0, "NotAllowedNow": 0, "NoMoment": 0, "_several": 0, "Fault": 1}
NOT_FOR_READERS = re.compile(r"\w_\w|/\w+/|\bAPI\b|\bJSON\b|`|\btakedown\b|--")


def raised(path: Path) -> Iterator[str]:
    """The rules that a module names where it refuses."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = RULE.get(node.func.id, len(node.args))
            for rule in node.args[place : place + 1]:
                if isinstance(rule, ast.Constant):
                    yield str(rule.value)


def codes() -> set[str]:
    folder = Path(app.__file__).parent
    told = {code for path in ON_THE_WAY for code in raised(folder / path)}
    lists = (CellRule, RowRule, Lack, Unreadable, faults._CODES.values(), ("invalid",))
    return told.union(*map(set, lists))


def test_the_rules_are_found_where_rows_are_refused() -> None:
    assert {"not_submitted", "several_sites", "partly_reported", "in_the_future"} < codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_rule_is_told_in_words_of_the_file(code: str) -> None:
    said = {one: row_words.sentence("", code, wording.words_of(one)) for one in Language}

    assert len(set(said.values())) == len(Language)
    assert said["en"] != "This was not accepted."
    assert [text for text in said.values() if NOT_FOR_READERS.search(text)] == []


def test_what_is_wrong_with_a_number_is_told_of_numbers() -> None:
    words = wording.words_of(Language.EN)

    assert "no space" in row_words.sentence("case_ref", "malformed", words)
