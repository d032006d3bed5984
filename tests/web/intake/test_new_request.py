"""A paste becomes notices: recognised while it is typed, kept as a draft, logged at once."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from app.accounts.models import audit, sessions
from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site, quickly_in_a_browser
from tests.web.intake.intake_page import (
    NEW,
    Keyboard,
    items_of,
    link,
    log,
    logged,
    opened,
    paste,
    sample,
    stages,
)
from tests.web.page_checks import announced, scrolls_sideways, violations

MESSAGES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "messages.jsonl").read_text().splitlines()
]
CARDS = "[data-testid^=notice-]"


@pytest.mark.parametrize("language", quickly_in_a_browser(Language))
def test_five_links_become_three_submitted_notices_in_fewer_than_seventy_one_keys(
    site: Site, open_page: OpenPage, language: str
) -> None:
    """Every field of every notice is copied; only the platform's form is another window."""
    page = opened(site, open_page, "/inbox", language=language)
    keyboard = Keyboard(page)

    keyboard.press("c")
    page.wait_for_url(f"**{NEW}")
    keyboard.paste(sample())
    page.wait_for_selector(CARDS)
    keyboard.press("Tab")
    keyboard.type("CF-2026-1187")
    keyboard.press("Tab")
    keyboard.type("deepn")
    keyboard.press("ControlOrMeta+Enter")
    page.wait_for_url("**logged=**")
    references, until_ready = logged(page), keyboard.presses
    ready = page.get_by_test_id("ready").count()
    for left in (2, 1, 0):
        copied_and_submitted(keyboard, left)

    assert (ready, until_ready <= 60) == (3, True)
    assert keyboard.presses < 71
    assert stages(site, references) == ["submitted"] * 3


def copied_and_submitted(keyboard: Keyboard, left: int) -> None:
    """Copy the fields of the notice at work, type its ticket, and send it; so many are left."""
    page = keyboard.page
    card = page.locator("[data-notice]:has(> details[open])")
    fields = card.locator("[data-field]").count()
    for number in range(1, fields + 1):
        keyboard.press("y")
        expect(card.locator("[data-count]")).to_have_text(f"{number}/{fields}")
    expect(card.get_by_test_id("ticket")).to_be_focused()
    keyboard.type("88-1")
    keyboard.press("Enter")
    expect(page.get_by_test_id("mark-submitted")).to_have_count(left)


def test_the_same_works_without_a_script(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page, javascript=False)

    page.fill("#paste", sample())
    page.fill("#case_ref", "CF-2")
    page.select_option("#category", "csam")
    page.click("[data-testid=recognise]")
    recognised = page.locator(CARDS).count()
    page.click("[data-testid=save]")
    references = logged(page)
    for _ in references:
        page.check("[name=no_ticket] >> nth=0")
        page.click("[data-testid=mark-submitted] >> nth=0")

    assert recognised == 3
    assert stages(site, references) == ["submitted"] * 3


def test_what_is_pasted_is_recognised_and_announced_while_the_box_keeps_the_focus(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)

    paste(page, sample())

    announced(page, "5 links, 3 platforms")
    assert page.locator(CARDS).count() == 3
    assert page.evaluate("document.activeElement.dataset.testid") == "paste-box"
    assert "CzzFixture" not in page.content()
    assert violations(page) == []


def test_every_spelling_of_a_link_is_one_and_then_a_duplicate(
    site: Site, open_page: OpenPage
) -> None:
    content = link().rsplit("/", 1)[1]
    spellings = "\n".join(
        [
            f"https://instagram.demo.invalid/p/{content}",
            f"hxxps://instagram[.]demo[.]invalid/p/{content}/",
            f"https://instagram.demo.invalid/reel/{content}/?igsh=1&utm_source=a",
        ]
    )
    page = log(site, open_page, spellings)
    [reference] = logged(page)

    page.goto(NEW)
    paste(page, spellings)
    announced(page, "0 links, 0 platforms, 1 with a request already")

    assert page.locator("[data-testid=preview] a").inner_text() == reference
    page.locator("input[value=again]").check()
    page.fill("#case_ref", "CF-1")
    page.select_option("#category", "csam_ai")
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")
    assert len(logged(page)) == 1


