"""Facts of a draft: changed by one at a time, and nothing that was typed is lost."""

from tests.web.conftest import OpenPage, Site
from tests.web.factories import audit_entries, logged, submitted, timeline_of
from tests.web.page_checks import scrolls_sideways, violations


def test_facts_of_a_draft_are_changed_and_its_explanation_stays_hidden(
    site: Site, open_page: OpenPage
) -> None:
    reference = logged(site)
    page = open_page(site, f"/takedowns/{reference}", javascript=False)

    page.click("text=Change the facts")
    form = page.content()
    page.fill("#case_ref", "T-77")
    page.check("#urgent")
    page.click("main button.primary")

    assert "A fictional report." not in form
    assert page.url.endswith("said=facts")
    assert "T-77" in page.inner_text("div.meta")
    kind, data = timeline_of(site, reference)[-1]
    assert (kind, data["facts"]) == ("amended", {"case_ref": "T-77", "urgent": True})


def test_the_second_of_two_people_is_told_of_the_first_and_keeps_her_text(
    site: Site, open_page: OpenPage
) -> None:
    reference = logged(site)
    first = open_page(site, f"/takedowns/{reference}/facts", role="manager")
    second = open_page(site, f"/takedowns/{reference}/facts")

    first.fill("#case_ref", "T-FIRST")
    first.click("main button.primary")
    second.fill("#explanation", "What the second wrote.")
    second.fill("#case_ref", "T-SECOND")
    second.click("main button.primary")
    conflict = second.inner_text("[data-testid=conflict]")
    kept = (second.input_value("#explanation"), second.input_value("#case_ref"))
    found = violations(second)
    title = second.title()
    second.click("main button.primary")

    assert "Analyst-02 changed this" in conflict
    assert "T-FIRST" in conflict
    assert title == "Error: Change the facts"
    assert kept == ("What the second wrote.", "T-SECOND")
    assert found == []
    assert timeline_of(site, reference)[-1][1]["facts"] == {"case_ref": "T-SECOND"}


def test_the_explanation_is_shown_on_request_with_what_was_typed_so_far(
    site: Site, open_page: OpenPage
) -> None:
    reference = logged(site)
    page = open_page(site, f"/takedowns/{reference}/facts", width=320)

    page.fill("#case_ref", "T-5")
    page.click("[data-testid=reveal]")

    assert page.input_value("#explanation") == "A fictional report."
    assert page.input_value("#case_ref") == "T-5"
    assert [entry.action for entry in audit_entries(site, reference)] == ["revealed"]
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_after_submission_facts_no_longer_change_here(site: Site, open_page: OpenPage) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}")

    offered = page.locator("text=Change the facts").count()
    page.goto(f"/takedowns/{reference}/facts")
    page.fill("#case_ref", "T-8")
    page.click("main button.primary")

    assert offered == 0
    assert page.inner_text("[data-testid=error-summary] li").startswith(
        "The notice was submitted already"
    )
