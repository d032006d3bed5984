"""The shapes of figures that go out, for the contract and its tests."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from app.api.shapes import Stamp
from app.metrics import numbers
from app.metrics.vocabularies import ClockName
from app.platforms.published import PublishedFigure
from app.schemas.values import absent


@dataclass(frozen=True, slots=True)
class Group(numbers.Summary):
    """The figures of one group; each is null where too few takedowns stand behind it."""

    key: str
    label: str
    published: list[PublishedFigure]


class Figures(BaseModel):
    """What was asked; `clock_behind` while the server's clock has not come to `as_of` yet: what is
    still open is counted up to the clock, and the answer may change.
    """

    as_of: Stamp
    from_: date | None = Field(alias="from")
    to: date | None
    definition: str
    clock_behind: Literal[True] = absent()


class ResponseTimes(Figures):
    """How fast platforms answer, group by group."""

    groups: list[Group]


class Curve(Figures):
    """One clock to draw, as a step function: from its hours, each step holds until the next."""

    clock: ClockName
    n: int
    takedowns: int
    small: bool
    steps: list[numbers.CurveStep]


class PlatformComparison(Figures):
    """Each platform beside all the others."""

    clock: Literal[ClockName.GONE, ClockName.DECISION]
    platforms: list[numbers.PlatformBesideOthers]
