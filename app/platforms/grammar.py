"""The small language in which a platform's file writes its paths and addresses.

Pure. `/{account:handle}/posts/[{:slug}/]{id:number}`: `{name:pattern}` is a value, `{:pattern}` one
that is not kept, `[…]` may be missing, `(a|b)` is either, `*` at the end is anything.
"""

import re
from collections.abc import Mapping

SAME_HOST = "https://%(host)s"
COMMON = {"segment": "[^/]+", "rest": ".+", "number": "[0-9]+", "word": "[A-Za-z0-9_-]+"}

_TOKEN = re.compile(
    r"\{(?P<name>\w*)(?::(?P<pattern>\w+))?\}|(?P<mark>[\[\]()|*])|(?P<text>[^{}\[\]()|*]+)"
)
_MARKS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|", "*": ".*"}
_GROUP = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")


class Unreadable(ValueError):
    """A path, parameter or address of a platform's file that cannot be understood."""


def expression(path: str, patterns: Mapping[str, str]) -> str:
    """The regular expression of a path; words of the path are read in any case."""
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(path):
        if token.start() != end:
            break
        end = token.end()
        if token["text"] is not None:
            parts.append(f"(?i:{re.escape(token['text'])})")
        elif token["mark"] is not None:
            parts.append(_MARKS[token["mark"]])
        else:
            parts.append(_group(token["name"], token["pattern"] or token["name"], patterns))
    if end != len(path):
        raise Unreadable(f"cannot read {path!r} from {path[end:]!r}")
    return "".join(parts)


def _group(name: str, pattern: str, patterns: Mapping[str, str]) -> str:
    found = patterns.get(pattern) or COMMON.get(pattern)
    if found is None:
        raise Unreadable(f"there is no pattern {pattern!r}")
    return f"(?P<{name}>{found})" if name else f"(?:{found})"


def pattern_names(path: str) -> dict[str, str]:
    """Which pattern each value of a path is written in, by the value's name."""
    return {
        token["name"]: token["pattern"] or token["name"]
        for token in _TOKEN.finditer(path)
        if token["name"]
    }


def parameters(query: Mapping[str, str], patterns: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(value's name, parameter, regular expression) of each required parameter."""
    found = []
    for parameter, value in query.items():
        name, _, pattern = value.partition(":")
        if (pattern or name) not in {**COMMON, **patterns}:
            raise Unreadable(f"there is no pattern {pattern or name!r}")
        found.append((name, parameter, patterns.get(pattern or name) or COMMON[pattern or name]))
    return found


def placeholders(template: str) -> set[str]:
    """Names of the values that an address or a host stands open for."""
    return set(re.findall(r"\{(\w+)\}", template))


def filler(template: str) -> tuple[str, tuple[str, ...]]:
    """A %-format for an address, and the names of values that go into its query.

    Those are expected percent-encoded under their name with a `?` before it.
    """
    path, mark, query = template.partition("?")
    asked = tuple(sorted(placeholders(query)))
    path = re.sub(r"\{(\w+)\}", r"%(\1)s", path.replace("%", "%%"))
    query = re.sub(r"\{(\w+)\}", r"%(?\1)s", query.replace("%", "%%"))
    start = "https:" if path.startswith("//") else SAME_HOST
    return start + path + mark + query, asked


def first_words(path: str) -> set[str]:
    """Words a path can begin with, in lower case; empty when it can only begin with a value."""
    return {first for first, _ in _beginnings(path) if _is_word(first)}


def second_words(path: str) -> set[str]:
    """Words that can follow a first segment that is a value."""
    return {
        second for first, second in _beginnings(path) if not _is_word(first) and _is_word(second)
    }


def is_open(path: str) -> bool:
    """Whether neither the first nor the second segment of a path need be a word."""
    return any(not _is_word(first) and not _is_word(second) for first, second in _beginnings(path))


def _beginnings(path: str) -> set[tuple[str, str]]:
    variants = [path]
    while any(_GROUP.search(variant) for variant in variants):
        variants = [spelled for variant in variants for spelled in _spelled_out(variant)]
    split = (f"{variant.lower()}//".split("/") for variant in variants)
    return {(first, second) for _, first, second, *_ in split}


def _spelled_out(path: str) -> list[str]:
    group = _GROUP.search(path)
    if group is None:
        return [path]
    choices = ["", group[1]] if group[1] is not None else group[2].split("|")
    return [path[: group.start()] + choice + path[group.end() :] for choice in choices]


def _is_word(segment: str) -> bool:
    return segment != "" and not set("{*") & set(segment)
