"""A notice is copied field by field, changed by one at a time, and noted when it went out."""

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.accounts import access
from app.accounts.models import audit
from app.accounts.permissions import SCOPES
from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.intake.intake_page import link, log, logged, sample, stages
from tests.web.page_checks import announced, scrolls_sideways, violations

SELECTED = "(a => a.value.slice(a.selectionStart, a.selectionEnd))(document.activeElement)"
CARD = "[data-testid=notice-instagram]"


@pytest.fixture(scope="module")
def token(site: Site) -> str:
    with site.parts.database.write() as unit:
        return access.add_token(unit, "the notices", SCOPES)


def fields(site: Site, token: str, reference: str) -> list[dict[str, str]]:
    """The notice's filled fields, as the API has them."""
    answer = httpx.get(
        f"{site.address}/api/v1/takedowns/{reference}/notice",
        headers={"Authorization": f"Bearer {token}"},
    )
    return [field for field in answer.json()["fields"] if field["value"]]


def noted(page: Page, words: str) -> None:
    """Wait for the sentence about what was just done."""
    page.locator(".flash", has_text=words).wait_for()


def reveal(page: Page) -> None:
    """Ask for every word, and wait for them."""
    page.click("[data-testid=reveal]")
    page.locator("[data-testid=reveal]").wait_for(state="detached")


@pytest.mark.parametrize("language", Language)
def test_copying_next_by_key_gives_every_field_of_the_api_in_order(
    site: Site, open_page: OpenPage, token: str, language: str
) -> None:
    page = log(site, open_page, link(), language=language)
    expected = fields(site, token, logged(page)[0])

    copied = []
    for field in expected:
        page.keyboard.press("y")
        announced(page, field["label"])
        copied.append(page.evaluate("navigator.clipboard.readText()"))

    assert copied == [field["value"] for field in expected]
    page.keyboard.press("Shift+Y")
    announced(page, expected[-2]["label"])


def test_cards_are_folded_but_for_the_one_at_work_which_the_keys_mean(
    site: Site, open_page: OpenPage
) -> None:
    page = log(site, open_page, sample())
    first, second, _ = cards = page.locator("[data-notice]").all()
    at_first = [card.locator("> details[open]").count() for card in cards]

    second.locator("summary").first.focus()
    page.keyboard.press("y")
    expect(second.locator("[data-count]")).to_contain_text("1/")
    page.keyboard.press("m")
    second_focused = second.get_by_test_id("ticket")
    expect(second_focused).to_be_focused()

    at_last = [card.locator("> details[open]").count() for card in cards]
    assert (at_first, at_last) == ([1, 0, 0], [0, 1, 0])
    assert (first.locator("[data-count]").text_content() or "").startswith("0/")
    page.emulate_media(media="print")
    assert [card.get_by_test_id("field-1").is_visible() for card in cards] == [True] * 3


def test_the_ticket_that_copying_led_to_takes_the_keys_that_go_on_until_it_holds_something(
    site: Site, open_page: OpenPage
) -> None:
    page = log(site, open_page, link())
    card = page.locator(CARD)
    fields = card.locator("[data-field]").count()
    for _ in range(fields):
        page.keyboard.press("y")
    ticket = card.get_by_test_id("ticket")
    expect(ticket).to_be_focused()

    page.keyboard.press("Shift+Y")
    expect(card.locator("[data-count]")).to_have_text(f"{fields - 1}/{fields}")
    page.keyboard.press("m")
    page.keyboard.type("8my-8")

    expect(ticket).to_have_value("8my-8")


def test_whoever_comes_back_from_the_platforms_form_types_every_letter_of_its_ticket(
    site: Site, open_page: OpenPage
) -> None:
    page = log(site, open_page, link())
    card = page.locator(CARD)
    for _ in range(card.locator("[data-field]").count()):
        page.keyboard.press("y")
    ticket = card.get_by_test_id("ticket")
    expect(ticket).to_be_focused()

    page.evaluate("dispatchEvent(new Event('blur'))")
    page.keyboard.type("M-4711")

    expect(ticket).to_have_value("M-4711")


def test_an_address_is_copied_without_ever_being_on_the_page(
    site: Site, open_page: OpenPage
) -> None:
    url = link()
    page = log(site, open_page, url)
    content = url.rsplit("/", 1)[1]

    page.click(f"{CARD} [data-field][data-copy*='field=urls']")
    announced(page, "Copied")

    assert page.evaluate("navigator.clipboard.readText()") == url
    assert content not in page.content()
    assert content not in page.locator("body").aria_snapshot()
    assert violations(page) == []


