"""One takedown's page: stories told through it, by mouse and keyboard, with and without script."""

import re

import pytest
from playwright.sync_api import Page

from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.factories import (
    audit_entries,
    logged,
    record_event,
    submit,
    submitted,
    takedown_where,
    takedown_with,
    texts_of,
    timeline_of,
    url,
)
from tests.web.page_checks import announced, scrolls_sideways, violations

REMOVED = "Ticket 88-4471: we removed the content because it is illegal."
REFUSED = "Ticket 88-4471: this does not violate our Community Guidelines."
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False])


def opened(page: Page, action: str) -> None:
    page.click(f"#act-{action} > summary")


def record(page: Page, action: str) -> None:
    page.click(f"#act-{action} button.primary")


def log_reply(page: Page, text: str, javascript: bool) -> None:
    opened(page, "reply")
    page.fill("#reply-text", text)
    if not javascript:
        page.click("text=Propose from the text")
    page.locator("#reply-fields", has_text="Proposed: decision").wait_for()
    record(page, "reply")


def next_step(page: Page) -> str:
    return page.inner_text("#next").removeprefix("Next: ")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_said_removed_and_seen_live_is_to_be_chased(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}", javascript=javascript)

    log_reply(page, REMOVED, javascript)
    after_reply = next_step(page)
    opened(page, "check")
    page.check("[name=check-item-1][value=live]")
    record(page, "check")
    after_look = next_step(page)
    claim = page.inner_text("table.stack tbody tr")
    page.click(".next a.button")
    page.click("[data-testid=mark-submitted]")
    page.wait_for_url(f"**/takedowns/{reference}?**")

    assert [after_reply, after_look, next_step(page)] == [
        "Check if gone", "Chase platform", "Waiting on platform",
    ]  # fmt: skip

    assert "Removed" in claim
    assert "Still online" in claim
    assert "Removed according to the platform, still online" in claim
    assert [kind for kind, _ in timeline_of(site, reference)] == [
        "logged", "submitted", "decided", "seen", "reminded",
    ]  # fmt: skip
    assert timeline_of(site, reference)[2][1] == {
        "outcome": "removed", "ground": "law", "automated": "not_said", "scope": [],
    }  # fmt: skip
    assert texts_of(site, reference) == ["88-4471", f"TICKET-{reference}", REMOVED]
    assert timeline_of(site, reference)[3][1] == {"availability": "live", "vantage": "BE"}


@WITH_AND_WITHOUT
def test_a_refusal_names_the_ways_on_with_a_date_and_can_be_complained_about(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}", javascript=javascript)

    log_reply(page, REFUSED, javascript)
    ways = page.inner_text("section[aria-labelledby=contest]")
    step = next_step(page)
    page.click("section[aria-labelledby=contest] a.primary")
    page.fill("#complain-text", "It shows a minor.")
    record(page, "complain")

    assert step == "Decide next step"
    cited = re.findall(r"Article \d+(?= DSA)", ways)
    assert cited == ["Article 20", "Article 21", "Article 53", "Article 17"]
    assert "at least until 3 May 2027" in ways
    assert next_step(page) == "Waiting on platform"
    assert timeline_of(site, reference)[-1] == ("complained", {"to": "platform_complaint"})


def test_a_proposal_changes_nothing_and_leaves_the_focus_where_it_is(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}")

    page.keyboard.press("r")
    page.keyboard.insert_text(REFUSED)

    announced(page, "Proposed: decision, Refused. Check it, then record.")
    assert page.evaluate("document.activeElement.id") == "reply-text"
    assert page.input_value("#reply-outcome") == "refused"
    assert page.input_value("#reply-ticket_id") == "88-4471"
    assert violations(page) == []
    assert [kind for kind, _ in timeline_of(site, reference)] == ["logged", "submitted"]


