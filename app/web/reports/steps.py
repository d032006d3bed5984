"""The steps that lead through a report, and how far each is.

Pure: the report, its numbers and what was found come in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from app.reports.checks import Finding
from app.reports.difference import Difference
from app.reports.made import Made
from app.reports.report import Report, Version
from app.reports.vocabularies import WITH_TEXTS, Check, HandFigure


class Step(StrEnum):
    """A step, in the order of the page."""

    CHECKS = "checks"
    TEXTS = "texts"
    FIGURES = "figures"
    PREVIEW = "preview"
    FREEZE = "freeze"


@dataclass(frozen=True)
class Guide:
    """A report as it stands now; `since` tells what changed after its last freeze, if any."""

    report: Report
    made: Made
    findings: Sequence[Finding]
    versions: Sequence[Version]
    since: Difference | None

    @property
    def steps(self) -> list[Step]:
        """The steps of this kind of report."""
        return [step for step in Step if step != Step.TEXTS or self.report.kind in WITH_TEXTS]

    @property
    def done(self) -> list[Step]:
        """Those of them with nothing left to do."""
        return [step for step in self.steps if self.is_done(step)]

    def is_done(self, step: Step) -> bool:
        """Tell whether nothing is left to do in a step; looking and freezing are one."""
        match step:
            case Step.CHECKS:
                return not any(one.blocks for one in self.findings if not _is_empty(one))
            case Step.TEXTS:
                return not any(_is_empty(one) for one in self.findings)
            case Step.FIGURES:
                return all(self.report.figures.get(one) is not None for one in HandFigure)
            case Step.PREVIEW | Step.FREEZE:
                return self.is_frozen

    @property
    def is_frozen(self) -> bool:
        """Tell whether it was frozen, and nothing changed since."""
        return self.since is not None and self.since.is_of_time_alone

    @property
    def blocking(self) -> list[Check]:
        """What keeps it from being frozen, each named once."""
        return list(dict.fromkeys(one.check for one in self.findings if one.blocks))

    @cached_property
    def found(self) -> Mapping[Check, Sequence[Finding]]:
        """What was found, by its check."""
        found: dict[Check, list[Finding]] = {}
        for one in self.findings:
            found.setdefault(one.check, []).append(one)
        return found

    @property
    def cells(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The cells of one that nobody looked at yet, as row and column, by their table."""
        places = [one.cell for one in self.found.get(Check.CELL_OF_ONE, ()) if one.cell]
        return {
            table: [(row, column) for _, row, column in some]
            for table, some in groupby(places, lambda place: place[0])
        }


def _is_empty(finding: Finding) -> bool:
    return finding.check == Check.EMPTY_HEADING
