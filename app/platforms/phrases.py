"""Phrases of template files: how they are written, and the expressions they become.

Pure. A phrase is a regular expression over lower-case words; `…` stands for up to five words, `‥`
for up to two, and `{name}` for a part that several phrases share.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

Parts = tuple[tuple[str, str], ...]
_GAPS = {" … ": r"(?: [^\s,;:.()]+){0,5} ", " ‥ ": r"(?: [^\s,;:.()]+){0,2} "}
_PART = re.compile(r"\{([a-z_]+)\}")
_ESCAPE = re.compile(r"\\[A-Z]")


class BadPhrase(ValueError):
    """A phrase that is no expression, or that could never be found."""


def parts_of(named: Mapping[str, str]) -> Parts:
    """Return shared parts in the form that `pattern` takes; a part may use those before it."""
    found: dict[str, str] = {}
    for name, part in named.items():
        found[name] = f"(?:{_spelled(part, found)})"
    return tuple(found.items())


@lru_cache(maxsize=2048)
def pattern(phrases: tuple[str, ...], parts: Parts = ()) -> re.Pattern[str]:
    """Return what finds any of these phrases at whole words; of none, what finds nothing."""
    known = dict(parts)
    return re.compile("|".join(_bounded(_spelled(one, known)) for one in phrases) or r"(?!)")


def check(phrase: str, parts: Parts) -> None:
    """Raise BadPhrase, saying why, where a phrase cannot find anything."""
    plain = _ESCAPE.sub("", phrase)
    if plain != plain.lower():
        raise BadPhrase("holds a capital, but texts are read in lower case")
    if "’" in phrase:
        raise BadPhrase("holds a curly apostrophe, but texts are read with straight ones")
    try:
        found = re.compile(_spelled(phrase, dict(parts)))
    except re.error as problem:
        raise BadPhrase(f"is no regular expression: {problem}") from None
    if found.search(""):
        raise BadPhrase("is found in an empty text")


def _spelled(phrase: str, parts: Mapping[str, str]) -> str:
    for sign, gap in _GAPS.items():
        phrase = phrase.replace(sign, gap)
    for name in _PART.findall(phrase):
        if name not in parts:
            raise BadPhrase(f"uses the unknown part {{{name}}}")
    return _PART.sub(lambda match: parts[match[1]], phrase)


def _bounded(expression: str) -> str:
    """Let it begin and end at words; signs stand by themselves, and an apostrophe joins."""
    begins = "" if expression.startswith(("[", " ", "^")) else r"(?<!\w)"
    ends = "" if expression.endswith(("]", " ", "'", "$")) else r"(?!\w|'s\b)"
    return f"{begins}(?:{expression}){ends}"
