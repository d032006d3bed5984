import hashlib
from datetime import date

import pytest

from app.kit.errors import Refused
from app.notices.compose import Item, NoticeRequest, compose
from app.notices.request import Told
from app.platforms.placeholders import LEFTOVER
from tests.examples import TRANSLATED_FIRST, first_quickly
from tests.notices.factories import (
    EXPLANATION,
    FIRST,
    FIRST_URL,
    ORGANISATION,
    composed,
    every_combination,
    field_value,
    notice_request,
    warning_codes,
)
from tests.shipped_platforms import addressed, shipped

MAY_ACT = {"authorised_by_person": True, "include_identity": True}


def test_there_are_many_ways_to_send_a_notice() -> None:
    ways = list(every_combination())

    assert {slug for slug, *_ in ways} == set(shipped().platforms)
    assert {category for *_, category in ways} == set(shipped().categories)
    assert {basis for _, _, basis, _ in ways} == {
        "article_16",
        "article_22",
        "voluntary",
        "take_it_down",
    }


@pytest.mark.parametrize("language", first_quickly(TRANSLATED_FIRST))
def test_every_notice_can_be_written(language: str) -> None:
    wrong = []
    for slug, channel, basis, category in every_combination():
        request = notice_request(slug, category, basis, (FIRST,), facts=MAY_ACT)
        notice = compose(addressed(), request, ORGANISATION, channel=channel, language=language)
        is_us_law = basis == "take_it_down"
        good_faith = shipped().texts["en" if is_us_law else language].good_faith
        statement = good_faith.take_it_down if is_us_law else good_faith.default
        told = "\n".join([notice.subject, notice.body, *(one.value or "" for one in notice.fields)])
        holds = (
            notice.ready,
            FIRST_URL in notice.body.split("\n"),
            statement in notice.body,
            EXPLANATION in notice.body,
            "hotline@example.org" in notice.body,
            LEFTOVER.search(told) is None,
            all(one.label for one in notice.fields),
            all(one.value for one in notice.fields if one.required),
        )
        if not all(holds):
            wrong.append((slug, channel, basis, category, holds, notice.missing))

    assert wrong == []


@pytest.mark.parametrize("purpose", first_quickly(["reminder", "complaint", "withdrawal"]))
@pytest.mark.parametrize("language", first_quickly(TRANSLATED_FIRST))
def test_what_follows_a_notice_can_be_written_too(purpose: str, language: str) -> None:
    day = date(2026, 11, 1)
    lacking = []
    for slug, channel, basis, category in every_combination():
        request = notice_request(
            slug,
            category,
            basis,
            (FIRST._replace(told=Told(day, "geo_restricted"), live_on=day),),
            facts=MAY_ACT,
            submitted_on=day,
            reason="It is still there.",
        )
        notice = compose(
            addressed(), request, ORGANISATION, channel=channel, language=language, purpose=purpose
        )
        if not notice.ready or FIRST_URL not in notice.body or LEFTOVER.search(notice.body):
            lacking.append((slug, channel, basis, category, notice.missing))

    assert lacking == []


def test_every_notice_that_withholds_the_name_holds_no_trace_of_it() -> None:
    wrong = []
    for slug, channel, basis, category in every_combination():
        facts = {"authorised_by_person": True, "include_identity": False}
        notice = compose(
            addressed(),
            notice_request(slug, category, basis, (FIRST,), facts=facts),
            ORGANISATION,
            channel=channel,
        )
        told = repr((notice.subject, notice.body, notice.fields))
        identity = [one for one in notice.fields if one.id in ("name", "email", "signature")]
        if (
            ORGANISATION.name in told
            or ORGANISATION.email in told
            or any(one.required or one.value for one in identity)
            or "identity_withheld" not in warning_codes(notice)
        ):
            wrong.append((slug, channel, basis, category))

    assert wrong == []


@pytest.mark.parametrize("category", sorted(shipped().categories))
def test_anybody_can_report_every_category_to_every_platform(category: str) -> None:
    ready = {
        slug: composed(notice_request(slug, category, items=(FIRST,))).ready
        for slug in shipped().platforms
    }

    assert ready == dict.fromkeys(shipped().platforms, True)


