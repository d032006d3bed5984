"""How a platform is reached: its channels and their forms, and what we know of each.

Pure: the shape of the channel sections of a platform's file.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from app.kit.languages import Language
from app.platforms.expectations import Acknowledgement, Targets
from app.platforms.published import Published
from app.platforms.schema import Code, Data, Localised, Sentence
from app.platforms.texts_of_a_platform import SpecificText
from app.platforms.vocabularies import FieldSource, Mark, SenderIdentity
from app.schemas.vocabularies import Basis, ChannelKind

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
# What this hotline has found since, and no file says: see app.notices.form_changes.
FOUND = ("confirmed_at", "confirmed_by", "changed_at", "changed_by", "changed_where")


class FormField(Data):
    """One field of a form: what fills it (`source`, else its own id) and its limit, where known.

    It is asked for `categories` only, where named. `answer` is what a question of the form's own
    is answered (`source: answer`); without one a person answers it in the form. `at_a_time`
    addresses fit in: the others go into further fields.
    """

    id: Code
    source: FieldSource | None = None
    label: Localised | None = None
    required: StrictBool
    max_length: Annotated[int, Field(gt=0)] | None = None
    categories: tuple[Code, ...] = ()
    answer: Localised | None = None
    at_a_time: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _has_a_source(self) -> "FormField":
        if self.source is None and not FieldSource.has(self.id):
            raise ValueError(f"field {self.id} needs a `source`: one of {', '.join(FieldSource)}")
        if self.filled_by == "answer" and self.label is None:
            raise ValueError(f"field {self.id} needs a `label`: it is a question of the form's own")
        if self.answer is not None and self.filled_by != "answer":
            raise ValueError(f"field {self.id} has an `answer`, but is filled by {self.filled_by}")
        if self.at_a_time is not None and self.filled_by != "urls":
            raise ValueError("only a field for addresses takes so many `at_a_time`")
        return self

    @property
    def filled_by(self) -> str:
        """Return what fills the field."""
        return self.source or self.id

    def copies(self, urls: int) -> tuple["FormField", ...]:
        """Return the field, and after it as many more as hold so many addresses."""
        further = 0 if self.at_a_time is None else (max(urls, 1) - 1) // self.at_a_time
        others = (
            self.model_copy(update={"id": f"{self.id}_{number}", "source": self.filled_by})
            for number in range(2, further + 2)
        )
        return (self, *others)


class Channel(Data):
    """One way to reach a platform; without `fields` its form asks the usual ones.

    `formerly` are ids it had before; `words` its own names of categories, where they are not the
    platform's. A file never says that a form is as shown: people do, and then it is `verified`.
    """

    id: Code
    formerly: tuple[Code, ...] = ()
    kind: ChannelKind
    label: Localised
    form_url: str | None = None
    to: str | None = None
    confidential: StrictBool = False
    by_hand: StrictBool = False
    bases: tuple[Basis, ...] = Field(min_length=1)
    categories: Literal["all"] | tuple[Code, ...]
    languages: tuple[Language, ...] | None = None
    identity: SenderIdentity
    knows_us: StrictBool = False
    needs_mandate: StrictBool = False
    max_items: Annotated[int, Field(gt=0)] | None = None
    words: Mapping[Code, Sentence] = {}
    fields: tuple[FormField, ...] = Field(min_length=1)
    verified: StrictBool
    mark: Mark = Mark.UNVERIFIED
    checked: date
    source: Sentence
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    changed_at: datetime | None = None
    changed_by: str | None = None
    changed_where: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _usual_fields(cls, given: object) -> object:
        if not isinstance(given, Mapping) or "fields" in given:
            return given
        if given.get("verified") is True:
            raise ValueError("a verified channel names the `fields` of its form")
        usual = USUAL_TAKE_IT_DOWN if given.get("bases") == [Basis.TAKE_IT_DOWN] else USUAL
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
        if self.to is not None and self.kind != ChannelKind.EMAIL:
            raise ValueError("a channel with `to` is of kind email")
        is_named = self.identity == SenderIdentity.REQUIRED
        if self.kind == ChannelKind.EMAIL and (self.form_url or self.by_hand or not is_named):
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

    @property
    def filled_by(self) -> frozenset[str]:
        """Return everything its fields are filled by."""
        return frozenset(field.filled_by for field in self.fields)

    def serves(self, basis: str, category: str) -> bool:
        """Tell whether a notice on this basis about this category may go this way."""
        return basis in self.bases and (self.categories == "all" or category in self.categories)

    def is_called(self, name: str) -> bool:
        """Tell whether this is its id, or was."""
        return name == self.id or name in self.formerly

    def asking(self, category: str, urls: int) -> "Channel":
        """Return the channel with the fields its form has for a category and so many addresses."""
        fields = tuple(
            copy
            for field in self.fields
            if not field.categories or category in field.categories
            for copy in field.copies(urls)
        )
        return self if fields == self.fields else self.model_copy(update={"fields": fields})

    def at(self, address: str) -> "Channel":
        """Move the channel to the address the hotline was given; the address decides the kind.

        Raises ValueError when it is neither an https address nor an e-mail address.
        """
        if SECURE_URL.fullmatch(address):
            found = {"kind": ChannelKind.FORM, "form_url": address}
        elif MAIL.fullmatch(address):
            found = {"kind": ChannelKind.EMAIL, "to": address, "identity": SenderIdentity.REQUIRED}
        else:
            raise ValueError("neither an https address nor an e-mail address")
        return self.model_copy(update=found)


def _usual(word: str) -> dict[str, str | bool]:
    source = word.rstrip("?")
    field: dict[str, str | bool] = {"id": source, "required": word == source}
    return {**field, "id": "explanation", "source": source} if source == "statement" else field


class NotChannel(Data):
    """An address no notice goes to, whole or in part, though it is passed on as one; and why."""

    address: Sentence
    because: Sentence


class ChannelSections(Data):
    """The sections of a platform's file that say how to deal with it."""

    channels: tuple[Channel, ...] = Field(min_length=1)
    not_channels: tuple[NotChannel, ...] = ()
    words: Mapping[Code, Sentence] = {}
    texts: tuple[SpecificText, ...] = ()
    targets: Targets = Targets()
    published: tuple[Published, ...] = ()
    acknowledgement: Acknowledgement | None = None
    sources: tuple[Sentence, ...] = Field(min_length=1)
    checked: date
    verified: StrictBool


SECTIONS: frozenset[str] = frozenset(ChannelSections.model_fields)