def test_every_kind_of_message_is_recognised(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page, javascript=False)

    for message in MESSAGES:
        page.fill("#paste", message["text"])
        page.click("[data-testid=recognise]")

        platforms = [platform for platform, _ in message["links"]]
        shown = [one.get_attribute("data-testid") for one in page.locator(CARDS).all()]
        assert shown == [f"notice-{platform}" for platform in dict.fromkeys(platforms)]
        assert page.locator(f"{CARDS} li").count() == len(platforms)
        assert page.locator(".doubt").count() == message["unrecognised"]
        page.click("[form=afresh]") if platforms else None


@pytest.mark.parametrize("platform", ["other", "snapchat"])
def test_a_link_nobody_recognises_is_reported_to_the_platform_chosen_for_it(
    site: Site, open_page: OpenPage, platform: str
) -> None:
    page = opened(site, open_page)
    text = f"zie https://{platform}-forum.example/topic/12345"
    paste(page, text)
    announced(page, "0 links, 0 platforms, 1 not recognised")

    page.focus(".doubt select")
    page.select_option(".doubt select", platform)
    announced(page, "1 link, 1 platform")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.fill("#case_ref", "CF-3")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")

    [reference] = logged(page)
    [item] = items_of(site, reference)
    assert page.locator(f"[data-testid=notice-{platform}]").count() == 1
    assert (item.url, item.row.kind) == (f"https://{platform}-forum.example/topic/12345", "other")
    page.goto(NEW)
    page.focus("#paste")
    paste(page, text)
    announced(page, "1 not recognised")
    page.select_option(".doubt select", "other")
    announced(page, "0 links, 0 platforms, 1 with a request already")
    expect(page.locator(".doubt a")).to_have_text(reference)


def test_a_link_on_a_chosen_platform_is_reported_there_again(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)
    paste(page, "https://bit.ly/3zzfixture")
    announced(page, "1 not recognised")
    page.select_option(".doubt select", "tiktok")
    page.fill("#case_ref", "CF-3")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")
    [first] = logged(page)

    page.goto(f"/takedowns/{first}")
    again = f"/takedowns/{first}/items/1/again"
    form = {"csrf": page.get_attribute("meta[name=csrf]", "content") or ""}
    answer = page.request.post(again, form=form, headers={"Origin": site.address})

    assert answer.status == 200
    reference = answer.url.partition("/takedowns/")[2].partition("?")[0]
    assert reference != first
    assert [item.url for item in items_of(site, reference)] == ["https://bit.ly/3zzfixture"]


def test_what_is_no_web_address_can_only_be_left_out(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)

    paste(page, "ftp://files.example/a en javascript:alert(1)")

    announced(page, "2 not recognised")
    assert page.locator(".doubt").count() == 2
    assert page.locator(".doubt select").count() == 0


def test_a_draft_outlives_the_session_and_is_not_in_the_page(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)
    paste(page, sample())
    announced(page, "5 links")
    with site.parts.database.write() as unit:
        unit.connection.execute(delete(sessions))

    page.fill("#case_ref", "CF-4")
    page.wait_for_url("**/login**")
    page.click("[data-testid=demo-caseworker]")
    page.wait_for_url(f"**{NEW}")

    back = page.locator("[data-testid=draft-back]")
    assert "5 links kept" in back.inner_text()
    assert "CzzFixture" not in page.content()
    assert page.input_value("#paste") == ""
    assert page.locator(CARDS).count() == 3
    page.click("[data-testid=reveal]")
    expect(page.locator("#paste")).to_have_value(re.compile("CzzFixture"))
    with site.parts.database.read() as unit:
        last = select(audit.c.action).order_by(audit.c.number.desc()).limit(1)
        assert unit.connection.scalar(last) == "revealed"


