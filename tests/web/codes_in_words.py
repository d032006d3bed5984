"""Codes of closed lists that stand on a page where its language has words for them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from app.kit.languages import SOURCE, Language
from app.platforms.catalogue import Catalogue
from app.web.shell.labels import TABLES
from tests.web.markup import VOID, Page
from tests.web.translations import sentences, translated

# What is read out or shown beside the words between the tags.
SAID = ("title", "aria-label", "placeholder", "alt", "data-head")
WORD = re.compile(r"[\w_]+")
# At home there: proof for who has to show it, what is typed as it stands, a script's own.
AT_HOME = {"code", "kbd", "script", "time"}


class Told(Page):
    """The words of a page in its own language; notices and what people wrote are in theirs."""

    def __init__(self, text: str) -> None:
        self.told: list[str] = []
        self.is_ours = [True]
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        named = dict(attrs)
        is_ours = (
            self.is_ours[-1]
            and tag not in AT_HOME
            and not (tag != "html" and "lang" in named)
            and not {"value", "written"} & set((named.get("class") or "").split())
        )
        if tag not in VOID:
            self.is_ours.append(is_ours)
        if is_ours:
            self.told += [named[name] or "" for name in SAID if name in named]

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        del self.is_ours[len(self.open) + 1 :]

    def handle_data(self, data: str) -> None:
        if self.is_ours[-1]:
            self.told.append(data)


def codes_on(page: str, codes: re.Pattern[str]) -> list[str]:
    """Name the codes that a page says, each once."""
    return sorted({found for told in Told(page).told for found in codes.findall(told)})


def codes_of(catalogue: Catalogue, language: Language) -> re.Pattern[str]:
    """Return what finds a code that has a label, and is no word of this language."""
    channels = {one.id for platform in catalogue.platforms.values() for one in platform.channels}
    labelled = {code for table in TABLES.values() for code in table}
    every = labelled | set(catalogue.categories) | set(catalogue.taxonomy.by_condition) | channels
    words = words_of(language) | frozenset(_words(_of_catalogue(catalogue, language)))
    unknown = sorted(one for one in every - words if re.fullmatch("[a-z][a-z_]+", one))
    return re.compile(rf"(?<![\w:/.@-])(?:{'|'.join(map(re.escape, unknown))})(?![\w:/@-])")


@cache
def words_of(language: Language) -> frozenset[str]:
    """Return every word that pages say in a language."""
    return frozenset(_words(_sentences(language)))


def _words(texts: Iterable[str]) -> Iterator[str]:
    """Give each word as it is written, and as it stands within a sentence."""
    for text in texts:
        for word in WORD.findall(text):
            yield word
            yield word[0].lower() + word[1:]


def _sentences(language: Language) -> Iterator[str]:
    if language == SOURCE:
        for sentence in sentences():
            yield from filter(None, (sentence.singular, sentence.plural))
        return
    for _, _, words in translated(language):
        yield from words


def _of_catalogue(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Give what the catalogue says of categories, conditions, channels and their forms."""
    yield from (one.labels[language] for one in catalogue.categories.values())
    yield from (one.label[language] for one in catalogue.taxonomy.conditions)
    for platform in catalogue.platforms.values():
        yield platform.name
        for channel in platform.channels:
            yield channel.label[language]
            yield from (one.label[language] for one in channel.fields if one.label)
