"""Every sentence of the frontend is there in Dutch and French, and says the same."""

from collections import Counter

import pytest

from tests.web.translations import (
    TRANSLATED,
    Sentence,
    placeholders,
    sentences,
    translated,
    translations,
)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_once_and_none_is_left_over(language: str) -> None:
    found = Counter(sentence for _, sentence, words in translated(language) if all(words))

    assert {sentence for sentence, times in found.items() if times > 1} == set()
    assert set(sentences()) - set(found) == set()
    assert set(found) - set(sentences()) == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_sure_and_names_the_same_things(language: str) -> None:
    unsure = [str(one.id) for _, catalog in translations(language) for one in catalog if one.fuzzy]
    wrong = [
        f"{place.file}:{place.line}: {sentence}"
        for place, sentence, words in translated(language)
        for text in words
        if placeholders(text) != placeholders(sentence.plural or sentence.singular)
    ]

    assert (unsure, wrong) == ([], [])


def test_french_signs_that_stand_apart_are_held_by_a_space_that_does_not_break() -> None:
    loose = [
        f"{place.file}:{place.line}: {sentence}"
        for place, sentence, words in translated("fr")
        for text in words
        if any(f" {sign}" in text for sign in ":;!?»") or "« " in text
    ]

    assert loose == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_apostrophe_is_curved(language: str) -> None:
    straight = [
        f"{place.file}:{place.line}: {sentence}"
        for place, sentence, words in translated(language)
        if "'" in "".join(words)
    ]

    assert straight == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_dialogue_that_is_closed_is_no_request_that_is_closed(language: str) -> None:
    said = {sentence: words for _, sentence, words in translated(language)}

    assert said[Sentence("dialogue", "Close")] != said[Sentence("request", "Close")]