def test_where_the_browser_refuses_to_copy_the_text_is_selected(
    site: Site, open_page: OpenPage
) -> None:
    url = link()
    page = log(site, open_page, url)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")

    page.click(f"{CARD} [data-field][data-copy*='field=urls']")

    announced(page, "press Ctrl+C")
    assert page.evaluate(SELECTED) == url


@pytest.mark.parametrize(("language", "word"), [("nl", "Fout"), ("fr", "Erreur"), ("en", "Error")])
def test_a_placeholder_holds_the_notice_back(
    site: Site, open_page: OpenPage, language: str, word: str
) -> None:
    page = log(site, open_page, link(), language=language)
    [reference] = logged(page)
    page.evaluate(f"document.querySelector('{CARD} [data-testid=edit]').click()")
    page.fill("#field-explanation", "Statement: ### fill this in ###")
    page.click("main form button.primary")

    page.check(f"{CARD} [name=no_ticket]")
    page.click(f"{CARD} [data-testid=mark-submitted]")

    summary = page.locator("[data-testid=error-summary]")
    summary.wait_for()
    assert page.title().startswith(word)
    assert page.evaluate("document.activeElement.dataset.testid") == "error-summary"
    hrefs = [one.get_attribute("href") for one in summary.locator("a").all()]
    assert f"#{reference}-explanation" in hrefs
    assert all(page.locator(f"[id='{href[1:]}']").count() == 1 for href in hrefs if href)
    assert stages(site, [reference]) == ["draft"]
    assert violations(page) == []


def test_the_second_of_two_who_change_a_notice_is_told_and_loses_nothing(
    site: Site, open_page: OpenPage, token: str
) -> None:
    first = log(site, open_page, link())
    [reference] = logged(first)
    second = open_page(site, f"/takedowns/{reference}/notice", "manager")
    for page in (first, second):
        page.evaluate(f"document.querySelector('{CARD} [data-testid=edit]').click()")
        page.locator("#field-country").wait_for()
    first.fill("#field-country", "Belgique")
    first.click("main form button.primary")
    noted(first, "kept")

    second.fill("#field-country", "België")
    second.click("main form button.primary")

    second.locator("[data-testid=error-summary]").wait_for()
    assert second.input_value("#field-country") == "België"
    assert "Belgique" in second.locator("main").inner_html()
    second.click("main form button.primary")
    noted(second, "kept")
    values = {field["id"]: field["value"] for field in fields(site, token, reference)}
    assert values["country"] == "België"


def test_own_words_are_taken_back(site: Site, open_page: OpenPage, token: str) -> None:
    page = log(site, open_page, link())
    [reference] = logged(page)
    before = fields(site, token, reference)
    page.evaluate(f"document.querySelector('{CARD} [data-testid=edit]').click()")
    page.fill("#field-country", "Belgique")
    page.click("main form button.primary")
    noted(page, "kept")
    changed = fields(site, token, reference)

    page.evaluate(f"document.querySelector('{CARD} button[formaction]').click()")
    noted(page, "template")

    assert changed != before
    assert fields(site, token, reference) == before


def test_a_ticket_is_given_or_said_to_be_missing(site: Site, open_page: OpenPage) -> None:
    page = log(site, open_page, link())

    page.click(f"{CARD} [data-testid=mark-submitted]")
    page.locator("[data-testid=error-summary] a").click()

    assert page.evaluate("document.activeElement.dataset.testid") == "ticket"
    page.keyboard.type("77-DEMO")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=submitted**")
    assert page.locator("[data-testid=mark-submitted]").count() == 0
    assert page.locator("[data-testid=undo]").count() == 1
    assert violations(page) == []


def test_a_form_reported_as_changed_warns_on_every_notice_for_it_and_says_where(
    site: Site, open_page: OpenPage
) -> None:
    page = log(site, open_page, link(), category="nudify_promotion")
    page.click(f"{CARD} details.plain:has([name=where]) > summary")
    page.select_option(f"{CARD} [name=where]", "court_order")
    page.click(f"{CARD} [data-testid=form-changed-send]")
    noted(page, "warned")

    other = log(site, open_page, link(), category="nudify_promotion")

    assert "Court order" in other.locator("[data-testid=form-changed]").inner_text()
    assert violations(other) == []


