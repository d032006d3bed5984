"""Flash messages: each code that an address carries has its sentence, said on whichever page."""

import re

import pytest

from app.context import Context
from app.schemas.vocabularies import EventKind
from app.web.shell import flash_messages
from app.web.shell.rendering import WEB
from app.web.takedown.actions import ACTIONS
from tests.web.web_client import WebClient

CODE = re.compile(r'(?:said=|"said": |back\(visit, [\w.]+, |_done\(visit, card, )"(\w+)"')


def codes() -> set[str]:
    """The codes that pages send a browser on with."""
    return {code for path in WEB.rglob("*.py") for code in CODE.findall(path.read_text("utf-8"))}


def test_each_code_that_a_page_sends_has_its_sentence() -> None:
    assert {"submitted", "facts", "reset", "saved"} <= codes()
    assert codes() <= flash_messages.SENTENCES.keys()
    assert set(ACTIONS) <= flash_messages.SENTENCES.keys() | set(EventKind)


@pytest.mark.parametrize(
    ("asked", "said", "undo"),
    [
        ("said=submitted", "Recorded: the notice went out.", None),
        ("said=note&undo=12,13", "The note is kept.", "12,13"),
        ("said=note&undo=javascript:1", "The note is kept.", None),
        ("said=released", "Recorded: Released from hold.", None),  # an event without its own
        ("said=nothing-known", None, None),
    ],
)
def test_a_page_says_what_its_address_tells(
    parts: Context, asked: str, said: str | None, undo: str | None
) -> None:
    page = WebClient.signed_in(parts).get(f"/inbox?{asked}").text

    flashes = page.split('<div id="flashes">')[1].split("<dialog")[0]
    assert re.findall(r"<p>(.*?)</p>", flashes) == ([said] if said else [])
    assert re.findall(r'name="events" value="(.*?)"', flashes) == ([undo] if undo else [])
