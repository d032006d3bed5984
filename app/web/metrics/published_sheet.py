"""What platforms publish beside what we measured, as a table to take away."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.kit.wording import N_
from app.metrics.beside import Beside
from app.platforms.vocabularies import PublishedMethod
from app.web.shell import downloads
from app.web.shell.downloads import Columns, Table
from app.web.shell.request_context import Visit

ALL = "all"
ACTED, DECIDED = PublishedMethod.ACTED, PublishedMethod.DECIDED


class Line(NamedTuple):
    """A figure that a platform published, beside ours."""

    platform: str
    beside: Beside

    def requests(self, method: PublishedMethod) -> int | None:
        """Return how many requests our median by a method is of; None where it is the other."""
        return next((one.median.n for one in self.beside.ours if one.method == method), None)

    def hours(self, method: PublishedMethod) -> float | None:
        """Return our median by a method."""
        found = (one.median.median_hours for one in self.beside.ours if one.method == method)
        return next(found, None)


COLUMNS: Columns[Line] = {
    "platform": (N_("Platform"), lambda line: line.platform),
    "category": (N_("Category"), lambda line: line.beside.told.category or ALL),
    "first_day": (N_("First day"), lambda line: line.beside.told.days[0]),
    "last_day": (N_("Last day"), lambda line: line.beside.told.days[1]),
    "notices": (N_("Notices of trusted flaggers"), lambda line: line.beside.told.n),
    "median_hours": (N_("They say: median (hours)"), lambda line: line.beside.told.median_hours),
    "method": (N_("How it counts"), lambda line: line.beside.told.method),
    "acted_requests": (N_("Our requests acted on"), lambda line: line.requests(ACTED)),
    "acted_hours": (
        N_("We measured: to the first action (hours)"),
        lambda line: line.hours(ACTED),
    ),
    "decided_requests": (N_("Our requests decided on"), lambda line: line.requests(DECIDED)),
    "decided_hours": (
        N_("We measured: to the first decision (hours)"),
        lambda line: line.hours(DECIDED),
    ),
    "source": (N_("Source"), lambda line: line.beside.told.source),
}


def table(visit: Visit, found: Mapping[str, Sequence[Beside]]) -> Table:
    """Return all that is published, by platform."""
    lines = (Line(slug, one) for slug, series in found.items() for one in series)
    return downloads.of(
        visit,
        "published",
        N_("They say, we measured"),
        columns=COLUMNS,
        rows=lines,
        labels={"category": {ALL: N_("Every category")}},
    )
