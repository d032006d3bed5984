"""Keys: what they do on a Belgian keyboard, where they do nothing, and how a dialog lets go."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.factories import submitted
from tests.web.page_checks import announced, violations

LANGUAGES = pytest.mark.parametrize("language", Language)
# A key as a Belgian keyboard sends it: "?" and "/" come with Shift.
PRESS = """([key, shiftKey]) => (document.activeElement || document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }))"""


def press(page: Page, key: str) -> None:
    page.evaluate(PRESS, [key, key in "?/"])


def goes_to(page: Page, path: str, *keys: str) -> None:
    for key in keys:
        press(page, key)
    page.wait_for_url(re.compile(re.escape(path) + r"($|\?)"))


@LANGUAGES
def test_letters_lead_where_they_say_with_belgian_keys(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, language=language)

    goes_to(page, "/search", "/")
    page.locator("h1").click()
    goes_to(page, "/takedowns", "g", "r")
    goes_to(page, "/metrics", "g", "m")
    goes_to(page, "/templates", "g", "t")
    goes_to(page, "/inbox", "g", "i")
    goes_to(page, "/search", "s")
    page.goto("/inbox")
    goes_to(page, "/takedowns/new", "c")
    page.goto("/inbox")
    press(page, "?")

    expect(page.locator("dialog[open] h2")).to_be_visible()


def test_no_letter_does_anything_once_switched_off(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/me", "manager")
    switch = page.locator("[name=has_shortcuts]")

    switch.uncheck()
    with page.expect_navigation():
        page.locator("form", has=switch).get_by_role("button").click()
    page.goto("/inbox")
    for key in ("j", "x", "c", "s", "h", "q", "z", "n", "g", "r"):
        press(page, key)
    page.wait_for_timeout(300)

    assert page.url == f"{site.address}/inbox"
    assert page.evaluate("document.activeElement === document.body")
    assert page.locator("dialog[open], body.is-quiet").count() == 0


@LANGUAGES
def test_a_dialog_keeps_the_tab_key_and_leads_back_to_the_row(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, language=language)
    page.keyboard.press("j")
    row = page.evaluate("document.activeElement.getAttribute('href')")

    page.keyboard.press("h")
    page.locator("dialog[open] h2").wait_for()
    faults = violations(page)
    inside = []
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        page.keyboard.press(key)
        inside.append(page.evaluate("document.activeElement.closest('dialog') !== null"))
    page.keyboard.press("Escape")

    assert faults == []
    assert inside == [True] * 6
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-testid=row-verb]").first).to_be_focused()
    assert page.evaluate("document.activeElement.getAttribute('href')") == row


def test_a_covered_page_says_how_to_come_back_and_does_nothing(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}")

    page.keyboard.press("q")
    announced(page, "The page is covered.")
    for key in ("r", "n", "Control+Enter"):
        page.keyboard.press(key)
    covered = page.locator("main *:visible").count()
    shown = page.locator("#covered").is_visible()
    faults = violations(page)
    page.keyboard.press("q")

    assert (covered, shown, faults) == (0, True, [])
    assert page.locator("details.act[open]").count() == 0
    assert page.locator("h1").is_visible()
    assert page.locator("#covered").is_hidden()
