"""Promises about any address, drawn from every path of every platform's file."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from app.platforms import links, parameters, reading
from app.platforms.identity import identity
from app.platforms.mail_in_addresses import holds_mail
from app.platforms.recognition import Recognised, Recogniser
from tests.platforms import drawing
from tests.platforms.drawing import Drawn

VIEWS = {"post", "video", "short", "photo", "live"}
WAYS = [
    "{}", "zie {} en", "({})", "“{}”", "<{}>", "[tekst]({})", "**{}**", "{}.", "{}, ook", "> {}\n",
    "1. {}\n2. niets", "{}🔥", "url={}", "Kijk:{}",
]  # fmt: skip
SCHEMES = ["https://", "http://", "HTTPS://", "hxxps://", "https//", "http[s]://", "https ://", ""]
drawn = settings(suppress_health_check=list(HealthCheck))
# To find that a promise is broken is enough, and quicker than the smallest example of it.
quickly = settings(drawn, phases=[Phase.generate], max_examples=200, database=None)


def the(recogniser: Recogniser, url: str, now: datetime) -> Recognised:
    link = recogniser.recognise(url, now=now)
    assert isinstance(link, Recognised), (url, link)
    return link


@drawn
@given(one=drawing.addresses())
def test_a_canonical_address_is_recognised_as_itself(
    recogniser: Recogniser, now: datetime, one: Drawn
) -> None:
    link = the(recogniser, one.url, now)

    again = the(recogniser, link.canonical_url, now)

    assert (identity(again), again.canonical_url) == (identity(link), link.canonical_url)


@drawn
@given(data=st.data())
def test_two_ids_of_a_rule_are_two_contents(
    recogniser: Recogniser, now: datetime, data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from(drawing.places()))
    one, other = (data.draw(drawing.addresses(st.just(at))) for _ in range(2))
    name = "id" if "id" in one.values else "account"
    assume(name in one.values and name in other.values)
    assume(one.values[name].lower() != other.values[name].lower())

    same = {identity(the(recogniser, each.url, now)) for each in (one, other)}

    assert len(same) == 2


@drawn
@given(data=st.data())
def test_one_number_of_two_kinds_is_two_contents(
    recogniser: Recogniser, now: datetime, data: st.DataObject
) -> None:
    one = data.draw(drawing.addresses())
    assume("id" in one.values)
    at = st.sampled_from(drawing.places_of(one.rules.slug))
    other = data.draw(drawing.addresses(at, {"id": one.values["id"]}))
    first, second = (the(recogniser, each.url, now) for each in (one, other))

    if identity(first) == identity(second):
        kinds = {first.kind, second.kind}
        assert len(kinds) == 1 or kinds <= VIEWS
        assert first.content_id == second.content_id


def two_pages(recogniser: Recogniser, now: datetime, how: settings) -> None:
    """Any two pages of a platform without a rule are two; raises AssertionError when they merge."""

    @how
    @given(one=drawing.pages(), other=drawing.pages(), more=drawing.WORD)
    def check(one: str, other: str, more: str) -> None:
        longer, asked = f"{one}{more}", one.replace("?", f"?zz={more}&", 1)
        urls = {one, other, longer, asked}
        links = [the(recogniser, url, now) for url in urls]
        told = [link for link in links if link.kind == "other" and not link.is_told]

        assert len({identity(link) for link in told}) == len({link.url for link in told})

    check()


def test_no_two_pages_of_a_platform_are_one(recogniser: Recogniser, now: datetime) -> None:
    two_pages(recogniser, now, drawn)


def seen(recogniser: Recogniser, now: datetime, how: settings) -> None:
    """Whatever a person takes for a link has an answer; raises AssertionError where none comes."""

    @how
    @given(
        url=st.one_of(
            # What an advertisement leads to is an answer beside it.
            drawing.addresses().filter(lambda one: not one.rule.landing).map(lambda one: one.url),
            st.tuples(drawing.WORD, drawing.WORD).map(lambda w: f"https://www.{w[0]}.be/{w[1]}"),
            st.tuples(drawing.WORD, drawing.WORD).map(lambda w: f"https://{w[0]}.example/{w[1]}"),
        ),
        way=st.sampled_from(WAYS),
        scheme=st.sampled_from(SCHEMES),
    )
    def check(url: str, way: str, scheme: str) -> None:
        shown = scheme + url.removeprefix("https://")
        assume(scheme or "/" in shown.strip("/"))

        links, unrecognised = recogniser.recognise_text(way.format(shown), now=now)

        assert len(links) + len(unrecognised) == 1, (way.format(shown), links, unrecognised)

    check()


def test_no_link_that_a_person_sees_is_without_an_answer(
    recogniser: Recogniser, now: datetime
) -> None:
    seen(recogniser, now, drawn)


def nameless(recogniser: Recogniser, now: datetime, how: settings) -> None:
    """No mail address is sent; raises AssertionError where one is."""

    @how
    @given(one=drawing.addresses(), name=drawing.WORD, mail=drawing.mails(), also=st.booleans())
    def check(one: Drawn, name: str, mail: str, also: bool) -> None:
        mark = "&" if "?" in one.url else "?"
        url = f"{one.url}{mark}zz{name}={mail}" + (f"#to={mail}" if also else "")
        links = [recogniser.recognise(url, now=now), recogniser.other(url, now=now)]

        sent = [link.url for link in links if isinstance(link, Recognised)]

        assert len(sent) == 2
        assert [text for text in sent if holds_mail(text) or "peeters" in text] == []

    check()


def test_nothing_that_is_sent_holds_a_mail_address(recogniser: Recogniser, now: datetime) -> None:
    nameless(recogniser, now, drawn)


@pytest.mark.parametrize(
    ("promise", "module", "name", "broken"),
    [
        (two_pages, reading, "_shown", lambda *_: ""),
        (two_pages, parameters.Names, "kept", lambda *_: []),
        (seen, links, "_is_site", lambda *_, **__: False),
        (seen, links, "_is_link", lambda *_: False),
        (nameless, parameters, "holds_mail", lambda _: False),
        (nameless, reading, "_without_names", lambda found, _: found),
    ],
)
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_each_of_these_promises_finds_what_breaks_it(
    recogniser: Recogniser,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    promise: Callable[[Recogniser, datetime, settings], None],
    module: Any,
    name: str,
    broken: Any,
) -> None:
    monkeypatch.setattr(module, name, broken)

    with pytest.raises((AssertionError, ExceptionGroup)):
        promise(recogniser, now, quickly)