@pytest.mark.parametrize(
    ("language", "receipt", "refusal"),
    [
        (
            "nl",
            "Bedankt voor uw melding. Uw dossiernummer is 88-4471.",
            "Dossier 88-4471: de inhoud is niet in strijd met onze richtlijnen.",
        ),
        (
            "fr",
            "Nous avons bien reçu votre signalement. Numéro de ticket : 88-4471.",
            "Ticket n° 88-4471 : ce contenu n’enfreint pas nos règles.",
        ),
        (
            "en",
            "Thank you for your report. Your ticket number is 88-4471.",
            "Case 88-4471: the content doesn’t go against our Community Standards.",
        ),
    ],
)
def test_receipt_and_refusal_are_proposed_in_each_language_and_recorded_by_a_person(
    site: Site, open_page: OpenPage, language: str, receipt: str, refusal: str
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}", language=language)

    proposed = []
    for text in (receipt, refusal):
        page.goto(f"/takedowns/{reference}?act=reply")
        page.fill("#reply-text", text)
        page.locator("#reply-fields [data-announce]").wait_for(state="attached")
        proposed.append(
            (
                page.locator("[name=reply-kind]:checked").input_value(),
                page.input_value("#reply-outcome"),
                page.input_value("#reply-ticket_id"),
            )
        )
    before = [kind for kind, _ in timeline_of(site, reference)]
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**?said=reply*")

    assert proposed == [("receipt_confirmed", "", "88-4471"), ("decided", "refused", "88-4471")]
    assert before == ["logged", "submitted"]
    assert timeline_of(site, reference)[-1][1]["outcome"] == "refused"


def test_a_check_is_recorded_by_keyboard_one_letter_a_location(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, url(), url(), url())
    page = open_page(site, f"/takedowns/{reference}")

    for key in ("v", "d", "l", "ArrowUp", "u", "d", "Control+Enter"):
        page.keyboard.press(key)

    announced(page, "What was seen is recorded.")
    assert timeline_of(site, reference)[2:] == [
        ("seen", {"availability": "gone", "vantage": "BE"}),
        ("seen", {"availability": "unknown", "vantage": "BE"}),
    ]
    states = page.locator("table.items tbody td:last-child .badge").all_inner_texts()
    assert [text.strip() for text in states] == ["Gone", "Waiting", "Gone"]


def test_after_an_action_the_page_says_so_and_offers_to_undo_all_of_it(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, url(), url())
    page = open_page(site, f"/takedowns/{reference}?act=check#act-check")

    page.check("[name=check-item-1][value=gone]")
    page.check("[name=check-item-2][value=live]")
    record(page, "check")

    undo = page.locator("form:has([data-testid=undo])")
    assert re.fullmatch(r"\d+,\d+", undo.locator("[name=events]").input_value())
    assert undo.locator("[name=back]").input_value() == f"/takedowns/{reference}"


def test_what_cannot_be_recorded_says_why_and_keeps_what_was_typed(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, hours_ago=2)
    page = open_page(site, f"/takedowns/{reference}")

    opened(page, "reply")
    page.fill("#reply-text", "We looked at it.")
    page.check("[name=reply-kind][value=decided]")
    page.fill("#reply-scope", "Belgium")
    record(page, "reply")
    unfit = page.locator("[data-testid=error-summary] a").all_inner_texts()
    focused = page.evaluate("document.activeElement.dataset.testid")
    title = page.title()
    page.select_option("#reply-outcome", "removed")
    page.fill("#reply-scope", "")
    page.fill("#reply-happened_at", "2026-11-03T09:00")
    record(page, "reply")

    assert unfit == ["Fill this in.", "Some signs in it are not allowed here."]
    assert focused == "error-summary"
    assert title == f"Error: {reference}"
    assert page.inner_text("[data-testid=error-summary] li") == "Record the submission first."
    assert page.input_value("#reply-text") == "We looked at it."
    assert page.input_value("#reply-outcome") == "removed"
    assert violations(page) == []


