"""What platforms say beside what we measured: same period, same category, same method.

Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from app.metrics.cohort import Cohort
from app.metrics.numbers import PlainMedian
from app.metrics.periods import Period
from app.metrics.questions import Question, Viewpoint, micros_of
from app.metrics.slices import Slice
from app.platforms.published import Published
from app.platforms.vocabularies import PublishedMethod

# What our median by each method counts.
FIGURES: Mapping[PublishedMethod, str] = MappingProxyType(
    {PublishedMethod.ACTED: "acted_on", PublishedMethod.DECIDED: "decided_on"}
)


class Ours(NamedTuple):
    """Our median by a method, and the figure that opens its rows."""

    method: PublishedMethod
    figure: str
    median: PlainMedian


class Beside(NamedTuple):
    """A published figure, and ours of its days: by its method, by both where it tells none."""

    told: Published
    days: Period
    ours: tuple[Ours, ...]


def beside(
    platform: str, series: Iterable[Published], *, asked: Cohort, view: Viewpoint
) -> list[Beside]:
    """Set a platform's series beside what a cohort of any day, platform and category says."""
    return [_beside(platform, told, asked=asked, view=view) for told in series]


def _beside(platform: str, told: Published, *, asked: Cohort, view: Viewpoint) -> Beside:
    first, last = told.days
    days = Period(first, last + timedelta(days=1))
    question = Question(zone=view.zone, periods=(days,), platform=platform, category=told.category)
    group = asked.where(question.asks_for(asked.takedowns))
    medians = Slice(group, micros_of(view.until)).numbers.dsa_style
    methods = [told.method] if told.method else list(PublishedMethod)
    ours = (Ours(one, FIGURES[one], getattr(medians, one)) for one in methods)
    return Beside(told, days, tuple(ours))
