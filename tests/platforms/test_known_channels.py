"""What is known of the channels of the platforms stands in the files, marked and dated."""

from app.platforms.channels import Channel
from tests.shipped_platforms import files, shipped

READ, HEARD, OWN, NOW, BEFORE = "read", "second_hand", None, "2026-11-29", "2026-11-01"
META = "https://www.facebook.com/help/contact/"
INSTAGRAM = "https://help.instagram.com/contact/"
GOOGLE = "https://support.google.com/"
GOOGLE_FORMS = "https://reportcontent.google.com/forms/"
X = "https://help.x.com/"
X_SAFETY = f"{X}en/forms/safety-and-sensitive-content/"
SNAP = "https://help.snapchat.com/hc/en-us/"
SNAP_FORM = f"{SNAP}requests/new?co=true&ticket_form_id="
TIKTOK = "https://www.tiktok.com/legal/"

# Platform, channel, how well it is known, when it was last looked at, and its address where public.
KNOWN = [
    ("facebook", "trusted_flagger", READ, NOW, OWN),
    ("facebook", "dsa", READ, NOW, f"{META}319149701968527"),
    ("facebook", "trusted_partner", READ, BEFORE, OWN),
    ("facebook", "ncii", HEARD, NOW, f"{META}567360146613371"),
    ("facebook", "take_it_down", HEARD, NOW, f"{META}567360146613371"),
    ("instagram", "trusted_flagger", READ, NOW, OWN),
    ("instagram", "dsa", READ, NOW, f"{INSTAGRAM}406206379945942"),
    ("instagram", "trusted_partner", READ, BEFORE, OWN),
    ("instagram", "ncii", HEARD, NOW, f"{META}567360146613371"),
    ("instagram", "take_it_down", HEARD, NOW, f"{META}567360146613371"),
    ("threads", "ncii", HEARD, NOW, f"{META}567360146613371"),
    ("threads", "take_it_down", HEARD, NOW, f"{META}567360146613371"),
    ("google", "priority_flagger", READ, BEFORE, OWN),
    ("google", "dsa", READ, BEFORE, f"{GOOGLE}legal/troubleshooter/1114905"),
    ("google", "ncii", HEARD, NOW, f"{GOOGLE_FORMS}explicit_content_intimate_imagery"),
    ("google", "search_ncii", READ, BEFORE, f"{GOOGLE}websearch/answer/6302812"),
    ("google", "search_fake_imagery", READ, BEFORE, f"{GOOGLE}websearch/answer/9116649"),
    ("google", "search_csam", READ, BEFORE, f"{GOOGLE}websearch/answer/15300563"),
    ("google", "search_minor_image", READ, BEFORE, OWN),
    ("google", "hosted_abuse", READ, BEFORE, f"{GOOGLE}docs/answer/2463296"),
    ("google", "hosted_ncii", READ, BEFORE, f"{GOOGLE}groups/answer/7540088"),
    ("google", "grooming", READ, BEFORE, f"{GOOGLE}families/contact/report_child_grooming"),
    ("youtube", "priority_flagger", READ, BEFORE, OWN),
    ("youtube", "dsa", READ, BEFORE, f"{GOOGLE}youtube/contact/other_legal"),
    ("youtube", "ncii", READ, NOW, f"{GOOGLE}youtube/contact/NCII"),
    ("youtube", "take_it_down", READ, NOW, f"{GOOGLE}youtube/contact/NCII"),
    ("youtube", "privacy", READ, BEFORE, f"{GOOGLE}youtube/answer/142443"),
    ("youtube", "impersonation", READ, BEFORE, f"{GOOGLE}youtube/contact/impersonation"),
    ("x", "trusted_flagger", READ, BEFORE, OWN),
    ("x", "dsa", READ, NOW, f"{X}forms/dsa/report/"),
    ("x", "trusted_partner", READ, BEFORE, OWN),
    ("x", "child_safety", READ, BEFORE, f"{X_SAFETY}cse"),
    ("x", "take_it_down", READ, BEFORE, f"{X}forms/safety-and-sensitive-content/take-it-down"),
    ("x", "private_information", READ, NOW, f"{X_SAFETY}private-information"),
    ("x", "abuse", READ, BEFORE, f"{X}forms/safety-and-sensitive-content/abuse"),
    ("x", "impersonation", READ, BEFORE, f"{X}forms/impersonation"),
    ("tiktok", "dsa", READ, NOW, f"{TIKTOK}page/global/reporting-illegal-content/en"),
    ("tiktok", "community_partner", READ, BEFORE, OWN),
    ("tiktok", "privacy", READ, BEFORE, f"{TIKTOK}report/privacy"),
    ("tiktok", "feedback", READ, BEFORE, f"{TIKTOK}report/feedback"),
    ("discord", "dsa", READ, NOW, "https://discord.com/report"),
    ("discord", "take_it_down", READ, NOW, "https://discord.com/report"),
    ("discord", "support_request", READ, BEFORE, "https://dis.gd/request"),
    ("snapchat", "trusted_flagger", READ, BEFORE, OWN),
    ("snapchat", "dsa", READ, BEFORE, f"{SNAP}articles/7012399221652"),
    ("snapchat", "illegal_content", READ, NOW, f"{SNAP_FORM}17470990658068"),
    ("snapchat", "dsa_contact", READ, BEFORE, "dsa-enquiries@snapchat.com"),
    ("telegram", "agreed", READ, NOW, OWN),
    ("telegram", "dsa", READ, NOW, "https://telegram.org/dsa-report"),
    ("telegram", "contact_point", READ, NOW, OWN),
    ("apple_app_store", "dsa", READ, NOW, "https://contentreports.apple.com"),
    ("bing", "report_a_concern", HEARD, NOW, OWN),
]


