"""A reply of each kind, pasted on a takedown's page in Dutch, French and English."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from app.kit.languages import Language
from tests.web.conftest import OpenPage, Site
from tests.web.factories import submitted, texts_of, timeline_of, url
from tests.web.page_checks import scrolls_sideways, violations

IN_EACH = pytest.mark.parametrize("language", Language)


class Read(NamedTuple):
    """What the form proposes: kind, outcome, countries, and which of two locations are ticked."""

    kind: str
    outcome: str = ""
    scope: str = ""
    ticked: tuple[bool, bool] = (True, True)


QUOTED = {
    "nl": "We hebben uw melding ontvangen.\n\nOp ma 2 mrt 2026 om 10:15 schreef Zz Meldpunt:\n"
    "> De vorige video werd verwijderd.",
    "fr": "Nous avons bien reçu votre signalement.\n\nLe lun. 2 mars 2026 à 10:15, Zz a écrit :\n"
    "> La vidéo précédente a été supprimée.",
    "en": "We received your report.\n\nOn Mon, 2 Mar 2026 at 10:15, Zz Meldpunt wrote:\n"
    "> The earlier video was removed.",
}
REPLIES: dict[str, tuple[dict[str, str], Read]] = {
    "a receipt above a quotation": (QUOTED, Read("receipt_confirmed")),
    "a question": (
        {
            "nl": "Welk account bedoelt u precies?",
            "fr": "De quel compte s'agit-il ?",
            "en": "Which account do you mean?",
        },
        Read("information_requested"),
    ),
    "a removal": (
        {
            "nl": "De inhoud schendt onze richtlijnen en is niet langer beschikbaar.",
            "fr": "Ce contenu enfreint nos règles et n'est plus disponible.",
            "en": "The content violates our rules and is no longer available.",
        },
        Read("decided", "removed"),
    ),
    "a refusal": (
        {
            "nl": "De inhoud werd niet verwijderd: er is geen inbreuk op onze regels.",
            "fr": "Le contenu n'a pas été supprimé : il n'enfreint pas nos règles.",
            "en": "The content was not removed: it does not violate our rules.",
        },
        Read("decided", "refused"),
    ),
    "a restriction in two countries": (
        {
            "nl": "De video is in België en Nederland niet meer beschikbaar.",
            "fr": "La vidéo n'est plus disponible en Belgique et aux Pays-Bas.",
            "en": "The video is no longer available in Belgium and the Netherlands.",
        },
        Read("decided", "geo_restricted", "BE, NL"),
    ),
    "a decision about one of two": (
        {
            "nl": "We hebben één van de twee berichten verwijderd.",
            "fr": "Nous avons supprimé une des deux publications.",
            "en": "We have removed one of the two posts.",
        },
        Read("decided", "removed", ticked=(False, False)),
    ),
    "a closed account": (
        {
            "nl": "Het account werd definitief gesloten.",
            "fr": "Le compte a été fermé définitivement.",
            "en": "The account has been permanently banned.",
        },
        Read("decided", "account_terminated"),
    ),
    "a mail that came back": (
        {
            "nl": "Uw bericht kon niet worden bezorgd en is verwijderd.",
            "fr": "Votre message n'a pas pu être remis et a été supprimé.",
            "en": "Undelivered Mail Returned to Sender: the message was removed from the queue.",
        },
        Read("noted"),
    ),
    "an absence": (
        {
            "nl": "Ik ben met verlof tot 9 maart.",
            "fr": "Je suis absent du bureau jusqu'au 9 mars.",
            "en": "I am out of the office until 9 March.",
        },
        Read("noted"),
    ),
}
KINDS = pytest.mark.parametrize("kind", REPLIES)


def pasted(page: Page, reference: str, text: str) -> Read:
    page.goto(f"/takedowns/{reference}?act=reply")
    page.fill("#reply-text", text)
    page.locator("[data-testid=proposal]").wait_for()
    ticks = page.locator("[name=reply-items]")
    first, second = [one.is_checked() for one in ticks.all()] or [True, True]
    kind = page.locator("[name=reply-kind]:checked").input_value()
    outcome, scope = (page.input_value(f"#reply-{name}") for name in ("outcome", "scope"))
    return Read(kind, outcome, scope, (first, second))


@IN_EACH
@KINDS
def test_a_reply_proposes_what_it_is_and_records_nothing(
    site: Site, open_page: OpenPage, kind: str, language: str
) -> None:
    reference = submitted(site, url(), url())
    texts, expected = REPLIES[kind]
    page = open_page(site, f"/takedowns/{reference}", language=language)

    read = pasted(page, reference, texts[language])

    assert read == expected
    assert [kind for kind, _ in timeline_of(site, reference)] == ["logged", "submitted"]
    assert violations(page) == []


@IN_EACH
def test_a_decision_about_some_asks_which_and_is_recorded_about_those(
    site: Site, open_page: OpenPage, language: str
) -> None:
    reference = submitted(site, url(), url())
    page = open_page(site, f"/takedowns/{reference}", language=language)

    pasted(page, reference, REPLIES["a decision about one of two"][0][language])
    page.click("#act-reply button.primary")
    asked = page.locator("[data-testid=error-summary] a").get_attribute("href")
    kept = page.input_value("#reply-text")
    page.check("[name=reply-items][value='2']")
    page.click("#act-reply button.primary")
    page.wait_for_url("**?said=reply*")

    assert asked == "#reply-items"
    assert kept == REPLIES["a decision about one of two"][0][language]
    says = page.locator("table.stack tbody td:nth-of-type(1)").all_inner_texts()
    assert [bool(text.strip("– \n")) for text in says] == [False, True]


@IN_EACH
def test_after_a_question_it_is_our_turn(site: Site, open_page: OpenPage, language: str) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}", language=language)

    pasted(page, reference, REPLIES["a question"][0][language])
    page.click("#act-reply button.primary")
    page.wait_for_url("**?said=reply*")

    assert page.locator(".meta .turn-us").count() == 1
    assert page.locator("section.next a.button[href*=answer]").count() == 1


def test_a_question_says_why_the_notice_was_sent_back_and_a_correction_keeps_it(
    site: Site, open_page: OpenPage
) -> None:
    reference = submitted(site)
    page = open_page(site, f"/takedowns/{reference}")

    pasted(page, reference, REPLIES["a question"][0]["en"])
    page.select_option("#reply-returned_as", "insufficient")
    page.click("#act-reply button.primary")
    page.wait_for_url("**?said=reply*")
    told = page.inner_text("[data-testid=timeline] li:first-child")
    page.click("[data-testid=timeline] li:first-child a:has-text('Correct')")
    standing = page.input_value("#returned_as")
    page.fill("[name=text]", "Which account?")
    page.fill("#why", "Quoted wrongly.")
    page.click("main button.primary")
    page.wait_for_url("**?said=correct*")

    assert "Too little information" in told
    assert standing == "insufficient"
    assert timeline_of(site, reference)[-1][1]["replacement"]["returned_as"] == "insufficient"


def test_why_a_notice_was_sent_back_is_asked_of_questions_and_decisions_alone(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, f"/takedowns/{submitted(site)}?act=reply")
    asked = {}

    for kind in ("receipt_confirmed", "information_requested", "decided", "noted"):
        page.check(f"[name=reply-kind][value={kind}]")
        asked[kind] = page.locator("#reply-returned_as").is_visible()

    assert asked == {
        "receipt_confirmed": False,
        "information_requested": True,
        "decided": True,
        "noted": False,
    }


@IN_EACH
def test_a_mail_that_came_back_is_kept_as_a_note_and_the_submission_can_be_taken_back(
    site: Site, open_page: OpenPage, language: str
) -> None:
    reference = submitted(site)
    text = REPLIES["a mail that came back"][0][language]
    page = open_page(site, f"/takedowns/{reference}", language=language)

    pasted(page, reference, text)
    way_on = page.locator("#reply-fields a[href*='/events/']")
    expect(way_on).to_be_visible()
    where = way_on.get_attribute("href")
    hidden = [page.locator(f"#reply-{name}").is_visible() for name in ("outcome", "ticket_id")]
    page.click("#act-reply button.primary")
    page.wait_for_url("**?said=note*")
    page.goto(where or "")
    page.fill("[name=why]", "The mail came back.")
    page.click("button[name=void]")
    page.wait_for_url("**?said=correct*")

    assert hidden == [False, False]
    assert text in texts_of(site, reference)
    assert [kind for kind, _ in timeline_of(site, reference)] == [
        "logged", "submitted", "noted", "corrected",
    ]  # fmt: skip
    assert page.locator("[data-testid=mark-submitted]").count() == 1


@IN_EACH
def test_of_a_part_of_the_only_location_no_outcome_is_proposed(
    site: Site, open_page: OpenPage, language: str
) -> None:
    page = open_page(site, language=language)

    read = pasted(page, submitted(site), REPLIES["a decision about one of two"][0][language])

    assert read == Read("decided", "")


@pytest.mark.parametrize("kind", ["a mail that came back", "a decision about one of two"])
@IN_EACH
def test_what_to_do_fits_a_narrow_screen_and_needs_no_script(
    site: Site, open_page: OpenPage, kind: str, language: str
) -> None:
    reference = submitted(site, url(), url())
    page = open_page(
        site, f"/takedowns/{reference}?act=reply", language=language, width=320, javascript=False
    )

    page.fill("#reply-text", REPLIES[kind][0][language])
    page.click("button[formaction$='/reply']")

    words = page.locator("[data-testid=proposal].warning")
    expect(words).to_be_visible()
    assert not scrolls_sideways(page)
