"""The shapes of what comes in over the API: nothing unknown, nothing converted."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag
from pydantic.config import JsonDict

from app.kit.languages import Language
from app.schemas.fact_fields import changed, given, with_facts
from app.schemas.values import (
    Address,
    Code,
    Description,
    In,
    Moment,
    Pasted,
    Place,
    Recipient,
    Ref,
    Short,
    Sought,
    Text,
    Words,
    absent,
)
from app.schemas.vocabularies import ChannelKind, Further, Previewed, Purpose

_TICKET: JsonDict = {"required": ["ticket_id"], "properties": {"ticket_id": {"type": "string"}}}
_NO_TICKET: JsonDict = {"required": ["no_ticket"], "properties": {"no_ticket": {"const": True}}}
_TICKET_AND_NONE: JsonDict = {"allOf": [_TICKET, _NO_TICKET]}
_BY_MAIL: JsonDict = {"properties": {"how": {"const": "email"}}}


def _given(*names: str) -> JsonDict:
    """The part of a contract that says that these are given, and neither null nor empty."""
    given: JsonDict = {"not": {"enum": [None, []]}}
    return {"required": [*names], "properties": dict.fromkeys(names, given)}


def _none_of(*ways: JsonDict) -> JsonDict:
    return {"allOf": [{"not": way} for way in ways]}


def _never(*cases: JsonDict) -> JsonDict:
    """The part of a contract that says what is refused.

    Said so, and not by ways to choose from, generators of clients make one type of it.
    """
    return {"not": {"anyOf": [*cases]}}


# For readers of the contract: more are `too_many_links`, whatever field they come in.
A_THOUSAND = Field(json_schema_extra={"maxItems": 1000})


def parted(urls: "Sequence[str | UrlIn]") -> tuple[list[str], list[str | None]]:
    """Return the addresses, and where in each, in the order given."""
    return (
        [one if isinstance(one, str) else one.url for one in urls],
        [None if isinstance(one, str) else one.place for one in urls],
    )


@with_facts(given)
class FactsIn(In):
    """The facts anyone may give with a takedown; what is left out takes its default."""

    explanation: Text = absent()
    recipient: Recipient | None = None


_NO_FACTS = {"text", "urls", "locators", "platform", "report_again"}


def facts_given(body: FactsIn) -> dict[str, object]:
    """Return the facts a body gives, as told."""
    return body.model_dump(exclude=_NO_FACTS)


class UrlIn(In):
    """A URL, and where in it: an image, a moment."""

    url: Address
    place: Place | None = None


def _told_how(value: object) -> str:
    return "placed" if isinstance(value, dict) else "bare"


# By its shape it is one or the other, so that what is wrong with one is not told of both.
Url = Annotated[
    Annotated[Address, Tag("bare")] | Annotated[UrlIn, Tag("placed")], Discriminator(_told_how)
]


class LocatorIn(In):
    """Where an item is when it has no URL."""

    account: Short
    message_id: Short | None = None
    server_id: Short | None = None
    channel_id: Short | None = None
    occurred_at: Moment | None = None
    description: Description | None = None


class TextIn(In):
    """Pasted text."""

    text: Pasted


class IntakeIn(FactsIn):
    """Pasted material of a case, as text or as URLs: one takedown per platform comes of it.

    Where a platform takes one product a notice, one per product.
    """

    model_config = ConfigDict(
        json_schema_extra=_never(
            {"allOf": [_given("text"), _given("urls")]}, _none_of(_given("text"), _given("urls"))
        )
    )

    text: Annotated[Pasted, Field(min_length=1)] | None = None
    urls: Annotated[list[Url], Field(min_length=1), A_THOUSAND] | None = None
    report_again: bool = False


class TakedownIn(FactsIn):
    """Exactly one takedown: its URLs, or locators with their platform; at most 1,000 of each."""

    model_config = ConfigDict(
        json_schema_extra=_never(_none_of(_given("urls"), _given("locators", "platform")))
    )

    platform: Code | None = None
    urls: Annotated[list[Url], A_THOUSAND] = Field(default=[])
    locators: Annotated[list[LocatorIn], A_THOUSAND] = Field(default=[])
    report_again: bool = False


@with_facts(changed)
class FactsPatch(In):
    """The draft facts to change; null takes a fact back to unknown where that is a value."""

    explanation: Text = absent()
    recipient: Recipient | None = None


class SearchIn(In):
    """What to look for, in one way or more; nothing of it stands in an address."""

    model_config = ConfigDict(
        json_schema_extra=_never(
            _none_of(*map(_given, ("url", "account", "ticket_id", "case_ref", "text")))
        )
    )

    url: Address | None = None
    account: Short | None = None
    ticket_id: Short | None = None
    case_ref: Ref | None = None
    text: Sought | None = None


class NoticeEditsIn(In):
    """A caseworker's own words for fields of one notice."""

    channel: Code | None = None
    language: Language | None = None
    purpose: Previewed = Purpose.FIRST
    fields: Annotated[
        dict[Code, Words],
        Field(max_length=60, json_schema_extra={"additionalProperties": False}),
    ]


class SubmissionIn(In):
    """How a notice went out; of a form also its ticket, or that the platform gave none."""

    model_config = ConfigDict(
        json_schema_extra=_never(_TICKET_AND_NONE, _none_of(_BY_MAIL, _TICKET, _NO_TICKET))
    )

    how: ChannelKind
    channel: Code | None = None
    language: Language | None = None
    ticket_id: Short | None = None
    no_ticket: bool = False
    happened_at: Moment | None = None


class NoticeIn(In):
    """A further notice that went out."""

    model_config = ConfigDict(json_schema_extra=_never(_TICKET_AND_NONE))

    purpose: Further
    how: ChannelKind
    channel: Code | None = None
    language: Language | None = None
    to: Literal["platform_complaint"] | None = None
    reason: Text | None = None
    ticket_id: Short | None = None
    no_ticket: bool = False
    happened_at: Moment | None = None


class SubmissionPatch(In):
    """What of a submission may be corrected."""

    happened_at: Moment = absent()
    ticket_id: Short | None = None
    no_ticket: bool = False


@with_facts(changed, lambda fact: fact.is_correctable)
class LoggedPatch(In):
    """Which logged facts may be corrected after submission."""

    happened_at: Moment = absent()
