"""The filters of the list of takedowns, and its order: one field each, the same on every face.

Pure. Where a filter names several values any of them will do; what is left out leaves it open.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Annotated, Any, Self, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.schemas.values import Code, Day, Moment, Ref
from app.schemas.vocabularies import Basis, ItemState, ListOrder, NextStep, Stage, Turn

MOST_VALUES = 100
NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f]*$"
# Names hold commas as well, with a space behind them: Example, Inc.
_BETWEEN = re.compile(r",(?! )")


def separated(texts: Iterable[str]) -> list[str]:
    """Return what stands in the texts of a parameter, with commas between."""
    return [one for text in texts for one in _BETWEEN.split(text)]


def listed(value: object) -> object:
    """Read the texts of a parameter; whatever else stood there is for its field to refuse."""
    return separated(value) if isinstance(value, list) else value


def truth(value: object) -> object:
    """Read true or false as an address writes them."""
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("wrong_type", "write true or false")
        return value == "true"
    return value


Truth = Annotated[bool, BeforeValidator(truth)]
Name = Annotated[
    str, StringConstraints(max_length=200), Field(json_schema_extra={"pattern": NO_CONTROL})
]
_AnyOf = (BeforeValidator(listed), Field(min_length=1, max_length=MOST_VALUES))


class Filters(BaseModel):
    """Which takedowns, and in which order; without one, those logged last come first.

    The ends of spans are exclusive; a day stands for the moment at which it begins.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    platform: Annotated[list[Code], *_AnyOf] | None = None
    provider: Annotated[list[Name], *_AnyOf] | None = None
    category: Annotated[list[Code], *_AnyOf] | None = None
    basis: Annotated[list[Basis], *_AnyOf] | None = None
    stage: Annotated[list[Stage], *_AnyOf] | None = None
    whose_turn: Annotated[list[Turn], *_AnyOf] | None = None
    next_step: Annotated[list[NextStep], *_AnyOf] | None = None
    item_state: Annotated[list[ItemState], *_AnyOf] | None = None
    overdue: Truth | None = None
    case_ref: Ref | None = None
    external_ref: Ref | None = None
    logged_from: Moment | Day | None = None
    logged_to: Moment | Day | None = None
    submitted_from: Moment | Day | None = None
    submitted_to: Moment | Day | None = None
    updated_since: Moment | Day | None = None
    sort: ListOrder | None = None

    def in_zone(self, zone: ZoneInfo) -> Self:
        """Return the same with the moments at which its days begin."""
        begun = {
            name: datetime.combine(value, time(), zone)
            for name, value in self
            if isinstance(value, date) and not isinstance(value, datetime)
        }
        return self.model_copy(update=begun)

    @property
    def given(self) -> dict[str, Any]:  # of whatever type the filter of that name has
        """What is asked for, by the names of the filters."""
        values = {name: getattr(self, name) for name in NARROWING}
        return {name: value for name, value in values.items() if value is not None}


NARROWING = tuple(name for name in Filters.model_fields if name != "sort")
# The filters that take several values.
MANY = frozenset(
    name
    for name, field in Filters.model_fields.items()
    for way in get_args(field.annotation)
    if any(get_origin(kind) is list for kind in get_args(way))
)
