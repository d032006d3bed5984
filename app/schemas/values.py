"""The values a body may hold: strict, bounded, nothing converted loosely."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, LiteralString, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic.config import JsonValue
from pydantic_core import PydanticCustomError

from app.kit import references
from app.kit.clock import SKEW
from app.kit.errors import Fault, Refused
from app.kit.texts import INKLESS, trimmed

T = TypeVar("T")
YEARS = range(1990, 2200)
# For readers of the contract: rules that are kept in code, or before a value gets here.
MOMENT_PATTERN = (
    r"^(199[0-9]|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)
DAY_PATTERN = r"^(199[0-9]|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}$"
NO_NUL = r"^[^\x00]*$"
NOT_BLANK = rf"^[^\x00]*[^{INKLESS}][^\x00]*$"
ONE_LINE = rf"^[^\x00-\x1f\x7f-\x9f]*[^{INKLESS}][^\x00-\x1f\x7f-\x9f]*$"
# A reference lies readable for ever, so it may not be what was reported: no web address, with its
# scheme or without.
_SCHEME = r"([Hh]([Tt][Tt]|[Xx][Xx])[Pp][Ss]?|[Ff][Tt][Pp][Ss]?):"
_TOP = r"([A-Za-z]{2,}|[Xx][Nn]--[A-Za-z0-9-]+)"
_HOST_AND_PATH = rf"[A-Za-z][A-Za-z0-9-]*\.{_TOP}(:[0-9]+)?/"
REF_PATTERN = (
    rf"^(?!.*(\.\.|://|[Ww][Ww][Ww]\.|{_SCHEME}|{_HOST_AND_PATH}))"
    r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"
)
_REF = re.compile(REF_PATTERN)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# In an address a + stands for a space: the offset came without its sign.
_LOST = re.compile(_RFC3339.pattern.replace("[+-]", " "), re.ASCII)
_RFC3339_MEND = "write it as RFC 3339 with an offset, like 2026-03-02T09:00:00Z"
_PLUS_LOST = "the + of the offset came as a space: in an address write %2B for it, or use Z"
_WITHIN = "must lie between the years 1990 and 2200"


class In(BaseModel):
    """A request body: unknown fields are refused, nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def absent(description: str | None = None) -> Any:  # of whatever type its field has
    """Make the default of a field that may be left out but is never null."""
    # Unlike a default, a factory is no part of the contract.
    return Field(default_factory=lambda: None, description=description)


def _moment(value: object) -> object:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise _not_a_time(_PLUS_LOST if _LOST.fullmatch(str(value)) else _RFC3339_MEND)
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _not_a_time("no such moment") from None
    if moment.year not in YEARS:
        raise _not_a_time(_WITHIN)
    return moment


def _day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _not_a_time("write a day as YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _not_a_time("no such day") from None
    if day.year not in YEARS:
        raise _not_a_time(_WITHIN)
    return day


def _not_a_time(mend: LiteralString) -> PydanticCustomError:
    return PydanticCustomError("not_a_time", mend)


def _no_address(value: str) -> str:
    if ".." in value:
        raise PydanticCustomError("malformed", "may not hold two dots in a row")
    if not _REF.fullmatch(value):
        raise PydanticCustomError(
            "malformed",
            "may not be a web address: it would lie readable; write the file's own name",
        )
    return value


def _one_line(value: object) -> object:
    if isinstance(value, str) and _CONTROL.search(value):
        raise PydanticCustomError("not_one_line", "must be one line, without control characters")
    return value


def _trimmed(value: object) -> object:
    return trimmed(value) if isinstance(value, str) else value


def each_once(values: list[T]) -> list[T]:
    """Refuse a list that names something twice."""
    if len(set(values)) != len(values):
        raise PydanticCustomError("twice", "name each once")
    return values


def _whole(value: object) -> object:
    """JSON has one kind of number: 1.0 is the whole number 1 (JSON Schema Validation 6.1.1)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _told(pattern: str, **more: JsonValue) -> object:
    return Field(json_schema_extra={"pattern": pattern, **more})


Moment = Annotated[
    datetime,
    BeforeValidator(_moment, json_schema_input_type=str),
    _told(MOMENT_PATTERN, format="date-time", examples=["2026-03-02T09:00:00Z"]),
]
Day = Annotated[
    date,
    BeforeValidator(_day, json_schema_input_type=str),
    _told(DAY_PATTERN, format="date"),
]
Ref = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"),
    AfterValidator(_no_address),
    _told(REF_PATTERN),
]
Reference = Annotated[str, StringConstraints(pattern=f"^{references.PATTERN.pattern}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000),
    BeforeValidator(_trimmed),
    _told(NOT_BLANK),
]
Short = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    BeforeValidator(_trimmed),
    BeforeValidator(_one_line),
    _told(ONE_LINE),
]
# An https address of a form, or a mailbox; without a user's name before the host.
_LABEL = r"[^\x00-\x20\x7f/?#@:\\<>\x22\[\],;.]+"
_HOST = rf"{_LABEL}(\.{_LABEL})+"
RECIPIENT_PATTERN = (
    rf"^(https://{_HOST}(:[0-9]{{1,5}})?([/?#][^\x00-\x20\x7f<>\x22\\]*)?"
    rf"|[^\x00-\x20\x7f@,;<>\x22:/]+@{_HOST})$"
)
_RECIPIENT = re.compile(RECIPIENT_PATTERN)


def _recipient(value: str) -> str:
    if not _RECIPIENT.fullmatch(value):
        raise PydanticCustomError("address_invalid", "write an https address or one e-mail address")
    return value


Recipient = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    BeforeValidator(_trimmed),
    AfterValidator(_recipient),
    _told(RECIPIENT_PATTERN),
]
Place = Annotated[
    str,
    StringConstraints(min_length=1, max_length=80),
    BeforeValidator(_trimmed),
    BeforeValidator(_one_line),
    _told(ONE_LINE),
]
Sought = Annotated[
    str,
    StringConstraints(min_length=1, max_length=8192),
    BeforeValidator(_trimmed),
    _told(NOT_BLANK),
]
Address = Annotated[str, StringConstraints(min_length=1, max_length=8192), _told(NO_NUL)]
Pasted = Annotated[str, StringConstraints(max_length=8 * 1024 * 1024), _told(NO_NUL)]
Description = Annotated[str, StringConstraints(min_length=1, max_length=1000), _told(NO_NUL)]
Words = Annotated[str, StringConstraints(max_length=20_000), _told(NO_NUL)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
ItemId = Annotated[int, Field(ge=1, le=32767), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=0, le=999_999_999), BeforeValidator(_whole)]
EventId = Annotated[int, Field(ge=1, le=2**53), BeforeValidator(_whole)]


def refuse_future(now: datetime, **moments: datetime | None) -> None:
    """Refuse moments that have not come yet, allowing 60 s for clocks that differ.

    A moment is named by where it stands in the body: `replacement/happened_at`.
    """
    latest = now + SKEW
    faults = [
        Fault(f"/{name}", "in_the_future", "must not lie in the future")
        for name, moment in moments.items()
        if moment is not None and moment > latest
    ]
    if faults:
        raise Refused("in_the_future", "a moment lies in the future; correct it", faults)
