"""The metrics page: honest numbers, each with its rows, without a mouse and without a script."""

import csv
import io
import re
from datetime import date, datetime
from fractions import Fraction
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from app import demo
from app.accounts import access
from app.kit.languages import Language
from app.takedowns import queries
from app.takedowns.models import takedowns
from tests.metrics.oracle import FALLS_SHORT, HOUR
from tests.metrics.oracle_numbers import MICRO, Seen, curve, reached
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import announced, scrolls_sideways, violations

ZONE = ZoneInfo("Europe/Brussels")
AS_OF = demo.NOW
PINNED = "as_of=2026-11-03T14:00:00Z"
ROWS = re.compile(r'<a href="(/metrics/rows\?[^"]*)">([^<]*)</a>')


@pytest.fixture(scope="module")
def told(site: Site) -> list[dict[str, Any]]:
    """Every takedown, as the API tells it."""
    with site.parts.database.write() as unit:
        token = access.add_token(unit, "reader", ["takedowns:read"])
    found: list[dict[str, Any]] = []
    cursor = ""
    with httpx.Client(
        base_url=f"{site.address}/api/v1", headers={"Authorization": f"Bearer {token}"}
    ) as client:
        while cursor is not None:
            answer = client.get(f"/takedowns?limit=100{cursor}").json()
            found += answer["data"]
            cursor = answer["next_cursor"] and f"&cursor={answer['next_cursor']}"
    return found


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def observed(told: list[dict[str, Any]], platform: str | None = None) -> list[Seen]:
    """What the API tells of every item submitted in the last twelve months and a day."""
    first, last = date(2025, 11, 4), date(2026, 11, 4)
    seen = []
    for takedown in told:
        submitted_at = moment(takedown["submitted_at"])
        if submitted_at is None or platform not in (None, takedown["platform"]):
            continue
        if not first <= submitted_at.astimezone(ZONE).date() < last:
            continue
        for item in takedown["items"]:
            if item["state"] in ("withdrawn", "already_gone"):
                continue
            gone_at, says = moment(item["gone_at"]), item["platform_says"]
            # Nothing in the fiction is refused twice, so that the last decision began the run.
            refused_at = moment(says["at"]) if says and says["outcome"] in FALLS_SHORT else None
            end = 1 if gone_at else 2 if refused_at else 0
            until = gone_at or refused_at or AS_OF
            seen.append(Seen((until - submitted_at) // MICRO, end))
    return seen


@pytest.mark.quick
def test_the_median_is_that_of_aalen_and_johansen_over_what_the_api_tells(
    site: Site, open_page: OpenPage, told: list[dict[str, Any]]
) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")
    seen = observed(told)
    points = curve(seen)
    day = [point for point in points if point.micros <= 24 * HOUR / MICRO]

    value = page.get_attribute("[data-testid=kpi-time-to-gone] .value data", "value")
    share = page.get_attribute("[data-testid=kpi-gone-24h] .value data", "value")
    counts = page.locator("[data-testid=kpi-time-to-gone] .note a").all_inner_texts()

    expected = reached(points, Fraction(1, 2))
    assert expected is not None
    assert float(str(value)) == pytest.approx(expected, abs=0.02)
    assert float(str(share)) == pytest.approx(float(day[-1].share), abs=1e-9)
    ended = [end for _, end in seen]
    assert counts == [str(ended.count(1)), str(len(ended)), str(ended.count(0))]


def test_a_platform_with_fewer_than_ten_requests_shows_counts_only(
    site: Site, open_page: OpenPage, told: list[dict[str, Any]]
) -> None:
    page = open_page(site, f"/metrics?platform=discord&{PINNED}", "manager")

    numbers = " ".join(page.locator(".kpis").all_inner_texts())

    seen = observed(told, "discord")
    gone = sum(end == 1 for _, end in seen)
    assert f"{gone} of {len(seen)} items" in page.inner_text("[data-testid=kpi-time-to-gone]")
    assert page.locator(".kpis .value data").count() == 0
    assert "%" not in numbers
    assert "interval" not in numbers
    said = page.text_content("[data-testid=side-discord] td >> nth=0")
    assert said == "fewer than 10 requests"


def test_every_number_opens_as_many_rows_as_it_says(site: Site, open_page: OpenPage) -> None:
    query = "platform=instagram&period=this_year&compare=year_before"
    page = open_page(site, f"/metrics?{PINNED}&{query}", "manager")
    numbers: dict[str, str] = {}
    for address, text in ROWS.findall(page.content()):
        numbers.setdefault(unescape(address), text)

    wrong = {}
    for address, text in numbers.items():
        answer = page.request.get(site.address + address)
        if answer.text().count("<tr data-row>") != int(text):
            wrong[address] = (text, answer.status)

    assert wrong == {}
    assert len(numbers) > 60


def test_is_tiktok_slower_than_last_quarter_takes_three_steps(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/inbox", "manager")

    page.keyboard.press("g")
    page.keyboard.press("m")
    page.click("text=Last quarter")
    page.focus("#platform")
    page.select_option("#platform", "tiktok")
    page.locator(".lead", has_text="Submitted to TikTok").wait_for()

    lead = page.inner_text(".lead")
    assert "1 Jul 2026 to 30 Sept 2026" in lead
    assert "Compared with 1 Apr 2026 to 30 Jun 2026" in lead
    assert page.evaluate("document.activeElement.id") == "platform"
    announced(page, "requests")
    assert "platform=tiktok" in page.url
    assert violations(page) == []


def test_a_difference_is_called_clear_or_not(site: Site, open_page: OpenPage) -> None:
    path = "/metrics?from=2026-05-01&until=2026-10-31&compare=previous"
    page = open_page(site, f"{path}&{PINNED}", "manager")

    number = page.inner_text("[data-testid=kpi-time-to-gone]")

    assert re.search(r"was .* · no clear difference", number)
    assert "clear difference" not in page.inner_text("[data-testid=kpi-our-time]")


@pytest.mark.parametrize("language", Language)
def test_metrics_are_accessible_with_their_tables_closed_and_open(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, "/metrics", "manager", language=language, width=320)

    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []
    assert not scrolls_sideways(page)
    for table in page.locator("main details").all():
        table.evaluate("one => { one.open = true }")
    assert page.locator("[data-testid^=chart-][data-testid$=-table] table").count() == 4
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_metrics_are_accessible_in_the_dark_and_as_a_list(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/metrics?platform=instagram", "manager", scheme="dark")

    assert violations(page) == []
    page.goto("/metrics/rows?figure=gone&platform=instagram")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("language", Language)
def test_nothing_to_count_is_said_in_words(
    empty_site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(empty_site, "/metrics", "manager", language=language)

    assert page.locator(".kpi").count() == 0
    assert page.locator(".empty").count() == 1
    assert violations(page) == []


def test_the_filters_work_without_a_script(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/metrics", "manager", javascript=False)

    page.select_option("#platform", "snapchat")
    page.click("text=Show >> nth=0")

    assert "platform=snapchat" in page.url
    assert "Submitted to Snapchat" in page.inner_text(".lead")


@pytest.mark.parametrize("query", ["until=2026-02-30", "as_of=2027-01-01T00:00", "from=yesterday"])
def test_a_wrong_filter_is_named_and_the_page_still_shows(
    site: Site, open_page: OpenPage, query: str
) -> None:
    page = open_page(site, f"/metrics?{query}&platform=x", "manager")

    assert page.title() == "Error: Metrics"
    assert page.input_value("#platform") == "x"
    field = query.partition("=")[0]
    assert page.get_attribute("[data-testid=error-summary] a", "href") == f"#{field}"
    assert page.evaluate("document.activeElement.dataset.testid") == "error-summary"
    assert page.locator("[data-testid=kpi-time-to-gone]").count() == 1


def test_what_is_asked_without_sense_is_not_there(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/metrics", "manager")

    for path in (
        "/metrics/rows?figure=per_employee",
        "/metrics/rows",
        "/metrics/rows?figure=gone&until=2026-02-30",
        "/metrics.csv?table=people",
    ):
        assert (path, page.request.get(site.address + path).status) == (path, 404)


def test_a_table_is_handed_out_with_the_same_values(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")
    page.locator("[data-testid=chart-sides-table] summary").click()

    shown = page.locator("[data-testid=side-instagram] td").all_inner_texts()
    answer = page.request.get(f"{site.address}/metrics.csv?table=platforms&{PINNED}")
    lines = {line["platform"]: line for line in csv.DictReader(io.StringIO(answer.text()))}
    ours = lines["instagram"]

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert [ours["items"], ours["gone"], ours["not_gone"], ours["refused"]] == shown[3:]
    assert f"{float(ours['median_hours']):.0f}\xa0h" == shown[0]
    assert lines["discord"]["median_hours"] == ""
    for table in ("numbers", "curve", "trend", "time"):
        answer = page.request.get(f"{site.address}/metrics.csv?table={table}&{PINNED}")
        assert len(answer.text().splitlines()) > 5


def test_the_simple_median_stands_beside_with_its_flattery(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")

    def hours(place: str) -> float:
        return float(str(page.get_attribute(f"{place} data", "value")))

    assert hours("[data-testid=dsa-style]") < hours("[data-testid=kpi-time-to-gone] .value")
    page.click("text=Why not the simple one?")
    assert page.locator("text=a platform that never answers the hard ones").is_visible()


def test_lists_show_no_reported_place(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/metrics/rows?figure=items&{PINNED}", "manager")
    shown = page.content()

    with site.parts.database.read() as unit:
        rows = unit.connection.execute(takedowns.select()).all()
        items = [item for found in queries.items_of(unit, rows).values() for item in found]
    secrets = {text for i in items for text in (i.url, i.content_id, i.account) if text}
    assert len(secrets) > 100
    assert [secret for secret in secrets if secret in shown] == []
    assert page.locator("tr[data-row] a.mono").first.get_attribute("href") is not None


def test_paper_has_no_navigation_but_the_definitions(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/metrics", "manager")

    page.emulate_media(media="print")

    assert not page.locator("header.top").is_visible()
    assert not page.locator("form.filters").is_visible()
    assert page.locator(".glossary dd").first.is_visible()
    assert page.locator("[data-testid=kpi-time-to-gone]").is_visible()
