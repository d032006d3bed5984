from typing import Any

import pytest

from app.notices.compose import compose
from app.notices.notice import Caution, Missing
from tests.notices.factories import (
    FIRST,
    ORGANISATION,
    composed,
    field_value,
    notice_request,
    warning_codes,
)
from tests.shipped_platforms import addressed

NAMED = {"include_identity": True}


def test_law_nobody_has_verified_is_left_out_and_told() -> None:
    notice = composed(notice_request(category="stalking"))

    assert "Article 6" not in notice.body
    assert [one for one in notice.warnings if one.code == "law_unverified"] == [
        Caution(
            "law",
            "law_unverified",
            "left out until somebody has verified it: Directive (EU) 2024/1385, Article 6",
        )
    ]


def test_a_language_the_channel_does_not_read_is_told() -> None:
    notice = composed(notice_request("snapchat", "hate"), "dsa_contact", language="fr")

    assert (
        Caution("language", "language_not_accepted", "this channel reads en, nl") in notice.warnings
    )


def test_the_name_of_the_person_shown_is_typed_in_the_form_only() -> None:
    facts = {"authorised_by_person": True}
    request = notice_request("discord", "ncii_adult", "take_it_down", (FIRST,), facts=facts)
    notice = composed(request)

    assert (field_value(notice, "person_name"), "type_in_form" in warning_codes(notice)) == (
        None,
        True,
    )


@pytest.mark.parametrize(
    ("explanation", "code"),
    [
        ("Call 0470 12 34 56.", "phone"),
        ("Write to someone@example.com.", "email_address"),
        ("born on 12/03/2010", "birth_date"),
        ("id 85073003328", "national_number"),
        ("This is revenge porn.", "discouraged_term"),
    ],
)
def test_free_text_that_deserves_a_second_look_is_told_and_never_repeated(
    explanation: str, code: str
) -> None:
    notice = composed(notice_request(explanation=explanation))
    found = [warning for warning in notice.warnings if warning.field == "explanation"]

    assert [warning.code for warning in found] == [code]
    assert explanation not in repr(found)
    assert notice.ready


@pytest.mark.parametrize(
    ("category", "facts", "told"),
    [
        ("csam", {"ai_generated": "yes"}, "better_category"),
        ("csam_ai", {"ai_generated": "no"}, "odd_facts"),
        ("sexual_extortion_minor", {"sexual_extortion": False}, "odd_facts"),
    ],
)
def test_odd_facts_are_told(category: str, facts: dict[str, Any], told: str) -> None:
    usual = composed(notice_request(category=category))
    odd = composed(notice_request(category=category, facts=facts))

    assert (told in warning_codes(usual), told in warning_codes(odd)) == (False, True)


@pytest.mark.parametrize(
    ("story", "platform", "category", "basis", "facts", "expected"),
    [
        ("no address given", "x", "csam", "article_16", {}, False),
        ("our address given", "x", "hate", "article_16", {}, True),
        ("our address given all the same", "x", "csam", "article_16", NAMED, True),
        ("a trusted flagger", "x", "csam", "article_22", {}, True),
    ],
)
def test_a_reply_can_be_expected_where_there_is_an_address(
    story: str, platform: str, category: str, basis: str, facts: dict[str, Any], expected: bool
) -> None:
    notice = composed(notice_request(platform, category, basis, facts=facts))

    assert (notice.reply_expected, "Please confirm receipt" in notice.body) == (expected, expected)


def test_a_channel_that_knows_us_can_answer_without_our_address() -> None:
    facts = {"include_identity": False}
    request = notice_request("facebook", "csam", "article_22", facts=facts)
    notice = compose(addressed(), request, ORGANISATION, channel="trusted_flagger")

    assert notice.reply_expected
    assert "priority_lost" in warning_codes(notice)
    assert Missing("name", "identity_required") in notice.missing
