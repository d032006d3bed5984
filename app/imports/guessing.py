"""Which row holds the headings, what each column is, what each word of a sheet means: the guess.

Pure. A person sees every guess and may change it.
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from app.imports import files
from app.imports.files import Cell, Row
from app.imports.heading_words import WORDS
from app.imports.targets import KINDS, Kind

_LONGEST_HEADING = 60
_LIKE_ENOUGH = 0.8
_NEAR = 0.9  # what differs more in length alone is not compared
_LONG_ENOUGH = 4  # letters
_LINK = re.compile(r"^(https?://|www\.)|^[\w-]+(\.[\w-]+)+/", re.IGNORECASE)
# Wider, for what must not be shown: anywhere in a text, an account, a host with spelled dots.
_POINTING = re.compile(
    r"//|\bwww\.|@\w|[\[({](?:\.|dot)[\])}]|\.onion\b|"
    r"(?:\w\.[^\W\d_][\w-]+|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?[/?#]",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_OWN = {word: target for target, words in WORDS.items() for word in words} | {
    name.replace("_", " "): name for name in KINDS
}


def plain(text: str) -> str:
    """Return a text in small letters without accents, all else a space."""
    parted = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def is_pointing(text: str) -> bool:
    """Tell whether a text holds an address or an account: no heading, and no word for a code."""
    return _POINTING.search(text) is not None


def is_pointing_or_host(text: str) -> bool:
    """Tell the same also of a host alone: it is shown, to be matched, and kept nowhere."""
    return is_pointing(text) or _HOST.fullmatch(text.strip()) is not None


def heading_row(rows: Sequence[Row]) -> int:
    """Return the number of the row that looks most like headings; 1 where there is none."""
    scores = [(_like_headings(cells), -number) for number, cells in rows]
    return -max(scores)[1] if scores else 1


def _like_headings(cells: Sequence[Cell]) -> int:
    texts = {cell for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING}
    values = sum(isinstance(cell, int | float | date | time) for cell in cells)
    links = sum(is_pointing(text) for text in texts)
    known = sum(target_of(text) is not None for text in texts)
    return len(texts) + 2 * known - 2 * values - 3 * links


def headings(rows: Iterable[Row], number: int) -> list[str]:
    """Return a name for each column: its heading, with the one above it where two are the same."""
    below: list[str] = []
    above: list[str] = []
    for place, cells in rows:
        texts = [files.shown(cell) for cell in cells]
        if place == number:
            below = [" ".join(text.split())[:_LONGEST_HEADING] for text in texts]
            break
        above = texts
    often = Counter(below)
    names: list[str] = []
    for place, name in enumerate(below):
        group = " ".join(above[place].split()) if place < len(above) else ""
        if name and often[name] > 1 and group and group != name:
            name = f"{group[:_LONGEST_HEADING]} – {name}"  # noqa: PLW2901 - its full name
        names.append(name)
    while names and not names[-1]:
        names.pop()
    return _each_once(names)


def _each_once(names: Sequence[str]) -> list[str]:
    seen, told = Counter[str](), []
    for name in names:
        seen[name] += 1
        told.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return told


def target_of(heading: str) -> str | None:
    """Return what a heading by itself says that its column is."""
    for words in (plain(heading), plain(heading.rpartition("–")[2])):
        words = re.sub(r" \d+$", "", words)  # noqa: PLW2901 - “Link 2” is a link too
        if words in _OWN:
            return _OWN[words]
    if len(words) <= _LONG_ENOUGH:
        return None
    known = [
        one for one in _OWN if _NEAR * (len(one) + len(words)) <= 2 * min(len(one), len(words))
    ]
    near = difflib.get_close_matches(words, known, n=1, cutoff=_NEAR)
    return _OWN[near[0]] if near else None


def _within(heading: str) -> str | None:
    """Return what the longest known words in a heading say; a time of day is not told so loosely.

    Of a moment one word is not enough.
    """
    words = f" {plain(heading)} "
    known = sorted((one for one in _OWN if f" {one} " in words), key=len, reverse=True)
    for one in known:
        kind = KINDS[_OWN[one]]
        is_enough = " " in one if kind is Kind.MOMENT else len(one) >= _LONG_ENOUGH
        if is_enough and kind is not Kind.TIME:
            return _OWN[one]
    return None


def columns(names: Sequence[str], samples: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Return what the columns are, by place: by heading, then links by what stands in them.

    Each but links is found once: at the first column that is called so, else in part.
    """
    found: dict[int, str] = {}
    for told in (target_of, _within):
        for place, name in enumerate(names):
            target = told(name) if place not in found else None
            is_new = target not in found.values()
            if target and (is_new or (target == "url" and told is target_of)):
                found[place] = target
    if "url" not in found.values():
        for place, cells in enumerate(samples):
            texts = [cell for cell in cells if isinstance(cell, str)]
            if texts and sum(bool(_LINK.match(text)) for text in texts) * 2 > len(texts):
                found[place] = "url"
                break
    return found


def code_of(value: str, choices: Mapping[str, Sequence[str]]) -> str | None:
    """Return the code whose words a value is, or nearly is; None where none stands out."""
    words = plain(value)
    known = {plain(word): code for code, told in choices.items() for word in (code, *told)}
    if words in known:
        return known[words]
    joined = {name.replace(" ", ""): code for name, code in known.items()}
    near = difflib.get_close_matches(words.replace(" ", ""), joined, n=1, cutoff=_LIKE_ENOUGH)
    if near:
        return joined[near[0]]
    within = {known[name] for name in known if len(name) > 3 and name in words}
    return within.pop() if len(within) == 1 else None
