"""What every page has: a language, a way past the menu, headers that keep the web out."""

import pytest
from playwright.sync_api import Browser

from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import scrolls_sideways, violations


@pytest.mark.parametrize("language", Language)
def test_a_page_says_which_language_it_is_in(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, language=language)

    assert page.get_attribute("html", "lang") == language


def test_the_first_stop_of_the_tab_key_leads_past_the_menu(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


@pytest.mark.parametrize("path", ["/inbox", "/login", "/no-such-page"])
def test_a_page_is_accessible_and_fits_a_narrow_screen(
    site: Site, open_page: OpenPage, path: str
) -> None:
    page = open_page(site, path, width=320)

    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_on_a_phone_the_header_is_one_row_and_the_menu_holds_the_rest_without_a_script(
    site: Site, open_page: OpenPage
) -> None:
    for language, width in ((Language.FR, 320), (Language.NL, 400)):
        page = open_page(site, "/inbox", "admin", language=language, width=width, javascript=False)
        rows = page.locator("header.top").bounding_box()
        hidden = page.locator("header nav").is_visible()
        page.click("header [popovertarget=menu] >> nth=0")
        page.locator("header nav").wait_for()
        page.click("header nav a[href='/metrics']")

        assert rows is not None
        assert rows["height"] <= 64
        assert not hidden
        assert page.url == f"{site.address}/metrics"


@pytest.mark.quick
def test_a_policy_without_exceptions_stands_on_every_page(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)

    for path in ("/inbox", "/login", "/no-such-page"):
        answer = page.goto(path)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/inbox", role=None)

    assert page.url == f"{site.address}/login?next=/inbox"
    page.click("[data-testid=demo-manager]")
    assert page.url == f"{site.address}/inbox"


def test_a_form_that_another_site_sent_is_refused(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    forged = page.request.post(
        f"{site.address}/demo/sign-in/admin",
        headers={"Origin": "https://evil.example"},
        form={"a": "b"},
    )

    assert forged.status == 403


def test_the_menu_works_without_a_script(site: Site, open_page: OpenPage, browser: Browser) -> None:
    page = open_page(site, javascript=False)

    page.click("header nav a >> nth=0")

    assert page.url == f"{site.address}/inbox"
