"""What may stand in an address: references, numbers, days, pages; nothing converted loosely."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError
from starlette.convertors import Convertor, register_url_convertor

from app.kit import paging, references
from app.schemas.list_filters import listed
from app.schemas.values import REF_PATTERN
from app.schemas.values import Reference as NamedReference
from app.schemas.vocabularies import EventKind


def _whole(value: Any) -> Any:
    """Query values are text: read a plain decimal number, nothing like 1_000 or +5."""
    if isinstance(value, str):
        if not value.isascii() or not value.isdigit() or len(value) > 9:
            raise PydanticCustomError("wrong_type", "write a whole number")
        return int(value)
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
        json_schema_extra={"pattern": f"^{references.PATTERN.pattern}$"},
        examples=["TD-7K3M9Q"],
    ),
]
CaseRef = Annotated[
    str,
    Path(
        json_schema_extra={"pattern": REF_PATTERN},
        examples=["CASE-2026/17"],
    ),
]
Slug = Annotated[
    str,
    Path(
        json_schema_extra={"pattern": "^[a-z][a-z0-9_]{0,39}$"},
        examples=["instagram"],
    ),
]
NoticeNumber = Annotated[
    str,
    Path(
        json_schema_extra={"type": "integer", "minimum": 1},
        examples=[1],
    ),
]
ReportNumber = Annotated[
    str,
    Path(
        alias="id",
        json_schema_extra={"type": "integer", "minimum": 1},
        examples=[1],
    ),
]
VersionNumber = Annotated[
    str,
    Path(
        alias="n",
        json_schema_extra={"type": "integer", "minimum": 1},
        examples=[2],
    ),
]
Limit = Annotated[
    int,
    Field(ge=1, le=paging.MAX_LIMIT),
    BeforeValidator(_whole),
]
After = Annotated[
    int,
    Field(ge=0, le=999_999_999),
    BeforeValidator(_whole),
]
Wait = Annotated[int, Field(ge=0, le=30), BeforeValidator(_whole)]
Cursor = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$"),
]


Kinds = Annotated[
    list[EventKind],
    BeforeValidator(listed),
    Field(min_length=1),
]
References = Annotated[
    list[NamedReference],
    BeforeValidator(listed),
    Field(min_length=1, max_length=100),
]


class Parameters(BaseModel):
    """Query parameters: unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PageQuery(Parameters):
    """Which page of a list."""

    limit: Limit = paging.DEFAULT_LIMIT
    cursor: Cursor | None = None
