"""Requests that somebody types, and has not sent: several at a time, each for a case of its own.

A page names the draft that it writes to, so that what was pasted for one case never comes into
the request of another, whatever is typed as the case meanwhile.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.accounts import form_drafts
from app.accounts.form_drafts import FormDraft
from app.kit.database import Unit
from app.kit.texts import trimmed
from app.operations.intake_of_text import LEAVE_OUT
from app.schemas import facts
from app.schemas.values import Place
from app.web.shell import fact_inputs, forms
from app.web.shell.fact_inputs import Input
from app.web.shell.forms import OFFSET, Form

FIELD = "draft"
PAGE = "new"
# The draft of before there could be several.
FIRST = "0"
_ID = re.compile(r"[0-9a-f]{16}|0")
ASKED = tuple(fact for fact in facts.FACTS.values() if fact.is_asked)
# What is kept of the form beside the pasted text and the explanation, with what it is at first.
FACTS = {fact.name: fact_inputs.untouched(fact) for fact in ASKED} | {
    f"{fact.name}{OFFSET}": "" for fact in ASKED if fact_inputs.input_of(fact) is Input.MOMENT
}
CHOICE = "link-"
CONDITION = "condition"
PLACE = "place-"
KEPT_PLACE = "kept-place"  # names a content whose place the page did not show
_CHOICE = re.compile(r"[a-z0-9_]{1,40}")
_PLACE: TypeAdapter[str] = TypeAdapter(Place)


@dataclass(frozen=True)
class RequestDraft:
    """What was typed: text, explanation, facts, what to do with links, content without a link.

    `places` tell where in a content, by its key; `saved_at` is None as long as nothing is kept.
    """

    id: str
    text: str = ""
    explanation: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: dict(FACTS))
    choices: Mapping[str, str] = field(default_factory=dict)
    locators: Sequence[Mapping[str, str]] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None

    @property
    def case_ref(self) -> str:
        """The case it is for, empty where that was not typed yet."""
        return self.facts["case_ref"].strip()

    @property
    def address(self) -> str:
        """Where it is gone on with."""
        return f"/takedowns/new?{FIELD}={self.id}"

    @property
    def has_text(self) -> bool:
        """Tell whether anything was pasted."""
        return bool(trimmed(self.text))

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing worth keeping."""
        typed = self.has_text or trimmed(self.explanation) or self.locators
        return not typed and self.facts == FACTS

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "text": self.text,
            "explanation": self.explanation,
            "facts": dict(self.facts),
            "choices": dict(self.choices),
            "locators": list(self.locators),
            "places": dict(self.places),
        }

    @property
    def places_without_link(self) -> list[tuple[str, dict[str, str]]]:
        """Return of content without a link on which platform and where it is."""
        return [
            (told["platform"], {name: told[name] for name in told if name != "platform"})
            for told in self.locators
        ]

    @property
    def misplaced(self) -> list[str]:
        """Return the contents for which it was told where in them, but not as it can be kept."""
        return [key for key in self.places if self.place(key) is None]

    def choice(self, key: str) -> str:
        """Return what is to be done with a link that needs a decision."""
        return self.choices.get(key, LEAVE_OUT)

    def place(self, key: str) -> str | None:
        """Return where in a content, as it can be kept; None where it was not told, or cannot."""
        try:
            return _PLACE.validate_python(self.places.get(key))
        except ValidationError:
            return None

    def retyped(self, form: Form) -> "RequestDraft":
        """Return what a form says; what it does not repeat stands as it was kept.

        A page never holds what was pasted earlier: it says how many signs of it still count.
        """
        text = self.text[: forms.whole(form.text("kept")) or 0]
        unseen = form.all(KEPT_PLACE)
        return replace(
            self,
            text="\n".join(filter(None, (text, form.text("paste")))),
            explanation=form.given("explanation")
            or (self.explanation if form.flag("explained") else ""),
            facts={name: form.text(name) or at_first for name, at_first in FACTS.items()}
            | {"conditions": " ".join(form.all(CONDITION))},
            choices={
                key: code for key, code in form.under(CHOICE).items() if _CHOICE.fullmatch(code)
            },
            places={key: where for key, where in self.places.items() if key in unseen}
            | {key: where for key, where in form.under(PLACE).items() if trimmed(where)},
        )


def new(**typed: Any) -> RequestDraft:
    """Begin a request, of which nothing is kept yet."""
    return RequestDraft(secrets.token_hex(8), **typed)


def named(name: str | None) -> str:
    """Return the id of a draft that a page or an address names, else one of its own."""
    return name if name and _ID.fullmatch(name) else new().id


def find(unit: Unit, user_id: int, form: Form) -> RequestDraft:
    """Return the request that a form names, as far as it was typed."""
    draft_id = named(form.given(FIELD))
    kept = form_drafts.find(unit, user_id, _page(draft_id))
    return _of(draft_id, kept) if kept else RequestDraft(draft_id)


def typed(
    unit: Unit, user_id: int, form: Form, *, place: Mapping[str, str] | None = None
) -> RequestDraft:
    """Read a form over what was kept of its draft, add a place that was told, and keep all that."""
    draft = find(unit, user_id, form).retyped(form)
    if place is not None:
        others = [one for one in draft.locators if one != place]
        draft = replace(draft, locators=[*others, place])
    return keep(unit, user_id, draft)


def all_of(unit: Unit, user_id: int) -> list[RequestDraft]:
    """Return what somebody began, the newest first."""
    found = form_drafts.all_of(unit, user_id, PAGE)
    return [_of(page.partition(":")[2] or FIRST, kept) for page, kept in found.items()]


def opened(drafts: Sequence[RequestDraft], draft_id: str | None, case_ref: str) -> RequestDraft:
    """Return the draft that an address names, else the newest of its case, else a new one.

    Without a case it is the newest for which none was typed yet.
    """
    wanted = (
        one for one in drafts if (one.id == draft_id if draft_id else one.case_ref == case_ref)
    )
    begun = RequestDraft(named(draft_id), facts=FACTS | {"case_ref": case_ref})
    return next(wanted, begun)


def keep(unit: Unit, user_id: int, draft: RequestDraft) -> RequestDraft:
    """Keep a request as far as it was typed; a blank one is forgotten."""
    if draft.is_blank:
        forget(unit, user_id, draft.id)
        return replace(draft, saved_at=None)
    form_drafts.keep(unit, user_id, _page(draft.id), values=draft.kept)
    return replace(draft, saved_at=unit.clock())


def keep_once(unit: Unit, user_id: int, draft: RequestDraft) -> RequestDraft:
    """Keep a new request, and return it, or the one that says the very same already."""
    kept = all_of(unit, user_id)
    same = (one for one in kept if replace(one, id=draft.id, saved_at=draft.saved_at) == draft)
    found = next(same, draft)
    keep(unit, user_id, found)
    return found


def forget(unit: Unit, user_id: int, draft_id: str) -> None:
    """Forget a request: it was sent, or is not wanted."""
    form_drafts.forget(unit, user_id, _page(draft_id))


def _page(draft_id: str) -> str:
    return PAGE if draft_id == FIRST else f"{PAGE}:{draft_id}"


def _of(draft_id: str, kept: FormDraft) -> RequestDraft:
    """Return what was kept of an earlier visit, whichever facts were asked for then."""
    told = {"locators": (), "places": {}, **kept.values}
    standing = {name: told["facts"].get(name, at_first) for name, at_first in FACTS.items()}
    return RequestDraft(draft_id, **{**told, "facts": standing}, saved_at=kept.saved_at)
