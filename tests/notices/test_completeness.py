from dataclasses import replace
from datetime import date

import pytest

from app.notices.compose import Item, NoticeRequest, Organisation, compose
from app.notices.notice import Missing
from app.notices.request import Told
from app.platforms import catalogue
from tests.notices.factories import FIRST, ORGANISATION, SECOND, composed, notice_request
from tests.shipped_platforms import files, shipped

IDENTITY = ("name", "email", "signature")
OF_META = ("first_name", "surname", "email", "email_again", "signature")
UNNAMED = {"include_identity": False}


@pytest.mark.parametrize(
    ("story", "request_of", "missing"),
    [
        ("nothing", notice_request(), []),
        ("no explanation", notice_request(explanation=None), [("explanation", "required")]),
        ("no address", notice_request(basis="voluntary"), [("channel", "address_not_set")]),
        (
            "no name where the law wants one",
            notice_request(category="hate", facts=UNNAMED),
            [(field, "identity_missing") for field in OF_META],
        ),
        (
            "a placeholder",
            notice_request(explanation="See {{ reason }}."),
            [("explanation", "leftover_placeholder")],
        ),
        (
            "a mark to be filled",
            notice_request(explanation="###fill in###"),
            [("explanation", "leftover_placeholder")],
        ),
        (
            "a national number",
            notice_request(explanation="About 85.07.30-033.28."),
            [("explanation", "national_number")],
        ),
        ("no item", notice_request(items=()), [("urls", "location_missing")]),
        (
            "an item nobody can find",
            notice_request(items=(Item(1),)),
            [("locator", "location_missing")],
        ),
    ],
)
def test_what_is_missing_is_told(
    story: str, request_of: NoticeRequest, missing: list[tuple[str, str]]
) -> None:
    notice = composed(request_of)

    assert (list(notice.missing), notice.ready) == (missing, not missing)


SITES = tuple(
    Item(number, url, url)
    for number, url in enumerate(("https://zz.example/1", "https://www.zz.example/2"), start=1)
)
ELSEWHERE = Item(3, "https://forum.zz.example/3", "https://forum.zz.example/3")
FILE = "https://drive.google.com/file/d/1ZzFixtureAaaaBbbbCcccDdddEeee/view"
SEARCH = "https://www.google.be/search?q=zz"


@pytest.mark.parametrize(
    ("story", "request_of", "missing"),
    [
        ("where it goes is known", notice_request("other", items=SITES), []),
        (
            "where it goes is not known",
            notice_request("other", items=SITES, recipient=None),
            [("recipient", "required")],
        ),
        ("the channel has an address", notice_request(recipient=None), []),
        (
            "two sites",
            notice_request("other", items=(*SITES, ELSEWHERE)),
            [("urls", "several_sites")],
        ),
        (
            "two products",
            notice_request("google", items=(Item(1, FILE, FILE), Item(2, SEARCH, SEARCH))),
            [("urls", "several_products")],
        ),
    ],
)
def test_a_first_notice_says_where_it_goes_and_that_is_one_place(
    story: str, request_of: NoticeRequest, missing: list[tuple[str, str]]
) -> None:
    assert list(composed(request_of).missing) == missing


def test_what_went_out_before_anybody_had_to_say_where_goes_on() -> None:
    request = notice_request(
        "other", items=(*SITES, ELSEWHERE), recipient=None, submitted_on=date(2026, 11, 1)
    )

    assert composed(request, purpose="reminder").missing == ()


@pytest.mark.parametrize(
    ("platform", "organisation", "missing"),
    [
        ("x", Organisation("", ORGANISATION.email), ["name", "signature"]),
        ("x", Organisation(ORGANISATION.name, ""), ["email"]),
        ("snapchat", Organisation("", ORGANISATION.email), ["name"]),
    ],
)
def test_a_notice_cannot_name_an_organisation_nobody_has_set(
    platform: str, organisation: Organisation, missing: list[str]
) -> None:
    notice = compose(shipped(), notice_request(platform, "hate"), organisation)

    assert list(notice.missing) == [Missing(field, "required") for field in missing]


