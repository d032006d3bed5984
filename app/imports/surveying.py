"""What stands in a sheet below its headings: read once, before anybody says what its columns are.

Pure.
"""

from collections import Counter
from collections.abc import Iterable

from app.imports import files, guessing, moments
from app.imports.files import Cell, Row
from app.imports.heading_words import TOTALS
from app.imports.plan import MOST_WORDS, Survey

SAMPLES = 3
LONGEST_WORD = 80


class _Column:
    """What is seen of one column."""

    def __init__(self) -> None:
        self.samples: list[str] = []
        self.words: Counter[str] = Counter()
        self.is_wordy = False
        self.days = 0

    def see(self, cell: Cell) -> None:
        """Look at one cell."""
        if cell is None:
            return
        text = files.shown(cell)
        self.days += moments.day_alone(cell)
        if len(self.samples) < SAMPLES and text and text not in self.samples:
            self.samples.append(text)
        if not self.is_wordy and text:
            self.words[text] += 1
            if len(text) > LONGEST_WORD or len(self.words) > MOST_WORDS:
                self.is_wordy = True
                self.words.clear()


def surveyed(rows: Iterable[Row], heading: int) -> Survey:
    """Read a sheet to its end."""
    above: list[Row] = []
    names: list[str] = []
    columns: list[_Column] = []
    count = totals = 0
    for number, cells in rows:
        if number <= heading:
            above = [*above[-1:], (number, cells)]
            continue
        if not names:
            names = guessing.headings(above, heading)
            columns = [_Column() for _ in names]
        if is_total(cells):
            totals += 1
        else:
            count += 1
            for column, cell in zip(columns, cells, strict=False):
                column.see(cell)
    names = names or guessing.headings(above, heading)
    columns = columns or [_Column() for _ in names]
    return Survey(
        headings=tuple(names),
        rows=count,
        samples=tuple(tuple(one.samples) for one in columns),
        words=tuple(dict(one.words.most_common()) for one in columns),
        days=tuple(one.days for one in columns),
        totals=totals,
    )


def is_total(cells: Iterable[Cell]) -> bool:
    """Tell whether a row adds the others up: its first filled cell says so."""
    first = next((cell for cell in cells if cell is not None), None)
    return isinstance(first, str) and guessing.plain(first).partition(" ")[0] in TOTALS
