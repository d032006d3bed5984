from datetime import datetime

import pytest

from app.platforms import addresses
from app.platforms.recognition import Recogniser, Unrecognised
from app.platforms.vocabularies import Unreadable


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_a_link"),
        ("hallo", "not_a_link"),
        ("https://", "not_a_link"),
        ("https:x.com/zz", "not_a_link"),
        ("https://x .com/zz", "not_a_link"),
        ("https://x.com/" + "a" * 9000, "not_a_link"),
        ("ftp://x.com/zz", "unsafe_scheme"),
        ("javascript:alert(1)", "unsafe_scheme"),
        ("view-source:https://x.com/zz/status/1", "unsafe_scheme"),
        ("discord://evil.example/channels/1/2", "unsafe_scheme"),
        ("https://x.com@evil.example/zz", "userinfo"),
        ("https://user:pw@x.com/zz", "userinfo"),
        ("https://@x.com/zz", "userinfo"),
        ("https://x.com:99999/zz", "bad_port"),
        ("https://x.com:0/zz", "bad_port"),
        ("https://x.com:8443/zz", "bad_port"),
        ("https://x.com:٤٤٣/zz", "bad_port"),
        ("https://x.com:443:80/zz", "bad_port"),
    ],
)
def test_an_address_that_could_fool_a_reader_is_refused(
    recogniser: Recogniser, now: datetime, text: str, reason: Unreadable
) -> None:
    assert recogniser.recognise(text, now=now) == Unrecognised(text, reason)


@pytest.mark.parametrize(
    ("path", "tidied"),
    [
        ("/a//b/./c/../d", "/a/b/d"),
        ("/%40zz/%CE%B6%CE%AE", "/@zz/ζή"),
        ("/%ce%b6%ff%2F%3b", "/ζ%FF%2F%3B"),
        ("/é\u0301\u200b/🔥;(", "/é\u0301/%F0%9F%94%A5%3B%28"),
        ("/%25%32%35", "/%2525"),
        ("/\u037e/%E2%84%AA", "/%CD%BE/%E2%84%AA"),
    ],
)
def test_a_path_is_tidied_once_and_for_all(path: str, tidied: str) -> None:
    assert (addresses.tidy(path), addresses.tidy(tidied)) == (tidied, tidied)
