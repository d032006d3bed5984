"""Who is named: a form that cannot be sent without a name gets the organisation's."""

import pytest

from app.notices.notice import Missing
from tests.notices.factories import ORGANISATION, composed, notice_request, warning_codes
from tests.shipped_platforms import shipped

WITHHELD = sorted(one.code for one in shipped().categories.values() if one.identity_withheld)
# Platforms none of whose channels goes without a name.
NAMED = ("discord", "telegram")


@pytest.mark.parametrize("category", WITHHELD)
@pytest.mark.parametrize("platform", sorted(shipped().platforms))
def test_no_name_is_given_by_default_unless_no_channel_goes_without(
    platform: str, category: str
) -> None:
    notice = composed(notice_request(platform, category))
    is_named = platform in NAMED

    assert (
        ORGANISATION.email in notice.body,
        "identity_needed" in warning_codes(notice),
        "identity_withheld" in warning_codes(notice),
        notice.reply_expected,
        notice.ready,
    ) == (is_named, is_named, not is_named, is_named, True)


@pytest.mark.parametrize("platform", NAMED)
def test_who_is_to_stay_unnamed_all_the_same_cannot_send_it(platform: str) -> None:
    notice = composed(notice_request(platform, "csam", facts={"include_identity": False}))

    assert {lack.reason for lack in notice.missing} == {"identity_required"}
    assert ORGANISATION.email not in notice.body


@pytest.mark.parametrize("platform", NAMED)
def test_a_name_that_was_asked_for_needs_no_warning(platform: str) -> None:
    named = composed(notice_request(platform, "csam", facts={"include_identity": True}))
    of_an_adult = composed(notice_request(platform, "ncii_adult"))

    assert (
        "identity_needed" in warning_codes(named),
        "identity_needed" in warning_codes(of_an_adult),
    ) == (
        False,
        False,
    )


def test_a_channel_chosen_by_name_that_needs_one_gets_one() -> None:
    notice = composed(notice_request("snapchat", "csam"), "dsa_contact")

    assert (ORGANISATION.name in notice.body, "identity_needed" in warning_codes(notice)) == (
        True,
        True,
    )


def test_one_piece_of_media_is_one_request_to_discord() -> None:
    facts = {"authorised_by_person": True}
    notice = composed(notice_request("discord", "ncii_adult", "take_it_down", facts=facts))

    assert Missing("urls", "too_many_items") in notice.missing


@pytest.mark.parametrize(
    ("platform", "before", "now"),
    [
        ("discord", "report", "dsa"),
        ("telegram", "contact_form", "dsa"),
        ("apple_app_store", "contact_form", "dsa"),
    ],
)
def test_a_channel_asked_for_by_an_earlier_id_is_the_one_it_became(
    platform: str, before: str, now: str
) -> None:
    assert composed(notice_request(platform, "hate", facts={"channel": before})).channel.id == now
