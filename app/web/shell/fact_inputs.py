"""Facts on forms: by what input each is asked for, and what was typed into it.

Pure.
"""

from collections.abc import Iterable
from dataclasses import MISSING
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.kit.texts import trimmed
from app.schemas.facts import FACTS, Fact
from app.web.shell.forms import YES_OR_NO, Form

# What no form may leave empty.
REQUIRED = frozenset(name for name, fact in FACTS.items() if fact.default is MISSING)


class Input(StrEnum):
    """What a form asks with; `parts/facts.html` draws each."""

    TICK = "tick"
    YES_OR_NO = "yes_or_no"  # or nobody knows
    MOMENT = "moment"
    CHOICE = "choice"
    CODES = "codes"  # as many as apply, of those that another fact offers
    TEXT = "text"


def input_of(fact: Fact) -> Input:
    """Return with what a fact is asked for."""
    if fact.kind is bool:
        return Input.YES_OR_NO if fact.may_be_unknown else Input.TICK
    if issubclass(fact.kind, StrEnum):
        return Input.CHOICE
    return {datetime: Input.MOMENT, tuple: Input.CODES}.get(fact.kind, Input.TEXT)


def by_name(name: str) -> Input:
    """Return with what the fact of this name is asked for."""
    return input_of(FACTS[name])


def those_of(asked: Input) -> frozenset[str]:
    """Return the names of the facts asked for with such an input."""
    return frozenset(name for name, fact in FACTS.items() if input_of(fact) is asked)


def untouched(fact: Fact) -> str:
    """Return what stands in an input that nobody has touched."""
    is_open = input_of(fact) is Input.YES_OR_NO
    return "none" if is_open else str(fact.default) if input_of(fact) is Input.CHOICE else ""


def typed(form: Form, wanted: Iterable[Fact], zone: ZoneInfo) -> dict[str, str | bool | None]:
    """Return facts as the API takes them; raises Refused naming every moment that is none.

    Codes are left to the page that offers them.
    """
    told: dict[str, str | bool | None] = {}
    moments = []
    for fact in wanted:
        match input_of(fact):
            case Input.TICK:
                told[fact.name] = form.flag(fact.name)
            case Input.YES_OR_NO:
                told[fact.name] = YES_OR_NO.get(form.text(fact.name))
            case Input.MOMENT:
                moments.append(fact.name)
            case Input.CHOICE | Input.TEXT:
                text = trimmed(form.text(fact.name))
                told[fact.name] = None if fact.may_be_unknown and not text else text
            case Input.CODES:
                pass
    return told | form.moments(moments, zone)


def again(form: Form, wanted: Iterable[Fact]) -> dict[str, str | bool]:
    """Return what stands in the inputs of a form that is shown again."""
    return {
        fact.name: form.flag(fact.name) if input_of(fact) is Input.TICK else form.text(fact.name)
        for fact in wanted
    }
