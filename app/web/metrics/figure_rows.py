"""The rows of a list behind a number: what the figures know, and what may be shown of the rest."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from app.metrics.clocks import HOUR
from app.metrics.cohort import ENDS, NEVER, STANDINGS, Cohort
from app.metrics.figures import FIGURES, Rows, Unit, takedowns_of
from app.metrics.questions import moment_of
from app.takedowns import queries
from app.web.shell import masking
from app.web.shell.request_context import Visit


class Row(NamedTuple):
    """One row: places in its cohort; `item` and `complaint` are None where it counts another."""

    cohort: Cohort
    takedown: int
    item: int | None
    complaint: int | None

    @property
    def reference(self) -> str:
        """Of its takedown."""
        return str(self.cohort.takedowns.reference[self.takedown])

    @property
    def platform(self) -> str:
        """The slug of it."""
        return str(self.cohort.takedowns.platform[self.takedown])

    @property
    def category(self) -> str:
        """The code of it."""
        return str(self.cohort.takedowns.category[self.takedown])

    @property
    def is_imported(self) -> bool:
        """Whether it came out of a file."""
        return bool(self.cohort.takedowns.is_imported[self.takedown])

    @property
    def logged_at(self) -> datetime:
        """Of a draft, which was not submitted."""
        return moment_of(self.cohort.takedowns.logged_at[self.takedown])

    @property
    def submitted_at(self) -> datetime | None:
        """None of a draft."""
        at = int(self.cohort.takedowns.submitted_at[self.takedown])
        return None if at == NEVER else moment_of(at)

    @property
    def number(self) -> int:
        """Of its item within the takedown; 0 for none."""
        return 0 if self.item is None else int(self.cohort.items.number[self.item])

    @property
    def stands(self) -> str:
        """Where its item stands."""
        return STANDINGS[int(self.cohort.items.stands[self.item])]

    @property
    def became(self) -> str:
        """What became of its complaint."""
        return ENDS[int(self.cohort.complaints.became[self.complaint])]

    @property
    def complaint_hours(self) -> float | None:
        """To the first decision after its complaint."""
        micros = int(self.cohort.complaints.micros[self.complaint])
        return None if micros == NEVER else micros / HOUR

    def after(self, name: str) -> float | None:
        """Hours from submission to a moment of its item, or of its takedown where it has none."""
        columns, place = (
            (self.cohort.takedowns, self.takedown)
            if self.item is None
            else (self.cohort.items, self.item)
        )
        at = int(getattr(columns, name)[place])
        submitted = int(self.cohort.takedowns.submitted_at[self.takedown])
        return None if NEVER in (at, submitted) else (at - submitted) / HOUR


class Shown(NamedTuple):
    """A row with what its item is told apart by; None for a whole takedown."""

    row: Row
    kind: str | None
    masked: str | None


def newest_first(figure: str, rows: Rows, shown: slice) -> list[Row]:
    """Return some rows of a figure, the newest takedowns first; drafts before any."""
    unit, of = FIGURES[figure].unit, takedowns_of(figure, rows)
    order = np.lexsort((rows.places, of, -rows.cohort.takedowns.submitted_at[of]))[shown]
    return [
        Row(
            rows.cohort,
            takedown,
            place if unit == Unit.ITEM else None,
            place if unit == Unit.COMPLAINT else None,
        )
        for place, takedown in zip(rows.places[order].tolist(), of[order].tolist(), strict=True)
    ]


def shown(visit: Visit, rows: Sequence[Row]) -> list[Shown]:
    """Return rows as people see them, with two queries however many there are."""
    kinds = _kinds(visit, {row.reference for row in rows if row.item is not None})
    return [Shown(row, *kinds.get((row.reference, row.number), (None, None))) for row in rows]


def _kinds(visit: Visit, references: set[str]) -> dict[tuple[str, int], tuple[str, str]]:
    if not references:
        return {}
    with visit.read() as unit:
        takedowns = queries.by_references(unit, references)
        items = queries.items_of(unit, takedowns)
    return {
        (takedown.reference, item.row.number): (
            item.row.kind,
            masking.told_apart(item),
        )
        for takedown in takedowns
        for item in items[takedown.id]
    }
