"""The same work in Dutch, French and English, told by the parts of the page, not by its words."""

import pytest
from playwright.sync_api import Page, expect

from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.factories import logged, timeline_of
from tests.web.page_checks import violations

IN_EACH = pytest.mark.parametrize("language", Language)
PLATFORM = "/inbox?turn=platform&platform=x"
US = "/inbox?platform=x"
PARTS = """() => [...document.querySelectorAll('.notice .value, .notice .line-name')]
    .filter(one => one.id !== 'to' && one.textContent.trim())
    .map(one => one.closest('[lang]').lang)"""


def listed(page: Page, path: str, reference: str) -> bool:
    page.goto(path)
    return page.locator("[data-testid=inbox-row]", has_text=reference).count() == 1


@IN_EACH
def test_a_notice_marked_submitted_changes_sides_and_comes_back(
    site: Site, open_page: OpenPage, language: str
) -> None:
    reference = logged(site)
    page = open_page(site, f"/takedowns/{reference}", language=language)

    page.keyboard.press("m")
    page.keyboard.insert_text("88-4471")
    page.keyboard.press("Enter")
    page.wait_for_url("**?said=*")
    newest = page.locator("[data-testid=timeline] > li").first
    entry = (newest.locator("time").count() >= 1, "88-4471" in newest.inner_text())
    sides = [listed(page, US, reference), listed(page, PLATFORM, reference)]
    page.goto(f"/takedowns/{reference}")
    page.keyboard.press("z")
    page.wait_for_url("**?said=undone")
    struck = page.locator("[data-testid=timeline] .struck").count()
    sides += [listed(page, US, reference), listed(page, PLATFORM, reference)]

    assert entry == (True, True)
    assert sides == [False, True, True, False]
    assert struck == 1
    assert [kind for kind, _ in timeline_of(site, reference)] == [
        "logged",
        "submitted",
        "corrected",
    ]


@IN_EACH
def test_a_browser_that_does_not_copy_leaves_the_text_selected(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, f"/takedowns/{logged(site)}", language=language)
    page.context.clear_permissions()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")

    page.keyboard.press("y")
    box = page.locator("textarea.by-hand")
    expect(box).to_be_focused()

    assert page.evaluate("getSelection().toString()") == box.input_value() != ""
    expect(page.locator("[data-testid=announcer]")).to_contain_text("Ctrl+C")
    assert violations(page) == []


@IN_EACH
def test_a_notice_says_which_language_it_is_in(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, f"/takedowns/{logged(site, language='en')}", language=language)

    spoken = set(page.evaluate(PARTS))

    assert page.get_attribute("html", "lang") == language
    assert spoken == {"en"}
