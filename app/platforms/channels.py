"""How a platform is reached: its channels, their forms, our targets and what it publishes itself.

Pure: the shape of the channel sections of a platform's file.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import Field, StrictBool, model_validator

from app.platforms.schema import Code, Data, Language, Localised, Sentence
from app.platforms.specific import SpecificText

Basis: TypeAlias = Literal["article_22", "article_16", "voluntary", "take_it_down"]
Source: TypeAlias = Literal[
    "country",
    "capacity",
    "name",
    "email",
    "urls",
    "locator",
    "account",
    "product",
    "kind",
    "person",
    "person_name",
    "category",
    "law",
    "explanation",
    "statement",
    "request",
    "good_faith",
    "mandate",
    "reference",
    "signature",
]

BASES: tuple[Basis, ...] = get_args(Basis)
SOURCES: tuple[Source, ...] = get_args(Source)
IDENTITY: frozenset[str] = frozenset({"name", "email", "signature"})
# What a form is taken to ask, in this order, until somebody has looked at the real one; what ends
# in a question mark may stay empty. Nothing is invented: these are the elements of DSA
# Article 16(2), and of section 3(a) of the TAKE IT DOWN Act.
USUAL = (
    "country capacity name email urls locator? category law? explanation request? good_faith "
    "signature"
)
USUAL_TAKE_IT_DOWN = "name email capacity urls locator? statement mandate good_faith signature"
MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
SECURE_URL = re.compile(r"https://[^\s<>\"]+")


class FormField(Data):
    """One field of a form: what fills it (`source`, else its own id) and its limit, where known."""

    id: Code
    source: Source | None = None
    label: Localised | None = None
    required: StrictBool
    max_length: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _has_a_source(self) -> "FormField":
        if self.source is None and self.id not in SOURCES:
            raise ValueError(f"field {self.id} needs a `source`: one of {', '.join(SOURCES)}")
        return self

    @property
    def filled_by(self) -> str:
        """Return what fills the field."""
        return self.source or self.id


class Channel(Data):
    """One way to reach a platform; without `fields` its form asks the usual ones."""

    id: Code
    kind: Literal["form", "email"]
    label: Localised
    form_url: str | None = None
    to: str | None = None
    confidential: StrictBool = False
    by_hand: StrictBool = False
    bases: tuple[Basis, ...] = Field(min_length=1)
    categories: Literal["all"] | tuple[Code, ...]
    languages: tuple[Language, ...] | None = None
    identity: Literal["optional", "required"]
    knows_us: StrictBool = False
    needs_mandate: StrictBool = False
    max_items: Annotated[int, Field(gt=0)] | None = None
    fields: tuple[FormField, ...] = Field(min_length=1)
    verified: StrictBool
    checked: date
    source: Sentence

    @model_validator(mode="before")
    @classmethod
    def _usual_fields(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "fields" in given:
            return given
        if given.get("verified") is True:
            raise ValueError("a verified channel names the `fields` of its form")
        usual = USUAL_TAKE_IT_DOWN if given.get("bases") == ["take_it_down"] else USUAL
        return {**given, "fields": [_usual(word) for word in usual.split()]}

    @model_validator(mode="after")
    def _one_address(self) -> "Channel":
        given = [self.form_url is not None, self.to is not None, self.confidential, self.by_hand]
        if sum(given) != 1:
            raise ValueError("give exactly one of `form_url`, `to`, `confidential`, `by_hand`")
        if self.form_url is not None and not SECURE_URL.fullmatch(self.form_url):
            raise ValueError("`form_url` must be an https address")
        if self.to is not None and not MAIL.fullmatch(self.to):
            raise ValueError("`to` must be one e-mail address")
        if self.to is not None and self.kind != "email":
            raise ValueError("a channel with `to` is of kind email")
        if self.kind == "email" and (self.form_url or self.by_hand or self.identity != "required"):
            raise ValueError("an e-mail shows its sender: it has `to` and `identity: required`")
        return self

    @property
    def address(self) -> str | None:
        """Return the form's or the mailbox's address, where one is known."""
        return self.form_url or self.to

    @property
    def reachable(self) -> bool:
        """Tell whether it has an address; a confidential one has none until somebody sets it."""
        return self.by_hand or self.address is not None

    @cached_property
    def filled_by(self) -> frozenset[str]:
        """Return everything its fields are filled by."""
        return frozenset(field.filled_by for field in self.fields)

    def serves(self, basis: str, category: str) -> bool:
        """Tell whether a notice on this basis about this category may go this way."""
        return basis in self.bases and (self.categories == "all" or category in self.categories)

    def at(self, address: str) -> "Channel":
        """Move the channel to the address the hotline was given; the address decides the kind.

        Raises ValueError when it is neither an https address nor an e-mail address.
        """
        if SECURE_URL.fullmatch(address):
            found = {"kind": "form", "form_url": address}
        elif MAIL.fullmatch(address):
            found = {"kind": "email", "to": address, "identity": "required"}
        else:
            raise ValueError("neither an https address nor an e-mail address")
        return self.model_copy(update=found)


def _usual(word: str) -> dict[str, Any]:
    source = word.rstrip("?")
    field = {"id": source, "required": word == source}
    return {**field, "id": "explanation", "source": source} if source == "statement" else field


class HourTargets(Data):
    """Hours for a receipt and for the content to be gone; None keeps the platform's own."""

    receipt_hours: Annotated[int, Field(gt=0)] | None = None
    gone_hours: Annotated[int, Field(gt=0)] | None = None
    urgent_hours: Annotated[int, Field(gt=0)] | None = None


