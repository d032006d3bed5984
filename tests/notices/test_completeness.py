from dataclasses import replace
from datetime import date

import pytest

from app.notices.compose import Item, NoticeRequest, Organisation, compose
from app.notices.notice import Missing
from app.notices.request import Told
from app.platforms import catalogue
from tests.notices.factories import FIRST, SECOND, US, asking, written
from tests.shipped_platforms import files, shipped

IDENTITY = ("name", "email", "signature")
OF_META = ("first_name", "surname", "email", "email_again", "signature")
UNNAMED = {"include_identity": False}


@pytest.mark.parametrize(
    ("story", "request_of", "missing"),
    [
        ("nothing", asking(), []),
        ("no explanation", asking(explanation=None), [("explanation", "required")]),
        ("no address", asking(basis="voluntary"), [("channel", "address_not_set")]),
        (
            "no name where the law wants one",
            asking(category="hate", facts=UNNAMED),
            [(field, "identity_missing") for field in OF_META],
        ),
        (
            "a placeholder",
            asking(explanation="See {{ reason }}."),
            [("explanation", "leftover_placeholder")],
        ),
        (
            "a mark to be filled",
            asking(explanation="###fill in###"),
            [("explanation", "leftover_placeholder")],
        ),
        (
            "a national number",
            asking(explanation="About 85.07.30-033.28."),
            [("explanation", "national_number")],
        ),
        ("no item", asking(items=()), [("urls", "location_missing")]),
        (
            "an item nobody can find",
            asking(items=(Item(1),)),
            [("locator", "location_missing")],
        ),
    ],
)
def test_what_is_missing_is_told(
    story: str, request_of: NoticeRequest, missing: list[tuple[str, str]]
) -> None:
    notice = written(request_of)

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
        ("where it goes is known", asking("other", items=SITES), []),
        (
            "where it goes is not known",
            asking("other", items=SITES, recipient=None),
            [("recipient", "required")],
        ),
        ("the channel has an address", asking(recipient=None), []),
        ("two sites", asking("other", items=(*SITES, ELSEWHERE)), [("urls", "several_sites")]),
        (
            "two products",
            asking("google", items=(Item(1, FILE, FILE), Item(2, SEARCH, SEARCH))),
            [("urls", "several_products")],
        ),
    ],
)
def test_a_first_notice_says_where_it_goes_and_that_is_one_place(
    story: str, request_of: NoticeRequest, missing: list[tuple[str, str]]
) -> None:
    assert list(written(request_of).missing) == missing


def test_what_went_out_before_anybody_had_to_say_where_goes_on() -> None:
    request = asking(
        "other", items=(*SITES, ELSEWHERE), recipient=None, submitted_on=date(2026, 11, 1)
    )

    assert written(request, purpose="reminder").missing == ()


@pytest.mark.parametrize(
    ("platform", "organisation", "missing"),
    [
        ("x", Organisation("", US.email), ["name", "signature"]),
        ("x", Organisation(US.name, ""), ["email"]),
        ("snapchat", Organisation("", US.email), ["name"]),
    ],
)
def test_a_notice_cannot_name_an_organisation_nobody_has_set(
    platform: str, organisation: Organisation, missing: list[str]
) -> None:
    notice = compose(shipped(), asking(platform, "hate"), organisation)

    assert list(notice.missing) == [Missing(field, "required") for field in missing]


def test_a_request_of_us_law_needs_a_mandate_and_a_signature() -> None:
    request = asking("youtube", "ncii_adult", "take_it_down")
    unsigned = replace(request, facts=UNNAMED | {"authorised_by_person": True})

    assert written(request).missing == (Missing("authorised_by_person", "mandate_needed"),)
    assert written(unsigned).missing == tuple(
        Missing(field, "identity_missing") for field in IDENTITY
    )


def test_a_form_takes_so_many_items() -> None:
    facts = {"authorised_by_person": True}
    request = asking("discord", "ncii_adult", "take_it_down", facts=facts)

    assert written(request).missing == (Missing("urls", "too_many_items"),)


def test_a_value_over_the_forms_limit_is_missing() -> None:
    text = files()["x.yaml"].replace(
        "{id: explanation, source: statement, required: true}",
        "{id: explanation, source: statement, required: true, max_length: 200}",
        1,
    )
    limited = catalogue.load({**files(), "x.yaml": text})
    notice = compose(limited, asking("x"), US)

    assert notice.missing == (Missing("explanation", "too_long"),)
    assert compose(limited, asking("x"), US, edits={"explanation": "Short."}).ready


def test_a_reminder_needs_the_day_of_the_notice() -> None:
    notice = written(asking(), purpose="reminder")

    assert notice.missing == (Missing("submitted_on", "required"),)


def test_a_complaint_needs_a_decision_and_a_reason() -> None:
    refused = (FIRST._replace(told=Told(date(2026, 11, 3), "refused")),)
    bare = written(asking(), purpose="complaint")
    without = written(asking(items=refused), purpose="complaint")
    argued = written(asking(items=refused, reason="The age is told."), purpose="complaint")
    edits = {"explanation": "In our own words."}
    rewritten = written(asking(items=refused), purpose="complaint", edits=edits)

    assert bare.missing == (Missing("decided_on", "required"), Missing("reason", "required"))
    assert without.missing == (Missing("reason", "required"),)
    assert (argued.missing, rewritten.missing) == ((), ())


def test_braces_and_marks_in_what_a_platform_said_are_its_own() -> None:
    said = Told(date(2026, 11, 3), "refused", "terms", "### No violation of {rule} found")
    items = (FIRST._replace(told=said),)
    request = asking(items=items, reason="The age is told.", tickets=("#{7}",))
    unfinished = replace(request, reason="See {reason}.")

    assert written(request, purpose="complaint").missing == ()
    assert written(unfinished, purpose="complaint").missing == (
        Missing("explanation", "leftover_placeholder"),
    )


@pytest.mark.parametrize(
    ("platform", "field"),
    [("instagram", "explanation"), ("tiktok", "explanation"), ("reddit", "locator")],
)
def test_where_in_a_content_is_no_place_for_a_national_number(platform: str, field: str) -> None:
    items = (FIRST._replace(place="85.07.30-033.28"),)
    notice = written(asking(platform, "hate", items=items))

    assert notice.missing == (Missing(field, "national_number"),)


def test_own_words_stand_for_where_in_a_content_too() -> None:
    items = (FIRST._replace(place="85.07.30-033.28"),)
    edits = {"explanation": "It is the third image."}
    notice = written(asking("instagram", "hate", items=items), edits=edits)

    assert (notice.missing, "85.07.30" in notice.body) == ((), False)


def test_what_was_refused_whole_is_for_a_complaint_and_not_for_a_reminder() -> None:
    refused = FIRST._replace(told=Told(date(2026, 11, 3), "refused"))
    told = {"submitted_on": date(2026, 11, 1)}
    whole = written(asking(items=(refused,), **told), purpose="reminder")
    partly = written(asking(items=(refused, SECOND), **told), purpose="reminder")

    assert (whole.missing, partly.missing) == ((Missing("purpose", "complaint_fits"),), ())
