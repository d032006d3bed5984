"""The same for many rows, in two stages, and the way back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.takedowns import assignments, queries, snoozes
from app.takedowns.models import events
from tests.web.conftest import OpenPage, Site
from tests.web.inbox.fresh_takedowns import fresh_takedowns
from tests.web.page_checks import violations

ROWS = "[data-testid=bulk-row]"


def kinds(site: Site, reference: str) -> list[str]:
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        return [entry.event.kind for entry in queries.events_of(unit, [row.id])[row.id]]


def state(site: Site, reference: str) -> tuple[Any, ...]:
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        return row.stage, row.whose_turn, row.next_step, row.due_at


def choose(page: Page, chosen: list[str], action: str) -> None:
    """Tick rows of the inbox and ask for the preview."""
    for reference in chosen:
        page.check(f"input[name=reference][value={reference}]")
    page.select_option("#action", action)
    page.get_by_role("button", name="Preview").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_ten_are_seen_but_two_that_were_not_submitted_and_undo_restores_them(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    seen, drafts = fresh_takedowns(site, 8, hours_ago=30), fresh_takedowns(site, 2)
    before = {reference: state(site, reference) for reference in seen}
    page = open_page(site, javascript=javascript)

    choose(page, seen + drafts, "live")
    expect(page.locator(".lead")).to_have_text("8 requests will change. 2 are skipped.")
    assert [
        reference
        for reference in drafts
        if "Record the submission first." in page.locator(ROWS, has_text=reference).inner_text()
    ] == drafts
    assert {reference: state(site, reference) for reference in seen} == before
    page.click("[data-testid=apply]")

    expect(page.locator(ROWS, has_text="Done")).to_have_count(8)
    expect(page.locator(ROWS, has_text="Skipped")).to_have_count(2)
    assert [kinds(site, reference)[-1] for reference in seen] == ["seen"] * 8
    if javascript:
        assert violations(page) == []
        page.keyboard.press("z")
    else:
        page.click("[data-testid=undo]")
    expect(page.locator(".flash")).to_contain_text("Undone.")
    assert page.url.startswith(f"{site.address}/inbox?")
    assert {reference: state(site, reference) for reference in seen} == before
    assert [kinds(site, reference)[-2:] for reference in seen] == [["seen", "corrected"]] * 8


def test_a_note_is_asked_for_before_it_is_added(site: Site, open_page: OpenPage) -> None:
    chosen = fresh_takedowns(site, 2, hours_ago=5, outcome="removed")
    page = open_page(site)

    choose(page, chosen, "note")
    page.click("[data-testid=apply]")
    expect(page.get_by_test_id("error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert violations(page) == []
    page.fill("#text", "Called them.")
    page.click("[data-testid=apply]")

    expect(page.locator("h1")).to_have_text("Add a note")
    assert [kinds(site, reference)[-1] for reference in chosen] == ["noted", "noted"]
    assert "Called" not in page.url


def test_what_was_seen_gone_closes_and_is_open_again_when_undone(
    site: Site, open_page: OpenPage
) -> None:
    [chosen] = fresh_takedowns(site, 1, hours_ago=5, outcome="removed")
    before = state(site, chosen)
    page = open_page(site)

    choose(page, [chosen], "gone")
    page.click("[data-testid=apply]")

    expect(page.locator(ROWS)).to_contain_text("Done")
    assert state(site, chosen)[0] == "closed"
    page.click("[data-testid=undo]")
    assert state(site, chosen) == before


def test_rows_are_put_aside_until_a_moment_to_come(site: Site, open_page: OpenPage) -> None:
    [chosen] = fresh_takedowns(site, 1, hours_ago=5, outcome="refused")
    page = open_page(site)
    choose(page, [chosen], "wait")

    page.fill("#until", "2026-11-01T09:00")
    page.click("[data-testid=apply]")
    expect(page.get_by_test_id("error-summary")).to_contain_text("Choose a moment to come")
    page.fill("#until", "2026-11-20T09:00")
    page.click("[data-testid=apply]")

    expect(page.locator(ROWS)).to_contain_text("Done")
    page.goto("/inbox?turn=aside")
    expect(page.locator("[data-testid=inbox-row]")).to_contain_text(chosen)
    page.go_back()
    page.click("[data-testid=undo]")
    with site.parts.database.read() as unit:
        assert snoozes.of(unit, [queries.by_reference(unit, chosen).id]) == {}


def test_rows_are_given_to_a_colleague(site: Site, open_page: OpenPage) -> None:
    [chosen] = fresh_takedowns(site, 1, hours_ago=5, outcome="refused")
    page = open_page(site)
    choose(page, [chosen], "assign")

    page.select_option("#colleague", label="Analyst-02")
    page.click("[data-testid=apply]")

    expect(page.locator(ROWS)).to_contain_text("Done")
    with site.parts.database.read() as unit:
        takedown_id = queries.by_reference(unit, chosen).id
        assert assignments.of(unit, [takedown_id])[takedown_id].name == "Analyst-02"
    page.click("[data-testid=undo]")
    with site.parts.database.read() as unit:
        assert assignments.of(unit, [takedown_id]) == {}


def test_somebody_elses_entry_cannot_be_undone(site: Site, open_page: OpenPage) -> None:
    [chosen] = fresh_takedowns(site, 1, hours_ago=5, outcome="removed")
    page = open_page(site)
    choose(page, [chosen], "live")
    page.click("[data-testid=apply]")
    number = page.locator("input[name=events]").get_attribute("value")
    recorded = kinds(site, chosen)

    other = open_page(site, role="manager")
    undo(other, number or "")

    expect(other.locator(".flash")).to_contain_text("Somebody else recorded this.")
    assert kinds(site, chosen) == recorded
    undo(page, number or "")
    expect(page.locator(".flash")).to_contain_text("Undone.")
    undo(page, number or "")
    expect(page.locator(".flash")).to_contain_text("cannot be undone any more")


def test_what_is_over_ten_minutes_old_stays(site: Site, open_page: OpenPage) -> None:
    with site.parts.database.read() as unit:
        own = select(events.c.number).where(events.c.by == "Analyst-01").limit(1)
        number = unit.connection.scalar(own)
    page = open_page(site)

    undo(page, str(number))

    expect(page.locator(".flash")).to_contain_text("over ten minutes old")


def test_nothing_is_done_to_what_no_page_of_ours_sends(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)
    token = page.get_attribute("meta[name=csrf]", "content") or ""
    sent = [
        ("/inbox/bulk", {"action": "explode", "reference": "TD-222222"}),
        ("/inbox/bulk", {"action": "chase"}),
        ("/inbox/bulk", {"action": "chase", "reference": "zzz"}),
        ("/undo", {"events": "x;y"}),
    ]

    answers = [
        page.request.post(
            path, form=fields | {"csrf": token}, headers={"Origin": site.address}
        ).status
        for path, fields in sent
    ]

    assert answers == [400, 400, 400, 400]
    assert page.goto("/inbox/bulk/done?action=chase&told=x").status == 404  # type: ignore[union-attr]


def undo(page: Page, marks: str) -> None:
    """Send the form of an undo button as a page of ours does."""
    page.evaluate(
        """marks => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = "/undo";
            const csrf = document.querySelector("meta[name=csrf]").content;
            for (const [name, value] of [["csrf", csrf], ["events", marks], ["back", "/inbox"]]) {
                const field = document.createElement("input");
                field.name = name;
                field.value = value;
                form.append(field);
            }
            document.body.append(form);
            form.submit();
        }""",
        marks,
    )
    page.wait_for_url("**/inbox?said=*")


def test_rows_that_nothing_can_be_done_with_lead_back(site: Site, open_page: OpenPage) -> None:
    drafts = fresh_takedowns(site, 2)
    page = open_page(site)

    choose(page, drafts, "chase")

    expect(page.locator(".lead")).to_have_text("Nothing can be done with these now. 2 are skipped.")
    assert page.locator("[data-testid=apply]").count() == 0
    page.get_by_role("link", name="Back to the inbox").click()
    assert page.url == f"{site.address}/inbox"
