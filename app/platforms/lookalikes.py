"""Whether a foreign host dresses up as a platform.

Pure. It only chooses the words for a refusal: what is a platform's own host is decided elsewhere.
"""

import re
import unicodedata
from collections.abc import Container, Iterable

_SHORTEST_FUZZY = 5
_SHORTEST_INSIDE = 7
# Letters and digits that pass for a Latin letter; i, l and 1 count as one.
_PASSES_FOR = str.maketrans(
    {
        **dict.fromkeys("i1|!ıіӏιľłɩ", "l"),
        **dict.fromkeys("0оοσөօøо", "o"),
        **dict.fromkeys("аαɑ4", "a"),
        **dict.fromkeys("еёєεҽ3", "e"),
        **dict.fromkeys("сϲƈ", "c"),
        **dict.fromkeys("ѕ5ʂ", "s"),
        **dict.fromkeys("ԁɗđ", "d"),
        **dict.fromkeys("вƅ8ḃβ", "b"),
        **dict.fromkeys("рρ", "p"),
        **dict.fromkeys("уүγυ", "y"),
        **dict.fromkeys("хχ", "x"),
        **dict.fromkeys("кκĸ", "k"),
        **dict.fromkeys("тτ7ŧ", "t"),
        **dict.fromkeys("ɡց9", "g"),
        **dict.fromkeys("нһħ", "h"),
        **dict.fromkeys("пո", "n"),
        **dict.fromkeys("м", "m"),
        **dict.fromkeys("гґ", "r"),
        **dict.fromkeys("ѡшω", "w"),
        **dict.fromkeys("ս", "u"),
    }
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def skeleton(text: str) -> str:
    """The text as an eye skims it: no accents, look-alike letters made one."""
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in marked if not unicodedata.combining(letter))
    bare = text.lower().translate(_PASSES_FOR)
    for pair, letter in _PAIRS:
        bare = bare.replace(pair, letter)
    return bare


class Lookalikes:
    """Names and hosts that others may imitate."""

    def __init__(self, names: Iterable[str], hosts: Container[str]) -> None:
        names = list(dict.fromkeys(names))
        self._hosts = hosts
        self._short = frozenset(name for name in names if len(name) < _SHORTEST_FUZZY)
        self._names = [skeleton(name) for name in names if len(name) >= _SHORTEST_FUZZY]
        pieces = {piece for name in self._names for piece in _pieces(name)}
        self._pieces = re.compile("|".join(map(re.escape, sorted(pieces))) or r"(?!)")

    def has(self, host: str) -> bool:
        """Whether a host bears one of the names or hosts, or one an edit or a shape away."""
        labels = [_shown(label) for label in host.split(".")]
        if self._holds_a_host(labels) or not self._short.isdisjoint(labels[:-1]):
            return True
        if "-" in host and self._holds_a_host(host.replace("-", ".").split(".")):
            return True
        seen = [skeleton(label) for label in labels]
        return any(
            _bears(label, name)
            for label in seen
            if self._pieces.search(label.replace("-", ""))
            for name in self._names
        )

    def _holds_a_host(self, labels: list[str]) -> bool:
        count = len(labels)
        return any(
            ".".join(labels[start:end]) in self._hosts
            for start in range(count)
            for end in range(start + 2, min(start + 5, count + 1))
        )


def _pieces(name: str) -> tuple[str, ...]:
    """What is left whole by one edit: a half, or all but two swapped letters in the middle."""
    half = len(name) // 2
    swapped = name[: half - 1] + name[half] + name[half - 1] + name[half + 1 :]
    return name[:half], name[half:], swapped


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _bears(label: str, name: str) -> bool:
    joined = label.replace("-", "")
    if name in joined:
        return True
    words = {*label.split("-"), joined, joined.removeprefix("www")}
    if any(_one_edit(word, name) for word in words):
        return True
    half = len(name) // 2
    if len(name) < _SHORTEST_INSIDE or not (name[:half] in joined or name[half:] in joined):
        return False
    return any(
        _one_edit(joined[start : start + size], name)
        for size in (len(name) - 1, len(name), len(name) + 1)
        for start in range(len(joined) - size + 1)
    )


def _one_edit(word: str, name: str) -> bool:
    """One letter added, left out, replaced, or two neighbours swapped."""
    if abs(len(word) - len(name)) > 1:
        return False
    start = 0
    while start < min(len(word), len(name)) and word[start] == name[start]:
        start += 1
    ours, theirs = word[start:], name[start:]
    if ours[1:] == theirs[1:] or ours[1:] == theirs or ours == theirs[1:]:
        return True
    return ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]
