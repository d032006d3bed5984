"""The tables of docs/glossary.md, and what in the pages' words differs from them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.kit.settings import ROOT
from tests.web.translations import TRANSLATED, Place, Sentence, sentences, translated

PAGE = ROOT / "docs" / "glossary.md"


class Translation(NamedTuple):
    """Words of a page in one language, and the English they stand for."""

    language: str
    place: Place
    english: str
    words: str


class Ban(NamedTuple):
    """What a language never says: `but` is said in its place, where the English is like this."""

    language: str
    never: str
    but: str
    where: str
    unless: str

    def found_in(self, one: Translation) -> list[str]:
        """Return what is said all the same."""
        if one.language != self.language or not self.is_about(one.english):
            return []
        return [said for said in self.spellings if _pattern(said).search(one.words)]

    def is_about(self, english: str) -> bool:
        """Tell whether it holds for the translation of an English sentence."""
        is_asked = not self.where or _pattern(f"{self.where}*").search(english)
        return bool(is_asked and not (self.unless and _pattern(f"{self.unless}*").search(english)))

    @property
    def spellings(self) -> list[str]:
        """Return each word and phrase of it."""
        return [said.strip() for said in self.never.split(",")]


def _pattern(words: str) -> re.Pattern[str]:
    spelled = re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s")
    return re.compile(rf"(?<![\w-]){spelled}(?![\w-])", re.IGNORECASE)


def table(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading, without its head."""
    part = PAGE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def bans() -> list[Ban]:
    """Return what is never said."""
    return [Ban(*cells) for cells in table("Never")]


def everything() -> Iterator[Translation]:
    """Return all that pages say, in each language."""
    for sentence, place in sentences().items():
        for words in _forms(sentence):
            yield Translation("en", place, words, words)
    for language in TRANSLATED:
        for place, sentence, texts in translated(language):
            english = " ".join(_forms(sentence))
            yield from (Translation(language, place, english, words) for words in texts)


def faults(told: Iterable[Translation], never: Iterable[Ban]) -> list[str]:
    """Return each thing said that is never said, with its file and line."""
    known = list(never)
    return [
        f"{one.language} {one.place.file}:{one.place.line}: {said!r}, say: {ban.but}"
        for one in told
        for ban in known
        for said in ban.found_in(one)
    ]


def _forms(sentence: Sentence) -> list[str]:
    return [sentence.singular, *([sentence.plural] if sentence.plural else [])]
