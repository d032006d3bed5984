"""The shapes of what comes in over the API: strict, bounded, nothing unknown."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from app.api.words import AiGenerated, Basis, Further, How, Language, Previewed
from app.kit.errors import Fault, Refused

YEARS = range(1990, 2200)
SKEW_SECONDS = 60
# For readers of the contract; the validator that is run has no look-ahead.
REF_PATTERN = r"^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


class In(BaseModel):
    """A request body: unknown fields are refused, nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def absent() -> Any:
    """Make the default of a field that may be left out but is never null."""
    return Field(default_factory=lambda: None)  # unlike a default, it is no part of the contract


def _moment(value: Any) -> Any:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("write it as RFC 3339 with an offset, like 2026-03-02T09:00:00Z")
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("no such moment") from None
    if moment.year not in YEARS:
        raise ValueError("must lie between the years 1990 and 2200")
    return moment


def _no_dots(value: str) -> str:
    if ".." in value:
        raise ValueError("may not hold two dots in a row")
    return value


Moment = Annotated[
    datetime,
    BeforeValidator(_moment, json_schema_input_type=str),
    Field(json_schema_extra={"format": "date-time", "examples": ["2026-03-02T09:00:00Z"]}),
]
Ref = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"),
    AfterValidator(_no_dots),
    Field(json_schema_extra={"pattern": REF_PATTERN}),
]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
_NOT_BLANK = Field(json_schema_extra={"pattern": r"\S"})
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), _NOT_BLANK
]
Short = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), _NOT_BLANK
]
Sought = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8192), _NOT_BLANK
]
Address = Annotated[str, StringConstraints(min_length=1, max_length=8192)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
ItemId = Annotated[int, Field(ge=1, le=32767)]


class FactsIn(In):
    """The facts anyone may give with a takedown; what is left out takes its default."""

    category: Code
    case_ref: Ref
    external_ref: Ref | None = None
    ai_generated: AiGenerated = "unknown"
    sexual_extortion: bool | None = None
    person_is_minor: bool | None = None
    urgent: bool = False
    deadline_at: Moment | None = None
    reported_at: Moment | None = None
    court_order: bool = False
    explanation: Text = absent()
    language: Language = "en"
    basis: Basis | None = None
    channel: Code | None = None
    include_identity: bool | None = None
    authorised_by_person: bool = False


class LocatorIn(In):
    """Where an item is when it has no URL."""

    account: Short
    message_id: Short | None = None
    server_id: Short | None = None
    channel_id: Short | None = None
    occurred_at: Moment | None = None
    description: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None


class TextIn(In):
    """Pasted text."""

    text: Annotated[str, StringConstraints(max_length=8 * 1024 * 1024)]


class IntakeIn(FactsIn):
    """Pasted material of a case: one takedown per platform comes of it."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=8 * 1024 * 1024)] | None = None
    urls: Annotated[list[Address], Field(min_length=1, max_length=1000)] | None = None
    report_again: bool = False


class TakedownIn(FactsIn):
    """Exactly one takedown."""

    platform: Code | None = None
    urls: Annotated[list[Address], Field(max_length=1000)] = []
    locators: Annotated[list[LocatorIn], Field(max_length=1000)] = []
    report_again: bool = False


class FactsPatch(In):
    """The draft facts to change; null takes a fact back to unknown where that is a value."""

    category: Code = absent()
    case_ref: Ref = absent()
    external_ref: Ref | None = None
    ai_generated: AiGenerated = absent()
    sexual_extortion: bool | None = None
    person_is_minor: bool | None = None
    urgent: bool = absent()
    deadline_at: Moment | None = None
    reported_at: Moment | None = None
    court_order: bool = absent()
    explanation: Text = absent()
    language: Language = absent()
    basis: Basis = absent()
    channel: Code | None = None
    include_identity: bool | None = None
    authorised_by_person: bool = absent()


class SearchIn(In):
    """What to look for; nothing of it stands in an address."""

    url: Address | None = None
    account: Short | None = None
    ticket_id: Short | None = None
    case_ref: Ref | None = None
    text: Sought | None = None


class NoticeEditsIn(In):
    """A caseworker's own words for fields of one notice."""

    channel: Code | None = None
    language: Language | None = None
    purpose: Previewed = "first"
    fields: Annotated[
        dict[Code, Annotated[str, StringConstraints(max_length=20_000)]], Field(max_length=60)
    ]


class SubmissionIn(In):
    """How a notice went out."""

    how: How
    channel: Code | None = None
    language: Language | None = None
    ticket_id: Short | None = None
    no_ticket: bool = False
    happened_at: Moment | None = None


class NoticeIn(In):
    """A further notice that went out."""

    purpose: Further
    how: How
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


class LoggedPatch(In):
    """Which logged facts may be corrected after submission."""

    happened_at: Moment = absent()
    case_ref: Ref = absent()
    ai_generated: AiGenerated = absent()
    person_is_minor: bool | None = None
    urgent: bool = absent()
    deadline_at: Moment | None = None
    reported_at: Moment | None = None
    court_order: bool = absent()


def refuse_future(now: datetime, **moments: datetime | None) -> None:
    """Refuse moments that have not come yet, allowing 60 s for clocks that differ.

    A moment is named by where it stands in the body: `replacement/happened_at`.
    """
    latest = now + timedelta(seconds=SKEW_SECONDS)
    faults = [
        Fault(f"/{name}", "in_the_future", "must not lie in the future")
        for name, moment in moments.items()
        if moment is not None and moment > latest
    ]
    if faults:
        raise Refused("in_the_future", "a moment lies in the future; correct it", faults)
