"""The small language in which a platform's file writes its paths and addresses.

Pure. `/{account:handle}/posts/[{:slug}/]{id:number}`: `{name:pattern}` is a value, `{:pattern}` one
that is not kept, `[…]` may be missing, `(a|b)` is either, `*` at the end is anything.
"""

import re
from collections.abc import Iterable, Mapping

SAME_HOST = "https://%(host)s"
COMMON = {
    # No address ends in a sentence's signs, so no value of one does.
    "segment": "[^/]+(?<![.,:!])(?<!%20|%3B|%0[9AD])",
    "rest": ".+",
    "number": "[0-9]+",
    "word": "[A-Za-z0-9_-]+",
}

_TOKEN = re.compile(
    r"\{(?P<name>\w*)(?::(?P<pattern>\w+))?\}|(?P<mark>[\[\]()|*])|(?P<text>[^{}\[\]()|*]+)"
)
_MARKS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|", "*": ".*"}
_GROUP = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
_VALUE = re.compile(r"\{(\w+)(?::\w+)?\}")
_NO_WORDS: Mapping[str, Iterable[str]] = {}


class Unreadable(ValueError):
    """A path, parameter or address of a platform's file that cannot be understood."""


def expression(
    path: str, patterns: Mapping[str, str], not_words: Mapping[str, Iterable[str]] = _NO_WORDS
) -> str:
    """The regular expression of a path; words of the path are read in any case.

    `not_words` names for each value the words of the site that it never is.
    """
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
            words = sorted(not_words.get(token["name"], ()))
            parts.append(
                _group(token["name"], token["pattern"] or token["name"], patterns, words=words)
            )
    if end != len(path):
        raise Unreadable(f"cannot read {path!r} from {path[end:]!r}")
    return "".join(parts)


def _group(name: str, pattern: str, patterns: Mapping[str, str], *, words: list[str]) -> str:
    found = patterns.get(pattern) or COMMON.get(pattern)
    if found is None:
        raise Unreadable(f"there is no pattern {pattern!r}")
    if words:
        found = rf"(?!(?i:{'|'.join(map(re.escape, words))})(?:/|\Z))(?:{found})"
    return f"(?P<{name}>{found})" if name else f"(?:{found})"


def pattern_names(path: str) -> dict[str, str]:
    """Which pattern each value of a path is written in, by the value's name."""
    return {
        token["name"]: token["pattern"] or token["name"]
        for token in _TOKEN.finditer(path)
        if token["name"]
    }


def parameters(query: Mapping[str, str]) -> dict[str, str]:
    """What each required parameter holds, written as a path is; `id:number` is its whole value."""
    return {name: text if "{" in text else f"{{{text}}}" for name, text in query.items()}


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


def words_instead(path: str, paths: Iterable[str]) -> dict[str, set[str]]:
    """For each value that is a segment of a path, the words that other paths have in its place."""
    found: dict[str, set[str]] = {}
    others = [spelling for other in paths for spelling in _spellings(other)]
    for mine in _spellings(path):
        for place, segment in enumerate(mine):
            value = _VALUE.fullmatch(segment)
            if value is None or place == 0:
                continue
            found.setdefault(value[1], set()).update(
                theirs[place]
                for theirs in others
                if len(theirs) > place
                and _is_word(theirs[place])
                and all(map(_may_be_same, mine[:place], theirs))
            )
    return found


def stems(path: str) -> set[str]:
    """The beginnings of a path that say nothing without the id or account that follows them."""
    found, name = set(), "{id" if "{id" in path else "{account"
    for spelling in _spellings(path):
        place = next((at for at, segment in enumerate(spelling) if name in segment), 0)
        if any(map(_is_word, spelling[:place])):
            found.add("/" + "/".join(spelling[:place]))
    return found


def _beginnings(path: str) -> set[tuple[str, str]]:
    padded = ((*spelling, "", "") for spelling in _spellings(path.lower()))
    return {(first, second) for first, second, *_ in padded}


def _spellings(path: str) -> list[tuple[str, ...]]:
    """The segments of a path in all its variants."""
    variants = [path]
    while any(_GROUP.search(variant) for variant in variants):
        variants = [spelled for variant in variants for spelled in _spelled_out(variant)]
    return [tuple(variant.split("/")[1:]) for variant in variants]


def _spelled_out(path: str) -> list[str]:
    group = _GROUP.search(path)
    if group is None:
        return [path]
    choices = ["", group[1]] if group[1] is not None else group[2].split("|")
    return [path[: group.start()] + choice + path[group.end() :] for choice in choices]


def _is_word(segment: str) -> bool:
    return segment != "" and not set("{*") & set(segment)


def _may_be_same(mine: str, theirs: str) -> bool:
    """Whether two segments can be one: a first word is never read as a value."""
    return mine == theirs or (not _is_word(mine) and not _is_word(theirs))
