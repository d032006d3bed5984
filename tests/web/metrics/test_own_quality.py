"""Our own notices on a page: figures that open their rows, an alarm, what a lost status undoes."""

import html
import re
from datetime import timedelta

import pytest

from app.accounts import audit
from app.context import Context
from app.kit.languages import Language
from app.schemas.vocabularies import StatusChange
from app.takedowns import bases
from app.takedowns.flagger_status import Change
from tests.api.factories import logged, record, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import faults
from tests.web.web_client import WebClient, error_summary

on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
PAGE = "/metrics/quality"
ROWS = re.compile(r'<a href="(/metrics/rows\?[^"]*)">([^<]*)</a>')
POSTS = "https://www.instagram.com/p/C7aB2cD3e{:02}/"


def sent(api: ApiClient, clock: ManualClock, how_many: int, refused: int = 0) -> None:
    """Submit so many notices to one provider, of which the first are refused."""
    for number in range(how_many):
        reference = submitted(api, urls=[POSTS.format(number)])
        if number < refused:
            record(api, reference, "decided", outcome="refused")
    clock.advance(1)


def set_alarm(visitor: WebClient, percent: str, cases: str) -> str:
    visitor.get(PAGE)
    return visitor.at(visitor.post(f"{PAGE}/alarm", percent=percent, cases=cases))


@on_sqlite
def test_every_count_opens_as_many_rows_and_few_have_no_share(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    sent(api, clock, 12, refused=3)
    submitted(api, urls=["https://www.tiktok.com/@zz.fixture/video/7312345678901234567"])
    visitor = WebClient.signed_in(parts, "caseworker")

    text = visitor.get(PAGE).text

    assert "25%" in text
    assert text.count("<data value=") == 12  # all and one provider, its only quarter and the whole
    opened = dict(ROWS.findall(text))
    assert len(opened) > 10
    for address, number in opened.items():
        rows = visitor.get(html.unescape(address)).text
        assert (address, rows.count("<tr data-row>")) == (address, int(number))
    assert sorted({int(number) for number in opened.values()}) == [0, 1, 3, 12, 13]


@on_sqlite
def test_managers_are_warned_once_a_share_is_past_the_alarm(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    sent(api, clock, 12, refused=3)
    manager = WebClient.signed_in(parts, "manager")
    warned = 'data-testid="quality-alarm"'
    assert warned not in manager.get("/inbox").text

    assert set_alarm(manager, "25", "4") == f"{PAGE}?said=saved"
    assert warned not in manager.get("/inbox").text
    set_alarm(manager, "25", "3")

    for page in ("/inbox", "/metrics", PAGE):
        text = html.unescape(manager.get(page).text)
        assert warned in text
        assert re.search(r"Meta [^<]*, An item refused: 3 of 12 notices", text)
    assert warned not in WebClient.signed_in(parts, "caseworker").get("/inbox").text
    [address] = {one for one, words in ROWS.findall(manager.get("/inbox").text) if words}
    assert manager.get(html.unescape(address)).text.count("<tr data-row>") == 3
    set_alarm(manager, "", "")
    assert warned not in manager.get("/inbox").text
    with parts.database.read() as unit:
        newest = audit.page(unit, audit.Wanted(None), before=None, limit=1)[0]
    assert (newest.action, newest.detail) == ("quality_alarm_changed", {"fields": []})


@on_sqlite
def test_an_old_share_is_past(api: ApiClient, clock: ManualClock, parts: Context) -> None:
    sent(api, clock, 12, refused=3)
    manager = WebClient.signed_in(parts, "manager")
    set_alarm(manager, "25", "3")

    clock.now += timedelta(days=95)

    manager = WebClient.signed_in(parts, "manager")
    assert 'data-testid="quality-alarm"' not in manager.get("/inbox").text


@on_sqlite
@pytest.mark.parametrize(
    ("percent", "cases", "sentence"),
    [
        ("0", "3", "from 1 to 100"),
        ("101", "3", "from 1 to 100"),
        ("ten", "3", "from 1 to 100"),
        ("10", "", "from 1 on"),
        ("10", "0", "from 1 on"),
    ],
)
def test_an_alarm_that_cannot_be_is_refused(
    parts: Context, percent: str, cases: str, sentence: str
) -> None:
    manager = WebClient.signed_in(parts, "manager")
    manager.get(PAGE)

    answer = manager.post(f"{PAGE}/alarm", percent=percent, cases=cases)

    assert answer.status_code == 422
    assert sentence in error_summary(answer)


@on_sqlite
def test_a_lost_status_shows_at_once_which_drafts_fall_back(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    day = clock().date()
    with parts.database.write() as unit:
        award = Change(StatusChange.AWARDED, day, "Coordinator", exceptions=("tiktok",))
        bases.record_change(unit, award, by="test")
    draft = logged(api)["reference"]
    logged(api, urls=["https://www.tiktok.com/@zz.fixture/video/7312345678901234567"])
    sent(api, clock, 1)
    visitor = WebClient.signed_in(parts, "admin")
    assert "fallen-back" not in visitor.get(PAGE).text

    with parts.database.write() as unit:
        bases.record_change(unit, Change(StatusChange.SUSPENDED, day), by="test")
    later = logged(api, urls=[POSTS.format(99)])["reference"]

    assert "2 drafts fall back to Article 16 DSA" in " ".join(visitor.get(PAGE).text.split())
    listed = visitor.get(f"{PAGE}/drafts").text
    assert re.findall(r'href="/takedowns/(TD-\w+)"', listed) == [draft, later]
    assert f"{PAGE}/drafts" in visitor.get("/admin/status").text
    with parts.database.write() as unit:
        bases.record_change(unit, Change(StatusChange.RESUMED, day), by="test")
    assert "fallen-back" not in visitor.get(PAGE).text


@pytest.mark.parametrize("language", Language)
def test_the_pages_are_accessible_whole_and_narrow(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, PAGE, "manager", language=language, width=320)
    page.fill("#percent", "1")
    page.fill("#cases", "1")
    page.click("form[action$=alarm] button")
    found = {page.url: faults(page)}
    for path in ("/inbox", "/metrics", f"{PAGE}/drafts"):
        page.goto(path)
        found[page.url] = faults(page)

    assert {address: said for address, said in found.items() if said} == {}
    page.goto("/inbox")
    assert page.locator("[data-testid=quality-alarm] li").count() > 0
