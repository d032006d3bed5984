"""Whether a foreign host dresses up as a platform.

Pure. It only chooses the words for a refusal: what is a platform's own host is decided elsewhere.
"""

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
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(c for c in bare if not unicodedata.combining(c)).translate(_PASSES_FOR)
    for pair, letter in _PAIRS:
        bare = bare.replace(pair, letter)
    return bare


def imitates(host: str, names: Iterable[str], hosts: Container[str]) -> bool:
    """Whether a host bears a platform's name or host, or one an edit or a letter's shape away."""
    labels = [_shown(label) for label in host.split(".")]
    if _holds_a_host(labels, hosts) or _holds_a_host(host.replace("-", ".").split("."), hosts):
        return True
    seen = [skeleton(label) for label in labels]
    return any(_bears(seen, labels, name) for name in names)


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _holds_a_host(labels: list[str], hosts: Container[str]) -> bool:
    count = len(labels)
    return any(
        ".".join(labels[start:end]) in hosts
        for start in range(count)
        for end in range(start + 2, min(start + 5, count + 1))
    )


def _bears(seen: list[str], labels: list[str], name: str) -> bool:
    if len(name) < _SHORTEST_FUZZY:
        return name in labels[:-1]
    wanted = skeleton(name)
    return any(_within(label, wanted) for label in seen)


def _within(label: str, name: str) -> bool:
    joined = label.replace("-", "")
    if name in joined:
        return True
    words = [*label.split("-"), joined, joined.removeprefix("www")]
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