@WITH_AND_WITHOUT
def test_what_came_too_late_says_so_and_keeps_what_was_typed(
    site: Site, open_page: OpenPage, javascript: bool
) -> None:
    asked, sent = submitted(site), logged(site)
    record_event(site, asked, "information_requested", text="Which account?")
    page = open_page(site, f"/takedowns/{asked}?act=answer", javascript=javascript)

    page.fill("#answer-text", "The one in the notice. \U0001f9d2 \u0645\u0631\u062d\u0628\u0627")
    record_event(site, asked, "withdrawn", reason="Not ours.")
    record(page, "answer")
    refused = page.inner_text("[data-testid=error-summary] li")
    kept = page.input_value("#answer-text")
    page.goto(f"/takedowns/{sent}")
    page.fill("[data-testid=ticket]", "T-2")
    submit(site, sent)
    page.click("[data-testid=mark-submitted]")

    assert refused == "The request was withdrawn. Log a new one instead."
    assert kept == "The one in the notice. \U0001f9d2 \u0645\u0631\u062d\u0628\u0627"
    assert "submitted already" in page.inner_text("[data-testid=error-summary] li")
    assert page.input_value("[data-testid=ticket]") == "T-2"


def test_a_held_request_offers_its_release_and_nothing_a_platform_does(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/takedowns/{takedown_where(site, stage='held')}")

    offered = page.eval_on_selector_all("details.act", "all => all.map(one => one.id)")

    assert offered == [
        "act-check", "act-release", "act-note", "act-wait", "act-close", "act-withdraw",
    ]  # fmt: skip


def test_on_silence_there_is_no_dispute_body_to_go_to(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}?act=escalate")

    choices = page.eval_on_selector_all("#escalate-to option", "all => all.map(one => one.value)")

    assert choices == ["", "coordinator", "police", "inhope", "platform_contact"]


def test_a_question_is_answered_and_a_refusal_accepted(site: Site, open_page: OpenPage) -> None:
    asked = submitted(site)
    record_event(site, asked, "information_requested", text="Which account?")
    refused = submitted(site)
    record_event(site, refused, "decided", outcome="refused", ground="terms")
    page = open_page(site, f"/takedowns/{asked}")

    before = next_step(page)
    page.click("section.next a.button")
    page.fill("#answer-text", "The one named in the notice.")
    record(page, "answer")
    after = next_step(page)
    page.goto(f"/takedowns/{refused}?act=accept")
    page.fill("#accept-text", "Not illegal after all.")
    record(page, "accept")

    assert [before, after, next_step(page)] == ["Answer platform", "Waiting on platform", "Close"]


def test_some_locations_are_withdrawn_and_a_closed_request_is_opened_again(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, url(), url())
    page = open_page(site, f"/takedowns/{reference}?act=withdraw")

    page.uncheck("[name=withdraw-items][value='2']")
    record(page, "withdraw")
    states = page.locator("table.items tbody td:last-child .badge").all_inner_texts()
    aside = []
    for action in ("close", "reopen"):
        opened(page, action)
        record(page, action)
        aside.append(page.locator("#act-wait").count())

    assert [text.strip() for text in states] == ["Withdrawn", "Waiting"]
    assert [kind for kind, _ in timeline_of(site, reference)][2:] == [
        "withdrawn",
        "closed",
        "reopened",
    ]
    assert aside == [0, 1]


def test_who_does_something_to_a_request_has_it_and_another_may_take_it_over(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, hours_ago=50)
    theirs = open_page(site, f"/takedowns/{reference}", role="manager")
    mine = open_page(site, f"/takedowns/{reference}?act=note")
    looked = (mine.inner_text("div.meta"), theirs.inner_text("div.meta"))

    mine.fill("#note-text", "Called them.")
    record(mine, "note")
    theirs.reload()
    first = (mine.inner_text("div.meta"), theirs.inner_text("div.meta"))
    theirs.click("text=Take over")
    mine.reload()

    assert [" until " in text for text in looked] == [False, False]
    assert "With you until" in first[0]
    assert "With Analyst-01 until" in first[1]
    assert "With Analyst-02 until" in mine.inner_text("div.meta")
    assert [entry.action for entry in audit_entries(site, reference)] == ["taken_over"]
    theirs.click("text=Let go")
    assert theirs.url == f"{site.address}/inbox"


def test_a_request_is_put_aside_for_later_and_comes_back(site: Site, open_page: OpenPage) -> None:
    reference = submitted(site, hours_ago=50)
    page = open_page(site, f"/takedowns/{reference}")

    page.keyboard.press("w")
    page.fill("#wait-until", "2026-11-02T09:00")
    record(page, "wait")
    refused = page.inner_text("[data-testid=error-summary] li")
    page.fill("#wait-until", "2026-11-05T09:00")
    record(page, "wait")
    aside = page.inner_text("div.meta")
    mark = page.input_value("#flashes [name=events]")
    page.click("text=Back to the inbox now")

    assert refused == "Choose a moment to come, within a year."
    assert "Put aside until 5 Nov 2026 09:00" in aside
    assert mark == f"w.{reference}"
    assert "Put aside" not in page.inner_text("div.meta")


def test_what_was_recorded_is_undone_by_a_key_and_the_timeline_shows_both(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}?act=check")

    page.keyboard.press("d")
    page.keyboard.press("Control+Enter")
    page.locator(".flash").wait_for()
    page.keyboard.press("z")
    page.locator(".flash", has_text="Undone.").wait_for()

    assert [kind for kind, _ in timeline_of(site, reference)][2:] == ["seen", "corrected"]
    assert page.locator("[data-testid=timeline] .struck").count() == 1
    assert page.locator("table.stack .state-waiting").count() == 1


def test_what_was_just_recorded_can_still_be_undone_after_going_elsewhere(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}?act=note")

    offered = [page.locator("[data-testid=undo]").count()]
    page.fill("#note-text", "Called them.")
    page.keyboard.press("Control+Enter")
    page.locator(".flash").wait_for()
    offered.append(page.locator("[data-testid=undo]").count())
    page.goto("/inbox")
    page.goto(f"/takedowns/{reference}")
    offered.append(page.locator("[data-testid=timeline] [data-testid=undo]").count())
    page.keyboard.press("z")
    page.locator(".flash", has_text="Undone.").wait_for()
    offered.append(page.locator("[data-testid=undo]").count())

    assert offered == [0, 1, 1, 0]  # at first there is only what a colleague recorded
    assert [kind for kind, _ in timeline_of(site, reference)][2:] == ["noted", "corrected"]


def test_one_location_is_reported_again_and_marked_as_online_again(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site, url(), url())
    record_event(site, reference, "seen", availability="gone", vantage="BE")
    page = open_page(site, f"/takedowns/{reference}")

    page.click("details.more >> nth=1 >> summary")
    page.click("text=Mark as online again >> nth=1")
    back_online = page.locator("table.items tbody td:last-child .badge").all_inner_texts()
    page.click("details.more >> nth=1 >> summary")
    page.click("[data-testid=report-again] >> nth=1")

    assert [text.strip() for text in back_online] == ["Gone", "Came back"]
    assert reference not in page.url
    assert page.locator("table.stack tbody tr").count() == 1
    assert "T-1" in page.inner_text("div.meta")
    assert page.inner_text("#next") == "Next: Submit notice"


@pytest.mark.parametrize("language", Language)
def test_the_page_is_accessible_and_fits_a_narrow_screen(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(
        site, f"/takedowns/{takedown_with(site, 'complained')}", language=language, width=320
    )

    for panel in page.locator("details.act > summary").all():
        panel.click()

    assert page.get_attribute("html", "lang") == language
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_every_state_of_a_takedown_can_be_shown(site: Site, open_page: OpenPage) -> None:
    page = open_page(site)

    for stage in ("draft", "held", "submitted", "acknowledged", "decided", "closed", "withdrawn"):
        reference = takedown_where(site, stage=stage)
        answer = page.goto(f"/takedowns/{reference}")
        assert answer is not None
        assert answer.status == 200
        assert page.locator("[data-testid=timeline] > li time").count() > 0


def test_on_paper_the_page_is_a_case_sheet(site: Site, open_page: OpenPage) -> None:
    page = open_page(site, f"/takedowns/{takedown_with(site, 'complained')}")

    page.emulate_media(media="print")

    hidden = ("nav", "footer", "button", "details.act", "details.more", "section.acts")
    assert [part for part in hidden if page.locator(f"{part} >> visible=true").count()] == []
    assert page.locator("a[href*='/events/'] >> visible=true").count() == 0
    assert page.locator("[data-testid=timeline] >> visible=true").count() == 1
    assert page.locator("[data-testid=proof] code >> visible=true").count() > 2