class Targets(Data):
    """Hours we give a platform, and exceptions per category. Ours, not the law's."""

    receipt_hours: Annotated[int, Field(gt=0)] = 24
    gone_hours: Annotated[int, Field(gt=0)] = 24
    urgent_hours: Annotated[int, Field(gt=0)] = 6
    categories: Mapping[Code, HourTargets] = {}

    def of(self, category: str) -> Mapping[str, int]:
        """Return receipt_hours, gone_hours and urgent_hours for a category."""
        usual = self.model_dump(exclude={"categories"})
        own = self.categories.get(category)
        return usual if own is None else usual | own.model_dump(exclude_none=True)


class PublishedRow(Data):
    """What a platform publishes on one row: notices, items, median hours."""

    notices: int
    items: int
    median_hours: float | None


class Published(PublishedRow):
    """A platform's own figures on trusted-flagger notices (IR (EU) 2024/2835, Annex I part 4)."""

    period: str = Field(pattern=r"^\d{4}(-H[12])?$")
    median_hours_all: float | None
    actions_law: int
    actions_terms: int
    csam: PublishedRow | None = None
    method: Sentence
    source: Sentence


class Acknowledgement(Data):
    """How a platform confirms receipt, and the pattern of its ticket number where one is known."""

    how: Sentence
    pattern: str | None = None
    verified: StrictBool

    @model_validator(mode="after")
    def _pattern_compiles(self) -> "Acknowledgement":
        if self.pattern is not None:
            try:
                re.compile(self.pattern)
            except re.error as problem:
                raise ValueError(f"`pattern` is no regular expression: {problem}") from None
        return self


class ChannelSections(Data):
    """The sections of a platform's file that say how to deal with it."""

    channels: tuple[Channel, ...] = Field(min_length=1)
    words: Mapping[Code, Sentence] = {}
    texts: tuple[SpecificText, ...] = ()
    targets: Targets = Targets()
    published: Published | None = None
    acknowledgement: Acknowledgement | None = None
    sources: tuple[Sentence, ...] = Field(min_length=1)
    checked: date
    verified: StrictBool


SECTIONS: frozenset[str] = frozenset(ChannelSections.model_fields)
