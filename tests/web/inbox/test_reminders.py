"""Chasing many: reminders are prepared, each is sent by a person, and only that is recorded."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Row, select, update

from app.kit.database import Unit
from app.kit.languages import Language
from app.notices import frozen, prepared, submission
from app.notices.filling import Workspace
from app.notices.submission import Sending
from app.takedowns import queries, snoozes
from app.takedowns.models import takedowns
from app.takedowns.timeline import Actor
from tests.proof.falsified import Record
from tests.web.conftest import OpenPage, Site
from tests.web.inbox.fresh_takedowns import fresh_takedowns
from tests.web.inbox.test_bulk import choose, kinds, state
from tests.web.notices.cards import unfolded
from tests.web.page_checks import violations

PAGE = "/inbox/reminders"
CARD = "section[data-notice]"
SEND = "[data-testid=mark-submitted]"
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False])
IN_EACH = pytest.mark.parametrize("language", Language)
UNTOUCHED = ["logged", "submitted"]


@pytest.fixture(autouse=True)
def tidy(site: Site) -> None:
    """The tests of a module share their site: what another left is out of the way of this one."""
    with site.parts.database.write() as unit:
        until = unit.clock() + timedelta(days=30)
        for row in unit.connection.execute(
            select(takedowns).where(takedowns.c.case_ref.startswith("FRESH-"))
        ).all():
            prepared.take_off(unit, row)
            snoozes.put_aside(unit, row.id, 1, until=until)


def chase(page: Page, chosen: list[str], *, from_inbox: bool = True) -> None:
    """Choose rows, look at what would happen, and prepare their reminders."""
    if from_inbox:
        page.goto("/inbox")
    for reference in chosen:
        page.check(f"input[name=reference][value={reference}]")
    page.select_option("#action", "chase")
    page.click(".toolbar button.primary")
    page.click("[data-testid=apply]")
    page.wait_for_url(f"**{PAGE}?**")


def card(page: Page, reference: str) -> Any:
    return page.locator(CARD, has_text=reference)


def listed(page: Page) -> set[str]:
    """The requests whose reminders the page offers to send."""
    return set(page.locator(f"{CARD} summary .mono").all_inner_texts())


def send(page: Page, reference: str) -> None:
    """Mark one as sent, as a person does who has filled in the platform's form."""
    unfolded(card(page, reference)).locator(SEND).click()
    page.wait_for_url(f"**{PAGE}?said=submitted&undo=*")


def sent(site: Site, reference: str) -> list[tuple[int, str]]:
    """The notices of a request that stand as sent."""
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        return [(one.row.number, one.row.purpose) for one in frozen.sent_of(unit, row)]


def ten_are_prepared(
    site: Site, open_page: OpenPage, *, javascript: bool
) -> tuple[Page, list[str]]:
    """The promise: chasing ten leads to ten to be sent, and nothing is recorded of any."""
    ten = fresh_takedowns(site, 10, hours_ago=30, apart=True)
    before = {reference: state(site, reference) for reference in ten}
    page = open_page(site, javascript=javascript)

    choose(page, ten, "chase")
    expect(page.locator(".lead")).to_have_text("10 reminders will be prepared.")
    page.click("[data-testid=apply]")
    page.wait_for_url(f"**{PAGE}?**")

    assert page.inner_text("h1") == "Reminders to be sent (10)"
    assert listed(page) == set(ten)
    assert [kinds(site, reference) for reference in ten] == [UNTOUCHED] * 10
    assert {reference: state(site, reference) for reference in ten} == before
    return page, ten


