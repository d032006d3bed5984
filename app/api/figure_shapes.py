"""The shapes of figures that go out, for the contract and its tests."""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, Field

from app.api.shapes import Stamp
from app.metrics import curve, summary


@dataclass(frozen=True, slots=True)
class Group(summary.Summary):
    """The figures of one group; in a small one only the counts."""

    key: str
    label: str


class ResponseTimes(BaseModel):
    """How fast platforms answer, group by group."""

    as_of: Stamp
    from_: date | None = Field(alias="from")
    to: date | None
    definition: str
    groups: list[Group]


class Curve(BaseModel):
    """One clock to draw, as a step function: from its hours, each point holds until the next."""

    as_of: Stamp
    from_: date | None = Field(alias="from")
    to: date | None
    definition: str
    clock: curve.ClockName
    n: int
    events: int
    censored: int
    small: bool
    longest_hours: float | None
    points: list[curve.Point]
