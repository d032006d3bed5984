"""Entries that were wrong: what stands instead is recorded, what stood stays to be seen."""

from datetime import timedelta

import pytest

from tests.web.conftest import OpenPage, Site
from tests.web.factories import logged, record_event, submit, submitted, timeline_of, url
from tests.web.page_checks import violations

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False])


@WITH_AND_WITHOUT
def test_a_corrected_entry_is_struck_through_and_names_what_replaced_it(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    reference = submitted(site)
    number = record_event(
        site, reference, "decided", outcome="removed", ground="law", reason="Gone."
    )
    page = open_page(site, f"/takedowns/{reference}", javascript=javascript)

    page.click(f"#event-{number} >> text=Correct")
    form = page.content()
    page.select_option("#outcome", "refused")
    page.fill("#why", "Clicked wrongly.")
    page.click("main button.primary")

    struck = page.inner_text(f"#event-{number}")
    assert "Gone." not in form
    assert page.locator(f"#event-{number} .struck").count() == 1
    assert f"Replaced by entry {number + 1}" in struck
    assert f"Entry {number} corrected" in page.inner_text(f"#event-{number + 1}")
    assert page.inner_text("#next") == "Next: Decide next step"
    kind, data = timeline_of(site, reference)[-1]
    assert kind == "corrected"
    assert data["replacement"]["outcome"] == "refused"


def test_an_untouched_moment_keeps_its_seconds(site: Site, open_page: OpenPage) -> None:
    reference = submitted(site)
    number = record_event(site, reference, "seen", availability="gone", vantage="BE")
    page = open_page(site, f"/takedowns/{reference}/events/{number}")

    page.select_option("#availability", "live")
    page.fill("#why", "Clicked wrongly.")
    page.click("main button.primary")

    times = page.eval_on_selector_all(
        f"#event-{number} > p:first-child time, #event-{number + 1} > p:first-child time",
        "all => all.map(one => one.dateTime)",
    )
    assert len(times) == 2
    assert times[0] == times[1]


def test_where_it_was_seen_from_is_understood_in_any_case(site: Site, open_page: OpenPage) -> None:
    reference = submitted(site)
    number = record_event(site, reference, "seen", availability="gone", vantage="BE")
    page = open_page(site, f"/takedowns/{reference}/events/{number}")

    page.fill("#vantage", "nl")
    page.fill("#why", "It was seen from Maastricht.")
    page.click("main button.primary")

    kind, data = timeline_of(site, reference)[-1]
    assert kind == "corrected"
    assert data["replacement"]["vantage"] == "NL"


def test_an_entry_that_never_happened_is_taken_back(site: Site, open_page: OpenPage) -> None:
    reference = submitted(site)
    number = record_event(site, reference, "decided", outcome="removed")
    page = open_page(site, f"/takedowns/{reference}/events/{number}")

    page.fill("#why", "It was another request.")
    page.click("button.danger")

    assert timeline_of(site, reference)[-1] == (
        "corrected",
        {"kind": "decided", "replacement": None},
    )
    assert f"Entry {number} taken back" in page.inner_text("[data-testid=timeline]")
    assert page.locator("table.stack .state-waiting").count() == 1


def test_a_correction_that_would_be_impossible_says_why_at_the_field(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, url(), url())
    number = record_event(site, reference, "decided", outcome="removed", items=[1])
    page = open_page(site, f"/takedowns/{reference}/events/{number}")

    page.fill("#scope", "Belgium")
    page.fill("#why", "Clicked wrongly.")
    page.click("main button.primary")
    unfit = page.get_attribute("[data-testid=error-summary] a", "href")
    kept = page.input_value("#scope")
    page.fill("#scope", "")
    page.fill("#happened_at", "2026-11-01T08:00")
    page.click("main button.primary")

    assert (unfit, kept) == ("#scope", "Belgium")
    assert page.inner_text("[data-testid=error-summary] li") == "Record the submission first."
    assert violations(page) == []


def test_the_logged_facts_and_the_ticket_can_be_corrected_after_submission(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}")

    page.click("[data-testid=timeline] li:has(strong:text-is('Logged')) >> text=Correct")
    on_first = page.locator("button.danger").count()
    page.fill("#case_ref", "T-99")
    page.select_option("#person_is_minor", "true")
    page.fill("#why", "The age is known now.")
    page.click("main button.primary")
    page.click("[data-testid=timeline] li.by-us:has-text('Notice submitted') >> text=Correct")
    page.fill("#ticket_id", "OTHER-7")
    page.fill("#why", "Copied the wrong one.")
    page.click("main button.primary")

    assert on_first == 0
    meta = page.inner_text("div.meta")
    assert "T-99" in meta
    assert "OTHER-7" in meta
    assert f"TICKET-{reference}" not in meta


@WITH_AND_WITHOUT
@pytest.mark.parametrize("button", ["button.primary", "button.danger"])
def test_a_correction_says_why_and_the_timeline_shows_it_to_who_asks(
    site: Site, open_page: OpenPage, javascript: bool, button: str
) -> None:
    reference = submitted(site)
    number = record_event(site, reference, "decided", outcome="removed", reason="Gone, they wrote.")
    page = open_page(site, f"/takedowns/{reference}/events/{number}", javascript=javascript)

    page.select_option("#outcome", "refused")
    page.click(f"main {button}")
    asked = page.get_attribute("[data-testid=error-summary] a", "href")
    kept = page.input_value("#outcome")
    before = timeline_of(site, reference)
    page.fill("#why", "Read in a hurry.")
    page.click(f"main {button}")
    hidden = page.content()
    page.click("[data-testid=reveal-texts]")

    assert (asked, kept) == ("#why", "refused")
    assert [kind for kind, _ in before] == ["logged", "submitted", "decided"]
    assert timeline_of(site, reference)[-1][0] == "corrected"
    assert "Read in a hurry." not in hidden
    shown = page.inner_text(f"#event-{number + 1}")
    assert "Corrected because: Read in a hurry." in shown
    assert not javascript or violations(page) == []


@WITH_AND_WITHOUT
def test_a_correction_that_changes_nothing_is_refused_and_nothing_is_recorded(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    reference = submitted(site, url(), url())
    number = record_event(site, reference, "decided", outcome="removed", reason="Gone.")
    page = open_page(site, f"/takedowns/{reference}/events/{number}", javascript=javascript)
    before = timeline_of(site, reference)

    page.fill("#why", "To be sure.")
    form = page.content()
    page.click("main button.primary")

    assert "Gone." not in form + page.content()
    assert page.inner_text("[data-testid=error-summary] li") == (
        "This is what is recorded already. Change what was wrong, or cancel."
    )
    assert page.input_value("#why") == "To be sure."
    assert timeline_of(site, reference) == before
    page.uncheck("[name=items][value='2']")
    page.click("main button.primary")
    assert timeline_of(site, reference)[-1][0] == "corrected"


def test_what_the_page_shows_without_seconds_stays_as_it_was(
    site: Site, open_page: OpenPage
) -> None:
    moments = {
        "reported_at": site.parts.clock() - timedelta(hours=3, seconds=7),
        "deadline_at": site.parts.clock() + timedelta(hours=9, seconds=7),
    }
    reference = logged(site, **moments)
    submit(site, reference)
    [facts] = [data["facts"] for kind, data in timeline_of(site, reference) if kind == "logged"]
    page = open_page(site, f"/takedowns/{reference}")
    page.click("[data-testid=timeline] li:has(strong:text-is('Logged')) >> text=Correct")

    page.check("#urgent")
    page.fill("#why", "It was urgent.")
    page.click("main button.primary")

    assert timeline_of(site, reference)[-1][1]["replacement"]["facts"] == facts | {"urgent": True}
