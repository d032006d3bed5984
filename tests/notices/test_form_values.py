"""What stands in each field of a real form: whole elements, parts of one, and answers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.languages import Language
from app.notices import form_values
from app.notices.compose import Item, Notice, NoticeRequest
from app.notices.notice import Missing
from tests.notices.factories import (
    ORGANISATION,
    composed,
    field_value,
    notice_request,
    warning_codes,
)
from tests.shipped_platforms import shipped

META = ("facebook", "instagram")
ORDER = [
    "country",
    "right",
    "law",
    "explanation",
    "behalf",
    "first_name",
    "surname",
    "email",
    "email_again",
    "urls",
    "court_order",
    "consent",
    "good_faith",
    "signature",
]


def posts(count: int) -> tuple[Item, ...]:
    urls = (f"https://www.facebook.com/zz/posts/{number}" for number in range(1, count + 1))
    return tuple(Item(number, url, url, "post") for number, url in enumerate(urls, start=1))


def held(notice: Notice) -> dict[str, list[str]]:
    """Return the addresses in each field for them."""
    return {one.id: (one.value or "").split() for one in notice.fields if one.id.startswith("urls")}


@pytest.mark.parametrize("platform", META)
def test_metas_form_is_filled_in_its_own_order(platform: str) -> None:
    notice = composed(notice_request(platform, "hate"))

    assert [one.id for one in notice.fields] == ORDER
    assert (notice.channel.id, notice.ready) == ("dsa", True)


def test_a_form_that_takes_five_addresses_gets_five_at_a_time() -> None:
    request = notice_request(items=posts(12))
    notice = composed(request)

    assert {field: len(urls) for field, urls in held(notice).items()} == {
        "urls": 5,
        "urls_2": 5,
        "urls_3": 2,
    }
    assert [url for urls in held(notice).values() for url in urls] == list(request.urls)
    assert [one.label for one in notice.fields if one.id.startswith("urls")] == [
        "Exact location (URL)",
        "Exact location (URL) (2)",
        "Exact location (URL) (3)",
    ]
    assert notice.ready


@given(count=st.integers(min_value=1, max_value=40))
def test_every_address_stands_in_one_field_and_none_in_two(count: int) -> None:
    request = notice_request(items=posts(count))
    told = [url for urls in held(composed(request)).values() for url in urls]

    assert told == list(request.urls)


def test_an_address_taken_out_of_one_of_its_fields_is_missing_there() -> None:
    request = notice_request(items=posts(7))
    cut = composed(request, edits={"urls_2": request.urls[5]})
    moved = composed(
        request,
        edits={
            "urls": "\n".join(request.urls[1:5]),
            "urls_2": "\n".join((*request.urls[5:], request.urls[0])),
        },
    )

    assert cut.missing == (Missing("urls_2", "location_missing"),)
    assert moved.ready


def test_a_form_without_a_field_for_it_says_in_the_reason_how_to_find_the_content() -> None:
    locator = {"account": "zz.user", "message_id": "77"}
    notice = composed(
        notice_request(items=(Item(1, None, None, "message", None, "zz.user", locator),))
    )

    assert "Account: zz.user\nMessage: 77" in (field_value(notice, "explanation") or "")
    assert notice.ready


def test_the_organisation_is_named_where_a_form_asks_for_a_person() -> None:
    notice = composed(notice_request(category="hate"))

    assert [
        field_value(notice, one) for one in ("first_name", "surname", "email", "email_again")
    ] == [
        ORGANISATION.name,
        ORGANISATION.name,
        ORGANISATION.email,
        ORGANISATION.email,
    ]


@pytest.mark.parametrize(
    ("language", "facts", "answer"),
    [
        ("en", {"court_order": True}, "Yes"),
        ("en", {"court_order": False}, "No"),
        ("en", {}, "No"),
        ("nl", {"court_order": True}, "Ja"),
        ("fr", {"court_order": False}, "Non"),
    ],
)
def test_the_question_about_a_court_order_is_answered(
    language: str, facts: dict[str, Any], answer: str
) -> None:
    notice = composed(notice_request(facts=facts), language=language)

    assert field_value(notice, "court_order") == answer


CONSENTED, WHOSE, WORDS = "consented", "whose_data", "exact_words"
QUESTIONS = {
    "ncii_adult": [CONSENTED],
    "deepfake_adult": [CONSENTED],
    "harassment_doxing": [WHOSE],
    "cyberbullying": [WORDS],
    "cyberbullying_girl": [WORDS],
    "stalking": [WORDS],
    "sexual_extortion_adult": [WORDS],
}


@pytest.mark.parametrize("category", sorted(shipped().categories))
def test_a_form_asks_some_questions_for_some_categories_only(category: str) -> None:
    notice = composed(notice_request("tiktok", category))
    asked = [one.id for one in notice.fields if one.id in (CONSENTED, WHOSE, WORDS)]

    assert asked == QUESTIONS.get(category, [])
    assert notice.ready


@pytest.mark.parametrize(("language", "answer"), [("en", "No"), ("nl", "Nee"), ("fr", "Non")])
def test_an_answer_that_the_category_gives_is_given(language: str, answer: str) -> None:
    notice = composed(notice_request("tiktok", "ncii_adult"), language=language)

    assert (field_value(notice, CONSENTED), "type_in_form" in warning_codes(notice)) == (
        answer,
        False,
    )


def test_what_only_a_person_can_answer_is_left_to_the_form() -> None:
    notice = composed(notice_request("tiktok", "harassment_doxing"))
    [question] = [one for one in notice.fields if one.id == WHOSE]

    assert (question.value, question.required) == (None, False)
    assert [one.field for one in notice.warnings if one.code == "type_in_form"] == [WHOSE]


def test_an_answer_a_caseworker_wrote_stands_in_its_own_field_only() -> None:
    notice = composed(notice_request(), edits={"consent": "Yes"})

    assert (field_value(notice, "consent"), field_value(notice, "right")) == ("Yes", "Other")
    assert "Yes" not in notice.body.split()


def request(basis: str = "article_16", **facts: Any) -> NoticeRequest:
    return notice_request(
        "snapchat", "ncii_adult", basis, facts={"authorised_by_person": True} | facts
    )


@pytest.mark.parametrize("asked", [*Language, None])
@pytest.mark.parametrize("wished", Language)
@pytest.mark.parametrize("platform", sorted(shipped().platforms))
def test_a_request_of_us_law_is_written_in_english_whatever_was_asked(
    platform: str, wished: str, asked: str | None
) -> None:
    facts = {"authorised_by_person": True, "language": wished}
    notice = composed(
        notice_request(platform, "ncii_adult", "take_it_down", facts=facts), language=asked
    )

    assert (notice.language, "language_not_accepted" in warning_codes(notice)) == ("en", False)
    assert "TAKE IT DOWN Act" in notice.body


@pytest.mark.parametrize(
    ("wished", "asked", "written_in", "warned"),
    [
        ("nl", None, "nl", False),
        ("fr", None, "en", False),
        ("fr", "fr", "fr", True),
        ("en", "nl", "nl", False),
    ],
)
def test_a_channel_that_reads_some_languages_gets_one_of_them_unless_asked_by_name(
    wished: str, asked: str | None, written_in: str, warned: bool
) -> None:
    notice = composed(request(language=wished), "dsa_contact", language=asked)

    assert (notice.language, "language_not_accepted" in warning_codes(notice)) == (
        written_in,
        warned,
    )


def test_a_channels_own_words_go_before_those_of_the_platform() -> None:
    assert (
        field_value(composed(notice_request("tiktok", "csam")), "category")
        == "Child sexual exploitation"
    )
    assert (
        field_value(composed(notice_request("tiktok", "impersonation")), "category")
        == "Accounts (impersonation)"
    )
    assert (
        field_value(composed(notice_request("tiktok", "hate")), "category") == "Illegal hate speech"
    )


def test_without_a_limit_one_field_holds_every_address() -> None:
    fields = shipped().platforms["x"].channels[1].fields

    assert form_values.shares(fields, ("a", "b")) == {"urls": ("a", "b")}
