import pytest

from app.kit.errors import Refused
from app.notices.notice import Missing
from tests.notices.factories import (
    EXPLANATION,
    FIRST,
    FIRST_URL,
    composed,
    explanation_of,
    notice_request,
)
from tests.shipped_platforms import shipped


def test_an_edit_replaces_a_fields_value_in_form_and_text() -> None:
    words = "Three accounts post the same image."
    notice = composed(notice_request("discord"), edits={"explanation": f"{words}\r\n"})

    assert explanation_of(notice) == words
    assert (words in notice.body, EXPLANATION in notice.body) == (True, False)


def test_an_edited_box_stands_for_all_it_held() -> None:
    notice = composed(notice_request("x"), edits={"explanation": "In our own words."})

    assert notice.ready
    assert notice.body == (
        "WHERE\n"
        "1. https://www.facebook.com/zz/posts/1\n"
        "2. https://www.facebook.com/zz/posts/12?x={y}\n\n"
        "In our own words.\n\n"
        "WHY IT IS ILLEGAL\n"
        "Your rules: Child safety > Child Sexual Exploitation.\n\n"
        "WHO WE ARE\n"
        "Child-safety hotline. This is a notice under Article 16 of Regulation (EU) 2022/2065 "
        "(Digital Services Act).\n\n"
        "We confirm our bona fide belief that the information and allegations in this notice are "
        "accurate and complete.\n"
    )


@pytest.mark.parametrize(
    ("platform", "category", "field", "words", "missing"),
    [
        ("x", "csam", "good_faith", "We mean well.", [("good_faith", "good_faith_missing")]),
        ("x", "csam", "urls", FIRST_URL, [("urls", "location_missing")]),
        ("x", "csam", "urls", f"{FIRST_URL} {FIRST_URL}23", [("urls", "location_missing")]),
        ("x", "csam", "country", "###", [("country", "leftover_placeholder")]),
        ("x", "csam", "capacity", "  ", [("capacity", "required")]),
        ("x", "csam", "explanation", "INSZ 85073003328", [("explanation", "national_number")]),
        ("snapchat", "csam", "explanation", "Gone.", [("explanation", "good_faith_missing")]),
        (
            "snapchat",
            "hate",
            "explanation",
            "Gone.",
            [("explanation", "identity_missing"), ("explanation", "good_faith_missing")],
        ),
    ],
)
def test_an_edit_cannot_quietly_break_the_notice(
    platform: str, category: str, field: str, words: str, missing: list[tuple[str, str]]
) -> None:
    notice = composed(notice_request(platform, category), edits={field: words})

    assert list(notice.missing) == missing


def test_an_e_mail_may_be_rewritten_as_a_whole_but_stays_complete() -> None:
    request = notice_request("snapchat", "hate", items=(FIRST,))
    statement = shipped().texts["en"].good_faith.default
    edits = {"subject": "Two\nlines", "body": f"Dear colleagues,\n{FIRST_URL}\n{statement}\n"}
    notice = composed(request, "dsa_contact", edits=edits)
    cut = composed(request, "dsa_contact", edits=edits | {"body": "Dear colleagues,"})

    assert (notice.subject, notice.body, notice.ready) == ("Two lines", edits["body"], True)
    assert cut.missing == (
        Missing("urls", "location_missing"),
        Missing("good_faith", "good_faith_missing"),
    )


@pytest.mark.parametrize("field", ["nowhere", "body", "subject"])
def test_a_form_has_no_other_fields_to_edit(field: str) -> None:
    with pytest.raises(Refused) as refused:
        composed(notice_request("x"), edits={field: "text"})

    assert (refused.value.code, refused.value.faults[0].pointer) == (
        "unknown_field",
        f"/fields/{field}",
    )
