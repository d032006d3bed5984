from datetime import datetime
from typing import Any

import pytest

from app.platforms.recognition import Recogniser

X1, X2, X3 = (f"https://x.com/zz/status/179000000000000000{number}" for number in (1, 2, 3))
REEL = "https://www.instagram.com/reel/C7aB2cD3eF5/"
EVIL = "https://instagram.com.evil.example/p/C7aB2cD3eF4"


def pasted(recogniser: Recogniser, now: datetime, text: str) -> tuple[list[str], list[str]]:
    links, unrecognised = recogniser.recognise_text(text, now=now)
    return [link.text for link in links], [link.text for link in unrecognised]


def test_every_row_of_the_message_set_gives_the_links_a_person_would_see(
    recogniser: Recogniser, now: datetime, message_rows: list[dict[str, Any]]
) -> None:
    found = [recogniser.recognise_text(row["text"], now=now) for row in message_rows]

    assert [
        ([[link.platform, link.content_id] for link in links], len(unrecognised))
        for links, unrecognised in found
    ] == [(row["links"], row["unrecognised"]) for row in message_rows]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        # Where a link ends
        (f"Zie {X1}. En {X2}, {X3}!", [X1, X2, X3]),
        (f"({X1}) [{X2}] {{{X3}}}", [X1, X2, X3]),
        (f"“{X1}” „{X2}“ «{X3}»", [X1, X2, X3]),
        (f"'{X1}' `{X2}` \"{X3}\"", [X1, X2, X3]),
        (f"🔥{X1}🔥→{X2}✅{X3}👉🏽", [X1, X2, X3]),
        (f"{X1}\u00a0{X2}\u200b{X3}\u2026", [X1, X2, X3]),
        (f"{X1};{X2},{X3}", [X1, X2, X3]),
        (f"{X1}{X2}", [X1, X2]),
        (f"<{X1}|klik> |{X2}|", [X1, X2]),
        ("https://nl.example/Foo_(bar)) https://nl.example/a;b,c", []),
        # Markdown and other marks
        (f"**{X1}** _{X2}_ [tekst]({X3})", [X1, X2, X3]),
        (f"[url={X1}]x[/url] [url]{X2}[/url] {X3}[1]", [X1, X2, X3]),
        ("x.com/zz\\_fixture", ["x.com/zz_fixture"]),
        # Tables
        (f"A1;{REEL};eerste\r\nA2,{X1},tweede\t{X2}", [REEL, X1, X2]),
        (f"{REEL};eerste;rij\n{X1};tweede;rij", [REEL, X1]),
        # Mail
        (f"> zie {X1}\n>> {X2}\n", [X1, X2]),
        (f"{REEL}?igsh=abc==\n{X1}?s=\n{X2}", [f"{REEL}?igsh=abc==", f"{X1}?s=", X2]),
        ("https://www.tik=\r\ntok.com/@zz", ["https://www.tiktok.com/@zz"]),
        (
            "Zie https://youtu.be/aB3dE5fG7hE?t=3D1 en https://www.youtube.com/watch?v=3D=\naB3dE5fG7hE",
            ["https://youtu.be/aB3dE5fG7hE?t=1"],
        ),
        (
            "https://www.youtube.com/watch?v=3DxyzABC12E",
            ["https://www.youtube.com/watch?v=3DxyzABC12E"],
        ),
        # Web pages
        (
            f'<head><style>a{{b:url(https://x.com/a)}}</style></head><!-- {X2} --><img src="{X3}">'
            f'<a href="{REEL}?igsh=a&amp;img_index=2">https://www.instagram.com/re&hellip;</a>',
            [f"{REEL}?igsh=a&img_index=2"],
        ),
        (f"<p>{X1}<br>{X2}</p><wbr><a href='//x.com/zz'>x</a>", [X1, X2, "https://x.com/zz"]),
        (f'<iframe src="{X1}"></iframe><blockquote cite="{X2}">', [X1, X2]),
        (f"{X1}?a=1&quot;&nbsp;{X2}&lt;b&gt;", [f"{X1}?a=1", X2]),
        ('{"u":"https:\\/\\/x.com\\/zz"}', ["https://x.com/zz"]),
        # Defanged and without a scheme
        (
            "hxxps[://]x[.]com/zz hXXp://tiktok[dot]com/@zz",
            ["hxxps[://]x[.]com/zz", "hXXp://tiktok[dot]com/@zz"],
        ),
        (
            "(instagram.com/zz), -tiktok.com/@zz url:x.com/zz",
            ["instagram.com/zz", "tiktok.com/@zz", "x.com/zz"],
        ),
        ("kijkhttps://x.com/zz", ["https://x.com/zz"]),
        (
            "<zie https://x.com/zz> smtp-1.google.com support.google.com/a",
            ["https://x.com/zz", "support.google.com/a"],
        ),
        ("op discord.gg/abcd... en x.com.", ["discord.gg/abcd", "x.com"]),
        # Glued to a number, a sentence, a remark or each other
        (f"1.{X1}\na.{X2}\nZie dit.{X3}", [X1, X2, X3]),
        (f"ç.{X1} https://{X2} https:// x.com/zz", [X1, X2, "x.com/zz"]),
        (f"{X1}(vanaf 1:30) {X2}(zie {X3})", [X1, X2, X3]),
        (f"{X1}/{X2}/-{X3}/", [X1 + "/", X2 + "/", X3 + "/"]),
        (
            "x.com/aa,x.com/bb;instagram.com/cc,dd.example/x",
            ["x.com/aa", "x.com/bb", "instagram.com/cc"],
        ),
        (f"{{{X1}}} {X2}؟ {X3}،", [X1, X2, X3]),
        # Broken, with what a reader does not see, or spelled out
        ("<https://x.com/zz/\n> status/1790000000000000001>", [X1]),
        (f"Content-Transfer-Encoding: quoted-printable\n\n{X1}=\n en {X2}=\n", [X1, X2]),
        (
            "https:/\u200b/\u200bx.com/\u200bzz/status/1\u00ad2",
            ["https://x.com/zz/status/1\u00ad2"],
        ),
        (f'{{"text": "zie {X1}\\nen {X2}\\ud83d\\udd25"}}', [X1, X2]),
        ('zie //x.com/zz of "//tiktok.com/@zz"', ["x.com/zz", "tiktok.com/@zz"]),
        (
            "x dot com/zz, hxxps://www (.) instagram [.] com/zz en tiktok punt com/@zz",
            ["x[.]com/zz", "hxxps://www[.]instagram[.]com/zz", "tiktok[.]com/@zz"],
        ),
    ],
)
def test_links_are_found_where_a_person_sees_them(
    recogniser: Recogniser, now: datetime, text: str, links: list[str]
) -> None:
    assert pasted(recogniser, now, text)[0] == links


