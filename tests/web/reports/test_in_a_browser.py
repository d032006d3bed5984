"""Reports in a real browser: with the keyboard, without a script, and for everybody's eyes."""

import pytest
from playwright.sync_api import Page

from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import faults, scrolls_sideways

WIDE, NARROW = 1280, 400


def begin(page: Page, first: str, last: str) -> str:
    """Begin a report of some days; returns its address."""
    page.goto("/reports")
    page.uncheck("input[value=nl]")
    page.uncheck("input[value=fr]")
    page.fill("#from", first)
    page.fill("#until", last)
    page.click("text=Begin the report")
    return page.url.partition("?")[0]


def test_a_manager_gets_from_the_menu_to_the_freeze_without_a_script(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/inbox", "manager", javascript=False)
    page.click("nav >> text=Reports")
    report = begin(page, "2026-01-01", "2026-03-31")

    page.click("text=Governance")
    for _ in range(8):
        page.fill("textarea", "We do this as our rules say.")
        page.click("button.primary")
    page.click("text=Enter the figures")
    page.fill("#reports_received", "120")
    page.click("text=Save")
    if page.locator("[data-testid=confirm-cells]").count():
        page.click("[data-testid=confirm-cells]")
    page.check("#confirm")
    page.click("[data-testid=freeze]")

    assert page.url == f"{report}/versions/1?said=report_frozen"
    with page.expect_download() as handed:
        page.click("text=CSV, English")
    assert handed.value.suggested_filename == "report-article_22-2026-q1-v1-en.csv"


def test_the_letters_g_a_lead_to_the_reports(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox", "manager")

    page.keyboard.press("g")
    page.keyboard.press("a")

    page.wait_for_url("**/reports")


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "light"), (WIDE, "dark")])
def test_every_page_of_a_report_is_accessible_and_whole(
    site: Site, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(site, "/reports", "manager", width=width, scheme=scheme)
    report = begin(page, "2026-01-01", "2026-10-31")
    conflict, half = page, open_page(site, f"{report}/texts/training", "admin", width=width)
    page.goto(f"{report}/texts/training")
    page.fill("textarea", f"Call 0470 12 34 56, or look at one.example ({width}, {scheme}).")
    page.click("button.primary")
    half.fill("textarea", "Twice a year.")
    half.click("button.primary")
    wrong = {"a conflict": faults(half)}

    for path in ("", "/preview", "/texts/training", "/figures"):
        conflict.goto(f"{report}{path}")
        wrong[path] = faults(conflict)
    page.goto(f"{report}/preview")
    wrong["wide tables"] = ["scrolls sideways"] if scrolls_sideways(page) else []
    page.locator("main table a").last.click()
    wrong["rows"] = faults(page)

    assert {name: found for name, found in wrong.items() if found} == {}
