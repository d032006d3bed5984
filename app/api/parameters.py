"""What may stand in an address: references, numbers, days, pages; nothing converted loosely."""

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError
from starlette.convertors import Convertor, register_url_convertor

from app.kit import paging, references
from app.schemas.values import REF_PATTERN
from app.schemas.values import Reference as NamedReference
from app.schemas.vocabularies import EventKind

NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f]*$"


def _whole(value: Any) -> Any:
    """Query values are text: read a plain decimal number, nothing like 1_000 or +5."""
    if isinstance(value, str):
        if not value.isascii() or not value.isdigit() or len(value) > 9:
            raise PydanticCustomError("wrong_type", "write a whole number")
        return int(value)
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("wrong_type", "write true or false")
        return value == "true"
    return value


class _References(Convertor[str]):
    """Only a reference stands where a path asks for one: `/takedowns/search` does not."""

    regex = references.PATTERN.pattern

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("reference", _References())

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
Slug = Annotated[
    str,
    Path(
        description="The platform's code.",
        json_schema_extra={"pattern": "^[a-z][a-z0-9_]{0,39}$"},
        examples=["instagram"],
    ),
]
NoticeNumber = Annotated[
    str,
    Path(
        description="The notice's number within the takedown.",
        json_schema_extra={"type": "integer", "minimum": 1},
        examples=[1],
    ),
]
Truth = Annotated[bool, BeforeValidator(_truth)]
Limit = Annotated[
    int,
    Field(ge=1, le=paging.MAX_LIMIT),
    BeforeValidator(_whole),
    Query(description="How many at most."),
]
After = Annotated[
    int,
    Field(ge=0, le=999_999_999),
    BeforeValidator(_whole),
    Query(description="The last event's id."),
]
Wait = Annotated[
    int, Field(ge=0, le=30), BeforeValidator(_whole), Query(description="Seconds to wait for news.")
]
Cursor = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$"),
]


def _listed(value: Any) -> Any:
    """Read what stands in one parameter, with commas between."""
    return value[0].split(",") if isinstance(value, list) and len(value) == 1 else value


Kinds = Annotated[
    list[EventKind],
    BeforeValidator(_listed),
    Field(min_length=1),
]
References = Annotated[
    list[NamedReference],
    BeforeValidator(_listed),
    Field(min_length=1, max_length=100),
]
Name = Annotated[
    str, StringConstraints(max_length=200), Field(json_schema_extra={"pattern": NO_CONTROL})
]


class Parameters(BaseModel):
    """Query parameters: unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageQuery(Parameters):
    """Which page of a list."""

    limit: Limit = paging.DEFAULT_LIMIT
    cursor: Cursor | None = None
