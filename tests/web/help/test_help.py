"""The help: each word has its page in three languages, and the pages lead to it where it stands."""

import html
import re

import pytest

from app.context import Context
from app.kit import wording
from app.kit.languages import Language
from app.schemas.vocabularies import ItemState, NextStep
from app.web.help import first_week
from app.web.help.entries import ENTRIES, GROUPS, TITLES
from app.web.help.vocabularies import HelpGroup, HelpWord
from app.web.shell.rendering import WEB
from app.web.takedown import doubts
from tests.examples import TRANSLATED_FIRST, first_quickly
from tests.web.conftest import OpenPage, Site
from tests.web.translations import sentences
from tests.web.web_client import WebClient

# `{{ explained("hold", …) }}`, and an entry of the definitions that names a word of the help.
LINKED = re.compile(r'explained\(\s*"(\w+)"|\bword="(\w+)"|href="/help/([a-z_]+)"')
PAGES = {"shortcuts", "definitions"}  # and "first-week"
FROM_A_TABLE = {*doubts.OF_STATE.values(), *doubts.OF_STEP.values(), *doubts.OF_ACTION.values()}
# Words of the Digital Services Act itself.
OF_THE_ACT = {"without undue delay", "onverwijld", "dans les meilleurs délais"}
on_sqlite = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def linked_words() -> set[str]:
    """Every word that a template names beside what it explains."""
    texts = [path.read_text("utf-8") for path in WEB.glob("*/templates/**/*.html")]
    return {word for text in texts for found in LINKED.findall(text) for word in found if word}


def heading(page: str) -> str:
    """What a page is called."""
    return html.unescape(page.partition("<h1>")[2].partition("</h1>")[0])


def test_each_word_has_its_entry_in_one_group() -> None:
    listed = [word for entries in GROUPS.values() for word in entries]

    assert sorted(listed) == sorted(HelpWord)
    assert ENTRIES.keys() == set(HelpWord)
    assert GROUPS.keys() == TITLES.keys() == set(HelpGroup)


@pytest.mark.parametrize("word", HelpWord)
def test_an_entry_is_short_says_what_to_do_and_leads_on(word: HelpWord) -> None:
    entry = ENTRIES[word]
    texts = [*entry.what, *entry.do, *([entry.figures] if entry.figures else [])]

    assert 2 <= len(texts) <= 8
    assert max(map(len, (entry.gist, *texts))) <= 300
    assert entry.do
    assert entry.related
    assert word not in entry.related


@pytest.mark.parametrize("language", wording.TRANSLATED)
def test_an_entry_is_said_in_each_language(language: Language) -> None:
    words = wording.words_of(language)
    texts = {
        text
        for entry in ENTRIES.values()
        for text in (entry.gist, *entry.what, *entry.do, entry.figures or entry.gist)
    }

    assert {text for text in texts if words.gettext(text) == text} == set()


@pytest.mark.parametrize("language", Language)
def test_what_the_help_quotes_is_what_the_pages_say(language: Language) -> None:
    words = wording.words_of(language)
    said = {
        text
        for entry in ENTRIES.values()
        for text in (entry.gist, *entry.what, *entry.do, entry.figures or entry.gist)
    }
    pages = {
        one.casefold().rstrip(".…,")
        for sentence in sentences()
        if sentence.singular not in said
        for one in [words.pgettext(sentence.context, sentence.singular)
                    if sentence.context else words.gettext(sentence.singular)]
    }  # fmt: skip
    quoted = {
        quote.strip().casefold().rstrip(".…,")
        for text in said
        for quote in re.findall("[“«]([^”»]+)[”»]", words.gettext(text))
    }

    assert quoted - pages - OF_THE_ACT == set()


@pytest.mark.parametrize("language", Language)
def test_what_lies_folded_at_a_location_is_said_to_be_there(language: Language) -> None:
    words = wording.words_of(language)
    folded = {words.gettext(button) for button in ("Submit again", "Mark as online again")}
    came_back = ENTRIES[HelpWord.CAME_BACK]

    told = [words.gettext(text) for text in came_back.do]
    leading = [text for text in told if any(button in text for button in folded)]

    assert len(leading) == 2
    assert all("⋯" in text for text in leading)


