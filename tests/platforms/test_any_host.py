from datetime import datetime

import pytest

from app.platforms.identity import RULES, identity
from app.platforms.recognition import Recognised, Recogniser, Unrecognised
from app.platforms.vocabularies import Unreadable


@pytest.mark.parametrize(
    ("pasted", "canonical"),
    [
        ("HTTP://GOOD.TEST./", "https://good.test"),
        ("hxxps://good[.]test/a/?utm_source=x&id=1", "https://good.test/a?id=1"),
        ("good.test/a/b/", "https://good.test/a/b"),
        ("http://good.test:8080/a", "http://good.test:8080/a"),
        ("https://good.test/#/video/1", "https://good.test#/video/1"),
        ("https://good.test/a#:~:text=x", "https://good.test/a"),
        ("http://аррӏе.com/", "https://xn--80ak6aa92e.com"),
        ("http://zz_zz.good.test/é?q=é", "https://zz_zz.good.test/%C3%A9?q=%C3%A9"),
        ("http://93.184.215.14/x", "https://93.184.215.14/x"),
        ("https://www.facebook.com/zz", "https://www.facebook.com/zz"),
    ],
)
def test_any_public_address_can_be_an_item(
    recogniser: Recogniser, now: datetime, pasted: str, canonical: str
) -> None:
    link = recogniser.other(pasted, now=now)

    assert isinstance(link, Recognised)
    assert (link.text, link.platform, link.kind, link.canonical_url) == (
        pasted,
        "other",
        "other",
        canonical,
    )
    assert identity(link) == f"{RULES} other url {canonical}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("http://good.test#@127.0.0.1/" + "a" * 9000, "not_a_link"),
        ("http:good.test", "not_a_link"),
        ("http://", "not_a_link"),
        ("https://good.test/a b", "not_a_link"),
        ("about:blank", "unsafe_scheme"),
        ("view-source:http://good.test/", "unsafe_scheme"),
        ("gopher://good.test:25/", "unsafe_scheme"),
        ("http://good.test@127.0.0.1/", "userinfo"),
        ("http://good.test:0/", "bad_port"),
        ("http://intranet/", "bad_host"),
        ("http://a..b/", "bad_host"),
        ("http://-a.test/", "bad_host"),
        ("http://" + "a." * 130 + "test/", "bad_host"),
        ("http://127.0.0.1%00.good.test/", "bad_host"),
        ("http://good\\@evil.test/", "bad_host"),
        ("http://127.0.0.1/", "bad_host"),
        ("http://127.1/", "bad_host"),
        ("http://0x7f000001/", "bad_host"),
        ("http://１２７.０.０.１/", "bad_host"),
        ("http://10.0.0.1/", "bad_host"),
        ("http://169.254.169.254/latest/meta-data/", "bad_host"),
        ("http://192.88.99.1/", "bad_host"),
        ("http://224.0.0.1/", "bad_host"),
        ("http://[::1]/", "bad_host"),
        ("http://[::127.0.0.1]/", "bad_host"),
        ("http://[::ffff:7f00:1]/", "bad_host"),
        ("http://[64:ff9b::7f00:1]/", "bad_host"),
        ("http://[2001:0:7f00:1::1]/", "bad_host"),
        ("http://[2002:7f00:1::]/", "bad_host"),
        ("http://[fec0::1]/", "bad_host"),
    ],
)
def test_what_is_no_public_web_address_is_refused(
    recogniser: Recogniser, now: datetime, text: str, reason: Unreadable
) -> None:
    assert recogniser.other(text, now=now) == Unrecognised(text, reason)
