from datetime import datetime

import pytest

from app.platforms.recognition import Recogniser, Unrecognised
from app.platforms.vocabularies import Unreadable


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://157.240.1.35/zz", "bad_host"),
        ("https://2130706433/zz", "bad_host"),
        ("https://0x7f.1/zz", "bad_host"),
        ("https://[::1]/zz", "bad_host"),
        ("https://x/zz", "bad_host"),
        ("https://www..x.com/zz", "bad_host"),
        ("https://x.com../zz", "bad_host"),
        ("https://www.%66acebook.com/zz", "bad_host"),
        ("https://x.com%00.evil.example/zz", "bad_host"),
        ("https://x.com\\@evil.example/zz", "bad_host"),
        ("https://x.com;evil.example/zz/status/1", "bad_host"),
        ("https://www.ｆacebook.com/zz", "bad_host"),
        ("https://www.face\u200bbook.com/zz", "bad_host"),
        ("https://www。facebook。com/zz", "bad_host"),
        ("https://www.fаcebook.com/zz", "lookalike_host"),
        ("https://www.facebook.com.evil.example/zz", "lookalike_host"),
        ("https://nitter.x.com.evil.example/zz/status/1", "lookalike_host"),
        ("https://instagram.demo.invalid/p/C7aB2cD3eF4", "lookalike_host"),
        ("https://bit.ly/3zzzzzz", "short_link"),
        ("https://evil.example/https://x.com/zz/status/1", "unknown_host"),
        ("https://threads.example/@zz/post/C1aB2c3D4e5", "unknown_host"),
        ("https://nitter.net/about", "unknown_host"),
    ],
)
def test_a_foreign_host_is_refused_with_its_reason(
    recogniser: Recogniser, now: datetime, text: str, reason: Unreadable
) -> None:
    assert recogniser.recognise(text, now=now) == Unrecognised(text, reason)


@pytest.mark.parametrize(
    ("host", "platform"),
    [
        ("nl-nl.facebook.com", "facebook"),
        ("developers.facebook.com", "facebook"),
        ("www.google.co.uk", "google"),
        ("google.be", "google"),
        ("zz.blogspot.co.uk", "google"),
        ("www.zz.blogspot.be", "google"),
        ("music.youtube.com", "youtube"),
        ("mobile.twitter.com", "x"),
        ("nitter.any.example", "x"),
        ("www.tiktokv.com", "tiktok"),
        ("ptb.discord.com", "discord"),
        ("help.snapchat.com", "snapchat"),
    ],
)
def test_a_platforms_hosts_are_its_own(
    recogniser: Recogniser, now: datetime, host: str, platform: str
) -> None:
    link = recogniser.recognise(f"https://{host}/zz", now=now)

    assert getattr(link, "platform", None) == platform


def test_demo_hosts_stand_for_the_main_host_in_demo_mode_only(
    recogniser: Recogniser, demo_recogniser: Recogniser, now: datetime
) -> None:
    urls = [
        "https://instagram.demo.invalid/zz/reel/C7aB2cD3eF4/?igsh=a",
        "tiktok.demo.invalid/@zz/video/7312345678901234567",
        "https://discord.demo.invalid/invite/zzFixture1",
        "https://m.tiktok.demo.invalid/@zz/video/7312345678901234567/",
        "hxxps://www[.]instagram[.]demo[.]invalid/p/C7aB2cD3eF4",
    ]

    found = [demo_recogniser.recognise(url, now=now) for url in urls]

    assert [getattr(link, "canonical_url", None) for link in found] == [
        "https://instagram.demo.invalid/p/C7aB2cD3eF4",
        "https://tiktok.demo.invalid/@zz/video/7312345678901234567",
        "https://discord.demo.invalid/invite/zzFixture1",
        "https://tiktok.demo.invalid/@zz/video/7312345678901234567",
        "https://instagram.demo.invalid/p/C7aB2cD3eF4",
    ]
    assert {type(recogniser.recognise(url, now=now)) for url in urls} == {Unrecognised}
