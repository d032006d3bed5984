"""A preview says in words why its notice could not go out."""

import html
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from app.context import Context
from app.kit.languages import Language
from app.notices import compose
from app.notices.notice import Missing, Notice
from app.notices.vocabularies import Lack
from app.web.templates import templates_page
from tests.web.web_client import WebClient

PREVIEW = "/templates/reddit?purpose=reminder"
LAST_LIST = re.compile(r"<li>([^<]*)</li>\s*</ul>\s*</section>")
REFUSED = {
    "nl": "Het platform weigerde alles: antwoord met een klacht.",
    "fr": "La plateforme a tout refusé\xa0: répondez par une réclamation.",
    "en": "The platform refused all of it: answer with a complaint.",
}
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def missing(visitor: WebClient) -> list[str]:
    """What the page says is missing last."""
    return [html.unescape(one) for one in LAST_LIST.findall(visitor.get(PREVIEW).text)]


def test_what_a_preview_lacks_is_a_sentence_in_each_language(parts: Context) -> None:
    visitor = WebClient.signed_in(parts)
    found = {}

    for language in Language:
        visitor.client.cookies.set("language", language)
        found[str(language)] = missing(visitor)

    assert found == {language: [told] for language, told in REFUSED.items()}


def test_a_field_of_the_form_is_named_as_the_form_names_it(
    parts: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = []

    def too_long(*about: Any, **how: Any) -> Notice:
        notice = compose.compose(*about, **how)
        labels.append(notice.fields[0].label)
        return replace(notice, missing=(Missing(notice.fields[0].id, Lack.TOO_LONG),))

    monkeypatch.setattr(templates_page, "compose", SimpleNamespace(compose=too_long))

    [told] = missing(WebClient.signed_in(parts))

    assert told == f"{labels[0]}: This is longer than the form takes. Shorten it."
