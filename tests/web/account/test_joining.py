"""Joining, signing in and staying, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.accounts import joining
from tests.factories import ManualClock
from tests.users import PASSWORD, add_second_factor, add_user, totp_code
from tests.web.conftest import OpenPage, Site
from tests.web.page_checks import scrolls_sideways, violations

EMAIL = "aloe@hotline.example"


def first_link(new_site: Site) -> str:
    with new_site.parts.database.write() as unit:
        return f"/join/{joining.invite(unit, None, by='test')}"


def looked_at(page: Page) -> None:
    assert violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.quick
def test_the_first_administrator_sets_everything_up_by_keyboard(
    new_site: Site, open_page: OpenPage
) -> None:
    page = open_page(new_site, first_link(new_site), None, width=320)
    looked_at(page)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Display name").fill("Aloe")
    page.get_by_label("New password").fill(PASSWORD)
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Set up the second factor").wait_for()
    looked_at(page)
    secret = page.get_by_test_id("secret").inner_text()
    page.get_by_role("textbox", name="Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("error-summary")).to_be_focused()
    page.get_by_role("textbox", name="Code").fill(totp_code(new_site.parts.database, secret))
    page.keyboard.press("Enter")

    expect(page.get_by_test_id("codes").get_by_role("listitem")).to_have_count(10)
    looked_at(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(f"{new_site.address}/inbox")
    expect(page.locator(".steps .badge")).to_have_text(
        [re.compile("Done"), *[re.compile("Not yet")] * 7]
    )
    expect(page.locator("main")).to_contain_text("Take this list away")
    looked_at(page)
    page.goto("/admin/users")
    looked_at(page)


@pytest.mark.parametrize(
    ("language", "title", "wrong"),
    [
        ("nl", "Aanmelden", "Iets hiervan klopt niet"),
        ("fr", "Se connecter", "Une de ces données est inexacte"),
    ],
)
def test_signing_in_works_without_a_script_in_every_language(
    new_site: Site, open_page: OpenPage, clock: ManualClock, language: str, title: str, wrong: str
) -> None:
    factor = add_second_factor(
        new_site.parts.database, add_user(new_site.parts.database, "Aloe", "admin")
    )
    clock.advance(0.1)
    page = open_page(new_site, "/me", None, language=language, javascript=False)
    assert page.title() == title

    page.fill("#email", EMAIL)
    page.fill("#password", "not the password")
    page.click("main button")
    expect(page.get_by_test_id("error-summary")).to_contain_text(wrong)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.fill("#code", totp_code(new_site.parts.database, factor.secret))
    page.click("main button")

    expect(page).to_have_url(f"{new_site.address}/me")
    page.click("header form button")
    expect(page).to_have_url(f"{new_site.address}/login")


def entered(new_site: Site, open_page: OpenPage, clock: ManualClock, path: str) -> Page:
    factor = add_second_factor(
        new_site.parts.database, add_user(new_site.parts.database, "Aloe", "admin")
    )
    page = open_page(new_site, path, None)
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.fill("#code", factor.codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    return page


def test_two_minutes_before_the_end_one_may_stay(
    new_site: Site, open_page: OpenPage, clock: ManualClock
) -> None:
    page = entered(new_site, open_page, clock, "/me")
    page.clock.install()
    page.reload()
    page.get_by_label("New password").fill("half a thought")
    ending = page.locator("#session-end")

    page.clock.fast_forward("26:50")
    clock.advance(26.8 / 60)
    expect(ending).not_to_be_visible()
    page.clock.fast_forward("00:15")
    expect(ending).to_be_visible()
    assert violations(page) == []
    with page.expect_response("**/stay") as answer:
        page.get_by_role("button", name="Stay signed in").click()

    assert answer.value.status == 204
    expect(ending).not_to_be_visible()
    expect(page.get_by_label("New password")).to_have_value("half a thought")
    clock.advance(0.4)
    assert page.request.get(f"{new_site.address}/me").url == f"{new_site.address}/me"


def test_after_the_end_what_was_typed_is_still_there_and_a_way_back(
    new_site: Site, open_page: OpenPage, clock: ManualClock
) -> None:
    page = entered(new_site, open_page, clock, "/me")
    page.clock.install()
    page.reload()
    page.get_by_label("New password").fill("half a thought")

    clock.advance(0.6)
    page.clock.fast_forward("35:00")

    again = page.get_by_role("link", name="Sign in again")
    expect(again).to_have_attribute("href", re.compile("^/login.next=/me$"))
    assert violations(page) == []
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_label("New password")).to_have_value("half a thought")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_about_people_is_accessible_and_fits(
    site: Site, open_page: OpenPage, scheme: str
) -> None:
    page = open_page(site, "/me", "admin", width=320, scheme=scheme)

    for path in ("/me", "/admin/users/3", "/audit?check=1", "/second-factor"):
        page.goto(path)
        looked_at(page)


def test_a_person_is_added_by_keyboard(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/admin/users", "admin")

    page.get_by_text("Add a person").press("Enter")
    page.get_by_label("E-mail address").fill("new@hotline.example")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_test_id("link")).to_have_text(re.compile(r"/join/[\w-]{43}$"))
    assert violations(page) == []


def test_the_log_names_what_was_done_to_whom(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/admin/users", "admin")
    page.get_by_role("link", name="Analyst-02").click()
    page.get_by_label("Caseworker").check()
    page.get_by_role("button", name="Save").click()
    page.locator("#flashes").get_by_text("This person's sessions have ended.").wait_for()

    page.goto("/audit")
    page.get_by_label("What").select_option("Changed a person")
    page.get_by_role("button", name="Show").click()

    row = page.locator("tbody tr").first
    expect(row).to_contain_text("Analyst-03")
    expect(row).to_contain_text("role: caseworker")
    expect(row).to_contain_text("user: Analyst-02")


def test_a_browser_that_begins_quiet_covers_the_page(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, "/me")
    page.get_by_label("Begin with the quiet screen").check()
    page.get_by_role("button", name="Save").click()

    expect(page.locator("body")).to_have_class(re.compile("is-quiet"))
    page.get_by_role("button", name="Quiet screen").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
