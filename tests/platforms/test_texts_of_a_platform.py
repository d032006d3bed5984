import pytest

from app.platforms import catalogue, checking
from app.platforms.texts_of_a_platform import settle
from tests.shipped_platforms import few

SNAP = "snapchat.yaml"
OWN = """
texts:
  - sentence: request.default
    en: Please remove it, whoever you are.
    nl: Verwijder het, wie u ook bent.
    fr: Retirez-le, qui que vous soyez.
    because: the platform answers to plain words only
  - sentence: request.default
    channels: [dsa]
    en: Please remove it, form.
    nl: Verwijder het, formulier.
    fr: Retirez-le, formulaire.
    because: the form is read by a machine
  - sentence: request.default
    categories: [grooming, csam]
    en: Please remove it, child.
    nl: Verwijder het, kind.
    fr: Retirez-le, enfant.
    because: another team reads these
  - sentence: request.default
    categories: [csam]
    channels: [dsa]
    en: Please remove it, child and form.
    nl: Verwijder het, kind en formulier.
    fr: Retirez-le, enfant et formulaire.
    because: another team reads these by machine
"""
FIRST = "  - sentence: request.default\n    en: Please remove it, whoever you are."


def with_own(old: str = "", new: str = "") -> dict[str, str]:
    assert old in OWN
    return {**few(), SNAP: few()[SNAP] + OWN.replace(old, new, 1)}


@pytest.mark.parametrize(
    ("channel", "category", "said", "source", "because"),
    [
        (
            "partner",
            "ncii_adult",
            "Please remove it, whoever",
            SNAP,
            "platform: the platform answers",
        ),
        ("dsa", "ncii_adult", "Please remove it, form.", SNAP, "channel dsa: the form is"),
        ("dsa", "self_harm", "We ask you to remove", "texts/en.yaml", "category self_harm"),
        ("partner", "csam", "Please remove it, child.", SNAP, "category csam: another team"),
        ("dsa", "grooming", "Please remove it, child.", SNAP, "category grooming: another team"),
        ("dsa", "csam", "Please remove it, child and form.", SNAP, "category csam, channel dsa: "),
    ],
)
def test_the_most_specific_text_wins(
    channel: str, category: str, said: str, source: str, because: str
) -> None:
    known = catalogue.load(with_own())
    own = known.platforms["snapchat"].dealings.texts

    texts, chosen = settle(known.texts["en"], own, SNAP, channel=channel, category=category)

    request = texts.request
    used = request.categories.get(category, request.default)
    [won] = [one for one in chosen if one.text == used]
    assert used.startswith(said)
    assert (won.sentence, won.source, won.because[: len(because)]) == (
        "request.default",
        source,
        because,
    )


def test_texts_of_its_own_leave_the_general_ones_alone() -> None:
    known = catalogue.load(with_own())
    general = known.texts["nl"]
    before = general.model_dump()

    settle(
        general, known.platforms["snapchat"].dealings.texts, SNAP, channel="dsa", category="csam"
    )
    same, chosen = settle(
        general, known.platforms["other"].dealings.texts, "", channel="email", category="csam"
    )

    assert general.model_dump() == before
    assert (same, chosen) == (general, ())


def test_a_platform_with_its_own_texts_has_no_fault() -> None:
    assert checking.check(with_own()) == []


@pytest.mark.parametrize(
    ("story", "old", "new", "code"),
    [
        ("no such sentence", "request.default", "request.always", "unknown_sentence"),
        ("the good faith", "request.default", "good_faith.default", "unknown_sentence"),
        ("no such channel", "channels: [dsa]", "channels: [fax]", "unknown_channel"),
        ("no such category", "[grooming, csam]", "[grooming, x]", "unknown_category"),
        ("an unknown variable", "whoever you are", "{person}", "unknown_variable"),
        ("a leftover mark", "whoever you are", "{Who}", "leftover_placeholder"),
        ("a discouraged term", "whoever you are", "revenge porn", "discouraged_term"),
        ("personal data", "whoever you are", "ann@example.org", "personal_data"),
        ("a language left out", "    nl: Verwijder het, wie u ook bent.\n", "", "missing"),
        ("no reason", "    because: the form is read by a machine\n", "", "missing"),
        ("two that fit", "    channels: [dsa]\n", "", "ambiguous_text"),
    ],
)
def test_a_text_that_cannot_stand_is_told(story: str, old: str, new: str, code: str) -> None:
    found = checking.check(with_own(old, new))

    assert [(fault.file, fault.code) for fault in found] == [(SNAP, code)]


def test_a_variable_must_stand_in_every_language_or_in_none() -> None:
    own = """
texts:
  - sentence: subject.reminder
    en: "again, {category}, {count}"
    nl: "opnieuw, {category}, {count}"
    fr: "de nouveau, {count}"
    because: its subject lines are cut
"""
    [fault] = checking.check({**few(), SNAP: few()[SNAP] + own})

    assert (fault.code, fault.detail) == (
        "out_of_step",
        "texts.0.fr does not say {category}, but en, nl does",
    )