def test_a_draft_that_is_back_is_logged_with_what_is_added_to_it(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)
    paste(page, link())
    announced(page, "1 link")
    page.reload()

    paste(page, link())
    announced(page, "2 links, 1 platform")
    page.fill("#case_ref", "CF-5")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")

    assert page.locator("[data-testid=notice-instagram] .places li").count() == 2
    page.goto(NEW)
    assert page.locator("[data-testid=draft-back]").count() == 0


def test_own_words_about_a_draft_stay_on_the_server_too(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)
    page.fill("#explanation", "Gekopieerd van een besloten groep.")
    page.wait_for_selector("#draft:not(:empty)")
    page.reload()

    assert "besloten" not in page.content()
    paste_into = page.locator("#paste")
    paste_into.fill(link())
    page.fill("#case_ref", "CF-6")
    page.select_option("#category", "csam")
    page.click("[data-testid=save]")
    page.wait_for_url("**logged=**")
    page.evaluate("document.querySelector('[data-field][data-copy*=explanation]').click()")
    announced(page, "Copied")
    assert "besloten groep" in page.evaluate("navigator.clipboard.readText()")


def test_the_usual_explanation_follows_category_and_language(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page)

    page.select_option("#category", "grooming")
    box = page.locator("#explanation")
    expect(box).to_have_value(re.compile(r"grooming"))
    page.select_option("#language", "nl")

    expect(box).to_have_value(re.compile(r"^Beoordeeld door het meldpunt als: Benaderen"))
    assert box.get_attribute("lang") == "nl"


@pytest.mark.parametrize(("language", "word"), [("nl", "Fout"), ("fr", "Erreur"), ("en", "Error")])
def test_what_is_missing_is_named_and_nothing_is_lost(
    site: Site, open_page: OpenPage, language: str, word: str
) -> None:
    page = opened(site, open_page, language=language)
    page.fill("#paste", sample())
    page.fill("#case_ref", "no good")

    page.click("[data-testid=save]")

    summary = page.locator("[data-testid=error-summary]")
    summary.wait_for()
    assert page.title().startswith(word)
    assert page.evaluate("document.activeElement.dataset.testid") == "error-summary"
    hrefs = [one.get_attribute("href") for one in summary.locator("a").all()]
    assert hrefs == ["#case_ref", "#category"]
    assert page.input_value("#case_ref") == "no good"
    assert page.locator("[data-testid=draft-back]").count() == 1
    assert violations(page) == []


def test_a_thousand_and_one_links_are_too_many(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)

    page.fill("#paste", "\n".join(f"{link()}x{n}" for n in range(1001)))

    page.locator(".recognised .error").wait_for()
    assert "1,000" in page.locator(".recognised .error").inner_text()


def test_a_whole_mailbox_may_be_pasted(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)
    text = "Lorem ipsum dolor sit amet. " * 20_000

    page.fill("#paste", text + link())

    announced(page, "1 link, 1 platform")


@pytest.mark.parametrize("language", Language)
def test_the_page_is_accessible_and_fits(site: Site, open_page: OpenPage, language: str) -> None:
    page = opened(site, open_page, language=language, width=320)

    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_the_page_works_before_anything_was_ever_logged(
    empty_site: Site, open_page: OpenPage
) -> None:
    page = open_page(empty_site, NEW)

    page.click("[data-testid=paste-sample]")

    assert page.locator(CARDS).count() == 3
    assert violations(page) == []


def test_the_demo_has_a_message_to_paste(site: Site, open_page: OpenPage) -> None:
    page = opened(site, open_page)

    page.click("[data-testid=paste-sample]")

    summary = page.locator(".recognised [data-announce]").inner_text()
    assert summary == "5 links, 3 platforms, 1 with a request already, 1 not recognised"


def test_case_and_category_come_with_the_address_or_by_a_word(
    site: Site, open_page: OpenPage
) -> None:
    page = opened(site, open_page, f"{NEW}?case_ref=CF-2026-7")

    page.focus("#category")
    page.keyboard.type("sextortion")

    assert page.input_value("#case_ref") == "CF-2026-7"
    assert page.input_value("#category") == "sexual_extortion_minor"
