"""A link that stood in a takedown that ended, pasted again: its history, and what it leads to."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.factories import record_event, submitted, timeline_of, url
from tests.web.intake.intake_page import items_of, logged, opened
from tests.web.page_checks import announced, faults, violations

IN_EACH = pytest.mark.parametrize("language", Language)
KNOWN = "[data-testid=known]"
LEFT_OUT = "[data-testid=left-out] li"
SUMMARY = {
    "nl": "1 link, 1 platform, 1 met een eerder verzoek",
    "fr": "1 lien, 1 plateforme, 1 avec une demande antérieure",
    "en": "1 link, 1 platform, 1 with an earlier request",
}
HISTORY = {
    "nl": r"ingediend op 30 okt 2026, weg op 1 nov 2026, afgesloten",
    "fr": r"envoyée le 30 oct\. 2026, hors ligne le 1er nov\. 2026, clôturée",
    "en": r"submitted 30 Oct 2026, gone 1 Nov 2026, closed",
}

NO_ADDRESS = {"nl": "Geen webadres", "fr": "Pas une adresse web", "en": "Not a web address"}


def seen_gone(site: Site, address: str) -> str:
    """A takedown that closed by itself: everything was seen gone."""
    reference = submitted(site, address, hours_ago=90)
    record_event(site, reference, "seen", availability="gone", vantage="BE", hours_ago=48)
    return reference


def pasted(page: Page, text: str) -> None:
    page.fill("#paste", text)
    recognise = page.locator("[data-testid=recognise]")
    recognise.click() if recognise.count() else page.locator(".doubt").first.wait_for()


def save(page: Page) -> None:
    page.fill("#case_ref", "CF-7")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")


def kinds(site: Site, reference: str) -> list[str]:
    return [kind for kind, _ in timeline_of(site, reference)]


@IN_EACH
@pytest.mark.parametrize("javascript", [True, False])
def test_what_came_back_is_recorded_where_it_was_reported(
    site: Site, open_page: OpenPage, language: str, javascript: bool
) -> None:
    address = url()
    reference = seen_gone(site, address)
    page = opened(site, open_page, language=language, javascript=javascript)

    pasted(page, f"{address}?s=20")
    shown = page.inner_text(KNOWN)
    summary = page.inner_text(".recognised .lead")
    wrong = faults(page) if javascript else []
    page.check(f"{KNOWN} input[value=back]")
    page.click("[data-testid=save]")
    page.wait_for_url(f"**/takedowns/{reference}?**")

    assert (summary, wrong) == (SUMMARY[language], [])
    assert reference in shown
    assert re.search(HISTORY[language], re.sub(r"\s+", " ", shown))
    assert address not in shown
    assert kinds(site, reference) == ["logged", "submitted", "seen", "seen"]
    assert page.locator("tbody .state-came_back").count() == 1
    assert page.locator(".badge.turn-us").count() == 1
    page.click("[data-testid=undo] >> nth=-1")
    page.wait_for_url("**said=undone**")
    assert page.locator("tbody .state-gone").count() == 1


@IN_EACH
def test_reported_anew_both_requests_name_each_other(
    site: Site, open_page: OpenPage, language: str
) -> None:
    address = url()
    first = submitted(site, address, hours_ago=90)
    record_event(site, first, "withdrawn", reason="A double.", hours_ago=48)
    page = opened(site, open_page, language=language)

    pasted(page, address)
    offered = page.locator(f"{KNOWN} input").evaluate_all("all => all.map(one => one.value)")
    save(page)
    page.wait_for_url("**logged=**")
    [second] = logged(page)
    linked = []
    for one in (first, second):
        page.goto(f"/takedowns/{one}")
        linked.append(page.locator("[data-testid=elsewhere] a:not(.meaning)").all_inner_texts())
        assert faults(page) == []

    assert offered == ["again", "leave"]
    assert linked == [[second], [first]]
    assert [item.url for item in items_of(site, second)] == [address]


def test_what_a_person_closed_is_opened_again_and_chased(site: Site, open_page: OpenPage) -> None:
    address = url()
    reference = submitted(site, address, hours_ago=90)
    record_event(site, reference, "decided", outcome="removed", hours_ago=70)
    record_event(site, reference, "closed", reason="They say so.", hours_ago=40)
    page = opened(site, open_page)

    pasted(page, address)
    page.check(f"{KNOWN} input[value=back]")
    page.click("[data-testid=save]")
    page.wait_for_url(f"**/takedowns/{reference}?**")

    assert kinds(site, reference)[-2:] == ["reopened", "seen"]
    assert page.inner_text("#next") == "Next: Chase platform"
    page.click("[data-testid=undo] >> nth=-1")
    page.wait_for_url("**said=undone**")
    assert "Closed" in page.inner_text(".meta")


@IN_EACH
def test_what_was_left_out_is_named_with_its_reason(
    site: Site, open_page: OpenPage, language: str
) -> None:
    open_one, gone_one, new_one = url(), url(), url()
    first, second = submitted(site, open_one), seen_gone(site, gone_one)
    page = opened(site, open_page, language=language)

    pasted(
        page, f"{open_one} {gone_one} {new_one} https://bit.ly/3zzfixture ftp://files.example/zz1"
    )
    page.locator(f"{KNOWN} input[value=back]").check()
    save(page)
    page.wait_for_url("**logged=**")
    shown = [" ".join(text.split()) for text in page.locator(LEFT_OUT).all_inner_texts()]
    wrong = violations(page)
    page.check("[name=no_ticket] >> nth=0")
    page.click("[data-testid=mark-submitted] >> nth=0")
    page.wait_for_url("**said=submitted**")

    assert wrong == []
    assert len(shown) == 3
    assert first in shown[0]
    assert "••••re bit.ly" in shown[1]
    assert shown[2] == f"•••• {NO_ADDRESS[language]}"
    assert "zzfixture" not in page.content()
    assert page.locator("[data-testid=came-back] a").all_inner_texts() == [second]
    assert page.locator(LEFT_OUT).count() == 3


def test_only_what_was_left_out_or_came_back_is_told_without_a_notice(
    site: Site, open_page: OpenPage
) -> None:
    address = url()
    reference = seen_gone(site, address)
    page = opened(site, open_page)

    pasted(page, f"{address} https://bit.ly/3zzfixture")
    page.check(f"{KNOWN} input[value=back]")
    page.click("[data-testid=save]")
    page.wait_for_url("**out=**")

    assert page.inner_text("h1") == "No notice to send"
    assert page.locator("[data-testid=came-back] a").all_inner_texts() == [reference]
    assert page.locator(LEFT_OUT).count() == 1
    assert faults(page) == []


def test_all_of_it_left_out_is_nothing_to_save(site: Site, open_page: OpenPage) -> None:
    address = url()
    seen_gone(site, address)
    page = opened(site, open_page)

    pasted(page, address)
    page.check(f"{KNOWN} input[value=leave]")
    announced(page, "0 links, 0 platforms, 1 with an earlier request")
    save(page)

    expect(page.locator("[data-testid=error-summary] a")).to_have_attribute("href", "#paste")
    assert page.locator(f"{KNOWN} input[value=leave]").is_checked()


def test_a_location_is_marked_as_online_again_on_its_own_page(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, url(), hours_ago=90)
    record_event(site, reference, "decided", outcome="removed", hours_ago=70)
    record_event(site, reference, "closed", hours_ago=40)
    page = open_page(site, f"/takedowns/{reference}")

    page.click("details.more > summary")
    page.click("text=Mark as online again")
    page.wait_for_url("**said=came_back**")

    told_last: list[tuple[str, Any]] = timeline_of(site, reference)[-2:]
    assert told_last == [("reopened", {}), ("seen", {"availability": "live", "vantage": "BE"})]
    assert page.inner_text("#next") == "Next: Chase platform"
