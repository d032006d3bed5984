"""Content without a link is logged beside the links, or alone: an account, a message, a number."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage, Site
from tests.web.intake.intake_page import NEW, Keyboard, items_of, link, logged, opened, paste
from tests.web.page_checks import announced, violations

REFUSED: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["Choose a platform.", "Give the account, the number or the channel."]),
    (
        {"account": "https://instagram.demo.invalid/zz.fixture"},
        ["Choose a platform.", "This is a link: paste it with the others."],
    ),
    (
        {"account": "a" * 201, "occurred_at": "2027-01-01T10:00", "description": "a" * 1001},
        [
            "Choose a platform.",
            "This is too long.",
            "This moment has not come yet. Correct it.",
            "This is too long.",
        ],
    ),
]


def test_content_without_a_link_is_added_by_keyboard(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)
    keyboard = Keyboard(page)
    paste(page, f"{link()} van de snapchatgebruiker zz.fixture")
    announced(page, "1 link, 1 platform")

    page.focus("#without-link summary")
    keyboard.press("Enter", "Tab")
    keyboard.type("Snap")
    keyboard.press("Tab")
    keyboard.type("zz.fixture")
    keyboard.press("Enter")
    announced(page, "1 link, 2 platforms, 1 without a link")
    assert page.evaluate("[document.activeElement.id, document.activeElement.value]") == [
        "locator-account",
        "",
    ]
    assert page.input_value("#locator-platform") == "snapchat"
    assert violations(page) == []
    page.fill("#case_ref", "CF-1")
    page.select_option("#category", "csam")
    page.focus("#case_ref")
    keyboard.press("Enter")
    page.wait_for_url("**logged=**")

    [item] = items_of(site, logged(page)[1])
    assert (item.locator, item.row.kind) == ({"account": "zz.fixture"}, "profile")
    assert "zz.fixture" not in page.content()


def test_content_without_a_link_is_added_without_a_script(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page, javascript=False)
    page.fill("#paste", "Geen enkele link, alleen een bericht.")
    page.click("[data-testid=recognise]")
    assert page.inner_text(".recognised .lead") == "No link in this text"

    page.click("#without-link summary")
    page.select_option("#locator-platform", "discord")
    page.fill("#locator-account", "@zz.fixture")
    page.fill("#locator-message_id", "1101234567890123456")
    page.fill("#locator-server_id", "1001234567890123456")
    page.fill("#locator-occurred_at", "2026-11-01T20:15")
    page.click("[data-testid=add]")
    assert page.inner_text(".recognised .lead") == "0 links, 1 platform, 1 without a link"
    assert "zz.fixture" not in page.content()
    page.fill("#locator-account", "@zz.other")
    page.select_option("#locator-platform", "discord")
    page.fill("#case_ref", "CF-1")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")

    [reference] = logged(page)
    assert [(item.locator, item.row.kind) for item in items_of(site, reference)] == [
        (
            {
                "account": "@zz.fixture",
                "message_id": "1101234567890123456",
                "server_id": "1001234567890123456",
                "occurred_at": "2026-11-01T19:15:00Z",
            },
            "message",
        ),
        ({"account": "@zz.other"}, "profile"),
    ]


def test_what_was_added_can_be_left_out_or_is_found_reported_already(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)
    page.click("#without-link summary")
    page.select_option("#locator-platform", "whatsapp")
    page.fill("#locator-account", "+32 400 00 00 00")
    page.click("[data-testid=add]")
    announced(page, "0 links, 1 platform, 1 without a link")

    page.check("input[value=drop]")
    announced(page, "No links yet")
    page.check("input[value=report]")
    announced(page, "0 links, 1 platform, 1 without a link")
    page.fill("#case_ref", "CF-1")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")
    page.goto(NEW)
    page.click("#without-link summary")
    page.select_option("#locator-platform", "whatsapp")
    page.fill("#locator-account", "+32 400 00 00 00 ")
    page.click("[data-testid=add]")

    announced(page, "0 links, 0 platforms, 1 with a request already")
    assert page.locator(".doubt input[type=radio]").count() == 2


@pytest.mark.parametrize("javascript", [True, False])
def test_content_without_a_link_has_the_shape_that_the_api_takes(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    page = opened(site, open_page, javascript=javascript)
    page.fill("#paste", link())
    page.click("#without-link summary")

    for typed, wanted in REFUSED:
        for name, value in typed.items():
            page.fill(f"#locator-{name}", value)
        page.click("[data-testid=add]")
        expect(page.locator("#locator .error")).to_have_text(wanted)

    assert page.input_value("#locator-account") == "a" * 201
    assert page.locator("[data-testid^=notice-] li").count() == 1
