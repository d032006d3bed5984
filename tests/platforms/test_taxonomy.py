from contextlib import nullcontext
from datetime import date

import pytest
from pydantic import ValidationError

from app.kit.errors import Refused
from app.platforms.taxonomy import DsaCode, LegalReference
from app.takedowns.facts import refuse_contradiction
from tests.shipped_platforms import shipped

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


DIRECTIVE, CODE, VIOLENCE_ACT = (
    "Directive 2011/93/EU",
    "Belgian Criminal Code",
    "Directive (EU) 2024/1385",
)
MATERIAL = "abuse_material"
MEETING = "meeting_proposed"
# By category: the provision, its mark, and the condition under which it may be claimed.
PROVISIONS = {
    "csam": [
        (f"{DIRECTIVE}, Articles 2(c) and 5", "S", None),
        (f"{CODE}, Articles 417/43 and 417/44", "S", None),
        (f"{CODE}, Articles 170 and 171", "S", None),
    ],
    "grooming": [
        (f"{DIRECTIVE}, Article 6(1)", "S", MEETING),
        (f"{DIRECTIVE}, Article 6(2)", "S", "images_asked"),
        (f"{CODE}, Article 417/24", "G", MEETING),
        (f"{CODE}, Article 151", "S", MEETING),
    ],
    "sexual_extortion_minor": [
        (f"{DIRECTIVE}, Articles 4 to 6", "G", None),
        (f"{CODE}, Article 417/44", "G", "images_exist"),
        (f"{CODE}, Article 171", "G", "images_exist"),
    ],
    "sexual_extortion_adult": [
        (f"{VIOLENCE_ACT}, Article 5(1)(c)", "G", None),
        (f"{CODE}, Articles 417/9 and 417/10", "G", "images_shared"),
        (f"{CODE}, Articles 136 and 137", "G", "images_shared"),
    ],
    "intimate_image_minor": [
        (f"{DIRECTIVE}, Articles 2(c) and 5", "S", MATERIAL),
        (f"{CODE}, Articles 417/9 and 417/16", "S", "shared_under_16"),
        (f"{CODE}, Articles 417/9 and 417/17", "S", "shared_16_or_17"),
        (f"{CODE}, Articles 417/43 and 417/44", "S", MATERIAL),
        (f"{CODE}, Articles 136 and 143", "S", "shared_under_16"),
        (f"{CODE}, Articles 136 and 144", "S", "shared_16_or_17"),
        (f"{CODE}, Articles 170 and 171", "S", MATERIAL),
    ],
    "ncii_adult": [
        (f"{VIOLENCE_ACT}, Article 5(1)(a)", "S", None),
        (f"{CODE}, Article 417/9", "S", None),
        (f"{CODE}, Article 417/10", "S", "malice_or_profit"),
        (f"{CODE}, Article 136", "S", None),
        (f"{CODE}, Article 137", "S", "malice_or_profit"),
    ],
    "deepfake_adult": [(f"{VIOLENCE_ACT}, Article 5(1)(b)", "S", None)],
    "cyberbullying": [
        (f"{VIOLENCE_ACT}, Article 7", "G", None),
        (f"{CODE}, Article 442bis", "G", None),
    ],
    "stalking": [
        (f"{VIOLENCE_ACT}, Article 6", "G", None),
        (f"{CODE}, Article 442bis", "G", None),
    ],
    "hate": [
        ("Council Framework Decision 2008/913/JHA", "G", None),
        ("Belgian Act of 30 July 1981", "G", None),
    ],
    "nudify_promotion": [("Regulation (EU) 2024/1689 (AI Act), Article 5", "2nd", None)],
}
PROVISIONS["csam_ai"] = PROVISIONS["csam"]
PROVISIONS["cyberbullying_girl"] = PROVISIONS["harassment_doxing"] = PROVISIONS["cyberbullying"]

READ = {"act": "a", "mark": "S", "checked": date(2026, 11, 29), "source": "read"}


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
    category = shipped().categories[code]
    is_refused = nullcontext() if better is None else pytest.raises(Refused)

    with is_refused as refused:
        refuse_contradiction(code, category.concerns_minor, person_is_minor, better=category.better)

    if refused is not None:
        [fault] = refused.value.faults
        assert fault.detail == f"use the category {better}"


def test_only_extortion_says_sexual_extortion_by_itself() -> None:
    saying = {code for code, one in shipped().categories.items() if one.sexual_extortion}

    assert saying == {"sexual_extortion_minor", "sexual_extortion_adult"}


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2026, 4, 7), "Belgian Criminal Code, Articles 417/43 and 417/44"),
        (date(2026, 4, 8), "Belgian Criminal Code, Articles 170 and 171"),
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
            READ | {"from": date(2026, 2, 2), "until": date(2026, 2, 2), "verified": True}
        )


@pytest.mark.parametrize(("mark", "may_be"), [("S", True), ("2nd", False), ("G", False)])
def test_only_what_was_read_in_its_source_is_verified(mark: str, may_be: bool) -> None:
    told = READ | {"mark": mark, "verified": True}
    if may_be:
        assert LegalReference.model_validate(told).verified
        return
    with pytest.raises(ValidationError, match="read in its source"):
        LegalReference.model_validate(told)


def test_every_provision_stands_with_its_mark_and_condition() -> None:
    taxonomy = shipped().taxonomy
    told = {
        code: [(taxonomy.cited(one, "en"), one.mark, one.condition) for one in category.law]
        for code, category in shipped().categories.items()
        if category.law
    }

    assert told == PROVISIONS


def test_the_new_belgian_code_holds_from_its_day_and_the_ai_act_from_its_own() -> None:
    days = {
        (one.act, one.from_, one.until)
        for category in shipped().categories.values()
        for one in category.law
        if one.act in ("belgian_code", "ai_act")
    }

    assert days == {
        ("belgian_code", None, date(2026, 4, 8)),
        ("belgian_code", date(2026, 4, 8), None),
        ("ai_act", date(2026, 12, 2), None),
    }


def test_what_is_a_matter_of_house_rules_only_is_no_illegal_content() -> None:
    rules = {code for code, category in shipped().categories.items() if not category.illegal}

    assert rules == {
        "nudify_promotion",
        "impersonation",
        "self_harm",
        "unsafe_challenge",
        "minor_other",
    }


def test_keyword_other_needs_a_fixed_description() -> None:
    with pytest.raises(ValidationError, match="fixed `description`"):
        DsaCode(category=MINORS, keyword="KEYWORD_OTHER")
