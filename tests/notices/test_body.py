import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.kit.languages import Language
from app.notices.compose import Item
from app.notices.request import Award, Told
from tests.notices.factories import (
    EXPLANATION,
    FIRST,
    FIRST_URL,
    ORGANISATION,
    SECOND,
    SECOND_URL,
    composed,
    every_combination,
    explanation_of,
    notice_request,
)
from tests.shipped_platforms import shipped


def test_a_whole_notice_reads_so() -> None:
    notice = composed(notice_request(category="ncii_adult", assessed_on=date(2026, 11, 21)))

    assert notice.subject == (
        "[TD-7K3M9Q] Notice under Article 16 DSA, "
        "Intimate image of an adult shared without consent, 2 URLs"
    )
    assert notice.body.split("\n\n") == [
        "We ask you to remove or disable this content, prevent identical re-uploads and preserve "
        "the data for law enforcement. Please act without undue delay.",
        "WHERE\n"
        "1. https://www.facebook.com/zz/posts/1\n"
        "2. https://www.facebook.com/zz/posts/12?x={y}",
        "WHAT IT IS\n"
        "In our assessment this is an intimate image of an adult that was shared without the "
        "consent of the person shown.",
        "The content was reported to our hotline and assessed by an analyst.",
        "Assessed on 21 November 2026 by our caseworker.",
        "WHY IT IS ILLEGAL\n"
        "Directive (EU) 2024/1385, Article 5(1)(a); Belgian Criminal Code, Article 136\n"
        "Your rules: Adult Sexual Exploitation (non-consensual intimate imagery).",
        "WHO WE ARE\n"
        "Submitted by Example Hotline (hotline@example.org).\n"
        "Child-safety hotline. This is a notice under Article 16 of Regulation (EU) 2022/2065 "
        "(Digital Services Act).",
        "Our reference: TD-7K3M9Q.",
        "Please confirm receipt (Article 16(4)) and send us your decision and the possibilities "
        "for redress (Article 16(5)).\n"
        "Please do not contact the victim.\n"
        "Please do not name us to the uploader.",
        "We confirm our bona fide belief that the information and allegations in this notice are "
        "accurate and complete.\n",
    ]


DEADLINE = datetime(2026, 12, 1, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written_at", "subject", "said"),
    [
        (
            DEADLINE - timedelta(hours=1),
            "URGENT, before 1 December 2026, 18:00 UTC (19:00 in Brussels): trusted flagger notice",
            "The victim is threatened; the ultimatum expires on 1 December 2026, 18:00 UTC "
            "(19:00 in Brussels). Please act before then.",
        ),
        (
            DEADLINE,
            "URGENT: trusted flagger notice",
            "The victim was threatened; the ultimatum expired on 1 December 2026, 18:00 UTC "
            "(19:00 in Brussels). Please act at once.",
        ),
    ],
)
def test_a_deadline_stands_first_and_is_told_as_past_once_it_is(
    written_at: datetime, subject: str, said: str
) -> None:
    request = notice_request(
        "instagram", "csam_ai", "article_22", facts={"deadline_at": DEADLINE}, written_at=written_at
    )
    notice = composed(request)

    assert notice.subject.removeprefix("[TD-7K3M9Q] ").split(", Child")[0] == subject
    assert notice.body.split("\n\n")[0].endswith(said)


@pytest.mark.parametrize("language", Language)
def test_an_urgent_notice_of_a_trusted_flagger_spends_at_most_200_words_of_ours(
    language: str,
) -> None:
    """Counted without what is filled in: places, own words, names, days and labels."""
    places = tuple(item._replace(place="3") for item in (FIRST, SECOND))
    request = notice_request(
        "instagram",
        "csam_ai",
        "article_22",
        places,
        award=Award("BIPT", "1"),
        facts={"deadline_at": DEADLINE, "urgent": True},
        assessed_on=date(2026, 11, 29),
    )
    body = composed(request, language=language).body
    texts = shipped().texts[language].dates
    for filled in (
        EXPLANATION, SECOND_URL, FIRST_URL, ORGANISATION.name, ORGANISATION.email,
        "BIPT", "TD-7K3M9Q",
        texts.at(DEADLINE, ORGANISATION.zone), texts.on(date(2026, 11, 29)),
        shipped().platforms["instagram"].dealings.words["csam_ai"],
    ):  # fmt: skip
        assert filled in body
        body = body.replace(filled, "")

    assert len(re.findall(r"\w[\w'’.-]*", body)) <= 200


