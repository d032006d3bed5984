"""Secrets: never on a page unasked, copied without being shown, and every look written down."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage, Site
from tests.web.factories import audit_entries, record_event, submitted, url
from tests.web.page_checks import announced, violations


def actions(site: Site, reference: str) -> list[tuple[str, str, dict[str, object]]]:
    return [(e.by, e.action, dict(e.detail)) for e in audit_entries(site, reference)]


@pytest.mark.quick
def test_a_link_is_copied_without_ever_standing_on_the_page(
    site: Site, open_page: OpenPage
) -> None:
    secret = url()
    reference = submitted(site, secret)
    page = open_page(site, f"/takedowns/{reference}")

    page.click("button[data-copy]")

    announced(page, "Copied: location 1")
    assert page.evaluate("navigator.clipboard.readText()") == secret
    assert secret not in page.content()
    assert secret[-2:] in page.inner_text("[data-testid=url-masked]")
    assert actions(site, reference) == [("Analyst-01", "copied", {"item": 1})]


def test_where_copying_is_refused_the_text_is_selected_to_be_copied_by_hand(
    site: Site, open_page: OpenPage
) -> None:
    secret = url()
    page = open_page(site, f"/takedowns/{submitted(site, secret)}")
    page.evaluate(
        "Object.defineProperty(navigator.clipboard, 'writeText', {value: () => Promise.reject()})"
    )

    page.click("button[data-copy]")

    announced(page, "The browser did not allow copying.")
    assert page.evaluate("getSelection().toString()") == secret


def test_revealing_a_link_shows_that_one_only_and_is_written_down(
    site: Site, open_page: OpenPage
) -> None:
    first, second = url(), url()
    reference = submitted(site, first, second)
    page = open_page(site, f"/takedowns/{reference}", javascript=False)

    page.click("details.more >> nth=0 >> summary")
    page.click("[data-testid=reveal] >> nth=0")

    shown = page.content()
    assert first in shown
    assert second not in shown
    assert first not in page.url
    assert actions(site, reference) == [("Analyst-01", "revealed", {"item": 1})]
    assert page.locator(f"[href*='{first[-19:]}']").count() == 0


def test_what_people_wrote_is_hidden_until_somebody_asks(site: Site, open_page: OpenPage) -> None:
    reference = submitted(site)
    record_event(site, reference, "noted", text="A note of ours.")
    page = open_page(site, f"/takedowns/{reference}")

    before = page.content()
    page.click("[data-testid=reveal-texts]")

    after = page.content()
    texts = ("A note of ours.", "A fictional report.")
    assert [text in before for text in texts] == [False, False]
    assert [text in after for text in texts] == [True, True]
    assert actions(site, reference) == [("Analyst-01", "revealed", {"texts": True})]


def test_with_the_mandate_content_opens_after_a_confirmation_that_is_written_down(
    site: Site, open_page: OpenPage
) -> None:
    secret = url()
    reference = submitted(site, secret)
    page = open_page(site, f"/takedowns/{reference}")

    page.click("details.more > summary")
    page.click("[data-testid=open-content]")
    before = (secret in page.content(), actions(site, reference))
    page.click("main form button")

    link = page.locator("main a.primary")
    assert before == (False, [])
    assert {name: link.get_attribute(name) for name in ("href", "rel", "referrerpolicy")} == {
        "href": secret, "rel": "noreferrer noopener", "referrerpolicy": "no-referrer",
    }  # fmt: skip
    assert actions(site, reference) == [("Analyst-01", "opened", {"item": 1})]
    assert violations(page) == []


def test_without_the_mandate_there_is_no_way_to_open_content(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}", role="manager")

    offered = page.locator("[data-testid=open-content]").count()
    answer = page.goto(f"/takedowns/{reference}/items/1/open")

    assert offered == 0
    assert answer is not None
    assert answer.status == 403


def test_there_is_nothing_to_open_of_a_location_the_request_does_not_have(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}")

    answer = page.goto(f"{page.url}/items/7/open")

    assert answer is not None
    assert answer.status == 404


def test_what_was_copied_is_shown_for_a_moment_and_said(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}")

    page.click("main [data-copy]")

    expect(page.locator("#flash-line")).to_have_text("Copied: location 1")
    expect(page.get_by_test_id("announcer")).to_have_text("Copied: location 1")
    assert violations(page) == []
    expect(page.locator("#flash-line")).to_have_count(0)
