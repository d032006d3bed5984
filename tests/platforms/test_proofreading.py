from collections.abc import Mapping

import pytest

from app.kit.languages import Language
from app.platforms import checking
from tests.shipped_platforms import few

SNAP, TAXONOMY = "snapchat.yaml", "taxonomy.yaml"
EN, NL, FR = (f"texts/{language}.yaml" for language in (Language.EN, Language.NL, Language.FR))
SITE = "site: Website"
LABEL = "en: DSA point of contact"
COLOUR = "\n  colour: Colour of the content"


def changed(name: str, old: str, new: str) -> Mapping[str, str]:
    assert old in few()[name]
    return {**few(), name: few()[name].replace(old, new, 1)}


def told(files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (file, text of the line named, code) of every fault."""
    return [
        (fault.file, files[fault.file].split("\n")[fault.line - 1].strip(), fault.code)
        for fault in checking.check(files)
    ]


@pytest.mark.parametrize(
    ("story", "name", "old", "new", "code"),
    [
        ("a discouraged sentence", EN, SITE, "site: Revenge porn", "discouraged_term"),
        ("a discouraged channel", SNAP, LABEL, "en: Sextortion workspace", "discouraged_term"),
        ("an unfinished channel", SNAP, LABEL, "en: '{{ name }}'", "leftover_placeholder"),
        ("an unfinished act", TAXONOMY, 'en: "Article 6"', "en: '###'", "leftover_placeholder"),
        ("a mail address", EN, SITE, "site: Website of ann@example.org", "personal_data"),
        ("a telephone", NL, SITE, "site: Website, 0470 12 34 56", "personal_data"),
        ("a national number", FR, "site: Site web", "site: 85.07.30-033.28", "personal_data"),
        ("a birth date", FR, "site: Site web", "site: née le 3 mai 2012", "personal_data"),
        ("a person's workspace", SNAP, LABEL, "en: ann@example.org", "personal_data"),
        ("a name behind words", SNAP, "csam: Sexual", "csam: Ann ann@example.org", "personal_data"),
    ],
)
def test_words_that_must_not_stand_are_told(
    story: str, name: str, old: str, new: str, code: str
) -> None:
    files = changed(name, old, new)
    line = next(line.strip() for line in files[name].split("\n") if new in line)

    assert told(files) == [(name, line, code)]


def test_a_platform_s_own_words_are_its_own() -> None:
    assert told(changed(SNAP, "csam: Sexual Content", "csam: Sextortion")) == []


def test_a_published_address_is_no_personal_data() -> None:
    assert "dsa-enquiries@snapchat.com" in few()[SNAP]
    assert told(few()) == []


def test_a_sentence_of_one_language_is_missed_in_the_others() -> None:
    files = changed(EN, "\n    nudify_promotion: >-\n      We ask", "\n    csam: >-\n      We ask")

    faults = checking.check(files)

    assert [(fault.file, fault.code, fault.detail) for fault in faults] == [
        (EN, "out_of_step", "request.categories.nudify_promotion stands in nl, fr but not in en"),
        (FR, "out_of_step", "request.categories.csam stands in en but not in fr"),
        (NL, "out_of_step", "request.categories.csam stands in en but not in nl"),
    ]
    assert {line for _, line, _ in told(files)} == {"categories:"}
    assert {fault.mend for fault in faults} == {"translate it here, or take it out there"}


def test_a_label_of_one_language_is_missed_in_the_others() -> None:
    files = changed(EN, "\nfields:", f"\nfields:{COLOUR}")

    assert told(files) == [(FR, "fields:", "out_of_step"), (NL, "fields:", "out_of_step")]


def test_a_name_that_only_some_languages_fill_in_is_told() -> None:
    files = changed(FR, "rappel, {category}, {count}", "rappel, {count}")

    [fault] = checking.check(files)

    assert str(fault).split(": ", 1)[1] == (
        "subject.reminder does not say {category}, but en, nl does; "
        "put it into the sentence, or take it out of en, nl"
    )
    assert told(files)[0][1] == 'reminder: "rappel, {count}"'