def test_a_place_stands_beside_its_address_and_content_without_one_is_numbered_too() -> None:
    locator = {"account": "zz.user", "message_id": "17"}
    items = (
        FIRST._replace(place="image 3, 1:20"),
        Item(2, None, None, "message", None, "zz.user", locator),
    )
    notice = composed(notice_request("reddit", items=items))

    assert notice.body.split("\n\n")[1] == (
        "WHERE\n"
        "1. https://www.facebook.com/zz/posts/1 (image 3, 1:20)\n"
        "2. Account: zz.user\n"
        "   Message: 17"
    )
    assert notice.subject.endswith("2 places")
    assert notice.ready


@pytest.mark.parametrize(
    ("award", "said"),
    [
        (None, "Trusted flagger (Article 22 of Regulation (EU) 2022/2065). Please decide"),
        (Award("BIPT", None), "(EU) 2022/2065): status awarded by BIPT. Please decide"),
        (Award(None, "FICT-1"), "(EU) 2022/2065): decision FICT-1. Please decide"),
        (Award("BIPT", "FICT-1"), ": status awarded by BIPT, decision FICT-1. Please decide"),
    ],
)
def test_a_status_is_told_as_far_as_it_is_recorded(award: Award | None, said: str) -> None:
    assert said in composed(notice_request(basis="article_22", award=award)).body


def test_a_matter_of_house_rules_claims_no_law_and_no_status() -> None:
    wrong = []
    for slug, channel, basis, category in every_combination():
        if shipped().categories[category].illegal:
            continue
        for language in Language:
            request = notice_request(slug, category, basis, (FIRST,), award=Award("BIPT", "1"))
            notice = composed(request, channel, language=language)
            told = "\n".join(
                [notice.subject, notice.body, *(field.value or "" for field in notice.fields)]
            )
            status = shipped().texts[language].values.capacity.article_22
            # The one place that says it is none: the opening.
            claimed = told.replace(shipped().texts[language].opening.rules, "")
            if status in told or re.search(r"illegal|illicite|2022/2065|BIPT", claimed):
                wrong.append((slug, channel, basis, category, language))

    assert wrong == []


def test_a_box_says_what_the_form_has_no_field_for() -> None:
    told = explanation_of(composed(notice_request("x", "ncii_adult", items=(FIRST,))))

    assert (FIRST_URL in told, "bona fide" in told, ORGANISATION.name in told) == (
        False,
        False,
        False,
    )
    assert ("Directive (EU) 2024/1385" in told, EXPLANATION in told) == (True, True)


def test_a_form_of_one_box_holds_the_whole_notice() -> None:
    request = notice_request(
        "x", "ncii_adult", items=(FIRST,), facts={"authorised_by_person": True}
    )
    told = explanation_of(composed(request, "private_information"))

    assert ("bona fide" in told, "(hotline@example.org)" in told) == (True, True)


def test_police_first_is_said() -> None:
    notice = composed(notice_request(police_first=True))

    assert "The police were informed of this content before this notice was sent." in notice.body


def test_braces_in_a_value_are_never_filled_again() -> None:
    notice = composed(notice_request("x", explanation="{7*7} and ${7*7}"))

    assert "{7*7} and ${7*7}" in notice.body
    assert notice.ready


def test_a_request_of_us_law_never_speaks_of_the_dsa() -> None:
    request = notice_request(
        "x", "ncii_adult", "take_it_down", facts={"authorised_by_person": True}
    )

    assert "2022/2065" not in composed(request).body


SENT = {"submitted_on": date(2026, 11, 1)}
SAID = date(2026, 11, 3)
SEEN = date(2026, 11, 20)


def told(item: Item, outcome: str | None, state: str = "waiting", **more: Any) -> Item:
    answer = Told(SAID, outcome, more.pop("ground", None), more.pop("reason", None))
    return item._replace(told=answer if outcome else None, state=state, **more)


