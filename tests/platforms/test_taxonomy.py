from datetime import date

import pytest
from pydantic import ValidationError

from app.platforms.taxonomy import DsaCode, LegalReference
from tests.shipped import shipped

MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
VIOLENCE = "STATEMENT_CATEGORY_CYBER_VIOLENCE"
FRAUD = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"

# Implementing Regulation (EU) 2024/2835, Annex I: one category and keyword for each of ours.
DSA = {
    "csam": (MINORS, "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"),
    "csam_ai": (MINORS, "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE"),
    "grooming": (MINORS, "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS"),
    "sexual_extortion_minor": (MINORS, "KEYWORD_OTHER"),
    "sexual_extortion_adult": (VIOLENCE, "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"),
    "intimate_image_minor": (MINORS, "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"),
    "unsafe_challenge": (MINORS, "KEYWORD_UNSAFE_CHALLENGES"),
    "minor_other": (MINORS, "KEYWORD_OTHER"),
    "ncii_adult": (VIOLENCE, "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"),
    "deepfake_adult": (VIOLENCE, "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE"),
    "cyberbullying": (VIOLENCE, "KEYWORD_CYBER_BULLYING_INTIMIDATION"),
    "cyberbullying_girl": (f"{VIOLENCE}_AGAINST_WOMEN", "KEYWORD_BULLYING_AGAINST_GIRLS"),
    "harassment_doxing": (VIOLENCE, "KEYWORD_CYBER_HARASSMENT"),
    "stalking": (VIOLENCE, "KEYWORD_CYBER_STALKING"),
    "impersonation": (FRAUD, "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING"),
    "self_harm": ("STATEMENT_CATEGORY_SELF_HARM", "KEYWORD_OTHER"),
    "hate": ("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", "KEYWORD_HATE_SPEECH"),
    "nudify_promotion": (VIOLENCE, "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE"),
}


def test_every_category_has_its_dsa_code() -> None:
    codes = {
        code: (category.dsa.category, category.dsa.keyword)
        for code, category in shipped().categories.items()
    }

    assert codes == DSA


def test_no_case_of_a_minor_is_filed_under_a_keyword_that_excludes_minors() -> None:
    wrong = [
        code
        for code, category in shipped().categories.items()
        if category.concerns_minor and category.dsa.keyword.startswith("KEYWORD_NON_CONSENSUAL")
    ]

    assert wrong == []


def test_the_name_is_withheld_by_default_where_article_16_2_c_applies_or_may_apply() -> None:
    withheld = {code for code, one in shipped().categories.items() if one.identity_withheld}

    assert withheld == {
        "csam",
        "csam_ai",
        "grooming",
        "sexual_extortion_minor",
        "intimate_image_minor",
    }


@pytest.mark.parametrize(
    ("code", "person_is_minor", "better"),
    [
        ("ncii_adult", True, "intimate_image_minor"),
        ("deepfake_adult", True, "csam_ai"),
        ("sexual_extortion_adult", True, "sexual_extortion_minor"),
        ("csam", False, "ncii_adult"),
        ("csam_ai", False, "deepfake_adult"),
        ("grooming", False, "harassment_doxing"),
        ("sexual_extortion_minor", False, "sexual_extortion_adult"),
        ("intimate_image_minor", False, "ncii_adult"),
        ("csam", True, None),
        ("csam", None, None),
        ("ncii_adult", False, None),
        ("cyberbullying", False, None),
        ("minor_other", True, None),
    ],
)
def test_a_contradiction_names_the_better_category(
    code: str, person_is_minor: bool | None, better: str | None
) -> None:
    found = shipped().taxonomy.better_category(code, person_is_minor=person_is_minor)

    assert found == better


def test_only_extortion_says_sexual_extortion_by_itself() -> None:
    saying = {code for code, one in shipped().categories.items() if one.sexual_extortion}

    assert saying == {"sexual_extortion_minor", "sexual_extortion_adult"}


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2026, 4, 7), "Belgian Criminal Code, Articles 417/43 and 417/44"),
        (
            date(2026, 4, 8),
            "Belgian Criminal Code, Articles 170 and 171 (formerly Articles 417/43 and 417/44)",
        ),
    ],
)
def test_the_new_belgian_numbers_hold_from_8_april_2026(day: date, named: str) -> None:
    taxonomy = shipped().taxonomy

    cited = [taxonomy.cited(one, "en") for one in shipped().categories["csam"].law_on(day)]

    assert cited == ["Directive 2011/93/EU, Articles 2(c) and 5", named]


def test_what_nobody_has_verified_is_marked() -> None:
    day = date(2026, 11, 22)
    unverified = {
        code
        for code, category in shipped().categories.items()
        if any(not reference.verified for reference in category.law_on(day))
    }

    assert unverified == {
        "sexual_extortion_minor",
        "sexual_extortion_adult",
        "cyberbullying",
        "cyberbullying_girl",
        "harassment_doxing",
        "stalking",
        "hate",
    }


def test_a_provision_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValidationError, match="`until` must lie after `from`"):
        LegalReference.model_validate(
            {"act": "a", "from": date(2026, 2, 2), "until": date(2026, 2, 2), "verified": True}
        )


def test_keyword_other_needs_a_fixed_description() -> None:
    with pytest.raises(ValidationError, match="fixed `description`"):
        DsaCode(category=MINORS, keyword="KEYWORD_OTHER")
