"""A pasted mail: which of its words are the platform's own, and what stood above them.

Pure. What a mail quotes, forwards or signs with is somebody else's, or nobody's, word.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.platforms.phrases import pattern
from app.platforms.replies import Replies

_FEW_LINES = 6  # of a header
_WRAPPED = 3  # lines over which an attribution runs
_LONGEST = 400  # signs of an attribution
_LONG = 60  # signs after which a line may be the first part of a wrapped one
_SIGNS = str.maketrans("’‘´`“”„«»–—−\u00a0\u202f\u2007", '\'\'\'\'"""""---   ')
_SIGNATURE = re.compile(r"--\s*")
_LINK = re.compile(r"(?<![\w.+%-])(?:\w{1,20}://|www\.|[\w.+%-]{1,64}@)\S*[^\s.,;:!?)\]>]")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•·]|\d{1,2}[.)])\s)")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_SENTENCE_MAX = 600  # a wall of words is read piece by piece


class Mail(NamedTuple):
    """A mail's own words: what stands above a quotation, then what answers below it.

    `head` are the lines of its header, where it was pasted with one.
    """

    head: str
    parts: Sequence[str]


class _Mark(NamedTuple):
    """Lines at which somebody else's words begin, or at the very top a mail's own header."""

    start: int
    end: int
    is_head: bool
    is_attribution: bool


def read(text: str, spoken: Sequence[Replies]) -> Mail:
    """Take a pasted mail apart."""
    lines = text.splitlines()
    head: list[str] = []
    at = 0
    while mark := next(_marks(lines, at, spoken), None):
        if not mark.is_head or any(line.strip() for line in lines[at : mark.start]):
            break
        head += lines[mark.start : mark.end]
        at = mark.end
    if mark is None:
        return Mail("\n".join(head), [_own(lines[at:], spoken)])
    above, below = lines[at : mark.start], lines[mark.end :]
    parts = [_own(above, spoken)]
    if mark.is_attribution and any(line.lstrip().startswith(">") for line in below):
        after = next(_marks(below, 0, spoken), None)
        parts.append(_own(below[: after.start] if after else below, spoken))
    return Mail("\n".join(head), parts)


def plain(text: str) -> str:
    """Write a text in lower case, with straight quotes and without signs nobody sees."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", seen).lower().translate(_SIGNS)


def flat(text: str) -> str:
    """Write a plain text on one line, with a sign in the place of each address."""
    return " ".join(_LINK.sub("#", text).split())


def sentences(text: str) -> list[str]:
    """Part a plain text into sentences, each once; addresses in it say nothing."""
    found: list[str] = []
    for paragraph in _PARAGRAPH.split(_LINK.sub("#", text)):
        for sentence in _SENTENCE.split(" ".join(paragraph.split())):
            pieces = range(0, len(sentence), _SENTENCE_MAX)
            found += [sentence[at : at + _SENTENCE_MAX] for at in pieces]
    return list(dict.fromkeys(found))


def _marks(lines: Sequence[str], begin: int, spoken: Sequence[Replies]) -> Iterator[_Mark]:
    trails = [one.trails for one in spoken]
    forwards = _whole([phrase for one in trails for phrase in one.forwards])
    echoes = _whole([phrase for one in trails for phrase in one.echoes])
    attributions = _whole([phrase for one in trails for phrase in one.attributions])
    seen = [plain(line).strip(" *_=-") for line in lines]
    for at in range(begin, len(lines)):
        if not seen[at] or seen[at].startswith(">"):
            continue
        if forwards.fullmatch(seen[at]):
            yield _Mark(at, at + 1, is_head=True, is_attribution=False)
        elif echoes.fullmatch(seen[at]):
            yield _Mark(at, at + 1, is_head=False, is_attribution=False)
        elif end := _header(seen, at, spoken):
            yield _Mark(at, end, is_head=True, is_attribution=False)
        elif end := _attribution(seen, at, attributions):
            yield _Mark(at, end, is_head=False, is_attribution=True)


def _attribution(seen: Sequence[str], at: int, known: re.Pattern[str]) -> int:
    """Return where an attribution that begins on a line ends; 0 where none begins there."""
    for end in range(at + 1, min(at + _WRAPPED, len(seen)) + 1):
        if not seen[end - 1]:
            break
        if known.fullmatch(" ".join(seen[at:end])[:_LONGEST]):
            begins_later = any(
                _attribution(seen[:end], later, known) for later in range(at + 1, end)
            )
            return 0 if begins_later else end
    return 0


def _header(seen: Sequence[str], at: int, spoken: Sequence[Replies]) -> int:
    """Return where a header that begins on a line ends; 0 where none begins there."""
    for one in spoken:
        names = one.trails.headers
        every = (*names.sender, *names.sent, *names.to, *names.subject)
        if not _named(names.sender).match(seen[at]):
            continue
        others = [
            number
            for number in range(at + 1, min(at + _FEW_LINES, len(seen)))
            if _named(every).match(seen[number])
        ]
        if others:
            return others[-1] + 1
    return 0


def _own(lines: Sequence[str], spoken: Sequence[Replies]) -> str:
    """Return the lines that are neither quoted nor a signature."""
    signatures = _whole([phrase for one in spoken for phrase in one.trails.signatures])
    kept: list[str] = []
    was_quoted = ""
    for line in lines:
        bare = line.strip()
        goes_on = len(was_quoted) >= _LONG and bare[:1].islower()
        if bare.startswith(">") or goes_on:
            was_quoted = bare
            continue
        was_quoted = ""
        if _SIGNATURE.fullmatch(bare):
            break
        if not signatures.fullmatch(plain(bare)):
            kept.append(line)
    return "\n".join(kept)


def _whole(phrases: Sequence[str]) -> re.Pattern[str]:
    return pattern(tuple(phrases))


def _named(names: Sequence[str]) -> re.Pattern[str]:
    return pattern(tuple(f"(?:{name}) ?:.*" for name in names))