@pytest.mark.parametrize(
    ("items", "told_of", "said"),
    [
        (
            (told(FIRST, None, live_on=SEEN),),
            {},
            "We have received no decision. The content was still available on 20 November 2026.",
        ),
        (
            (told(FIRST, None),),
            {"receipt_on": date(2026, 11, 2), "tickets": ("98765432",)},
            "You confirmed receipt on 2 November 2026. Your number: 98765432. "
            "We have received no decision.",
        ),
        (
            (told(FIRST, "removed", live_on=SEEN),),
            {"tickets": ("98765432",)},
            "Your number: 98765432. On 3 November 2026 you told us that the content had been "
            "removed. The content was still available on 20 November 2026.",
        ),
        (
            (told(FIRST, "geo_restricted", "restricted"),),
            {},
            "On 3 November 2026 you told us that the content had been restricted.",
        ),
        (
            (told(FIRST, None, "came_back", live_on=SEEN),),
            {},
            "We have received no decision. The content had gone, and was available again "
            "on 20 November 2026.",
        ),
        (
            (told(FIRST, "removed", live_on=SEEN), told(SECOND, None)),
            {},
            "1: On 3 November 2026 you told us that the content had been removed. The content was "
            "still available on 20 November 2026. 2: We have received no decision.",
        ),
        (
            (told(FIRST, "removed", "gone"), told(SECOND, None)),
            {},
            "We have received no decision.",
        ),
    ],
)
def test_a_reminder_names_what_was_answered_and_what_was_seen_since(
    items: tuple[Item, ...], told_of: dict[str, Any], said: str
) -> None:
    notice = composed(notice_request(items=items, **SENT, **told_of), purpose="reminder")

    assert notice.body.split("\n\n")[0] == (
        f"On 1 November 2026 we sent you notice TD-7K3M9Q. {said} "
        "We ask you to act without further delay."
    )
    assert notice.ready


def test_a_reminder_is_about_what_is_left_under_the_number_it_had() -> None:
    items = (told(FIRST, "removed", "gone"), told(SECOND, None), told(FIRST, None)._replace(id=3))
    notice = composed(notice_request(items=items, **SENT), purpose="reminder")

    assert f"WHERE\n2. {SECOND_URL}\n3. {FIRST_URL}" in notice.body
    assert notice.subject == ("[TD-7K3M9Q] Reminder, Child sexual abuse material, 2 URLs")


def test_a_complaint_answers_the_decision_by_its_ground_and_reason() -> None:
    items = (
        told(FIRST, "refused", "refused", ground="terms", reason="No violation  found."),
        told(SECOND, "removed", "gone"),
    )
    request = notice_request(items=items, reason="The age is told.", tickets=("98765432",), **SENT)
    notice = composed(request, purpose="complaint")

    assert notice.body.split("\n\n")[:2] == [
        "We lodge a complaint under Article 20 of Regulation (EU) 2022/2065 against your decision "
        "of 3 November 2026 on notice TD-7K3M9Q. Your decision: no action, on the ground of your "
        "own rules. Your number: 98765432. Reason given: No violation found.",
        "We disagree because:\nThe age is told.",
    ]
    assert (
        "We ask you to review that decision under the supervision of appropriately qualified "
        "staff, not solely by automated means (Article 20(6)), to reverse it, and to send us your "
        "reasoned decision and the possibilities of out-of-court dispute settlement "
        "(Article 20(5))."
    ) in notice.body
    assert (FIRST_URL in notice.body, SECOND_URL in notice.body) == (True, False)
    assert notice.subject == (
        "[TD-7K3M9Q] Complaint (Article 20 DSA), Child sexual abuse material, 1 URL "
        "(your number 98765432)"
    )
    assert notice.ready


@pytest.mark.parametrize(
    ("category", "basis"),
    [("self_harm", "article_16"), ("ncii_adult", "voluntary"), ("ncii_adult", "take_it_down")],
)
def test_a_complaint_about_what_rests_on_no_article_of_the_dsa_cites_none(
    category: str, basis: str
) -> None:
    items = (told(FIRST, "refused", "refused"),)
    request = notice_request("youtube", category, basis, items, reason="It is still there.", **SENT)
    notice = composed(request, purpose="complaint")

    assert "Article 2" not in notice.subject + notice.body
    assert notice.body.startswith(
        "We ask you to review your decision of 3 November 2026 on our request TD-7K3M9Q."
    )


def test_a_withdrawal_accuses_nobody() -> None:
    request = notice_request(
        items=(FIRST,), explanation=None, reason="Sent to the wrong platform.", tickets=("7",)
    )
    notice = composed(request, purpose="withdrawal")

    assert notice.body == (
        "We withdraw our notice TD-7K3M9Q. No further action on it is needed. Your number: 7.\n\n"
        "Reason: Sent to the wrong platform.\n\n"
        "WHERE\nhttps://www.facebook.com/zz/posts/1\n"
    )
    assert notice.ready