@pytest.mark.parametrize("javascript", [True, False])
def test_ten_chased_are_ten_to_be_sent_and_what_was_sent_and_undone_is_what_the_record_says(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    page, ten = ten_are_prepared(site, open_page, javascript=javascript)
    undone, left = ten[4], ten[9]

    for reference in ten[:9]:
        send(page, reference)
        if reference == undone:
            page.click("[data-testid=undo]")
            page.wait_for_url(f"**{PAGE}?said=undone")

    assert listed(page) == {undone, left}
    expected = [[*UNTOUCHED, "reminded"]] * 10
    expected[4], expected[9] = [*UNTOUCHED, "reminded", "corrected"], UNTOUCHED
    assert [kinds(site, reference) for reference in ten] == expected
    first, reminder = (1, "first"), (2, "reminder")
    assert [sent(site, one) for one in ten] == [
        [first] if one in (undone, left) else [first, reminder] for one in ten
    ]
    assert {one: state(site, one)[1:3] for one in ten} == {
        one: ("us", "chase") if one in (undone, left) else ("platform", "wait") for one in ten
    }
    assert Record(site.parts).faults() == []


def recording(unit: Unit, workspace: Workspace, row: Row[Any]) -> None:
    """Broken: what is only prepared is recorded as sent."""
    by = Actor("Analyst-01", "person")
    submission.send_further(
        unit, workspace, row, purpose="reminder", sending=Sending(), reason=None, by=by
    )
    prepared.mark(unit, row)


def losing(unit: Unit, workspace: Workspace, row: Row[Any]) -> None:
    """Broken: what is prepared is nowhere to be found."""


@pytest.mark.parametrize("broken", [recording, losing], ids=lambda broken: broken.__name__)
def test_a_frontend_that_records_or_loses_what_it_prepares_is_found(
    site: Site, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, broken: Any
) -> None:
    monkeypatch.setattr(prepared, "prepare", broken)

    with pytest.raises(AssertionError):
        ten_are_prepared(site, open_page, javascript=False)


@WITH_AND_WITHOUT
def test_what_is_left_unsent_is_found_again_and_says_so_in_the_inbox(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    one, other, draft = (
        *fresh_takedowns(site, 2, hours_ago=30, apart=True),
        *fresh_takedowns(site, 1),
    )
    page = open_page(site, javascript=javascript)
    chase(page, [one, other, draft], from_inbox=False)
    skipped = page.inner_text("[data-testid=skipped] li")
    page.click(".head .end a")

    banner = page.inner_text("[data-testid=prepared]")
    rows = page.locator("[data-testid=inbox-row]", has_text="Reminder prepared")
    marked = set(rows.locator("td.mono").all_inner_texts())
    page.goto(f"/takedowns/{other}")
    there = page.inner_text(".next")
    page.click(".next a.button")
    page.click(SEND)
    page.wait_for_url(f"**/takedowns/{other}?**")
    page.goto("/inbox")
    page.click("text=Send them")

    assert skipped == f"{draft} Record the submission first."
    assert "2 reminders are prepared and not sent yet." in banner
    assert marked == {one, other}
    assert "Chase platform" in there
    assert "A reminder is prepared and not sent yet." in there
    assert kinds(site, other)[-1] == "reminded"
    assert (listed(page), kinds(site, one)) == ({one}, UNTOUCHED)


@WITH_AND_WITHOUT
def test_what_need_not_be_sent_is_taken_off_and_what_was_prepared_is_undone(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    three = fresh_takedowns(site, 3, hours_ago=30, apart=True)
    page = open_page(site, javascript=javascript)
    chase(page, three[:2], from_inbox=False)

    card(page, three[0]).get_by_test_id("off").click()
    page.wait_for_url("**said=taken_off")
    after_off = listed(page)
    chase(page, three[2:])
    page.click("[data-testid=undo]")
    page.wait_for_url("**/inbox?said=undone")
    page.goto(PAGE)

    assert after_off == {three[1]}
    assert listed(page) == {three[1]}
    assert [kinds(site, reference) for reference in three] == [UNTOUCHED] * 3


def test_one_that_is_prepared_already_is_skipped_and_the_list_is_at_hand(
    site: Site, open_page: OpenPage
) -> None:
    one, other = fresh_takedowns(site, 2, hours_ago=30, apart=True)
    page = open_page(site)
    chase(page, [one], from_inbox=False)
    page.goto("/inbox")

    choose(page, [one, other], "chase")
    lead = page.inner_text(".lead")
    row = page.locator("[data-testid=bulk-row]", has_text=one).inner_text()
    page.click("text=1 reminder to be sent")

    assert lead == "1 reminder will be prepared. 1 is skipped."
    assert "Its reminder is prepared already: it waits to be sent." in row
    assert listed(page) == {one}


def test_copying_goes_by_the_card_one_is_at(site: Site, open_page: OpenPage) -> None:
    references = fresh_takedowns(site, 2, hours_ago=30, apart=True)
    page = open_page(site)
    chase(page, references, from_inbox=False)
    first, second = (page.locator(CARD).nth(number) for number in range(2))

    page.keyboard.press("y")
    expect(first.locator("[data-count]")).to_contain_text("1/")
    second.locator("summary").first.focus()
    page.keyboard.press("y")

    expect(second.locator("[data-count]")).to_contain_text("1/")
    expect(first.locator("[data-count]")).to_contain_text("1/")


def test_words_written_for_a_reminder_are_what_goes_out_and_are_back_after_undo(
    site: Site, open_page: OpenPage
) -> None:
    [reference] = fresh_takedowns(site, 1, hours_ago=30)
    page = open_page(site)
    chase(page, [reference], from_inbox=False)

    page.click("details summary:has-text('Change channel')")
    page.click("[data-testid=edit]")
    page.fill("[name=field-explanation]", "We wrote to you yesterday.")
    page.click("main button.primary")
    page.wait_for_url(f"**{PAGE}?said=words")
    send(page, reference)
    page.click("[data-testid=undo]")
    page.wait_for_url(f"**{PAGE}?said=undone")

    assert "changed by us" in card(page, reference).inner_text()
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        kept = frozen.one_of(unit, row, 2)
    assert "We wrote to you yesterday." in kept.words["body"]
    assert not kept.was_sent


def test_a_notice_taken_back_says_on_its_page_that_it_did_not_go_out(
    site: Site, open_page: OpenPage
) -> None:
    [reference] = fresh_takedowns(site, 1, hours_ago=30)
    page = open_page(site)
    chase(page, [reference], from_inbox=False)
    send(page, reference)
    page.goto(f"/takedowns/{reference}")
    listed_before = page.locator("section:has(#notices) li").count()

    page.click("[data-testid=undo]")
    page.wait_for_url("**said=undone")
    listed_after = page.locator("section:has(#notices) li").count()
    struck = page.locator("[data-testid=timeline] .struck").count()
    page.click("text=As it was frozen, not sent")

    assert (listed_before, listed_after, struck) == (2, 1, 1)
    assert "This did not go out" in page.inner_text("[data-testid=taken-back]")
    assert violations(page) == []


def test_what_no_channel_takes_any_more_says_so_and_can_be_taken_off(
    site: Site, open_page: OpenPage
) -> None:
    [reference] = fresh_takedowns(site, 1, hours_ago=30)
    page = open_page(site)
    chase(page, [reference], from_inbox=False)
    of_it = takedowns.c.reference == reference
    with site.parts.database.write() as unit:
        before = queries.by_reference(unit, reference).channel
        unit.connection.execute(update(takedowns).where(of_it).values(channel="gone"))

    page.goto(PAGE)
    said = page.inner_text(".notices .error")
    page.get_by_test_id("off").click()
    page.wait_for_url("**said=taken_off")

    assert said.strip() == "This channel does not take this category. Choose another one."
    assert page.inner_text(".empty p") == "No reminder waits to be sent."
    with site.parts.database.write() as unit:
        unit.connection.execute(update(takedowns).where(of_it).values(channel=before))


def test_many_are_shown_some_at_a_time_those_of_a_platform_together(
    site: Site, open_page: OpenPage
) -> None:
    many = fresh_takedowns(site, 24, hours_ago=30, apart=True)
    with site.parts.database.write() as unit:
        for reference in many:
            prepared.mark(unit, queries.by_reference(unit, reference))
    page = open_page(site, PAGE)

    first, later = listed(page), set(page.locator("section:has(#later) a").all_inner_texts())
    page.click("[rel=next]")

    assert (len(first), len(later), len(listed(page))) == (20, 1, 3)
    assert first | later | listed(page) == set(many)
    assert page.inner_text("h1") == "Reminders to be sent (24)"


@IN_EACH
def test_the_list_is_accessible_and_works_in_each_language(
    site: Site, open_page: OpenPage, language: str
) -> None:
    one, other, draft = (
        *fresh_takedowns(site, 2, hours_ago=30, apart=True),
        *fresh_takedowns(site, 1),
    )
    page = open_page(site, language=language)
    chase(page, [one, other, draft], from_inbox=False)
    assert violations(page) == []

    send(page, one)
    assert violations(page) == []
    page.keyboard.press("z")
    page.wait_for_url(f"**{PAGE}?said=undone")
    page.goto("/inbox")
    assert violations(page) == []
    page.goto(f"/takedowns/{one}")
    assert violations(page) == []

    assert kinds(site, one) == [*UNTOUCHED, "reminded", "corrected"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
