"""Every sentence of the frontend is there in Dutch and French, and says the same."""

from collections import Counter

import pytest

from tests.web.wording import TRANSLATED, placeholders, sentences, translations


def flat(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(part) for part in text]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_once_and_none_is_left_over(language: str) -> None:
    found = Counter(
        message.id
        for _, catalog in translations(language)
        for message in catalog
        if message.id and all(flat(message.string))
    )

    assert {sentence for sentence, times in found.items() if times > 1} == set()
    assert set(sentences()) - set(found) == set()
    assert set(found) - set(sentences()) == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_sure_and_names_the_same_things(language: str) -> None:
    wrong = [
        f"{path.name}: {message.id}"
        for path, catalog in translations(language)
        for message in catalog
        if message.id
        and (
            message.fuzzy
            or any(
                placeholders(text) != placeholders(flat(message.id)[-1])
                for text in flat(message.string)
            )
        )
    ]

    assert wrong == []


def test_french_signs_that_stand_apart_are_held_by_a_space_that_does_not_break() -> None:
    loose = [
        str(message.id)
        for _, catalog in translations("fr")
        for message in catalog
        for text in flat(message.string)
        if message.id and any(f" {sign}" in text for sign in ":;!?»")
    ]

    assert loose == []
