"""What pages say in each language is one sentence, and says what the reader needs."""

import html
import re
from collections.abc import Callable

import pytest

from app.context import Context
from app.kit.languages import Language
from app.web.shell.rendering import WEB
from tests.api_client import ApiClient
from tests.sample_record import facts
from tests.web.web_client import WebClient

URL = "https://www.instagram.com/p/C7aB2cD3eF1/"
UNSEEN = re.compile(r'<span class="unseen">(.*?)</span>')
BESIDE_WORDS = re.compile(r'\}\}<span\s+class="unseen">(.*?)</span>', re.S)
REFERENCE = re.compile(r"\s+(\(\{\{ of \}\}\)|\{\{ (one\.)?row\.reference \}\})")
# In French a space that does not break goes before it.
SIGN_BEHIND = re.compile(r"(?:\}\}|</(?:a|span|strong|code)>)[:;?!](?:\s|$|<|\{)", re.M)
CLOSE = re.compile(r"<button[^>]* data-close>(\w+)")
HELP = re.compile(r'id="explanation-hint">\s*(.*?)\s*</p>')
# Where a sign follows what is no sentence, and how often.
NO_SENTENCE = {
    "administration/templates/audit.html": 1,  # names of the log's details, which are codes
    "administration/templates/overview.html": 2,  # NUMBER:MAC, as `takedown verify` takes it
    "imports/templates/sheet.html": 1,  # the value of a choice
}
IN_EACH = pytest.mark.parametrize("language", Language)
OF_A_BUTTON = {
    "nl": ["Locatie 1 kopiëren", "Vermelding 1 verbeteren"],
    "fr": ["Copier l’emplacement 1", "Corriger l’entrée 1"],
    "en": ["Copy location 1", "Correct entry 1"],
}
TOLD = {
    "nl": "Dit komt in de kennisgeving. Twee zinnen: wat te zien is, hoe oud de persoon is en hoe u"
    " dat weet, en waar (beeld 3, 1:20). Geen namen, geen scholen, geen expliciete details.",
    "fr": "Ce texte figure dans la notification. Deux phrases\xa0: ce que l’on voit, l’âge de la"
    " personne et comment vous le savez, et où (image 3, 1:20). Ni noms, ni écoles, ni détails"
    " explicites.",
    "en": "It goes into the notice. Two sentences: what is shown, how old the person is and how you"
    " know, and where (image 3, 1:20). No names, no schools, no explicit detail.",
}
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def reading(parts: Context) -> Callable[[str, str], str]:
    """Read a page in a language."""

    def read(path: str, language: str) -> str:
        visitor = WebClient.signed_in(parts)
        visitor.client.headers["Accept-Language"] = language
        return str(html.unescape(visitor.get(path).text))

    return read


@pytest.fixture
def takedown(api: ApiClient) -> str:
    """The page of a draft."""
    return f"/takedowns/{api.post('/takedowns', facts('C-1', URL))['reference']}"


@IN_EACH
def test_a_button_of_one_row_says_which_in_a_whole_sentence(
    reading: Callable[[str, str], str], takedown: str, language: str
) -> None:
    said = UNSEEN.findall(reading(takedown, language))

    assert [one for one in OF_A_BUTTON[language] if one not in said] == []


def test_words_beside_others_are_no_part_of_their_sentence(address: str) -> None:
    glued = [
        (str(path.relative_to(WEB)), words)
        for path in sorted(WEB.glob("*/templates/**/*.html"))
        for words in BESIDE_WORDS.findall(path.read_text("utf-8"))
        if not REFERENCE.fullmatch(words)
    ]

    assert glued == []


@IN_EACH
def test_the_window_that_says_one_was_signed_out_is_not_closed_like_a_request(
    reading: Callable[[str, str], str], takedown: str, language: str
) -> None:
    [close] = CLOSE.findall(reading(takedown, language))

    assert close == {"nl": "Sluiten", "fr": "Fermer", "en": "Close"}[language]


@IN_EACH
@pytest.mark.parametrize("where", ["a new request", "the facts of a draft"])
def test_the_explanation_is_asked_for_as_a_reviewer_needs_it(
    reading: Callable[[str, str], str], takedown: str, where: str, language: str
) -> None:
    path = "/takedowns/new" if where == "a new request" else f"{takedown}/facts"

    [told] = HELP.findall(reading(path, language))

    assert told.startswith(TOLD[language])
    assert (told == TOLD[language]) == (where == "a new request")


def test_a_colon_is_part_of_a_sentence_that_is_translated(address: str) -> None:
    found = {
        str(path.relative_to(WEB)): len(SIGN_BEHIND.findall(path.read_text("utf-8")))
        for path in WEB.glob("*/templates/**/*.html")
    }

    assert {path: count for path, count in found.items() if count} == NO_SENTENCE


def test_words_put_together_would_be_found(address: str) -> None:
    glued = '{{ _("Copy") }}<span class="unseen"> {{ name }}</span>'

    assert [REFERENCE.fullmatch(words) for words in BESIDE_WORDS.findall(glued)] == [None]
