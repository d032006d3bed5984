"""Known-answer vectors, and what an id does not tell."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platforms import idtime
from app.platforms.recognition import Recogniser
from app.platforms.rules import Clock
from tests.shipped_platforms import shipped

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def clock(platform: str, pattern: str) -> Clock:
    found = shipped().platforms[platform].rules.patterns[pattern].clock
    assert found is not None
    return found


def spotlight(milliseconds: int) -> str:
    return "W" * 45 + urlsafe_b64encode(milliseconds.to_bytes(6, "big")).decode() + "W" * 6


@pytest.mark.parametrize(
    ("platform", "pattern", "content_id", "moment"),
    [
        ("discord", "snowflake", "175928847299117063", "2016-04-30T11:18:25.796Z"),
        ("instagram", "media", "2384288897814875714", "2020-08-26T13:43:27.313Z"),
        ("x", "post", "1540784093071564642", "2022-06-25T19:48:48.829Z"),
        ("tiktok", "video", "7542571541542202665", "2025-08-25T17:09:46Z"),
        ("snapchat", "spotlight", spotlight(1637777831369), "2021-11-24T18:17:11.369Z"),
        ("snapchat", "spotlight", spotlight(1722720291307), "2024-08-03T21:24:51.307Z"),
        ("snapchat", "spotlight", spotlight(1753625462762), "2025-07-27T14:11:02.762Z"),
        ("snapchat", "spotlight", spotlight(1791074735349), "2026-10-04T00:45:35.349Z"),
    ],
)
def test_an_id_tells_when_it_was_made(
    platform: str, pattern: str, content_id: str, moment: str
) -> None:
    found = idtime.time_of(content_id, clock(platform, pattern), LATER)

    assert found == datetime.fromisoformat(moment)


@given(st.integers(min_value=64**4, max_value=64**11 - 1))
def test_a_shortcode_and_its_media_id_tell_the_same_time(media_id: int) -> None:
    shortcode, rest = "", media_id
    while rest:
        rest, digit = divmod(rest, 64)
        shortcode = ALPHABET[digit] + shortcode

    assert idtime.number_of(shortcode) == media_id
    assert idtime.milliseconds_of(
        shortcode, clock("instagram", "shortcode")
    ) == idtime.milliseconds_of(str(media_id), clock("instagram", "media"))


@pytest.mark.parametrize(
    ("platform", "pattern", "content_id"),
    [
        ("x", "post", "2164485614"),  # counted, not timed: before November 2010
        ("x", "post", "9" * 20),  # 300 years from now
        ("x", "post", "zz"),
        ("tiktok", "video", "123456789012345678"),  # 1970
        ("instagram", "shortcode", "C7a!"),
        ("snapchat", "spotlight", "W7_EDlXWTBiXAEEniNoMPwAAY"),  # another layout
        ("snapchat", "spotlight", "é" * 59),
    ],
)
def test_an_id_that_cannot_tell_a_time_tells_none(
    platform: str, pattern: str, content_id: str
) -> None:
    assert idtime.time_of(content_id, clock(platform, pattern), LATER) is None


def test_a_time_to_come_is_not_believed(recogniser: Recogniser) -> None:
    url = "https://discord.com/channels/@me/175928847299117063/175928847299117063"
    made_at = datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=UTC)

    times = [
        getattr(recogniser.recognise(url, now=made_at + shift), "posted_at", None)
        for shift in (timedelta(0), timedelta(milliseconds=-1))
    ]

    assert times == [made_at, None]
