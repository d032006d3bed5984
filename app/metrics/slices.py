"""One group of takedowns as it is shown, each number worked out when it is first asked for.

Pure. A page shows a few numbers of many groups: none pays for those it does not show.
"""

from functools import cached_property

from app.metrics import clocks, figures, summary
from app.metrics.clocks import Watched
from app.metrics.cohort import Cohort
from app.metrics.counting import Group, group_of, is_small
from app.metrics.incidence import Incidence, cumulative_incidence
from app.metrics.numbers import ShareBy, Summary
from app.metrics.vocabularies import ClockName


class Counts(dict[str, int]):
    """How many rows each figure of a group has."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group

    def __missing__(self, figure: str) -> int:
        """Count them once."""
        self[figure] = count = figures.rows_behind(figure, self.group).places.size
        return count


class Slice:
    """A group with its numbers."""

    def __init__(self, asked: Cohort, until: int) -> None:
        self.group = group_of(asked, until)
        self.counts = Counts(self.group)

    @cached_property
    def numbers(self) -> Summary:
        """All numbers of the API."""
        return summary.summary_of(self.group)

    @cached_property
    def watched(self) -> Watched:
        """How long each item was watched until it was gone."""
        return clocks.watched(ClockName.GONE, self.group)

    @cached_property
    def incidence(self) -> Incidence:
        """The curve of time to gone."""
        return cumulative_incidence(self.watched.observations())

    @property
    def requests(self) -> int:
        """How many takedowns count."""
        return len(self.group.counted)

    @property
    def small(self) -> bool:
        """Tell whether there are too few for a share or a curve of what is gone."""
        return is_small(self.requests)

    def gone_by(self, hours: float) -> ShareBy | None:
        """Share gone by then; None of few, and where nobody can tell."""
        return None if self.small else summary.share_by(self.incidence, hours)

    def at_risk(self, hours: float) -> int:
        """How many items had not come to an end before then, and were still watched."""
        return int((self.watched.hours >= hours).sum())
