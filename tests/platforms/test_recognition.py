from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest

from app.platforms.recognition import Recognised, Recogniser, Unrecognised
from app.platforms.vocabularies import Unreadable

POST = "https://www.instagram.com/p/C7aB2cD3eF4"


def told(link: Recognised | Unrecognised) -> tuple[str | None, ...]:
    if isinstance(link, Unrecognised):
        return (None,) * 5
    return link.platform, link.kind, link.content_id, link.account, link.canonical_url


def test_every_row_of_the_url_set_is_recognised_as_written(
    recogniser: Recogniser, now: datetime, url_rows: list[dict[str, Any]]
) -> None:
    wanted = [tuple(row[key] for key in row if key != "url") for row in url_rows]

    found = [told(recogniser.recognise(row["url"], now=now)) for row in url_rows]

    assert found == wanted


def test_every_row_of_the_url_set_is_one_link_when_pasted(
    recogniser: Recogniser, now: datetime, url_rows: list[dict[str, Any]]
) -> None:
    wanted = [[row["canonical"]] if row["platform"] else [] for row in url_rows]

    found = [
        [link.canonical_url for link in recogniser.recognise_text(row["url"], now=now)[0]]
        for row in url_rows
    ]

    assert found == wanted


@pytest.mark.parametrize(
    ("url", "kind", "content_id", "account", "canonical"),
    [
        # Facebook
        (
            "https://www.facebook.com/zz.page/posts/een-slug/94874526859693849/",
            "post", "94874526859693849", "zz.page",
            "https://www.facebook.com/zz.page/posts/94874526859693849",
        ),
        (
            "https://m.facebook.com/photo/?fbs=home&fbid=105551087442772",
            "photo", "105551087442772", None,
            "https://www.facebook.com/photo.php?fbid=105551087442772",
        ),
        (
            "https://www.facebook.com/zz.page/videos/vb.12345/807092650348236/?type=2",
            "video", "807092650348236", "zz.page",
            "https://www.facebook.com/watch/?v=807092650348236",
        ),
        (
            "https://www.facebook.com/groups/zzgroep/permalink/deadbeef/1432862664503954",
            "post", "1432862664503954", None,
            "https://www.facebook.com/groups/zzgroep/posts/1432862664503954",
        ),
        (
            "https://www.facebook.com/pages/Zz-Fixture/123456789012345",
            "profile", "123456789012345", "123456789012345",
            "https://www.facebook.com/profile.php?id=123456789012345",
        ),
        (
            "https://www.facebook.com/#!/photo.php?fbid=105551087442772",
            "photo", "105551087442772", None,
            "https://www.facebook.com/photo.php?fbid=105551087442772",
        ),
        (
            "https://facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion/reel/123456789012",
            "short", "123456789012", None,
            "https://www.facebook.com/reel/123456789012",
        ),
        (
            "https://www.facebook.com/zz.page/posts/123456789012345"
            "?comment_id=Y29tbWVudDoxMjM0NTY3ODkwMTIzNDVfNTY2ODM4MzIzNjU1NjY1Nw%3D%3D",
            "comment", "5668383236556657", "zz.page",
            "https://www.facebook.com/zz.page/posts/123456789012345?comment_id=5668383236556657",
        ),
        (
            "https://developers.facebook.com/docs/plugins",
            "other", None, None,
            "https://developers.facebook.com/docs/plugins",
        ),
        # Instagram
        (
            "https://www.instagram.com/p/DGJYa5xQ1hkAbCdEfGhIjKlMnOpQrStUvWxYz01/",
            "post", "DGJYa5xQ1hk", None,
            "https://www.instagram.com/p/DGJYa5xQ1hk",
        ),
        (
            "https://www.instagram.com/stories/zz_fixture.ig/",
            "story", None, "zz_fixture.ig",
            "https://www.instagram.com/stories/zz_fixture.ig",
        ),
        (
            "https://instagr.am/ZZ_Fixture.IG",
            "profile", None, "zz_fixture.ig",
            "https://www.instagram.com/zz_fixture.ig",
        ),
        # Google
        (
            "https://drive.google.com/file/d/0B1RbpreBHnjdWVw3WCWEE4SaN1l/view"
            "?usp=sharing&resourcekey=0-abcDEFghi",
            "file", "0B1RbpreBHnjdWVw3WCWEE4SaN1l", None,
            "https://drive.google.com/file/d/0B1RbpreBHnjdWVw3WCWEE4SaN1l/view?resourcekey=0-abcDEFghi",
        ),
        (
            "https://www.google.co.uk/imgres?imgurl=https%3A%2F%2Fa.example%2Fa.jpg"
            "&imgrefurl=https%3A%2F%2Fa.example%2Fp&tbnid=abc&docid=def",
            "search_result", "https://a.example/a.jpg", None,
            "https://www.google.co.uk/imgres?imgurl=https%3A%2F%2Fa.example%2Fa.jpg"
            "&imgrefurl=https%3A%2F%2Fa.example%2Fp",
        ),
        (
            "https://images.google.be/images?q=zz",
            "search_result", "zz", None,
            "https://www.google.be/search?q=zz&tbm=isch",
        ),
        # YouTube
        (
            "https://www.youtube-nocookie.com/embed/dgqliGLHoQA?rel=0",
            "video", "dgqliGLHoQA", None,
            "https://www.youtube.com/watch?v=dgqliGLHoQA",
        ),
        (
            "https://youtu.be/dgqliGLHoQA&feature=share",
            "video", "dgqliGLHoQA", None,
            "https://www.youtube.com/watch?v=dgqliGLHoQA",
        ),
        (
            "https://www.youtube.com/embed/videoseries?list=PLNJqcnIzM2sYbBHW8shcVY8L",
            "playlist", "PLNJqcnIzM2sYbBHW8shcVY8L", None,
            "https://www.youtube.com/playlist?list=PLNJqcnIzM2sYbBHW8shcVY8L",
        ),
        (
            "https://www.youtube.com/c/ZZFixture/about",
            "profile", None, "zzfixture",
            "https://www.youtube.com/c/zzfixture",
        ),
        # X
        (
            "https://nitter.net/ZZFixture/status/1540784093071564642#m",
            "post", "1540784093071564642", "zzfixture",
            "https://x.com/zzfixture/status/1540784093071564642",
        ),
        (
            "https://twitter.com/i/videos/tweet/1540784093071564642",
            "post", "1540784093071564642", None,
            "https://x.com/i/status/1540784093071564642",
        ),
        # TikTok
        (
            "https://www.tiktok.com/player/v1/7542571541542202665?autoplay=1",
            "video", "7542571541542202665", None,
            "https://www.tiktok.com/@/video/7542571541542202665",
        ),
        (
            "https://m.tiktok.com/share/live/7542571541542202665",
            "live", "7542571541542202665", None,
            "https://www.tiktok.com/share/live/7542571541542202665",
        ),
        # Discord
        (
            "discord://-/channels/546376974303151756/1011052216293328663/1413732588456181282",
            "message", "1413732588456181282", None,
            "https://discord.com/channels/546376974303151756/1011052216293328663/1413732588456181282",
        ),
        # Snapchat
        (
            "https://www.snapchat.com/unlock/?metadata=01&type=SNAPCODE&uuid=16ce8b70c60a1058f2edad848b8aad2c",
            "other", "16ce8b70c60a1058f2edad848b8aad2c", None,
            "https://www.snapchat.com/unlock/?type=SNAPCODE&uuid=16ce8b70c60a1058f2edad848b8aad2c",
        ),
    ],
)  # fmt: skip
def test_other_shapes_are_recognised_too(
    recogniser: Recogniser,
    now: datetime,
    url: str,
    kind: str,
    content_id: str | None,
    account: str | None,
    canonical: str,
) -> None:
    assert told(recogniser.recognise(url, now=now))[1:] == (kind, content_id, account, canonical)


