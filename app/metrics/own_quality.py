"""How well our own notices were, by provider and quarter, and when somebody should look at it.

Pure: DSA Article 22(6) lets a coordinator suspend a flagger for notices that are not precise,
accurate or well founded; whoever sees it coming can mend it.
"""

from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.metrics import periods, questions
from app.metrics.cohort import Cohort
from app.metrics.periods import Period
from app.metrics.questions import Viewpoint, micros_of
from app.metrics.slices import Slice
from app.metrics.vocabularies import Grouping

# What may be wrong with our notices, by figure: all are counted of first notices.
MEASURES = (
    "notices_refused",
    "information_asked",
    "wrong_channel",
    "duplicates",
    "withdrawn_after_submission",
)
MONTHS_WATCHED = 3


class Threshold(NamedTuple):
    """From when on a share is too large: so many of a hundred notices, and so many at least."""

    percent: int
    cases: int


class Passed(NamedTuple):
    """A share that is too large: of which provider's notices, which, and how many of how many."""

    provider: str
    figure: str
    cases: int
    notices: int


class Line(NamedTuple):
    """The notices of some days."""

    days: Period
    numbers: Slice

    def cases(self, figure: str) -> int | None:
        """Return how many notices had something wrong; None where it was never recorded."""
        return cases_of(self.numbers, figure)

    def share(self, figure: str) -> float | None:
        """Return the share they are; None of fewer than ten notices, and where none is known."""
        cases = self.cases(figure)
        return None if cases is None or self.numbers.small else cases / self.numbers.requests


def cases_of(numbers: Slice, figure: str) -> int | None:
    """Return how many notices had something wrong; None where it was never recorded."""
    name = "refused" if figure == "notices_refused" else figure
    found: int | None = getattr(numbers.numbers.own_quality, name)
    return found


def by_provider(asked: Cohort, period: Period, view: Viewpoint) -> dict[str, list[Line]]:
    """Sort notices by provider, most notices first, each with its quarters and then all of them."""
    groups = questions.grouped(asked, Grouping.PROVIDER, view.zone)
    found = {name: lines_of(group, period, view) for name, group in groups.items()}
    return dict(
        sorted(found.items(), key=lambda one: (-one[1][-1].numbers.requests, one[0].casefold()))
    )


def lines_of(asked: Cohort, period: Period, view: Viewpoint) -> list[Line]:
    """Return the quarters of a period in which there are notices, and last the whole of it."""
    until = micros_of(view.until)
    days = periods.quarters_within(period)
    lines = [Line(one, Slice(questions.within(asked, one, view.zone), until)) for one in days]
    return [*(line for line in lines if line.numbers.requests), Line(period, Slice(asked, until))]


def passed(asked: Cohort, threshold: Threshold, *, zone: ZoneInfo, until: int) -> list[Passed]:
    """Name each share that is too large, provider by provider; of few notices none is told."""
    groups: Mapping[str, Slice] = {
        name: Slice(group, until)
        for name, group in questions.grouped(asked, Grouping.PROVIDER, zone).items()
    }
    return [
        Passed(name, figure, cases, numbers.requests)
        for name, numbers in sorted(groups.items())
        for figure in MEASURES
        if not numbers.small
        and (cases := cases_of(numbers, figure)) is not None
        and cases >= max(threshold.cases, 1)
        and 100 * cases >= threshold.percent * numbers.requests
    ]


def watched(view: Viewpoint) -> Period:
    """Return the days that the alarm looks at."""
    first = periods.months_on(view.today, -MONTHS_WATCHED)
    return Period(first, view.today + periods.DAY)
