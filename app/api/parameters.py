"""What may stand in an address: references, numbers, days, pages; nothing converted loosely."""

import re
from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.api.schemas import REF_PATTERN, YEARS
from app.kit import paging, references

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _whole(value: Any) -> Any:
    """Query values are text: read a plain decimal number, nothing like 1_000 or +5."""
    if isinstance(value, str):
        if not value.isascii() or not value.isdigit() or len(value) > 9:
            raise ValueError("write a whole number")
        return int(value)
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("write true or false")
        return value == "true"
    return value


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("write a day as YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("no such day") from None
    if day.year not in YEARS:
        raise ValueError("must lie between the years 1990 and 2200")
    return day


# Patterns are for readers of the contract: what does not fit one is simply not found.
Reference = Annotated[
    str,
    Path(
        description="The takedown's public name.",
        json_schema_extra={"pattern": f"^{references.PATTERN.pattern}$"},
        examples=["TD-7K3M9Q"],
    ),
]
CaseRef = Annotated[
    str,
    Path(
        description="The hotline's own file; may hold slashes.",
        json_schema_extra={"pattern": REF_PATTERN},
        examples=["CASE-2026/17"],
    ),
]
Slug = Annotated[str, Path(description="The platform's code.", examples=["instagram"])]
NoticeNumber = Annotated[
    str,
    Path(
        description="The notice's number within the takedown.",
        json_schema_extra={"type": "integer", "minimum": 1},
        examples=[1],
    ),
]
Whole = Annotated[int, BeforeValidator(_whole)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Day = Annotated[
    date,
    BeforeValidator(_day, json_schema_input_type=str),
    Field(json_schema_extra={"format": "date"}),
]
Limit = Annotated[Whole, Query(ge=1, le=paging.MAX_LIMIT, description="How many at most.")]
Cursor = Annotated[
    str, StringConstraints(max_length=64), Query(description="`next_cursor` of the page before.")
]


class Parameters(BaseModel):
    """Query parameters: unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageQuery(Parameters):
    """Which page of a list."""

    limit: Limit = paging.DEFAULT_LIMIT
    cursor: Cursor | None = None

    @property
    def start(self) -> int | None:
        """The place the page before ended at; raises Refused for a cursor that is not ours."""
        return None if self.cursor is None else paging.place(self.cursor)
