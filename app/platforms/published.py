"""What a platform publishes itself about notices of trusted flaggers: a series of periods.

Pure. A figure is never averaged with another: it stands beside ours of the same period, method
and category.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from app.platforms.schema import Code, Data, Sentence
from app.platforms.vocabularies import PublishedMethod

Count = Annotated[int, Field(ge=0)]
Hours = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class PublishedFigure(Data):
    """A platform's own median over trusted-flagger notices of one period.

    `category` is null for all notices together, `method` where the platform does not tell its rule,
    `median_hours` where it published none, `n` where its notices are not known.
    """

    period: str = Field(pattern=r"^20\d{2}(-H[12]|-\d{2}-\d{2}/20\d{2}-\d{2}-\d{2})?$")
    category: Code | None
    method: PublishedMethod | None
    median_hours: Hours | None
    n: Count | None
    source: Sentence

    @model_validator(mode="after")
    def _no_notices_no_median(self) -> "PublishedFigure":
        if self.n == 0 and self.median_hours is not None:
            raise ValueError("`median_hours` of no notices is null, also where 0 was printed")
        return self

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day of its period."""
        return days_of(self.period)


class Published(PublishedFigure):
    """A row of a platform's own report (IR (EU) 2024/2835, Annex I part 4), null where it is blank.

    `note` tells the rule behind it, in a sentence.
    """

    items: Count | None = None
    median_hours_all: Hours | None = None
    actions_law: Count | None = None
    actions_terms: Count | None = None
    note: Sentence | None = None


def newest_first(series: Iterable[Published]) -> list[Published]:
    """Return a series by period, those of one period in the order they have."""
    return sorted(series, key=lambda one: one.days[::-1], reverse=True)


def days_of(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period as it is written."""
    first, _, last = period.partition("/")
    if last:
        return date.fromisoformat(first), date.fromisoformat(last)
    year, half = int(first[:4]), first[5:]
    return (
        date(year, 7, 1) if half == "H2" else date(year, 1, 1),
        date(year, 6, 30) if half == "H1" else date(year, 12, 31),
    )


def period_of(first: date, last: date) -> str:
    """Return how a period is written: a year, a half of it, or its days."""
    names = (f"{first.year}", f"{first.year}-H1", f"{first.year}-H2")
    return next((name for name in names if days_of(name) == (first, last)), f"{first}/{last}")


def newest(series: Iterable[Published]) -> list[Published]:
    """Return the entries of the newest period of each category and method."""
    found: dict[tuple[str | None, str | None], list[Published]] = {}
    for one in newest_first(series):
        same = found.setdefault((one.category, one.method), [one])
        if same[0] is not one and same[0].period == one.period:
            same.append(one)
    return [one for same in found.values() for one in same]


def published_for(
    series: Iterable[Published], category: str | None, method: PublishedMethod | None
) -> list[Published]:
    """Return what stands beside our figure of a category and method, the newest first.

    Where the platform has no entry of the category, those of all its notices, `category` null.
    """
    same_method = [one for one in newest_first(series) if one.method == method]
    own = [one for one in same_method if one.category == category]
    return own or [one for one in same_method if one.category is None]