def test_a_request_of_us_law_needs_a_mandate_and_a_signature() -> None:
    request = notice_request("youtube", "ncii_adult", "take_it_down")
    unsigned = replace(request, facts=UNNAMED | {"authorised_by_person": True})

    assert composed(request).missing == (Missing("authorised_by_person", "mandate_needed"),)
    assert composed(unsigned).missing == tuple(
        Missing(field, "identity_missing") for field in IDENTITY
    )


def test_a_form_takes_so_many_items() -> None:
    facts = {"authorised_by_person": True}
    request = notice_request("discord", "ncii_adult", "take_it_down", facts=facts)

    assert composed(request).missing == (Missing("urls", "too_many_items"),)


def test_a_value_over_the_forms_limit_is_missing() -> None:
    text = files()["x.yaml"].replace(
        "{id: explanation, source: statement, required: true}",
        "{id: explanation, source: statement, required: true, max_length: 200}",
        1,
    )
    limited = catalogue.load({**files(), "x.yaml": text})
    notice = compose(limited, notice_request("x"), ORGANISATION)

    assert notice.missing == (Missing("explanation", "too_long"),)
    assert compose(
        limited, notice_request("x"), ORGANISATION, edits={"explanation": "Short."}
    ).ready


def test_a_reminder_needs_the_day_of_the_notice() -> None:
    notice = composed(notice_request(), purpose="reminder")

    assert notice.missing == (Missing("submitted_on", "required"),)


def test_a_complaint_needs_a_decision_and_a_reason() -> None:
    refused = (FIRST._replace(told=Told(date(2026, 11, 3), "refused")),)
    bare = composed(notice_request(), purpose="complaint")
    without = composed(notice_request(items=refused), purpose="complaint")
    argued = composed(notice_request(items=refused, reason="The age is told."), purpose="complaint")
    edits = {"explanation": "In our own words."}
    rewritten = composed(notice_request(items=refused), purpose="complaint", edits=edits)

    assert bare.missing == (Missing("decided_on", "required"), Missing("reason", "required"))
    assert without.missing == (Missing("reason", "required"),)
    assert (argued.missing, rewritten.missing) == ((), ())


def test_braces_and_marks_in_what_a_platform_said_are_its_own() -> None:
    said = Told(date(2026, 11, 3), "refused", "terms", "### No violation of {rule} found")
    items = (FIRST._replace(told=said),)
    request = notice_request(items=items, reason="The age is told.", tickets=("#{7}",))
    unfinished = replace(request, reason="See {reason}.")

    assert composed(request, purpose="complaint").missing == ()
    assert composed(unfinished, purpose="complaint").missing == (
        Missing("explanation", "leftover_placeholder"),
    )


@pytest.mark.parametrize(
    ("platform", "field"),
    [("instagram", "explanation"), ("tiktok", "explanation"), ("reddit", "locator")],
)
def test_where_in_a_content_is_no_place_for_a_national_number(platform: str, field: str) -> None:
    items = (FIRST._replace(place="85.07.30-033.28"),)
    notice = composed(notice_request(platform, "hate", items=items))

    assert notice.missing == (Missing(field, "national_number"),)


def test_own_words_stand_for_where_in_a_content_too() -> None:
    items = (FIRST._replace(place="85.07.30-033.28"),)
    edits = {"explanation": "It is the third image."}
    notice = composed(notice_request("instagram", "hate", items=items), edits=edits)

    assert (notice.missing, "85.07.30" in notice.body) == ((), False)


def test_what_was_refused_whole_is_for_a_complaint_and_not_for_a_reminder() -> None:
    refused = FIRST._replace(told=Told(date(2026, 11, 3), "refused"))
    told = {"submitted_on": date(2026, 11, 1)}
    whole = composed(notice_request(items=(refused,), **told), purpose="reminder")
    partly = composed(notice_request(items=(refused, SECOND), **told), purpose="reminder")

    assert (whole.missing, partly.missing) == ((Missing("purpose", "complaint_fits"),), ())
