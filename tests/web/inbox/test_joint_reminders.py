"""One reminder for all that wait on a platform: chased from the inbox or the platform's page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.kit.languages import Language
from app.notices import frozen, prepared
from app.takedowns import queries
from tests.proof.falsified import Record
from tests.web.conftest import OpenPage, Site
from tests.web.inbox.fresh_takedowns import fresh_takedowns
from tests.web.inbox.test_bulk import choose, kinds
from tests.web.inbox.test_reminders import UNTOUCHED, chase, tidy
from tests.web.page_checks import violations
from tests.web.shell.test_unsent_forms import end_sessions, sign_in_again

__all__ = ["tidy"]  # what another test left is out of the way

PAGE, CHASE = "/inbox/reminders", "/inbox/chase/instagram"
JOINT = "[data-testid=joint]"
IN_EACH = pytest.mark.parametrize("language", Language)


def reminder(site: Site, reference: str) -> Any:
    """The words of the one reminder of a request that stands as sent."""
    with site.parts.database.read() as unit:
        sent = frozen.sent_of(unit, queries.by_reference(unit, reference))
        [found] = [one.words for one in sent if one.row.purpose == "reminder"]
        return found


def to_be_sent(site: Site) -> set[str]:
    with site.parts.database.read() as unit:
        return {row.reference for row in prepared.waiting(unit)}


def held(page: Page) -> set[str]:
    """The requests that the joint reminders of a page are for."""
    found = page.locator(f"{JOINT} input[name=reference]")
    return {one.get_attribute("value") or "" for one in found.all()}


def copied(page: Page, field: str) -> str:
    """Copy a field, and return what is on the clipboard then."""
    button = page.locator(f"{JOINT} button[data-copy$='field={field}']")
    button.click()
    expect(page.locator("#flash-line")).to_contain_text(button.get_attribute("data-name") or "?")
    return str(page.evaluate("navigator.clipboard.readText()"))


def ten_are_prepared(site: Site, page: Page) -> list[str]:
    """Chase eight that wait and two that were not submitted; return the eight."""
    eight, drafts = fresh_takedowns(site, 8, hours_ago=30), fresh_takedowns(site, 2)
    page.goto("/inbox")
    choose(page, eight + drafts, "chase")
    expect(page.locator(".lead")).to_have_text("8 reminders will be prepared. 2 are skipped.")
    page.click("[data-testid=apply]")
    page.wait_for_url(f"**{PAGE}?**")
    assert held(page) == set(eight)
    assert page.locator("[data-testid=skipped] li").all_inner_texts() == [
        f"{reference} Record the submission first." for reference in drafts
    ]
    return eight


def test_ten_are_chased_in_one_go_and_undo_restores_the_eight(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site)
    eight = ten_are_prepared(site, page)
    assert [kinds(site, reference) for reference in eight] == [UNTOUCHED] * 8

    page.reload()
    letter = copied(page, "explanation")
    addresses = copied(page, "urls").split("\n")
    page.keyboard.press("m")
    page.keyboard.type("FU-1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{PAGE}?sent=*")

    assert all(reference in letter for reference in eight)
    assert "instagram.demo" not in letter
    assert (len(addresses), page.locator(JOINT).count()) == (5, 0)
    said = page.inner_text("[data-testid=recorded]")
    assert "Recorded as reminded: 8 requests." in said
    kept = [reminder(site, reference) for reference in eight]
    assert len({words["sha256"] for words in kept}) == 1
    assert "instagram.demo" not in kept[0]["body"]
    assert [kinds(site, one)[-1] for one in eight] == ["reminded"] * 8
    page.keyboard.press("z")
    page.wait_for_url(f"**{PAGE}?said=undone")
    assert held(page) == set(eight)
    assert Record(site.parts).faults() == []


def test_without_javascript_words_are_copied_by_hand_and_a_lost_session_loses_nothing(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, javascript=False)
    eight = ten_are_prepared(site, page)

    page.click("[data-testid=words]")
    shown = page.locator("#field-explanation").input_value()
    page.click("text=Back to the reminders")
    page.fill(f"{JOINT} [data-testid=ticket]", "FU-4")
    end_sessions(site.parts)
    page.click("[data-testid=mark-sent]")
    sign_in_again(page)

    assert "Your session had ended" in page.get_by_test_id("error-summary").inner_text()
    assert page.input_value(f"{JOINT} [data-testid=ticket]") == "FU-4"
    assert [kinds(site, reference) for reference in eight] == [UNTOUCHED] * 8
    page.click("[data-testid=mark-sent]")
    assert all(reference in shown for reference in eight)
    assert "Recorded as reminded: 8 requests." in page.inner_text("[data-testid=recorded]")
    page.click("[data-testid=undo]")
    assert to_be_sent(site) >= set(eight)


def test_the_platforms_page_leads_to_all_that_wait_and_tells_what_is_left_out(
    site: Site, open_page: OpenPage
) -> None:
    late, fresh = fresh_takedowns(site, 3, hours_ago=30), fresh_takedowns(site, 1, hours_ago=1)
    [draft] = fresh_takedowns(site, 1)
    [gone] = fresh_takedowns(site, 1, hours_ago=30, outcome="removed")
    page = open_page(site, "/platforms/instagram", role="manager")

    page.click("[data-testid=chase]")
    rows = {
        row.locator("th").inner_text(): row.locator("td").last.inner_text().strip()
        for row in page.locator("[data-testid=candidate]").all()
    }
    ticked = {
        box.get_attribute("value")
        for box in page.locator("[name=reference]").all()
        if box.is_checked()
    }
    page.uncheck(f"[value={late[2]}]")
    page.check(f"[value={fresh[0]}]")
    assert violations(page) == []
    page.click("[data-testid=apply]")
    page.wait_for_url(f"**{PAGE}?**")

    assert ticked >= set(late)
    assert not ticked & {*fresh, draft, gone}
    assert {one: rows[one] for one in (late[0], fresh[0], draft, gone)} == {
        late[0]: "A reminder to be sent",
        fresh[0]: "Left out: Not late yet",
        draft: "Left out: Record the submission first.",
        gone: "Left out: Next is “Check if gone”",
    }
    assert held(page) >= {late[0], late[1], fresh[0]}
    assert late[2] not in to_be_sent(site)


def test_who_chooses_none_is_told_so(site: Site, open_page: OpenPage) -> None:
    fresh_takedowns(site, 1, hours_ago=30)
    page = open_page(site, CHASE)
    for box in page.locator("[name=reference]:checked").all():
        box.uncheck()

    page.click("[data-testid=apply]")

    expect(page.get_by_test_id("error-summary")).to_contain_text("Choose at least one.")
    assert page.locator("[name=reference]:checked").count() == 0


def test_two_at_once_remind_nobody_twice_and_lose_nothing_typed(
    site: Site, open_page: OpenPage
) -> None:
    three = fresh_takedowns(site, 3, hours_ago=30)
    page = open_page(site)
    chase(page, three, from_inbox=False)
    other, third = open_page(site, PAGE, role="manager"), open_page(site, PAGE, role="manager")
    by_itself = page.locator("[data-testid=joint-row]", has_text=three[0])
    page.click(f"{JOINT} summary:has-text('The 3 requests')")
    by_itself.get_by_test_id("off").click()
    page.wait_for_url("**said=taken_off")
    page.click("[data-testid=mark-sent]")
    page.wait_for_url(f"**{PAGE}?sent=*")

    for late in (other, third):
        late.fill("[data-testid=ticket]", "FU-2")
        late.click("[data-testid=mark-sent]")

    assert other.locator("[data-testid=skipped] li").count() == 3
    assert [kinds(site, one)[2:] for one in three] == [[], ["reminded"], ["reminded"]]


def test_what_changed_since_the_page_was_shown_is_looked_at_again(
    site: Site, open_page: OpenPage
) -> None:
    three = fresh_takedowns(site, 3, hours_ago=30)
    page = open_page(site)
    chase(page, three, from_inbox=False)
    other = open_page(site, f"/takedowns/{three[0]}/notice?purpose=reminder", role="manager")
    other.fill("[data-testid=ticket]", "T-NEW")
    other.click("[data-testid=mark-submitted]")
    other.wait_for_url("**said=submitted**")

    page.fill("[data-testid=ticket]", "FU-3")
    page.click("[data-testid=mark-sent]")

    expect(page.get_by_test_id("error-summary")).to_contain_text("Somebody changed this")
    assert held(page) == set(three[1:])
    assert page.locator("[data-testid=ticket]").input_value() == "FU-3"
    assert [kinds(site, one)[2:] for one in three] == [["reminded"], [], []]
    page.check(f"{JOINT} input[name=no_ticket]")
    page.click("[data-testid=mark-sent]")
    expect(page.get_by_test_id("error-summary")).to_be_visible()
    page.uncheck(f"{JOINT} input[name=no_ticket]")
    page.click("[data-testid=mark-sent]")
    page.wait_for_url(f"**{PAGE}?sent=*")
    assert [kinds(site, one)[2:] for one in three] == [["reminded"]] * 3


@IN_EACH
def test_its_pages_are_accessible_in_each_language(
    site: Site, open_page: OpenPage, language: str
) -> None:
    two, apart = fresh_takedowns(site, 2, hours_ago=30), fresh_takedowns(site, 2)
    page = open_page(site, CHASE, language=language)
    assert violations(page) == []
    page.goto("/inbox")
    chase(page, two + apart, from_inbox=False)

    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("[data-testid=words]")
    assert violations(page) == []
