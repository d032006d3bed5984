"""Every word a page says can be said in another language: none is hard-coded."""

import calendar
import gettext
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import users
from app.context import Context
from app.kit import wording
from app.kit.languages import Language
from app.kit.settings import ROOT
from app.platforms import yaml_files
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.sample_record import populate
from tests.web.crawler import crawl
from tests.web.markup import VOID, Page
from tests.web.web_client import WebClient

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
SAID = ("title", "aria-label", "placeholder", "alt", "data-head", "data-name", "data-copied")
WORD = re.compile(r"[^\W\d_]{3,}")
# Ids, moments, keys, and what is in the language of a notice or written by people.
NO_SENTENCE = {"code", "kbd", "time", "script", "data"}
NO_SENTENCES = {"mono", "masked", "words", "value", "once"}
KNOWN = (
    "Fictional Hotline", "Fixture Hosting B.V.", "case system", "command line", "token", "SHA",
    "Netherlands",
    "min", "test",
    *(one.own_name for one in Language), *calendar.month_name[1:], *calendar.month_abbr[1:],
)  # fmt: skip


class Pseudo(gettext.NullTranslations):
    """A language in which every sentence says that it was translated."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


class Unsaid(Page):
    """The words of a page that no translator was asked for."""

    def __init__(self, text: str) -> None:
        self.found: list[str] = []
        self.is_data = [False]
        self.depth = 0
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        told = dict(attrs)
        is_data = (
            self.is_data[-1]
            or tag in NO_SENTENCE
            or (tag != "html" and "lang" in told)
            or not NO_SENTENCES.isdisjoint((told.get("class") or "").split())
        )
        if tag not in VOID:
            self.is_data.append(is_data)
        self.found += [self._outside(told[name] or "", 0)[0] for name in SAID if name in told]

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        del self.is_data[len(self.open) + 1 :]

    def handle_data(self, data: str) -> None:
        outside, self.depth = self._outside(data, self.depth)
        if not self.is_data[-1]:
            self.found.append(outside)

    def _outside(self, text: str, depth: int) -> tuple[str, int]:
        """Leave out what stands between the marks, however deep."""
        kept = []
        for sign in text:
            depth += (sign == "⟦") - (sign == "⟧")
            if not depth and sign != "⟧":
                kept.append(sign)
        return "".join(kept), depth


def scalars(value: Any) -> Iterator[str]:
    """Every text in a file of data."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for part in value.values():
            yield from scalars(part)
    elif isinstance(value, list):
        for part in value:
            yield from scalars(part)


@pytest.fixture(scope="module")
def data() -> re.Pattern[str]:
    """What the catalogue says, in its own languages, and the names of who works here."""
    files = (ROOT / "platform_templates").rglob("*.yaml")
    told = {text for file in files for text in scalars(yaml_files.plain(file.read_text("utf-8")))}
    names = sorted({*(text for text in told if text[:1].isupper()), *KNOWN}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))


def hard_coded(text: str, data: re.Pattern[str]) -> list[str]:
    """Return what a page says that is neither translated nor data."""
    page = Unsaid(text)
    assert page.depth == 0
    left = [
        re.sub(r"TD-\w{6}|\S+@\S+", "", data.sub("", " ".join(words.split())))
        for words in page.found
    ]
    return [words for words in left if WORD.search(words)]


@pytest.mark.slow
def test_no_word_of_a_page_is_hard_coded(
    parts: Context, api: ApiClient, clock: ManualClock, data: re.Pattern[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    populate(api, clock)
    monkeypatch.setattr(wording, "words_of", lambda _: Pseudo())
    visitor = WebClient.signed_in(parts, "admin")
    with parts.database.read() as unit:
        names = set(unit.connection.scalars(select(users.c.name)))

    found = {
        (words, path)
        for path, answer in crawl(visitor)
        if answer.headers.get("content-type", "").startswith("text/html")
        for words in hard_coded(answer.text, data)
        if words not in names
    }

    assert found == set()


@pytest.mark.parametrize(
    "page",
    [
        "<button>Save</button>",
        "<p>⟦Saved by %s⟧ yesterday</p>",
        '<a title="More">⟦Open⟧</a>',
        "<p>takedown_withdrawn</p>",
    ],
)
def test_a_hard_coded_word_is_found(address: str, page: str, data: re.Pattern[str]) -> None:
    assert hard_coded(page, data) != []
