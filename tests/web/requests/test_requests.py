"""All requests under any filter, what belongs to a case, and what is found by search."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.kit.languages import Language
from app.notices import drafts, new_items
from app.takedowns import cache, queries
from app.takedowns.models import takedowns
from app.takedowns.timeline import Actor
from app.web.requests.request_list import RARE
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import scrolls_sideways, violations

ROWS = "[data-testid=request-row]"


def expected(site: Site, *wanted: Any) -> list[str]:
    """References of takedowns, the newest first."""
    cache.catch_up(site.parts.database)
    with site.parts.database.read() as unit:
        query = select(takedowns.c.reference).where(*wanted).order_by(takedowns.c.id.desc())
        return list(unit.connection.scalars(query))


def shown(page: Page) -> list[str]:
    return page.locator(f"{ROWS} td:first-child").all_inner_texts()


def test_any_filter_stands_in_the_address(site: Site, open_page: OpenPage) -> None:
    columns, now = takedowns.c, site.parts.clock()
    page = open_page(site, "/takedowns")
    filters = {
        "": (),
        "?platform=snapchat&stage=closed": (
            columns.platform == "snapchat",
            columns.stage == "closed",
        ),
        "?next_step=chase&overdue=yes": (columns.next_step == "chase", columns.due_at <= now),
        "?whose_turn=platform&category=csam": (
            columns.whose_turn == "platform",
            columns.category == "csam",
        ),
        "?basis=article_16&provider=Snap+B.V.": (
            columns.basis == "article_16",
            columns.provider == "Snap B.V.",
        ),
        "?case_ref=DEMO-0007": (columns.case_ref == "DEMO-0007",),
        "?stage=no_such&submitted_from=never&case_ref=%3Cb%3E": (),
    }

    for query, wanted in filters.items():
        page.goto(f"/takedowns{query}")
        assert shown(page) == expected(site, *wanted)[:50], query


@pytest.mark.parametrize("name", ["case_ref", "external_ref"])
def test_what_was_reported_comes_into_no_address(
    site: Site, open_page: OpenPage, name: str
) -> None:
    page = open_page(site, "/takedowns", javascript=False)
    if name in RARE:
        page.click("form.filters summary")

    for typed in ("https://x.demo.invalid/a/b", "x.demo.invalid/a", "www.demo", "a b", "@somebody"):
        page.fill(f"#{name}", typed)
        page.click("form.filters button")
        assert page.url == f"{site.address}/takedowns", typed
    page.fill(f"#{name}", " CF-2026/1.a:b_c ")
    page.click("form.filters button")
    page.wait_for_url(f"**{name}=+CF-2026%2F1.a%3Ab_c+*")


def test_a_reference_to_mend_is_unfolded(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/takedowns")
    page.click("form.filters summary")
    page.fill("#external_ref", "https://x.demo.invalid/a/b")
    page.click("form.filters summary")
    expect(page.locator("#external_ref")).to_be_hidden()

    page.click("form.filters > button")

    expect(page.locator("#external_ref")).to_be_focused()
    assert page.url == f"{site.address}/takedowns"


def test_both_days_belong_to_the_span(site: Site, open_page: OpenPage) -> None:
    with site.parts.database.read() as unit:
        row = unit.connection.execute(
            select(takedowns).where(takedowns.c.submitted_at.is_not(None)).limit(1)
        ).one()
    day = row.submitted_at.astimezone(site.parts.settings.zone).date().isoformat()

    page = open_page(site, f"/takedowns?submitted_from={day}&submitted_to={day}")

    assert row.reference in shown(page)
    assert page.input_value("#submitted_to") == day


def test_pages_go_on_where_the_one_before_ended(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/takedowns?stage=closed", javascript=False)
    found = shown(page)

    page.get_by_role("link", name="Next page").click()
    found += shown(page)

    assert found == expected(site, takedowns.c.stage == "closed")[: len(found)]
    assert len(found) > 50


def test_the_list_is_a_spreadsheet_too_and_holds_no_link(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/takedowns?platform=x")
    address = page.get_by_role("link", name="CSV").get_attribute("href")

    text = page.request.get(address or "").text()

    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["reference"] for row in rows] == expected(site, takedowns.c.platform == "x")
    assert "demo.invalid" not in text


def test_rows_open_by_keyboard(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/takedowns")
    found = shown(page)

    page.keyboard.press("j")
    with page.expect_request(f"**/takedowns/{found[0]}"):
        page.keyboard.press("o")


@pytest.mark.parametrize("language", Language)
def test_lists_are_accessible_and_fit_a_narrow_screen(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, "/takedowns", language=language, width=320)

    for path in ("/takedowns", "/takedowns?stage=no_such&case_ref=none", "/cases/DEMO-0007"):
        page.goto(path)
        assert violations(page) == [], path
        assert not scrolls_sideways(page), path


def test_a_case_shows_what_is_still_online_masked(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox")  # what became due since the year was told is so from now on
    with site.parts.database.read() as unit:
        row = unit.connection.execute(
            select(takedowns).where(takedowns.c.next_step == "chase").limit(1)
        ).one()
        [item, *_] = queries.items_of(unit, [row])[row.id]
    page.goto(f"/cases/{row.case_ref}")

    expect(page.locator("[data-testid=case-row]").filter(has_text=row.reference)).to_be_visible()
    assert (item.content_id or item.account or "?") not in page.content()
    assert page.goto("/cases/NO-SUCH").status == 404  # type: ignore[union-attr]


def link_of(site: Site, reference: str) -> str:
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        return queries.items_of(unit, [row])[row.id][0].url or ""


def found_by(page: Page, text: str) -> list[str]:
    page.goto("/search")
    page.fill("#text", text)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return shown(page)


def test_any_spelling_finds_what_was_reported_and_says_why(site: Site, open_page: OpenPage) -> None:
    [reference, *_] = expected(site, takedowns.c.platform == "instagram")
    url = link_of(site, reference)
    defanged = url.replace("https://", "hxxps://").replace(".", "[.]")
    page = open_page(site)

    assert found_by(page, f"{url}?igsh=abc") == [reference]
    expect(page.locator(ROWS)).to_contain_text("same content")
    assert url.partition("://")[2] not in page.content()
    assert url not in page.locator(ROWS).inner_text()
    assert found_by(page, defanged) == [reference]
    assert found_by(page, reference.lower()) == [reference]
    expect(page.locator(ROWS)).to_contain_text("reference")
    assert found_by(page, "DEMO-0007") == expected(site, takedowns.c.case_ref == "DEMO-0007")
    assert page.url == f"{site.address}/search"
    assert violations(page) == []


def test_what_is_typed_loosely_is_found_all_the_same(site: Site, open_page: OpenPage) -> None:
    with site.parts.database.write() as unit:
        workspace = site.parts.workspace
        facts = {"case_ref": "CF-Loose/1", "external_ref": "EXT-9", "category": "csam"}
        locator = {"account": "@ZZ.Loose", "message_id": "1101234567890123456"}
        item = new_items.item_without_url("discord", locator)
        by = Actor("Analyst-01", "person")
        reference = drafts.log(
            unit, workspace, facts, platform="discord", items=[item], by=by
        ).reference
    page = open_page(site)

    for text in (
        reference[3:].lower(),
        f"  td {reference[3:]} ",
        "zz.loose",
        " @Zz.Loose ",
        "1101234567890123456",
        "ext-9",
        "CF-Loose/1 platform:discord",
        "zz.loose status:draft whose:us",
    ):
        assert found_by(page, text) == [reference], text
    assert found_by(page, "zz.loose platform:tiktok") == []
    expect(page.locator(".empty")).to_contain_text("Nothing was found among these.")


def test_qualifiers_alone_list_what_they_say(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)

    found = found_by(page, "platform:snapchat status:closed since:2026-01-01")

    start = datetime(2025, 12, 31, 23, tzinfo=UTC)
    columns = takedowns.c
    wanted = (columns.platform == "snapchat", columns.stage == "closed", columns.logged_at >= start)
    assert found == expected(site, *wanted)[:50]
    assert found != []
    assert page.locator("th").all_inner_texts()[1] == "Case"
    assert page.input_value("#text") == "platform:snapchat status:closed since:2026-01-01"


@pytest.mark.parametrize(
    "text", ["\u202e%00<script>", "(" * 8192, "a:b " * 2000, "https://" * 1000, "' OR 1=1 --"]
)
def test_whatever_is_typed_is_looked_for_or_refused(
    site: Site, open_page: OpenPage, text: str
) -> None:
    page = open_page(site)

    assert found_by(page, text) == []
    expect(page.locator(".empty")).to_be_visible()
    found_by(page, "a" * 8193)
    expect(page.get_by_test_id("error-summary")).to_contain_text("This is too long.")


def test_search_works_without_a_script(site: Site, open_page: OpenPage) -> None:
    [reference, *_] = expected(site)
    page = open_page(site, "/search", javascript=False)

    page.fill("#text", reference)
    page.click("main button.primary")

    assert shown(page) == [reference]


def test_nothing_found_offers_a_new_request_with_it(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox")

    page.keyboard.press("s")
    page.wait_for_url("**/search")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.insert_text("https://instagram.demo.invalid/p/Cunknown123/")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".empty")).to_contain_text("Nothing was found.")
    page.get_by_role("button", name="New request with this").click()

    expect(page.locator("[data-testid=notice-instagram]")).to_be_visible()
    expect(page.locator("[data-testid=error-summary]")).to_have_count(0)
    page.goto("/takedowns/new")
    assert page.locator("[data-testid=draft-back]").inner_text().count("1 link kept") == 1


def test_an_account_that_was_looked_for_begins_a_request_without_a_link(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/search", javascript=False)
    page.fill("#text", "zz.nobody")
    page.click("main button.primary")

    page.get_by_role("button", name="New request with this").click()

    assert page.input_value("#locator-account") == "zz.nobody"
    assert page.locator("[data-testid=error-summary]").count() == 0


def test_search_needs_something_to_look_for(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/takedowns")

    page.keyboard.press("Control+k")
    page.wait_for_url("**/search")
    page.click("main button.primary")

    expect(page.get_by_test_id("error-summary")).to_be_focused()
    assert page.title() == "Error: Search"
    assert violations(page) == []
