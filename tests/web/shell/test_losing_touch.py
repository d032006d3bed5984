"""A page whose visit has ended elsewhere, or that lost the network, keeps what was typed."""

from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage, Site
from tests.web.factories import submitted, texts_of

WORDS = "Called them: they look at it tonight."


def typed(page: Page) -> None:
    page.click("#act-note > summary")
    page.fill("#note-text", WORDS)


def signed_out(page: Page) -> None:
    page.context.clear_cookies(name="session")


def signed_in_beside(page: Page, role: str) -> None:
    """Sign in anew in another tab."""
    beside = page.context.new_page()
    beside.goto("/login")
    beside.click(f"[data-testid=demo-{role}]")
    beside.wait_for_url("**/inbox*")
    beside.close()


def test_a_form_opened_before_signing_in_anew_goes_out_all_the_same(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}")

    typed(page)
    signed_out(page)
    proof = page.get_attribute("meta[name=csrf]", "content")
    signed_in_beside(page, "caseworker")
    page.wait_for_function(
        "was => document.querySelector('meta[name=csrf]').content !== was", arg=proof
    )
    page.click("#act-note button.primary")
    page.wait_for_url(f"**/takedowns/{reference}?said=note*")

    assert texts_of(site, reference) == [WORDS, f"TICKET-{reference}"]


def test_what_one_person_typed_does_not_go_out_in_the_name_of_another(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}")

    typed(page)
    signed_out(page)
    signed_in_beside(page, "admin")
    with page.expect_response(f"**/takedowns/{reference}/act/note") as answer:
        page.click("#act-note button.primary")

    assert answer.value.status == 403
    assert texts_of(site, reference) == [f"TICKET-{reference}"]


def test_a_reply_read_while_the_visit_ended_goes_along_through_signing_in(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}?act=reply")

    signed_out(page)
    page.fill("#reply-text", "Ticket 88-4471: we removed it.")
    page.locator("[data-testid=kept]").wait_for()
    page.click("[data-testid=demo-caseworker]")

    expect(page.locator("#reply-text")).to_have_value("Ticket 88-4471: we removed it.")


def test_nothing_is_copied_once_the_visit_has_ended(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}")
    page.evaluate("navigator.clipboard.writeText('as before')")

    signed_out(page)
    page.click("main [data-copy]")

    page.get_by_role("heading", name="You were signed out").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "as before"


def test_without_a_network_the_page_stays_with_what_was_typed(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}")
    failed = page.get_attribute("body", "data-failed")

    typed(page)
    page.context.set_offline(True)
    page.click("#act-note button.primary")
    expect(page.locator("#flash-line")).to_have_text(str(failed))
    kept = page.input_value("#note-text")
    page.context.set_offline(False)
    page.click("#act-note button.primary")
    page.wait_for_url(f"**/takedowns/{reference}?said=note*")

    assert kept == WORDS
    assert texts_of(site, reference) == [WORDS, f"TICKET-{reference}"]
