"""What a word in a column of codes may stand for: each code with its words, in every language."""

from collections.abc import Mapping, Sequence

from app.imports import guessing
from app.imports.heading_words import SAYS_NOTHING, SYNONYMS
from app.imports.plan import NOTHING
from app.imports.vocabularies import AnswerWord
from app.kit import wording
from app.kit.languages import Language
from app.kit.wording import Words
from app.takedowns import platform_names
from app.web.shell import labels
from app.web.shell.request_context import Visit

ANSWER = "import_answer"
ANSWERS = frozenset(AnswerWord)


def of(visit: Visit, target: str) -> list[tuple[str, str]]:
    """Return the codes of a target with their label in the reader's language."""
    catalogue = visit.workspace.catalogue
    if target == "category":
        return [(code, one.labels[visit.language]) for code, one in catalogue.categories.items()]
    if target == "platform":
        named = {
            slug: platform_names.named(visit.words, one.name)
            for slug, one in catalogue.platforms.items()
        }
        return sorted(named.items(), key=lambda one: (one[0] == "other", one[1].lower()))
    found = [(code, labels.of(visit.words, target, code)) for code in labels.CODES[target]]
    if target == "outcome":
        found += [(code, labels.of(visit.words, ANSWER, code)) for code in AnswerWord]
    return found


def column_name(words: Words, target: str) -> str:
    """Return what a column is called that the importer knows."""
    kind = "import_column" if target in labels.CODES["import_column"] else "fact"
    return labels.of(words, kind, target)


def guessed(visit: Visit, target: str, word: str) -> str:
    """Return what a word most likely stands for; empty where nothing stands out."""
    return guessing.code_of(word, _words(visit, target)) or ""


def _words(visit: Visit, target: str) -> Mapping[str, Sequence[str]]:
    catalogue = visit.workspace.catalogue
    usual = SYNONYMS.get(target, {})
    known: dict[str, list[str]] = {NOTHING: [*SAYS_NOTHING]}
    for code, label in of(visit, target):
        own = [label]
        if target == "category":
            own = [*catalogue.categories[code].labels.values()]
        elif target != "platform":
            table = ANSWER if code in ANSWERS else target
            own = [labels.of(wording.words_of(one), table, code) for one in Language]
        known[code] = [*own, *usual.get(code, ())]
    return known
