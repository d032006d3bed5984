"""What changed from one text to another, word by word.

Pure.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_WORD = re.compile(r"\s*\S+|\s+\Z")


class How(StrEnum):
    """What happened to some words."""

    KEPT = "kept"
    REMOVED = "removed"
    INSERTED = "inserted"


class Passage(NamedTuple):
    """Some words in a row, and what happened to them."""

    how: How
    text: str


def between(before: str, after: str) -> list[Passage]:
    """Return the passages of both texts, what was removed before what came in its place."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Passage] = []
    for how, first, last, to_first, to_last in SequenceMatcher(None, old, new).get_opcodes():
        if how == "equal":
            found.append(Passage(How.KEPT, "".join(new[to_first:to_last])))
        else:
            found += _marked(How.REMOVED, "".join(old[first:last]))
            found += _marked(How.INSERTED, "".join(new[to_first:to_last]))
    return found


def _marked(how: How, text: str) -> Iterator[Passage]:
    """Mark words, but not the white space before them."""
    words = text.lstrip()
    if len(words) < len(text):
        yield Passage(How.KEPT, text[: len(text) - len(words)])
    if words:
        yield Passage(how, words)
