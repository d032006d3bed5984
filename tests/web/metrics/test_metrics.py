"""The metrics page: honest numbers, each with its rows, without a mouse and without a script."""

import csv
import io
import re
from html import unescape

import pytest

from app.kit.languages import Language
from app.metrics.figures import FIGURES, FORMERLY
from app.takedowns import queries
from app.takedowns.models import takedowns
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import announced, scrolls_sideways, violations

PINNED = "as_of=2026-11-03T14:00:00Z"
ROWS = re.compile(r'<a href="(/metrics/rows\?[^"]*)">([^<]*)</a>')


def test_where_the_items_stand_adds_up(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")

    *parts, whole = (
        int(one) for one in page.locator("[data-testid=standings] a").all_inner_texts()
    )

    assert len(parts) == 6
    assert sum(parts) == whole > 100
    assert f"{whole} items in " in page.inner_text("section[aria-labelledby=standings-head]")


def test_an_estimate_is_named_and_what_was_counted_so_far_stands_beside_it(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")

    estimate = page.inner_text("[data-testid=kpi-gone-24h]")
    plain = page.inner_text("[data-testid=kpi-receipt-24h]")

    assert "estimate, open ones counted" in estimate
    assert re.search(r"so far: \d+ of \d+ items in \d+ requests · \d+ still running", estimate)
    assert "estimate" not in plain
    assert re.search(r"\n\d+ of \d+ requests$", plain)


def test_a_number_of_fewer_than_ten_requests_shows_counts_only(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/metrics?platform=discord&{PINNED}", "manager")

    numbers = " ".join(page.locator(".kpis").all_inner_texts())

    assert re.search(
        r"\d of \d items in 9 requests", page.inner_text("[data-testid=kpi-time-to-gone]")
    )
    assert page.locator(".kpis .value data").count() == 0
    assert "%" not in numbers
    assert "interval" not in numbers
    assert page.locator("[data-testid=beside-discord] td").first.text_content().strip() == (
        "too early to tell"
    )


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
    assert len(numbers) > 100


def test_every_figure_has_its_list_and_old_names_lead_to_what_they_became(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/inbox", "manager", language="fr")

    def listed(figure: str) -> list[str]:
        answer = page.request.get(f"{site.address}/metrics/rows?figure={figure}&{PINNED}")
        return re.findall(r"<h1>.*?</h1>|<tr data-row>.*?</tr>", answer.text(), re.S)

    assert [figure for figure in FIGURES if not listed(figure)] == []
    assert {old for old, new in FORMERLY.items() if listed(old) != listed(new)} == set()


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
    compared = page.inner_text("[data-testid=compared]")
    assert "1 Jul 2026 to 30 Sept 2026 beside 1 Apr 2026 to 30 Jun 2026" in compared
    assert page.evaluate("document.activeElement.id") == "platform"
    announced(page, "requests")
    assert "platform=tiktok" in page.url
    assert violations(page) == []


def test_a_running_year_is_set_beside_the_same_part_of_the_last(
    site: Site, open_page: OpenPage
) -> None:
    path = "/metrics?period=this_year&compare=year_before"
    page = open_page(site, f"{path}&{PINNED}", "manager")

    assert page.inner_text("[data-testid=compared]").startswith(
        "Compared: 1 Jan 2026 to 3 Nov 2026 beside 1 Jan 2025 to 3 Nov 2025, both as they stood "
        "306 days after their first day."
    )


def test_a_span_of_one_day_is_called_by_that_day(site: Site, open_page: OpenPage) -> None:
    day = f"from=2026-07-01&until=2026-07-01&compare=year_before&{PINNED}"
    page = open_page(site, f"/metrics?{day}", "manager")
    lead, compared = (page.inner_text(each) for each in (".lead", "[data-testid=compared]"))

    assert lead.startswith("Submitted to every platform, 1 Jul 2026. As known on 3 Nov 2026")
    assert compared.startswith("Compared: 1 Jul 2026 beside 1 Jul 2025, both as they stood ")

    for path in ("/platforms/instagram", "/platforms/instagram/sheet"):
        said = page.request.get(f"{site.address}{path}?{day}").text()
        assert re.findall(r"Submitted to Instagram, [^.]*\.", said) == [
            'Submitted to Instagram, <time datetime="2026-07-01">1 Jul 2026</time>.'
        ]


def test_a_difference_is_called_clear_or_not_and_what_depends_on_age_is_not_compared(
    site: Site, open_page: OpenPage
) -> None:
    path = "/metrics?from=2026-05-01&until=2026-10-31&compare_from=2025-11-04"
    page = open_page(site, f"{path}&compare_until=2026-04-30&{PINNED}", "manager")

    share = page.inner_text("[data-testid=kpi-gone-7d]")
    assert re.search(r"was \d+%", share)
    assert re.search(r"difference [+−]?\d+ points \(95% interval .*\): no clear difference", share)
    assert "was " in page.inner_text("[data-testid=kpi-time-to-gone]")
    assert "difference" not in page.inner_text("[data-testid=kpi-time-to-gone]")
    for key in ("came-back", "still-up", "oldest-open"):
        assert (key, "was " in page.inner_text(f"[data-testid=kpi-{key}]")) == (key, False)


def test_days_that_begin_later_are_not_compared(site: Site, open_page: OpenPage) -> None:
    later = "/metrics?period=last_year&compare_from=2026-01-01&compare_until=2026-12-31"
    page = open_page(site, later, "manager")

    assert "the days to compare with must begin earlier" in page.inner_text("#figures")
    assert page.request.get(f"{site.address}{later.replace('?', '/rows?')}&of=before").status == 404


def test_no_platform_is_ranked_and_each_stands_beside_all_the_others(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")
    page.locator("[data-testid=chart-forest-table] summary").click()

    rows = page.locator("[data-testid=chart-forest-table] tbody tr")
    names = rows.locator("th").all_inner_texts()
    words = rows.locator("td:nth-of-type(1)").all_inner_texts()

    assert names == sorted(names, key=str.casefold)
    assert len(names) > 5
    known = re.compile(
        r"(faster than the others|slower than the others|too early to tell"
        r"|cannot be told from the others \(n = \d+\)).*"
    )
    assert [one for one in words if not known.fullmatch(one)] == []
    assert "fastest" not in page.inner_text("figure[aria-labelledby=forest-head]")


def test_under_the_curves_stands_how_many_are_still_watched(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")

    first = page.locator("svg .series-all .at-risk").all_text_contents()
    whole = page.locator("[data-testid=standings] a").last.inner_text()

    assert first[0] == whole
    assert [int(one) for one in first] == sorted((int(one) for one in first), reverse=True)


def test_a_month_that_is_too_young_stays_blank(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")
    trend = page.locator("figure[aria-labelledby=trend-head]")

    rows = trend.locator("tbody tr").all_text_contents()

    assert "not every item is 7 days old yet: October 2026, November 2026" in trend.inner_text()
    assert ["too young" in row for row in rows] == [False] * (len(rows) - 2) + [True] * 2


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_mark_opens_what_the_number_means(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager", javascript=javascript)
    meaning = page.locator(".glossary dd", has_text="giving an item up no longer makes")
    assert not meaning.is_visible()

    page.click("[data-testid=kpi-time-to-gone] a.meaning")

    assert meaning.is_visible()
    assert "Counted anew since version 0.9:" in meaning.inner_text()


def test_every_question_mark_has_its_meaning(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/metrics?{PINNED}", "manager")

    for path in (f"/metrics?{PINNED}", "/platforms/instagram"):
        page.goto(path)
        marks = {str(one.get_attribute("href")) for one in page.locator("a.meaning").all()}
        here = {mark for mark in marks if mark.startswith("#")}
        elsewhere = marks - here
        assert here
        assert {mark: page.locator(mark).count() for mark in here} == dict.fromkeys(here, 1)
        assert {mark: page.request.get(mark).status for mark in elsewhere} == dict.fromkeys(
            elsewhere, 200
        )


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
    assert page.locator("[data-testid^=chart-][data-testid$=-table] table").count() == 3
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
    page.locator("[data-testid=chart-forest-table] summary").click()

    shown = page.locator("[data-testid=beside-instagram] data")
    values = [one.get_attribute("value") for one in shown.all()]
    answer = page.request.get(f"{site.address}/metrics.csv?table=comparison&{PINNED}")
    [ours] = [
        line
        for line in csv.DictReader(io.StringIO(answer.text()))
        if line["platform"] == "instagram"
    ]

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert values == [
        ours[name]
        for name in ("share_7d", "others_7d", "difference_7d", "low_7d", "high_7d",
                     "difference_24h", "low_24h", "high_24h")
    ]  # fmt: skip
    for table in ("numbers", "key_figures", "clocks", "curve", "platforms", "trend"):
        answer = page.request.get(f"{site.address}/metrics.csv?table={table}&{PINNED}")
        assert len(answer.text().splitlines()) > 5


def test_two_simple_medians_stand_beside_what_the_platform_publishes(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/metrics?platform=instagram&{PINNED}", "manager")

    assert page.locator("[data-testid=dsa-acted] data").count() == 1
    assert page.locator("[data-testid=dsa-decided] data").count() == 1
    told = page.inner_text("[data-testid=dsa-acted] td:last-child")
    assert re.search(r"\(20\d\d(-H[12])?, notices of trusted flaggers: ", told)
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