@pytest.mark.parametrize(
    "spelling",
    [
        "https://WWW.Instagram.COM/p/C7aB2cD3eF4",
        "http://instagram.com:80/p/C7aB2cD3eF4/",
        "https://www.instagram.com.:443/p/C7aB2cD3eF4",
        "https://www.instagram.com//p//C7aB2cD3eF4//",
        "https://www.instagram.com/./x/../p/C7aB2cD3eF4",
        "https://www.instagram.com/%70/C7aB2cD3eF4?igsh=abc==&utm_source=x#frag",
        "https://www.instagram.com/P/C7aB2cD3eF4",
        "hxxps[://]www(dot)instagram{.}com/p/C7aB2cD3eF4",
        "instagram[.]com/p/C7aB2cD3eF4",
        "//instagram.com/p/C7aB2cD3eF4",
        "https://www.instagram.com/p/C7aB2cD3eF4/%20%E2%80%8E",
        "https://www.instagram.com/p/C7aB2cD3eF4.",
        " <instagram.com:443/p/C7aB2cD3eF4> ",
        "https://l.instagram.com/?u=https%253A%252F%252Fwww.instagram.com%252Fp%252FC7aB2cD3eF4&e=x",
        "https://l.facebook.com/l.php?u=https://www.instagram.com/p/C7aB2cD3eF4/&h=x",
        "https://www.instagram.com/accounts/login/?next=%2Fp%2FC7aB2cD3eF4%2F",
        "https://www.google.com/amp/s/www.instagram.com/p/C7aB2cD3eF4/",
        "https://www.instagram.com/p/C7aB2cD3eF4/;next;column",
    ],
)
def test_one_post_has_many_spellings(recogniser: Recogniser, now: datetime, spelling: str) -> None:
    wanted = ("instagram", "post", "C7aB2cD3eF4", None, POST)

    assert told(recogniser.recognise(spelling, now=now)) == wanted