def every() -> list[tuple[str, Channel]]:
    return [(one.slug, channel) for one in shipped().platforms.values() for channel in one.channels]


def test_each_known_channel_is_there_with_mark_day_and_address() -> None:
    found = [
        (slug, one.id, one.mark, one.checked.isoformat(), one.address)
        for slug, one in every()
        if one.mark != "unverified"
    ]

    assert sorted(found, key=str) == sorted(KNOWN, key=str)


def test_each_channel_names_its_source_and_none_is_called_verified() -> None:
    assert [one.id for _, one in every() if not one.source or one.verified] == []
    assert {"mark" in one.model_fields_set for _, one in every()} == {True}


def test_what_is_passed_on_as_a_form_and_is_none_is_named() -> None:
    named = {
        slug: [one.address for one in platform.dealings.not_channels]
        for slug, platform in shipped().platforms.items()
        if platform.dealings.not_channels
    }

    assert named == {"x": ["legalrequests.x.com"], "snapchat": ["ticket_form_id=149423"]}


def test_the_trade_in_undressing_has_each_platforms_own_words_where_they_are_known() -> None:
    words = {
        slug: platform.dealings.words["nudify_promotion"]
        for slug, platform in shipped().platforms.items()
        if "nudify_promotion" in platform.dealings.words
    }

    assert words == {
        "facebook": "Adult Sexual Exploitation (nudify-app promotion)",
        "instagram": "Adult Sexual Exploitation (nudify-app promotion)",
        "snapchat": ("Sexual Content (offering or promoting 'nudify' services or applications)"),
        "google": "site or app that claims to generate deepfake pornography",
        "google_play": "apps that claim to undress people or see through clothing",
    }


def test_no_form_of_authorities_stands_among_the_channels() -> None:
    forms = [one.form_url or "" for _, one in every()]

    assert [one for one in forms if "legalrequests" in one or "149423" in one] == []
    assert "legalrequests.x.com" in files()["x.yaml"]
