"""A report's rows on notices, read as far as they are right, and told where they are not.

Pure. Nothing is converted loosely: a row that breaks a rule is left out whole and named with what
was found, the others stand, and a blank cell is never a 0 (docs/spreadsheets.md has the rules).
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from app.kit.errors import Fault, Refused
from app.transparency import consistency, layout, row_rules, sheets
from app.transparency.layout import Heading, Missing
from app.transparency.row_rules import Judged
from app.transparency.rows import Finding, Row
from app.transparency.sheets import Cell
from app.transparency.vocabularies import KEPT_ALL_THE_SAME, ReportColumn, ReportRule

HEADINGS_WITHIN = 20  # rows; some put a title above


class Reading(NamedTuple):
    """What a file says: the rows that stand, what breaks a rule, and how many rows it has."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    total: int

    @property
    def left_out(self) -> tuple[int, ...]:
        """The numbers of the rows that were left out, in order."""
        return tuple(sorted(_left_out(self.findings)))

    @property
    def services(self) -> tuple[str, ...]:
        """The services of the rows that stand, in order."""
        return tuple(sorted({row.service for row in self.rows}))

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the rows that stand, in order."""
        return tuple(sorted({row.period for row in self.rows}))


class _Table(NamedTuple):
    heading: Heading
    rows: list[tuple[int, Sequence[Cell]]]
    odd: tuple[ReportRule, ...]


def read(content: bytes, service: str = "") -> Reading:
    """Read a file; `service` says which is meant, as the file writes it, where it has several.

    Raises Refused where it is no such report, lacks columns, or it is not told which service.
    """
    table = _table(content)
    judged = list(_judged(table, _service(table, service)))
    findings = [
        *(Finding(0, rule) for rule in table.odd),
        *([] if table.heading.is_by_name else [Finding(0, ReportRule.BY_POSITION)]),
        *_codes_missing(judged),
        *(finding for one in judged for finding in one.findings),
        *consistency.rows_twice(judged),
    ]
    findings += consistency.not_the_sum(judged, _left_out(findings))
    left_out = _left_out(findings)
    rows = [one.row for one in judged if one.row is not None and one.number not in left_out]
    ordered = sorted(findings, key=lambda one: one.row)
    return Reading(tuple(rows), tuple(ordered), len(table.rows))


def _left_out(findings: Sequence[Finding]) -> frozenset[int]:
    return frozenset(one.row for one in findings if one.rule not in KEPT_ALL_THE_SAME)


def _table(content: bytes) -> _Table:
    """Find the headings in whichever sheet has them."""
    lacking: Missing | None = None
    for sheet in sheets.sheets_of(content):
        first = list(islice(sheet.rows, HEADINGS_WITHIN + 1))
        for place, cells in enumerate(first[:HEADINGS_WITHIN]):
            below = first[place + 1] if place + 1 < len(first) else ()
            heading = layout.heading_of(_texts(cells), _texts(below))
            if isinstance(heading, Heading):
                rows = [*first[place + 1 :], *sheet.rows]
                numbered = [
                    (number, row)
                    for number, row in enumerate(rows, start=place + 2)
                    if any(cell.text for cell in row)
                ]
                return _Table(heading, numbered, sheet.odd)
            lacking = heading or lacking
    if lacking is not None:
        names = ", ".join(f"“{heading}”" for heading in lacking.headings)
        raise Refused("columns_missing", f"the row of headings lacks {names}")
    raise Refused("no_notices", "no sheet has the headings of Annex I, part 4, “notices”")


def _service(table: _Table, told: str) -> str:
    """Return the service that is meant; raises Refused where it is not clear."""
    place = table.heading.places[ReportColumn.SERVICE]
    names = {cells[place].text for _, cells in table.rows if place < len(cells)}
    if told in names:
        return told
    if told or len(names) > 1:
        mend = f"name the service as the file does: {', '.join(sorted(names))}"[:500]
        raise Refused("several_services", mend, [Fault("/service", "several_services", mend)])
    return next(iter(names), "")


def _judged(table: _Table, service: str) -> Iterator[Judged]:
    above = ""
    for number, cells in table.rows:
        one = row_rules.judged(number, cells, table.heading, service=service, above=above)
        above = one.above
        yield one


def _codes_missing(judged: Sequence[Judged]) -> list[Finding]:
    there = {one.code for one in judged}
    lacking = len(layout.CODES - there)
    return (
        [Finding(0, ReportRule.CODES_MISSING, ReportColumn.CATEGORY, str(lacking))]
        if lacking
        else []
    )


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in cells]