def test_one_key_says_that_the_form_is_still_right(site: Site, open_page: OpenPage) -> None:
    page = log(site, open_page, link(), category="nudify_promotion")
    page.locator("h1").first.click()

    page.keyboard.press("t")
    noted(page, "as shown")

    other = log(site, open_page, link(), category="nudify_promotion")
    assert other.locator("[data-testid=form-changed]").count() == 0
    assert "as shown on" in other.locator("[data-testid=form-looked-at]").inner_text()
    assert violations(other) == []


def test_a_notice_is_read_as_it_went_out(site: Site, open_page: OpenPage) -> None:
    url = link()
    page = log(site, open_page, url)
    page.check(f"{CARD} [name=no_ticket]")
    page.click(f"{CARD} [data-testid=mark-submitted]")
    page.wait_for_url("**said=submitted**")

    page.click(f"{CARD} a[href$='/notices/1']")

    assert url not in page.content()
    assert violations(page) == []
    reveal(page)
    assert url in page.content()
    with site.parts.database.read() as unit:
        last = select(audit.c.action).order_by(audit.c.number.desc()).limit(1)
        assert unit.connection.scalar(last) == "revealed"


def test_the_page_of_a_takedown_has_the_card_too(site: Site, open_page: OpenPage) -> None:
    page = log(site, open_page, link())
    [reference] = logged(page)
    page.goto(f"/takedowns/{reference}")
    assert violations(page) == []

    page.keyboard.press("m")
    page.keyboard.type("77-DEMO")
    page.keyboard.press("Enter")

    noted(page, "went out")
    assert page.locator(CARD).count() == 0
    assert stages(site, [reference]) == ["submitted"]


def test_a_complaint_says_why_and_waits_for_a_decision(site: Site, open_page: OpenPage) -> None:
    page = log(site, open_page, link())
    [reference] = logged(page)

    page.goto(f"/takedowns/{reference}/notice?purpose=complaint")
    assert violations(page) == []
    page.click("form[action$='/reason'] button")
    assert page.locator("[data-testid=error-summary] a").get_attribute("href") == (
        f"#{reference}-reason"
    )
    page.fill("[name=reason]", "The account is still there.")
    page.click("form[action$='/reason'] button")
    noted(page, "kept")

    errors = page.locator(f"{CARD} .error").all_inner_texts()
    assert [text.strip() for text in errors] == ["Record the platform's decision first."]
    assert "still there" not in page.content()


@pytest.mark.parametrize("purpose", ["reminder", "withdrawal"])
def test_a_further_notice_goes_out_by_the_same_card(
    site: Site, open_page: OpenPage, purpose: str
) -> None:
    page = log(site, open_page, link())
    [reference] = logged(page)
    page.check(f"{CARD} [name=no_ticket]")
    page.click(f"{CARD} [data-testid=mark-submitted]")
    page.wait_for_url("**said=submitted**")

    page.goto(f"/takedowns/{reference}/notice?purpose={purpose}")
    if purpose == "withdrawal":
        page.fill("[name=reason]", "Reported by mistake.")
        page.click("form[action$='/reason'] button")
        noted(page, "kept")
    assert violations(page) == []
    page.check("[name=no_ticket]")
    page.click("[data-testid=mark-submitted]")
    page.wait_for_url(f"**/takedowns/{reference}?**")

    page.goto(f"/takedowns/{reference}/notices/2")
    reveal(page)
    assert ("mistake" in page.content()) == (purpose == "withdrawal")


def test_the_demo_has_forms_that_give_a_ticket_and_keep_nothing(
    site: Site, open_page: OpenPage
) -> None:
    page = log(site, open_page, link())

    with page.context.expect_page() as opening:
        page.keyboard.press("f")
    form = opening.value
    form.wait_for_load_state()

    assert violations(form) == []
    form.locator("main form textarea >> nth=0").fill("x")
    form.click("main form button")
    assert "ticket number is" in form.locator("[role=status].card").inner_text()


@pytest.mark.parametrize("language", Language)
def test_the_cards_are_accessible_fit_and_lead_nowhere_else(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = log(site, open_page, sample(), language=language, width=320)

    places = "a[href], link[href], [src], [action]"
    found = page.eval_on_selector_all(places, "all => all.map(e => e.href || e.src || e.action)")
    outside = [one for one in found if not str(one).startswith(site.address)]
    assert violations(page) == []
    assert not scrolls_sideways(page)
    assert outside == []
    assert page.locator("img, video").count() == 0
    assert page.locator(f"{CARD} .value").first.get_attribute("lang") == "en"