def test_the_digest_is_that_of_the_text() -> None:
    notice = composed(notice_request())

    assert notice.sha256 == hashlib.sha256(notice.body.encode()).hexdigest()


def test_the_same_request_gives_the_same_notice() -> None:
    assert composed(notice_request()) == composed(notice_request())


def test_fields_stand_in_the_forms_own_order() -> None:
    notice = composed(notice_request("x"))

    assert [one.id for one in notice.fields] == [
        "capacity",
        "name",
        "email",
        "country",
        "urls",
        "category",
        "explanation",
        "good_faith",
        "signature",
    ]


def test_a_notice_says_which_text_went_before_the_general_one_and_why() -> None:
    of_category = {
        "sentence": "request.default",
        "from": "texts/en.yaml",
        "because": "category grooming",
    }
    told = FIRST._replace(told=Told(date(2026, 11, 1), "refused"))
    grooming = notice_request(category="grooming", items=(told,), reason="Still there.")

    assert composed(grooming).template.specific == (of_category,)
    assert composed(notice_request()).template.specific == ()
    assert composed(grooming, purpose="complaint").template.specific == ()


@pytest.mark.parametrize("platform", ["whatsapp", "reddit", "twitch", "onlyfans"])
def test_a_message_without_an_address_is_reported_by_where_it_stands(platform: str) -> None:
    locator = {"account": "zz.user", "occurred_at": "2026-11-20T10:00:00Z"}
    item = Item(1, None, None, "message", None, "zz.user", locator)
    notice = composed(notice_request(platform, "grooming", items=(item,)), language="nl")

    assert (notice.ready, notice.channel.id) == (True, "contact_form")
    assert {one.id: one.value for one in notice.fields}["locator"] == (
        "Account: zz.user\n"
        "Datum en tijdstip: 20 november 2026 om 11 uur Belgische tijd (10 uur UTC)"
    )


def test_the_caseworkers_language_is_the_default() -> None:
    assert composed(notice_request(facts={"language": "nl"})).language == "nl"


def test_an_e_mail_has_an_address_and_shows_its_sender() -> None:
    notice = composed(notice_request("snapchat", "hate"), "dsa_contact")

    assert (notice.channel.kind, notice.channel.to, notice.channel.form_url, notice.ready) == (
        "email",
        "dsa-enquiries@snapchat.com",
        None,
        True,
    )


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"language": "xx"}, "unknown_language"),
        ({"purpose": "greeting"}, "unknown_purpose"),
        ({"channel": "ncii"}, "channel_not_for_category"),
        ({"channel": "fax"}, "channel_not_for_category"),
    ],
)
def test_what_does_not_exist_or_apply_is_refused(how: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        composed(notice_request(), **how)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("request_of", "code"),
    [
        (notice_request(platform="nowhere"), "unknown_platform"),
        (notice_request(category="nothing"), "unknown_category"),
        (notice_request(basis="because"), "unknown_basis"),
    ],
)
def test_an_unknown_word_is_refused(request_of: NoticeRequest, code: str) -> None:
    with pytest.raises(Refused) as refused:
        composed(request_of)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("recipient", "form_url", "to"),
    [
        ("https://zz.example/abuse", "https://zz.example/abuse", None),
        ("abuse@zz.example", None, "abuse@zz.example"),
        (None, None, None),
    ],
)
def test_a_notice_by_hand_goes_where_a_person_said(
    recipient: str | None, form_url: str | None, to: str | None
) -> None:
    notice = composed(notice_request("other", recipient=recipient))

    assert (notice.channel.form_url, notice.channel.to) == (form_url, to)
    assert ("address_by_hand" in warning_codes(notice)) == (recipient is None)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Search"), ("nl", "Zoeken"), ("fr", "Recherche")],
)
def test_a_form_that_asks_for_the_product_gets_its_name(language: str, name: str) -> None:
    notice = composed(notice_request("google", product="search"), language=language)

    assert field_value(notice, "product") == name
