"""What somebody types to log takedowns: read from the form, kept as a draft, made into facts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.accounts.form_drafts import FormDraft
from app.kit.errors import Fault, Refused
from app.kit.texts import trimmed
from app.notices import assessments, drafts
from app.notices.filling import Workspace
from app.schemas import facts
from app.schemas.shapes import FactsIn
from app.schemas.values import Place
from app.web.shell import fact_inputs, forms
from app.web.shell.fact_inputs import Input
from app.web.shell.forms import OFFSET, Form

ASKED = tuple(fact for fact in facts.FACTS.values() if fact.is_asked)
# What is kept of the form beside the pasted text and the explanation, with what it is at first.
FACTS = {fact.name: fact_inputs.untouched(fact) for fact in ASKED} | {
    f"{fact.name}{OFFSET}": "" for fact in ASKED if fact_inputs.input_of(fact) is Input.MOMENT
}
CHOICE = "link-"
CONDITION = "condition"
PLACE = "place-"
KEPT_PLACE = "kept-place"  # names a content whose place the page did not show
# What to do with a link or a place: otherwise it is the platform that a link is to be reported to.
LEAVE_OUT, AGAIN, BACK, DROP = "leave", "again", "back", "drop"
_CHOICE = re.compile(r"[a-z0-9_]{1,40}")
_PLACE: TypeAdapter[str] = TypeAdapter(Place)


@dataclass(frozen=True)
class Entry:
    """What was typed: text, explanation, facts, what to do with links, content without a link.

    `places` tell where in a content, by its key.
    """

    text: str = ""
    explanation: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: dict(FACTS))
    choices: Mapping[str, str] = field(default_factory=dict)
    locators: Sequence[Mapping[str, str]] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing worth keeping."""
        typed = trimmed(self.text) or trimmed(self.explanation) or self.locators
        return not typed and self.facts == FACTS

    def as_draft(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "text": self.text,
            "explanation": self.explanation,
            "facts": dict(self.facts),
            "choices": dict(self.choices),
            "locators": list(self.locators),
            "places": dict(self.places),
        }

    def choice(self, key: str) -> str:
        """Return what is to be done with a link that needs a decision."""
        return self.choices.get(key, LEAVE_OUT)

    def with_locator(self, told: Mapping[str, str]) -> "Entry":
        """Return it with one more place of content, unless it is there already."""
        others = [one for one in self.locators if one != told]
        return replace(self, locators=[*others, told])


def from_draft(draft: FormDraft | None) -> Entry:
    """Return what was kept of an earlier visit."""
    if draft is None:
        return Entry()
    told = draft.values
    facts = {**FACTS, **{name: told["facts"][name] for name in FACTS if name in told["facts"]}}
    return Entry(
        told["text"],
        told["explanation"],
        facts,
        told["choices"],
        told.get("locators", ()),
        told.get("places", {}),
    )


def from_form(form: Form, before: Entry) -> Entry:
    """Return what a form says; what it does not repeat stands as it was kept.

    A page never holds what was pasted earlier: it says how many signs of it still count.
    """
    text = before.text[: forms.whole(form.text("kept")) or 0]
    explanation = form.text("explanation")
    if not explanation and form.flag("explained"):
        explanation = before.explanation
    facts = {name: form.text(name) or at_first for name, at_first in FACTS.items()}
    facts |= {"conditions": " ".join(form.all(CONDITION))}
    choices = {
        name.removeprefix(CHOICE): value
        for name, value in form.fields
        if name.startswith(CHOICE) and _CHOICE.fullmatch(value)
    }
    unseen = form.all(KEPT_PLACE)
    places = {key: where for key, where in before.places.items() if key in unseen} | {
        name.removeprefix(PLACE): value
        for name, value in form.fields
        if name.startswith(PLACE) and trimmed(value)
    }
    text = "\n".join(filter(None, (text, form.text("paste"))))
    return Entry(text, explanation, facts, choices, before.locators, places)


def is_own(entry: Entry, workspace: Workspace) -> bool:
    """Tell whether the explanation is in somebody's own words."""
    told = entry.explanation
    return bool(told) and not assessments.is_usual(workspace.catalogue, told)


def explained(entry: Entry, workspace: Workspace) -> Entry:
    """Put in the usual explanation of the category, unless there is one in somebody's own words."""
    category, catalogue = entry.facts["category"], workspace.catalogue
    language = entry.facts["language"]
    if (
        is_own(entry, workspace)
        or category not in catalogue.categories
        or language not in catalogue.texts
    ):
        return entry
    usual = assessments.usual(catalogue, category, language)  # type: ignore[arg-type]
    return replace(entry, explanation=usual)


def facts_of(entry: Entry, workspace: Workspace) -> dict[str, Any]:
    """Return the facts as the use case takes them; raises Refused naming the fields."""
    form = Form(tuple((name, text) for name, text in entry.facts.items() if text))
    told = {
        **fact_inputs.typed(form, ASKED, workspace.zone),
        "conditions": drafts.still_known(
            workspace, entry.facts["category"], entry.facts["conditions"].split()
        ),
        "explanation": trimmed(entry.explanation),
    }
    told = {name: value for name, value in told.items() if value not in (None, "")}
    return dict(forms.checked(FactsIn, told).model_dump())


def complete_facts(entry: Entry, workspace: Workspace, *, is_empty: bool) -> dict[str, Any]:
    """Return the facts of what can be logged; raises Refused naming all that is missing."""
    faults: list[Fault] = []
    told: dict[str, Any] = {}
    if is_empty:
        faults.append(Fault("/paste", "no_items", "paste at least one link"))
    faults += [
        Fault(f"/{PLACE}{key}", "place_invalid", "at most 80 signs, on one line")
        for key, where in entry.places.items()
        if place(where) is None
    ]
    try:
        told = facts_of(entry, workspace)
    except Refused as error:
        faults += error.faults
    if faults:
        raise Refused("invalid_request", "something is missing", faults)
    return told


def place(text: str) -> str | None:
    """Return where in a content, as it can be kept; None where it cannot."""
    try:
        return _PLACE.validate_python(text)
    except ValidationError:
        return None
