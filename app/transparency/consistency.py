"""The rules that a report's rows have to keep together: each once, and sums that are right.

Pure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from app.transparency.layout import COUNTS
from app.transparency.row_rules import Judged
from app.transparency.rows import Finding, Row
from app.transparency.vocabularies import ReportColumn, ReportRule


def rows_twice(judged: Sequence[Judged]) -> Iterator[Finding]:
    """Name every row of which there is another: nobody can tell which is right."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in judged:
        if one.row is not None and one.row.category:
            same[one.row[1:-1]].append(one.number)
    for numbers in same.values():
        for number in numbers if len(numbers) > 1 else ():
            others = ", ".join(str(other) for other in numbers if other != number)
            yield Finding(number, ReportRule.ROW_TWICE, ReportColumn.CATEGORY, others[:80])


def not_the_sum(judged: Sequence[Judged], broken: Collection[int]) -> Iterator[Finding]:
    """Name the rows of categories whose sub-categories make another number together.

    Where a row of a category is broken, its sum cannot be told; a blank cell adds nothing.
    """
    doubtful = {one.above for one in judged if one.number in broken}
    parts: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for one in judged:
        if one.row is not None and one.number in broken:
            doubtful.add(one.row.category)
        elif one.row is not None:
            parts[one.row[1:4]].append(one.row)
    for (_, _, category), rows in parts.items():
        whole = next((row for row in rows if not row.keyword), None)
        if whole is not None and category not in doubtful:
            yield from _sums(whole, [row for row in rows if row.keyword])


def _sums(whole: Row, parts: Sequence[Row]) -> Iterator[Finding]:
    for column in COUNTS:
        told = whole.counted(column)
        counts = [count for row in parts if (count := row.counted(column)) is not None]
        if told is not None and counts and told != sum(counts):
            yield Finding(whole.number, ReportRule.NOT_THE_SUM, column, f"{told} ≠ {sum(counts)}")
