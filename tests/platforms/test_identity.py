"""What counts as the same content (docs/definitions.md 2), and that it holds for any spelling."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.platforms.identity import identity
from app.platforms.recognition import Recognised, Recogniser

TRACKING = {
    "instagram": "igsh=MzRlODBiNWFlZA==",
    "facebook": "mibextid=abc&__cft__[0]=x",
    "youtube": "si=abc&pp=d",
    "x": "s=20&t=abc",
    "tiktok": "_r=1&is_from_webapp=1",
    "discord": "utm_medium=a",
    "snapchat": "share_id=abc&locale=nl",
    "google": "ved=abc&usp=sharing",
}


def the(link: object) -> Recognised:
    assert isinstance(link, Recognised)
    return link


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://www.instagram.com/zz/reel/C7aB2cD3eF4/", "https://instagram.com/p/C7aB2cD3eF4"),
        ("https://youtu.be/dgqliGLHoQA", "https://www.youtube.com/shorts/dgqliGLHoQA"),
        ("https://x.com/zz/status/179", "https://twitter.com/i/web/status/179"),
        ("https://www.facebook.com/reel/12345", "https://fb.com/watch?v=12345"),
        ("https://www.tiktok.com/@ZZ", "https://m.tiktok.com/@zz/"),
        ("https://discord.com/invite/abcd", "https://discord.gg/abcd"),
        ("https://www.snapchat.com/add/ZZ.a", "https://www.snapchat.com/@zz.a"),
        ("https://www.facebook.com/watch/", "https://m.facebook.com/watch?utm_source=a"),
        ("https://zz.blogspot.com/2025/03/a.html", "https://zz.blogspot.be/2025/03/a.html?m=1"),
    ],
)
def test_the_same_content_has_one_identity(
    recogniser: Recogniser, now: datetime, url: str, same: str
) -> None:
    first, second = (the(recogniser.recognise(text, now=now)) for text in (url, same))

    assert identity(first) == identity(second)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://www.instagram.com/p/C7aB2cD3eF4", "https://www.instagram.com/p/C7aB2cD3ef4"),
        ("https://x.com/zz", "https://www.instagram.com/zz"),
        ("https://www.tiktok.com/@zz", "https://www.tiktok.com/@zz/live"),
        ("https://zz.blogspot.com/2025/03/a.html", "https://yy.blogspot.com/2025/03/a.html"),
        ("https://www.google.com/search?q=zz", "https://sites.google.com/view/zz"),
        ("https://www.facebook.com/zz.page", "https://www.facebook.com/groups/zz.page"),
        (
            "https://www.facebook.com/zz/posts/12345",
            "https://www.facebook.com/zz/posts/12345?comment_id=67890",
        ),
    ],
)
def test_different_content_has_different_identities(
    recogniser: Recogniser, now: datetime, url: str, other: str
) -> None:
    first, second = (the(recogniser.recognise(text, now=now)) for text in (url, other))

    assert identity(first) != identity(second)


def test_a_canonical_address_is_recognised_as_itself(
    recogniser: Recogniser, now: datetime, url_rows: list[dict[str, Any]]
) -> None:
    links = [recogniser.recognise(row["url"], now=now) for row in url_rows if row["platform"]]
    again = [the(recogniser.recognise(the(link).canonical_url, now=now)) for link in links]

    assert [(identity(link), link.canonical_url) for link in again] == [
        (identity(the(link)), the(link).canonical_url) for link in links
    ]


@settings(deadline=None)
@given(data=st.data())
def test_any_canonical_address_is_recognised_as_itself(
    recogniser: Recogniser, now: datetime, url_rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    host = data.draw(
        st.sampled_from(
            sorted({row["url"].split("/")[2] for row in url_rows if "://" in row["url"]})
        )
    )
    words = sorted({word for row in url_rows for word in row["url"].split("/")[3:]})
    path = data.draw(st.lists(st.sampled_from(words) | st.text(max_size=12), max_size=5))
    link = recogniser.recognise(f"https://{host}/{'/'.join(path)}", now=now)

    if isinstance(link, Recognised):
        again = the(recogniser.recognise(link.canonical_url, now=now))
        assert (identity(again), again.canonical_url) == (identity(link), link.canonical_url)


@settings(deadline=None)
@given(data=st.data())
def test_what_tracks_never_changes_the_identity(
    recogniser: Recogniser, now: datetime, url_rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    rows = [
        row
        for row in url_rows
        if row["platform"] and "#" not in row["url"] and "<" not in row["url"]
    ]
    row = data.draw(st.sampled_from(rows))
    more = data.draw(
        st.sampled_from([TRACKING[row["platform"]], "utm_source=a&fbclid=b", "gclid="])
    )
    mark = "&" if "?" in row["url"] else "?"

    plain, tracked = (
        the(recogniser.recognise(url, now=now)) for url in (row["url"], row["url"] + mark + more)
    )

    assert (identity(tracked), tracked.canonical_url) == (identity(plain), plain.canonical_url)


@settings(deadline=None)
@given(
    st.text() | st.from_regex(r"(hxxps|https|x|data)(://|:|\[:\]//)[\w.@:%/?#&;,=\[\]()\\-]{0,60}")
)
def test_no_text_breaks_the_recogniser(recogniser: Recogniser, now: datetime, text: str) -> None:
    links, unrecognised = recogniser.recognise_text(text, now=now)
    alone = recogniser.recognise(text, now=now)
    anywhere = recogniser.other(text, now=now)

    assert {type(found).__name__ for found in (alone, anywhere, *links, *unrecognised)} <= {
        "Recognised",
        "Unrecognised",
    }
