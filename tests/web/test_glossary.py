"""docs/glossary.md: one word for one thing in each language, and none that stands for two."""

import re
from collections import defaultdict
from itertools import product

import pytest

from app.kit.wording import InContext
from app.web.shell.labels import TABLES
from tests.web.glossary import Ban, Translation, bans, everything, faults, table
from tests.web.translations import TRANSLATED, Place, Sentence, sentences, translated

# In two lists of labels, and of one sense: read by people, in each language.
ONE_SENSE = {
    "Receipt confirmed", "Nothing to do", "Gone", "Restricted", "Refused", "Came back",
    "Already gone", "Not said", "Unknown", "Status suspended", "Status revoked",
    "A minor", "An adult", "Legal basis", "On hold", "Person shown", "Provider", "Removed",
    "Sexual extortion", "Removed according to the platform, still online", "Platform",
    "Channel",
}  # fmt: skip
HERE = Place("here.po", 1)


def test_pages_say_nothing_that_the_glossary_forbids() -> None:
    assert faults(everything(), bans()) == []


@pytest.mark.parametrize(
    ("language", "column"), [(language, 1 + at) for at, language in enumerate(TRANSLATED)]
)
def test_pages_call_each_thing_what_the_glossary_calls_it(language: str, column: int) -> None:
    said = {
        f"{sentence.singular} ({sentence.context})" if sentence.context else sentence.singular: one
        for _, sentence, (one, *_) in translated(language)
    }
    words = table("Words")

    assert {row[0]: said.get(row[0]) for row in words} == {row[0]: row[column] for row in words}


@pytest.mark.parametrize("ban", bans(), ids=lambda ban: f"{ban.language} {ban.never}")
def test_whatever_is_forbidden_would_be_found_at_any_place_of_a_sentence(ban: Ban) -> None:
    english = ban.where or "Anything"
    for said, sentence in product(ban.spellings, ["%s", "(%s)", "Xx %s, xx.", "Xx’%s"]):
        words = sentence % said.replace("*", "xx").capitalize()
        told = Translation(ban.language, HERE, english, words)

        assert faults([told], [ban]) == [f"{ban.language} here.po:1: {said!r}, say: {ban.but}"]


@pytest.mark.parametrize(
    ("english", "words", "is_found"),
    [
        ("Gone", "Retiré", True),
        ("Gone within 24 hours", "Retirés en 24 heures", True),
        ("Removed", "Retiré", False),
        ("Gone: removed by the platform", "Retiré", False),
        ("Gone", "Hors ligne", False),
    ],
)
def test_only_what_was_removed_is_retire(english: str, words: str, is_found: bool) -> None:
    assert bool(faults([Translation("fr", HERE, english, words)], bans())) == is_found


def test_a_part_of_a_word_is_no_word() -> None:
    said = [
        Translation("nl", HERE, "Viewing mandate", "Kijkmandaat"),
        Translation("nl", HERE, "E-mail", "Per e-mail, langs de mailserver"),
        Translation("fr", HERE, "It is shown", "C’est affiché à l’instant"),
    ]

    assert faults(said, bans()) == []


def test_each_context_is_in_the_glossary() -> None:
    contexts = {(one.singular, one.context) for one in sentences() if one.context}

    assert contexts == {(word, context) for word, context, _ in table("Words of several senses")}


def test_a_word_that_has_a_context_has_one_wherever_it_stands() -> None:
    bare = {one.singular for one in sentences() if not one.context}
    in_context = {one.singular for one in sentences() if one.context}

    assert in_context & bare == set()


def test_a_word_of_two_lists_of_labels_has_a_context_or_one_sense() -> None:
    lists = defaultdict(set)
    for kind, labels in TABLES.items():
        for text in labels.values():
            lists[text].add((kind, text.context if isinstance(text, InContext) else None))

    bare = {
        str(text)
        for text, found in lists.items()
        if len({kind for kind, _ in found}) > 1 and None in {context for _, context in found}
    }

    assert bare == ONE_SENSE


def test_a_context_changes_the_words_of_some_language() -> None:
    senses = defaultdict(set)
    for language in TRANSLATED:
        for _, sentence, words in translated(language):
            if sentence.context:
                senses[sentence.singular].add((language, words))

    assert [word for word, said in senses.items() if len(said) <= len(TRANSLATED)] == []


def test_articles_of_the_act_are_cited_in_one_way() -> None:
    cited = {
        "en": re.compile(r"Article \d+(\(\d\))? DSA"),
        "nl": re.compile(r"artikel \d+(, lid \d,)? DSA"),
        "fr": re.compile(r"article \d+(, paragraphe \d,)? du DSA"),
    }
    number = re.compile(r"\b[Aa]rt(icle|ikel|\.)?s?\s(16|17|20|21|22|53)\b")

    odd = [
        f"{one.language} {one.place.file}:{one.place.line}: {one.words}"
        for one in everything()
        if len(number.findall(one.words)) != len(cited[one.language].findall(one.words))
    ]

    assert odd == []


def test_the_two_closes_are_sentences_of_their_own() -> None:
    closes = {one for one in sentences() if one.singular == "Close"}

    assert closes == {Sentence("request", "Close"), Sentence("dialogue", "Close")}
