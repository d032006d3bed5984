"""A fact stands in one table; whatever carries facts derives from it, or a test here names it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime

import pytest
from pydantic import BaseModel, ValidationError
from sqlalchemy import Boolean, String, inspect

from app.api.shapes import Takedown
from app.imports import import_columns as read
from app.kit import wording
from app.kit.database import Codes, Database, Moment, Word
from app.kit.languages import Language
from app.kit.settings import ROOT
from app.schemas.fact_fields import changed, given, with_facts
from app.schemas.facts import FACTS, Fact, meanings, past
from app.schemas.shapes import FactsIn, FactsPatch, IntakeIn, LoggedPatch, TakedownIn
from app.schemas.values import Code, In
from app.schemas.vocabularies import Basis
from app.takedowns import list_columns as listed
from app.takedowns import models
from app.takedowns.rows import TakedownRow
from app.web.shell import fact_inputs, labels
from app.web.shell.fact_inputs import Input
from tests import facts_in_docs
from tests.factories import START


def fields_of(shape: type[BaseModel]) -> set[str]:
    return set(shape.model_fields)


def in_contract(name: str) -> set[str]:
    contract = json.loads((ROOT / "docs/openapi.json").read_text("utf-8"))
    return set(contract["components"]["schemas"][name]["properties"])


def on_page(name: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", (ROOT / "docs" / name).read_text("utf-8")))


def worded() -> set[str]:
    """The facts that each language has words for."""
    table = labels.TABLES["fact"]
    return {
        name
        for name, label in table.items()
        for told in [{wording.say(wording.words_of(one), label) for one in Language}]
        if all(told) and len(told) > 1
    }


# Where every fact must be, whether it comes there by itself or somebody writes it there.
PLACES: Mapping[str, Callable[[], set[str]]] = {
    "columns of the table": lambda: set(models.takedowns.c.keys()),
    "fields of a row": lambda: {field.name for field in fields(TakedownRow)},
    "what comes in": lambda: fields_of(FactsIn) & fields_of(TakedownIn) & fields_of(IntakeIn),
    "what may change": lambda: fields_of(FactsPatch),
    "what goes out": lambda: fields_of(Takedown),
    "the contract": lambda: in_contract("Takedown") & in_contract("FactsPatch"),
    "meanings": lambda: set(meanings()),
    "lists and exports": lambda: set(listed.FACTS),
    "imported sheets": lambda: set(read.KNOWN),
    "labels": lambda: set(labels.CODES["fact"]),
    "words in every language": worded,
    "definitions": lambda: on_page("definitions.md"),
    "the page on spreadsheets": lambda: on_page("spreadsheets.md"),
}


@pytest.mark.parametrize("place", PLACES)
def test_every_fact_is_wherever_facts_are(place: str) -> None:
    assert set(FACTS) - PLACES[place]() == set()


@pytest.mark.parametrize("place", PLACES)
def test_a_fact_that_is_left_out_is_named(place: str) -> None:
    assert {*FACTS, "fake"} - PLACES[place]() == {"fake"}


def test_every_fact_has_its_column_in_a_migrated_database(database: Database) -> None:
    there = {column["name"]: column for column in inspect(database.engine).get_columns("takedowns")}

    assert {name: there[name]["nullable"] for name in FACTS if name in there} == {
        name: fact.may_be_unknown for name, fact in FACTS.items()
    }


@pytest.mark.parametrize("page", facts_in_docs.PAGES, ids=lambda path: path.name)
def test_the_pages_tell_the_facts_as_they_are(page: object) -> None:
    assert page.read_text("utf-8") == facts_in_docs.page(page)


def fake(hint: object, default: object = MISSING, **told: object) -> Fact:
    return Fact(size=12, **told)._replace(name="fake", hint=hint, default=default)


@pytest.mark.parametrize(
    ("fact", "column", "asked", "at_first"),
    [
        (fake(bool, False), Boolean, Input.TICK, ""),
        (fake(bool | None, None), Boolean, Input.YES_OR_NO, "none"),
        (fake(datetime | None, None), Moment, Input.MOMENT, ""),
        (fake(Basis, Basis.VOLUNTARY), Word, Input.CHOICE, "voluntary"),
        (fake(tuple[Code, ...], ()), Codes, Input.CODES, ""),
        (fake(Code | None, None), String, Input.TEXT, ""),
    ],
    ids=lambda one: one.name if isinstance(one, Input) else None,
)
def test_a_fact_of_any_kind_gets_its_column_and_its_input(
    fact: Fact, column: type, asked: Input, at_first: str
) -> None:
    made = models._column(fact)

    assert (type(made.type), made.nullable) == (column, fact.may_be_unknown)
    assert (fact_inputs.input_of(fact), fact_inputs.untouched(fact)) == (asked, at_first)


@pytest.mark.parametrize(
    ("fact", "at_first", "takes_null", "is_cleared_by_null"),
    [
        (fake(bool, False), False, False, False),
        (fake(bool | None, None), None, True, True),
        (fake(bool, False, is_settled=True), None, True, False),
        (fake(bool, False, is_settled=True, is_clearable=True), None, True, True),
    ],
)
def test_what_may_be_said_of_a_fact(
    monkeypatch: pytest.MonkeyPatch,
    fact: Fact,
    at_first: object,
    takes_null: bool,
    is_cleared_by_null: bool,
) -> None:
    monkeypatch.setattr("app.schemas.fact_fields.FACTS", {"fake": fact})

    class Bare(In):
        """A shape without any field."""

    coming_in, changing = with_facts(given)(Bare), with_facts(changed)(Bare)

    assert dict(coming_in()) == {"fake": at_first}
    assert takes(coming_in, None) == takes_null
    assert takes(changing, None) == is_cleared_by_null
    assert changing().model_dump(exclude_unset=True) == {}


def takes(shape: type[BaseModel], value: object) -> bool:
    try:
        shape.model_validate({"fake": value})
    except ValidationError:
        return False
    return True


def test_only_what_is_correctable_can_be_corrected() -> None:
    assert fields_of(LoggedPatch) == {
        "happened_at", *(name for name, fact in FACTS.items() if fact.is_correctable)
    }  # fmt: skip


def test_only_what_has_happened_may_not_lie_in_the_future() -> None:
    told = {"reported_at": START, "deadline_at": START, "urgent": True}

    assert past(told) == {"reported_at": START}