def test_each_word_is_led_to_from_where_it_stands_and_each_way_leads_to_a_word() -> None:
    assert linked_words() - PAGES <= set(HelpWord)
    assert set(HelpWord) - linked_words() - FROM_A_TABLE == set()


def test_each_step_and_state_that_leaves_a_doubt_has_its_word() -> None:
    assert doubts.OF_STEP.keys() == set(NextStep)
    assert set(ItemState) - doubts.OF_STATE.keys() == {ItemState.DRAFT, ItemState.WAITING}


@pytest.mark.parametrize(
    ("step", "states", "is_claim_broken", "word"),
    [
        ("decide_next", {"refused"}, False, "refusal"),
        ("decide_next", {"restricted", "gone"}, False, "restricted"),
        ("decide_next", {"restricted", "refused"}, False, "refusal"),
        ("answer", {"waiting"}, False, "question"),
        ("chase", {"came_back", "gone"}, True, "came_back"),
        ("chase", {"waiting"}, True, "still_online"),
        ("chase", {"waiting"}, False, "no_answer"),
        ("check", {"gone"}, False, "check"),
    ],
)
def test_the_next_step_leads_to_the_page_that_says_what_to_do(
    step: str, states: set[str], is_claim_broken: bool, word: str
) -> None:
    found = doubts.of_next(
        NextStep(step), {ItemState(one) for one in states}, is_claim_broken=is_claim_broken
    )

    assert found == (word, ENTRIES[HelpWord(word)].title)


@on_sqlite
@pytest.mark.parametrize("language", first_quickly(TRANSLATED_FIRST))
def test_every_word_has_a_page_and_the_first_page_lists_it(
    parts: Context, language: Language
) -> None:
    visitor = WebClient.signed_in(parts)
    visitor.client.cookies.set("language", language)
    words = wording.words_of(language)

    listed = re.findall(r'<dt><a href="/help/(\w+)">', visitor.get("/help").text)
    titles = {word: heading(visitor.get(f"/help/{word}").text) for word in HelpWord}

    assert listed == [word for entries in GROUPS.values() for word in entries]
    assert titles == {word: words.gettext(ENTRIES[word].title) for word in HelpWord}
    assert visitor.get("/help/nothing").status_code == 404


@on_sqlite
def test_the_definitions_are_those_of_the_figures_and_of_the_reports(parts: Context) -> None:
    shown = WebClient.signed_in(parts).get("/help/definitions").text

    assert 'id="means-time-to-gone"' in shown
    assert 'id="means-no_reaction"' in shown


@on_sqlite
def test_outside_the_demo_a_first_week_has_its_text_and_no_way_to_try(parts: Context) -> None:
    shown = WebClient.signed_in(parts).get("/help/first-week").text

    assert all(day.title in shown for day in first_week.DAYS)
    assert "takedown demo" in shown
    assert not [
        lead
        for day in first_week.DAYS
        for lead in day.leads
        if re.search(rf"<li>\s*<a[^>]*>{lead.words}</a>\s*</li>", shown.partition("<main")[2])
    ]


def test_a_new_caseworker_is_led_from_a_doubt_to_what_to_do(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(site, "/help/first-week")
    ways = {
        "A request with a question": ("question", "Answer where it was asked"),
        "A request that was refused": ("refusal", "Complain to the platform"),
        "A request whose content came back": ("came_back", "Write a reminder"),
    }

    for way, (word, says) in ways.items():
        page.goto("/help/first-week")
        page.get_by_role("link", name=way).click()
        doubt = page.get_by_test_id("doubt")
        assert doubt.get_attribute("href") == f"/help/{word}"
        doubt.click()
        # In place: what was typed on the page is still there when it is closed.
        assert says in page.locator("dialog[open]").inner_text()
        page.locator("dialog[open] a[data-dialog]").first.click()
        page.locator("dialog[open] h2").wait_for()
        page.keyboard.press("Escape")
        page.goto(f"/help/{word}")
        assert says in page.inner_text("main")
