"""A kind of event stands in one table; whatever deals with kinds follows it, or a test names it."""

import json
import re
from collections.abc import Callable, Mapping
from typing import get_args, get_origin

import pytest
from pydantic import ValidationError

from app.kit import wording
from app.kit.languages import Language
from app.kit.settings import ROOT
from app.schemas.event_shapes import CORRECTED_AS, SHAPES, fields_of
from app.schemas.facts import FACTS
from app.schemas.vocabularies import EventKind
from app.takedowns import event_data
from app.takedowns.event_kinds import KINDS, Corrected, Payload, Tried
from app.web.shell import labels
from app.web.takedown import actions
from app.web.takedown.actions import ACTIONS, ELSEWHERE
from app.web.takedown.correcting import form_of
from tests import facts_in_docs

# Told by operations of their own, never as an event of the API or in a form.
BY_OPERATIONS = {"logged", "amended", "queued", "submitted"}
# What changed facts is changed again; a correction is corrected through what it corrects.
NEVER_CORRECTED = {"amended", "queued", "corrected"}


def in_contract(place: Callable[[Mapping[str, object]], object]) -> set[str]:
    found = json.dumps(place(json.loads((ROOT / "docs/openapi.json").read_text("utf-8"))))
    return set(re.findall(r'"(\w+)"', found))


def of_the_feed(contract: Mapping[str, object]) -> object:
    parameters = contract["paths"]["/api/v1/events"]["get"]["parameters"]
    return [one["schema"]["items"]["enum"] for one in parameters if one["name"] == "kind"]


def worded() -> set[str]:
    """The kinds that each language has words for."""
    words = [wording.words_of(language) for language in Language]
    table = labels.TABLES["event"]
    return {
        kind for kind, label in table.items() if len({wording.say(one, label) for one in words}) > 1
    }


def defined() -> set[str]:
    """The kinds in the table of what events say."""
    page = (ROOT / "docs/definitions.md").read_text("utf-8")
    [table] = re.findall(r"<!-- events: kinds -->\n(.*?)<!-- end", page, re.DOTALL)
    return {kind for line in table.splitlines() for kind in re.findall(r"\w+", line.split("|")[1])}


def drawn() -> set[str]:
    """The fields that the forms of events draw."""
    fields = ROOT / "app/web/takedown/templates/fields.html"
    return set(re.findall(r'name == "(\w+)"', fields.read_text("utf-8")))


# Where every kind must be, whether it comes there by itself or somebody writes it there.
PLACES: Mapping[str, Callable[[], set[str]]] = {
    "the table of kinds": lambda: set(KINDS),
    "the payloads": lambda: {
        kind for kind, one in KINDS.items() if one.payload in get_args(Payload)
    },
    "what may be told": lambda: {*SHAPES, "corrected"} | BY_OPERATIONS,
    "what may be corrected": lambda: set(CORRECTED_AS) | NEVER_CORRECTED,
    "the page's forms": lambda: (
        {kind for one in ACTIONS.values() for kind in one.kinds}
        | {*ELSEWHERE, "corrected"}
        | BY_OPERATIONS
    ),
    "what goes out": lambda: in_contract(
        lambda spec: [*spec["components"]["schemas"]["Event"]["discriminator"]["mapping"]]
    ),
    "the feed's filter": lambda: in_contract(of_the_feed),
    "labels": lambda: set(labels.CODES["event"]),
    "words in every language": worded,
    "definitions": defined,
}


@pytest.mark.parametrize("place", PLACES)
def test_every_kind_is_wherever_kinds_are(place: str) -> None:
    assert set(EventKind) - PLACES[place]() == set()


@pytest.mark.parametrize("place", PLACES)
def test_a_kind_that_is_left_out_is_named(place: str) -> None:
    assert {*EventKind, "fake"} - PLACES[place]() == {"fake"}


def test_the_page_of_definitions_tells_the_kinds_as_they_are() -> None:
    page = ROOT / "docs/definitions.md"

    assert page.read_text("utf-8") == facts_in_docs.page(page)


def test_every_kind_has_a_payload_of_its_own() -> None:
    found = [one.payload for one in KINDS.values()]

    assert len(set(found)) == len(found)
    assert {*found, Tried} == set(get_args(Payload))


@pytest.mark.parametrize("kind", SHAPES)
def test_what_is_told_and_not_readable_is_sealed(kind: EventKind) -> None:
    told = dict.fromkeys(fields_of(SHAPES[kind]), "x")

    data, secrets = event_data.split(kind, told)

    assert data | secrets == told
    assert set(secrets) == {"text", "reason", "ticket_id"} & set(told) - (
        {"reason"} if kind == EventKind.HELD else set()
    )


def test_a_field_that_no_payload_names_is_sealed() -> None:
    assert event_data.split(EventKind.SEEN, {"availability": "gone", "who": "x", "why": None}) == (
        {"availability": "gone"},
        {"who": "x"},
    )


@pytest.mark.parametrize("kind", CORRECTED_AS)
def test_the_form_of_a_correction_draws_each_field(kind: EventKind) -> None:
    assert form_of(kind) != ()
    assert set(form_of(kind)) - drawn() - set(FACTS) == set()  # facts are drawn by their own table


@pytest.mark.parametrize("kind", SHAPES)
def test_the_panel_that_is_made_of_a_shape_draws_and_reads_each_field(kind: EventKind) -> None:
    action = actions.plain(kind)

    assert tuple(action.fields) == fields_of(SHAPES[kind])
    assert set(action.fields) - drawn() == set()
    hints = SHAPES[kind].model_fields
    several = {name for name in action.fields if get_origin(hints[name].annotation) is list}
    assert several == ({"scope"} if kind == EventKind.DECIDED else set())  # it has its own panel


def test_a_correction_holds_what_its_kind_keeps() -> None:
    told = {"kind": "seen", "replacement": {"availability": "gone"}}

    kept = event_data.of(EventKind.CORRECTED, told)

    assert kept == Corrected(
        EventKind.SEEN, event_data.of(EventKind.SEEN, {"availability": "gone"})
    )


def test_what_an_event_keeps_is_of_its_vocabularies() -> None:
    with pytest.raises(ValidationError):
        event_data.of(EventKind.SEEN, {"availability": "nowhere"})
