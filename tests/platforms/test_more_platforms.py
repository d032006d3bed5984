"""Platforms whose addresses are general knowledge, and what must not be taken for one of them."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from app.platforms.identity import identity
from app.platforms.recognition import Recognised, Recogniser, Unrecognised

DATA = Path(__file__).resolve().parents[1] / "data"
ROWS = [json.loads(line) for line in (DATA / "more_urls.jsonl").read_text("utf-8").splitlines()]

LOOKALIKES = [
    "https://www.reddit.com.evil.example/r/zz/comments/1abc2de",
    "https://reddlt.com/user/zz",
    "https://reddit-login.example/u/zz",
    "https://t.me.evil.example/zzfixture",
    "https://telegram.org.evil.example/zzfixture",
    "https://whatsapp.evil.example/channel/0029Va1b2c3d4e5f6g7h8i",
    "https://whatsap.com/channel/0029Va1b2c3d4e5f6g7h8i",
    "https://chat-whatsapp.example/aB3dE5fG7hE1i2J3k4L5m6",
    "https://www-twitch-tv.example/zz_fixture",
    "https://twitch.tv.evil.example/videos/1234567890",
    "https://pinterest.com.evil.example/pin/123456789012345678",
    "https://onlyfans.net/zzfixture",
    "https://on1yfans.com/zzfixture",
    "https://pornhub.evil.example/view_video.php?viewkey=ph5af5fef7c2aa7",
    "https://apps.apple.com.evil.example/app/id1234567890",
    "https://play.google.com.evil.example/store/apps/details?id=com.zz.fixture",
]

# Ordinary sites whose names are near a platform's, or hold a short one.
ORDINARY = [
    "https://www.telegraaf.nl/nieuws/1",
    "https://www.telegraph.co.uk/news",
    "https://www.letelegramme.fr/bretagne",
    "https://www.switch.ch/about",
    "https://www.witch.example/a",
    "https://conflict-of-interest.example/a",
    "https://interestrates.example/a",
    "https://pineapple.example/a",
    "https://www.apple.com/be-nl/iphone",
    "https://www.credit.example/a",
    "https://www.team.example/zz",
    "https://whatson.example/a",
    "https://www.standaard.be/cnt/dmf20261122_1",
    "https://www.rtbf.be/article/1",
    "https://www.threads.example/@zzfixture/post/C1aB2c3D4e5",
    "https://www.bing.example/search?q=zz",
]


def told(link: Recognised | Unrecognised) -> tuple[str | None, ...]:
    assert isinstance(link, Recognised), link
    return link.platform, link.kind, link.content_id, link.account, link.canonical_url


def test_every_address_says_what_it_points_at(recogniser: Recogniser, now: datetime) -> None:
    wanted = [tuple(row[key] for key in row if key != "url") for row in ROWS]

    assert [told(recogniser.recognise(row["url"], now=now)) for row in ROWS] == wanted


def test_every_platform_is_shown_by_at_least_eight_addresses() -> None:
    assert {
        slug for slug, count in Counter(row["platform"] for row in ROWS).items() if count >= 8
    } == {
        "apple_app_store",
        "bing",
        "google_play",
        "onlyfans",
        "pinterest",
        "pornhub",
        "reddit",
        "telegram",
        "threads",
        "twitch",
        "whatsapp",
    }


def test_a_canonical_address_is_recognised_as_itself(recogniser: Recogniser, now: datetime) -> None:
    again = [recogniser.recognise(row["canonical"], now=now) for row in ROWS]

    assert [told(link)[0::4] for link in again] == [
        (row["platform"], row["canonical"]) for row in ROWS
    ]


def test_the_same_number_in_two_channels_is_not_the_same_message(
    recogniser: Recogniser, now: datetime
) -> None:
    urls = [
        "https://t.me/zzfixture/123",
        "https://t.me/s/ZZfixture/123",
        "https://t.me/yyfixture/123",
        "https://t.me/c/1234567890/123",
        "https://t.me/c/1234567891/123",
        "https://t.me/zzfixture/9?comment=123",
    ]
    links = [recogniser.recognise(url, now=now) for url in urls]
    same = [identity(link) for link in links if isinstance(link, Recognised)]

    assert same[0] == same[1]
    assert len(set(same)) == 5


def test_a_post_and_a_comment_may_bear_the_same_number(
    recogniser: Recogniser, now: datetime
) -> None:
    post = recogniser.recognise("https://redd.it/1abc2de", now=now)
    comment = recogniser.recognise("https://www.reddit.com/comments/9zzz/_/1abc2de", now=now)

    assert isinstance(post, Recognised)
    assert isinstance(comment, Recognised)
    assert (post.content_id, identity(post) == identity(comment)) == (comment.content_id, False)


@pytest.mark.parametrize(
    ("urls", "reason"), [(LOOKALIKES, "lookalike_host"), (ORDINARY, "unknown_host")]
)
def test_other_hosts_are_refused_for_what_they_are(
    recogniser: Recogniser, now: datetime, urls: list[str], reason: str
) -> None:
    found = [recogniser.recognise(url, now=now) for url in urls]

    assert found == [Unrecognised(url, reason) for url in urls]  # type: ignore[arg-type]


def test_addresses_without_a_scheme_are_found_in_a_message(
    recogniser: Recogniser, now: datetime
) -> None:
    text = "zie t.me/zzfixture en wa.me/32000000000, ook pin.it/aB3dE5fG7. Lees telegraaf.nl/a"

    links, others = recogniser.recognise_text(text, now=now)

    assert [link.canonical_url for link in links] == [
        "https://t.me/zzfixture",
        "https://wa.me/32000000000",
        "https://pin.it/aB3dE5fG7",
    ]
    assert others == [Unrecognised("telegraaf.nl/a", "unknown_host", place=3)]


def test_the_stores_do_not_take_what_is_google_s_own(recogniser: Recogniser, now: datetime) -> None:
    urls = ["https://www.google.com/search?q=zz", "https://goo.gl/aB3dE5", "https://google.com/a"]
    found = [recogniser.recognise(url, now=now) for url in urls]

    assert [link.platform for link in found if isinstance(link, Recognised)] == ["google"] * 3