@pytest.mark.parametrize(
    ("text", "unrecognised"),
    [
        (f"{EVIL} {EVIL}", [EVIL]),
        (
            "instagram.com.evil.example/p/x faceb00k.com/zz",
            ["instagram.com.evil.example/p/x", "faceb00k.com/zz"],
        ),
        (
            "faceb00k.com bit.ly/3zz evil.example/zz foto.jpg v2.0 14.30 b.v. node.js",
            ["bit.ly/3zz", "evil.example/zz"],
        ),
        ("evil.example/instagram.com/zz", ["evil.example/instagram.com/zz"]),
        ("jan@instagram.com <mailto:jan@x.com> jan.j@tiktok.com/zz", []),
        ("facebook.com@evil.example/zz", ["facebook.com@evil.example/zz"]),
        ("data:text/html,https://x.com/zz/status/1", ["data:text/html,https://x.com/zz/status/1"]),
        (
            "view-source:https://x.com/zz shttps://x.com/zz",
            ["view-source:https://x.com/zz", "shttps://x.com/zz"],
        ),
        ("https:/x.com/zz http:x.com/zz", ["https:/x.com/zz", "http:x.com/zz"]),
        (
            "https://x.com;evil.example/u https://x.com,evil.example/u",
            ["https://x.com;evil.example/u", "https://x.com,evil.example/u"],
        ),
        ("https://x.com\u200b.evil.example/u", ["https://x.com\u200b.evil.example/u"]),
        (
            "https://web.example/2020/https://x.com/zz/status/1",
            ["https://web.example/2020/https://x.com/zz/status/1"],
        ),
    ],
)
def test_what_only_looks_like_a_link_to_a_platform_is_listed_apart(
    recogniser: Recogniser, now: datetime, text: str, unrecognised: list[str]
) -> None:
    assert pasted(recogniser, now, text) == ([], unrecognised)


@pytest.mark.parametrize(
    "text",
    [
        "evil\u200bx.com/zz/status/1",
        "x.com\u200b.evil.example/zz/status/1",
        "x.com。evil.example/zz/status/1",
        "x.com⁄zz.evil.example/",
        "_foo-instagram.com/zz",
        "ｘ.com/zz/status/1",
    ],
)
def test_a_word_that_hides_its_host_is_no_link(
    recogniser: Recogniser, now: datetime, text: str
) -> None:
    assert pasted(recogniser, now, text) == ([], [])


def test_the_same_content_in_two_spellings_is_one_link(
    recogniser: Recogniser, now: datetime
) -> None:
    text = f"{REEL} instagram[.]com/zz/p/C7aB2cD3eF5?igsh=x https://x.com/ZZ twitter.com/zz/media"

    assert pasted(recogniser, now, text) == ([REEL, "https://x.com/ZZ"], [])
