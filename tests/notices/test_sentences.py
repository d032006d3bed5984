from datetime import date
from typing import Any

import pytest

from app.notices.compose import Item
from tests.notices.factories import composed, field_value, notice_request

TODAY = date(2026, 11, 22)
CHILD_LAW = "Directive 2011/93/EU, Articles 2(c) and 5; Belgian Criminal Code, Articles "


def test_the_platforms_own_words_name_the_category() -> None:
    assert field_value(composed(notice_request("x")), "category") == (
        "Child safety > Child Sexual Exploitation"
    )


def test_without_words_of_its_own_our_label_names_the_category() -> None:
    notice = composed(notice_request("x", "hate"), language="fr")

    assert field_value(notice, "category") == "Discours de haine illégal"


@pytest.mark.parametrize(
    ("category", "day", "law"),
    [
        ("csam", date(2026, 4, 7), f"{CHILD_LAW}417/43 and 417/44"),
        ("csam", date(2026, 4, 8), f"{CHILD_LAW}170 and 171"),
        ("grooming", TODAY, "In our assessment this is illegal content."),
        ("deepfake_adult", TODAY, "Directive (EU) 2024/1385, Article 5(1)(b)"),
        ("self_harm", TODAY, "We report this content under your own rules."),
        ("hate", TODAY, "In our assessment this is illegal content."),
    ],
)
def test_only_verified_law_in_force_is_named(category: str, day: date, law: str) -> None:
    assert field_value(composed(notice_request("tiktok", category, written_on=day)), "law") == law


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ai_generated": "yes"}, "The content was made or altered with AI."),
        ({"ai_generated": "suspected"}, "There are indications that the content was made"),
        ({"sexual_extortion": True}, "The victim is being sexually extorted"),
        ({"person_is_minor": True}, "The person concerned is a minor."),
        ({"urgent": True}, "This is urgent; please act at once."),
        ({"deadline_at": "2026-07-01T12:05:00Z"}, "on 1 July 2026, 12:05 UTC (14:05 in Brussels)"),
        ({"court_order": True}, "A court order exists for this content"),
    ],
)
def test_a_fact_that_matters_is_said(facts: dict[str, Any], said: str) -> None:
    plain = composed(notice_request(category="cyberbullying")).body
    told = composed(notice_request(category="cyberbullying", facts=facts)).body

    assert (said in plain, said in told) == (False, True)


def test_what_belongs_to_the_case_system_stays_there() -> None:
    facts = {"case_ref": "CANARY-1", "external_ref": "CANARY-2", "channel": None}
    facts["reported_at"] = "2026-01-02T03:04:05Z"
    notice = composed(notice_request(facts=facts))

    assert "CANARY" not in repr(notice)
    assert "January" not in repr(notice)


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "1 November 2026"), ("nl", "1 november 2026"), ("fr", "1er novembre 2026")],
)
def test_days_are_written_in_words(language: str, day: str) -> None:
    request = notice_request(submitted_on=date(2026, 11, 1))

    assert day in composed(request, language=language, purpose="reminder").body


def test_content_without_an_address_is_pointed_at() -> None:
    locator = {"account": "zz.user", "occurred_at": "2026-11-20T10:00:00Z", "message_id": None}
    item = Item(1, None, None, "message", None, "zz.user", locator)
    notice = composed(notice_request("discord", "grooming", items=(item,)))

    assert field_value(notice, "locator") == (
        "Account: zz.user\nDate and time: 20 November 2026, 10:00 UTC (11:00 in Brussels)"
    )
    assert (field_value(notice, "urls"), notice.ready) == (None, True)
    assert "WHERE\nAccount: zz.user" in notice.body