@pytest.mark.parametrize(
    ("pasted", "url"),
    [
        ("hxxp://x[.]com/zz/status/179?s=20&t=abc", "http://x.com/zz/status/179"),
        ("youtu.be/dgqliGLHoQA?si=abc&t=12", "https://youtu.be/dgqliGLHoQA?t=12"),
        ("https://www.instagram.com/p/C7aB2cD3eF4/?igsh=a&img_index=3&", POST + "/?img_index=3"),
        (
            "https://www.facebook.com/zz.page/posts/12345?__cft__[0]=a&__cft__%5B1%5D=b&__tn__=c#x",
            "https://www.facebook.com/zz.page/posts/12345#x",
        ),
        ("https://fxtwitter.com/zz/status/179", "https://x.com/zz/status/179"),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fyoutu.be%2FdgqliGLHoQA%3Fsi%3Dabc&sa=t",
            "https://youtu.be/dgqliGLHoQA",
        ),
        (
            "https://cdn.discordapp.com/attachments/135774800599838/152343771615102/a.png?ex=6&is=7&hm=8",
            "https://cdn.discordapp.com/attachments/135774800599838/152343771615102/a.png?ex=6&is=7&hm=8",
        ),
    ],
)
def test_a_notice_gets_the_address_as_pasted_without_what_tracks(
    recogniser: Recogniser, now: datetime, pasted: str, url: str
) -> None:
    link = recogniser.recognise(pasted, now=now)

    assert (link.text, getattr(link, "url", None)) == (pasted, url)


@pytest.mark.parametrize(
    ("url", "warnings"),
    [
        ("https://www.youtube.com/watch?v=dgqliGLHoQA", ()),
        ("https://www.youtube.com/watch?v=dgqliGLHoQB", ("copy_error",)),
        ("https://www.youtube.com/channel/UC7A-YzkCHH0losoWXU3Jd3Q", ()),
        ("https://www.youtube.com/channel/UC7A-YzkCHH0losoWXU3Jd3R", ("copy_error",)),
        ("https://vm.tiktok.com/ZMabc1234/", ("short_link",)),
        ("https://fixupx.com/zz/status/179", ("mirror",)),
    ],
)
def test_doubts_about_a_link_are_told(
    recogniser: Recogniser, now: datetime, url: str, warnings: tuple[str, ...]
) -> None:
    assert getattr(recogniser.recognise(url, now=now), "warnings", None) == warnings


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F", "wrapper_to_unknown"),
        ("https://l.facebook.com/l.php?u=javascript%3Aalert(1)", "wrapper_to_unknown"),
        ("https://www.google.com/url?q=https://x.com@evil.example/", "wrapper_to_unknown"),
    ],
)
def test_a_wrapper_around_no_platforms_link_is_refused(
    recogniser: Recogniser, now: datetime, text: str, reason: Unreadable
) -> None:
    assert recogniser.recognise(text, now=now) == Unrecognised(text, reason)


def test_wrappers_in_wrappers_end(recogniser: Recogniser, now: datetime) -> None:
    url = POST
    for _ in range(6):
        url = "https://l.facebook.com/l.php?u=" + quote(url, safe="")

    assert recogniser.recognise(url, now=now) == Unrecognised(url, "wrapper_to_unknown")
