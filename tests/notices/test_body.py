from datetime import date

from tests.notices.asking import EXPLANATION, FIRST, FIRST_URL, US, asking, box, written


def test_a_whole_notice_reads_so() -> None:
    notice = written(asking(category="ncii_adult"))

    assert notice.subject == (
        "[TD-7K3M9Q] Notice to Facebook (Article 16 DSA): "
        "Intimate image of an adult shared without consent"
    )
    assert notice.body.split("\n\n") == [
        "This is a notice under Article 16 of Regulation (EU) 2022/2065 (Digital Services Act), "
        "submitted by a hotline for child safety online.",
        "Our reference: TD-7K3M9Q",
        "The content is at the following exact location(s):\n"
        "https://www.facebook.com/zz/posts/1\n"
        "https://www.facebook.com/zz/posts/12?x={y}",
        "The content is illegal for the following reason:\n"
        "In our assessment the content is an intimate image of an adult that was shared without "
        "the consent of the person shown.",
        "The content was reported to our hotline and assessed by an analyst.",
        "Provisions concerned: Directive (EU) 2024/1385, Article 5(1)(a); Belgian Criminal Code, "
        "Article 136, formerly 417/9 (and Article 137, formerly 417/10, where done maliciously or "
        "for profit).",
        "In your own rules: Adult Sexual Exploitation (non-consensual intimate imagery).",
        "We ask you to remove the content or disable access to it without undue delay, to prevent "
        "identical copies from being uploaded again, and to preserve the data for law enforcement."
        "\nPlease confirm receipt (Article 16(4)) and inform us of your decision and the "
        "possibilities for redress (Article 16(5)), quoting our reference TD-7K3M9Q."
        "\nPlease do not contact the victim."
        "\nIf you inform the uploader, do not disclose who sent this notice.",
        "We confirm our bona fide belief that the information and allegations in this notice are "
        "accurate and complete.",
        "This notice is submitted by Example Hotline (hotline@example.org).",
        "Example Hotline\n",
    ]


def test_a_box_says_what_the_form_has_no_field_for() -> None:
    told = box(written(asking("x", "ncii_adult", items=(FIRST,))))

    assert (FIRST_URL in told, "bona fide" in told, US.name in told) == (False, False, False)
    assert ("Directive (EU) 2024/1385" in told, EXPLANATION in told) == (True, True)


def test_a_form_of_one_box_holds_the_whole_notice() -> None:
    request = asking("x", "ncii_adult", items=(FIRST,), facts={"authorised_by_person": True})
    told = box(written(request, "private_information"))

    assert ("bona fide" in told, "(hotline@example.org)" in told) == (True, True)


def test_police_first_is_said() -> None:
    notice = written(asking(police_first=True))

    assert "The police were informed of this content before this notice was sent." in notice.body


def test_braces_in_a_value_are_never_filled_again() -> None:
    notice = written(asking("x", explanation="{7*7} and ${7*7}"))

    assert "{7*7} and ${7*7}" in notice.body
    assert notice.ready


def test_a_request_of_us_law_never_speaks_of_the_dsa() -> None:
    request = asking("x", "ncii_adult", "take_it_down", facts={"authorised_by_person": True})

    assert "2022/2065" not in written(request).body


def test_a_reminder_says_when_we_wrote_and_what_we_saw() -> None:
    request = asking(submitted_on=date(2026, 11, 1), seen_on=date(2026, 11, 20))
    notice = written(request, purpose="reminder")

    assert notice.body.split("\n\n")[1] == (
        "On 1 November 2026 we sent you the notice TD-7K3M9Q. We have received no decision. "
        "The content was still available on 20 November 2026. "
        "We ask you to act without further delay."
    )
    assert (notice.ready, notice.template.id) == (True, "facebook/dsa/en/reminder")


def test_a_reminder_after_a_decision_does_not_deny_it() -> None:
    request = asking(
        submitted_on=date(2026, 11, 1), seen_on=date(2026, 11, 20), decided_on=date(2026, 11, 3)
    )
    notice = written(request, purpose="reminder")

    assert "On 3 November 2026 you informed us of your decision." in notice.body
    assert "no decision" not in notice.body


def test_a_complaint_gives_its_reason() -> None:
    request = asking(decided_on=date(2026, 11, 3), reason="The second address was not looked at.")
    notice = written(request, purpose="complaint")

    assert notice.body.split("\n\n")[1:3] == [
        "We lodge a complaint under Article 20 of Regulation (EU) 2022/2065 against your decision "
        "of 3 November 2026 not to act on notice TD-7K3M9Q, for the following reason:",
        "The second address was not looked at.",
    ]
    assert notice.ready


def test_a_withdrawal_accuses_nobody() -> None:
    request = asking(items=(FIRST,), explanation=None, reason="Sent to the wrong platform.")
    notice = written(request, purpose="withdrawal")

    assert notice.body == (
        "Our reference: TD-7K3M9Q\n\n"
        "We withdraw our notice TD-7K3M9Q. No further action on it is needed.\n\n"
        "Reason: Sent to the wrong platform.\n\n"
        "It concerned the following location(s):\nhttps://www.facebook.com/zz/posts/1\n"
    )
    assert notice.ready
