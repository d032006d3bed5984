"""The rules that a single row of a report's notices has to keep.

Pure.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from app.transparency import layout
from app.transparency.layout import MEDIANS, NUMBERS, OTHER, PARTS, Heading
from app.transparency.rows import Finding, Row
from app.transparency.sheets import Cell
from app.transparency.vocabularies import ReportColumn, ReportRule

LONGEST_FOUND = 80
_COUNT = re.compile(r"0|[1-9][0-9]{0,11}")
_HOURS = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,17})?")
# How numbers are wrongly written, by the rule that each breaks.
_WRONG = {
    ReportRule.FORMULA: re.compile(r"="),
    ReportRule.PERCENTAGE: re.compile(r".*%", re.S),
    ReportRule.NEGATIVE: re.compile(r"[-−][0-9]"),
    ReportRule.COMMA: re.compile(r"[0-9][0-9.]*(?:[,'’\s]+[0-9.]+)+\Z"),
}
_MINUTES = re.compile(r"\bminut", re.I)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Judged(NamedTuple):
    """A row by the rules: what it says where it can be read, and what it breaks.

    `above` is the category that the rows below it belong to.
    """

    number: int
    code: str
    above: str
    row: Row | None
    findings: tuple[Finding, ...]


def judged(
    number: int, cells: Sequence[Cell], heading: Heading, *, service: str, above: str
) -> Judged:
    """Judge a row, given the category above it."""
    if len(cells) <= max(heading.places.values()) or len(cells) > heading.width:
        rule = ReportRule.ROW_TOO_LONG if len(cells) > heading.width else ReportRule.ROW_TOO_SHORT
        code = _code_of(cells, heading)
        broken = Finding(number, rule, None, f"{len(cells)} ≠ {heading.width}")
        return Judged(number, code, _above(code, above), None, (broken,))
    told = {column: cells[place] for column, place in heading.places.items()}
    code = told[ReportColumn.CATEGORY].text
    above = _above(code, above)
    row = Row(
        number,
        told[ReportColumn.SERVICE].text,
        told[ReportColumn.PERIOD].text,
        layout.CATEGORY_OF.get(code, above if code == OTHER else code),
        code if code == OTHER or code in layout.CATEGORY_OF else "",
        told[ReportColumn.DESCRIPTION].text,
        tuple(told[column].text for column in NUMBERS),
    )
    found = [
        *_of_place(row, code, service),
        *_of_numbers(number, [told[column] for column in NUMBERS]),
    ]
    if not found:
        found = [*_of_sense(row), *_of_minutes(number, cells, heading)]
    return Judged(number, code, above, row, tuple(found))


def _code_of(cells: Sequence[Cell], heading: Heading) -> str:
    place = heading.places[ReportColumn.CATEGORY]
    return cells[place].text if place < len(cells) else ""


def _above(code: str, above: str) -> str:
    """Return the category that what follows a row belongs to; none below one that is unknown."""
    is_below = code == OTHER or code.startswith("KEYWORD_")
    return above if is_below else code if code in layout.SUB_CATEGORIES else ""


def _of_place(row: Row, code: str, service: str) -> Iterator[Finding]:
    """What is wrong with what a row is of."""
    if row.service != service:
        yield _finding(
            row.number, ReportRule.OTHER_SERVICE, ReportColumn.SERVICE, found=row.service
        )
    if not _is_period(row.period):
        yield _finding(row.number, ReportRule.NO_PERIOD, ReportColumn.PERIOD, found=row.period)
    if code != OTHER and code not in layout.CODES:
        yield _finding(row.number, ReportRule.UNKNOWN_CODE, ReportColumn.CATEGORY, found=code)
    if code == OTHER and not row.category:
        yield _finding(row.number, ReportRule.NO_CATEGORY_ABOVE, ReportColumn.CATEGORY, found=code)


def _of_numbers(number: int, cells: Sequence[Cell]) -> Iterator[Finding]:
    for column, cell in zip(NUMBERS, cells, strict=True):
        rule = _broken(column, cell)
        if rule is not None:
            yield _finding(number, rule, column, found=cell.text)


def _broken(column: ReportColumn, cell: Cell) -> ReportRule | None:
    """Return the rule that a cell with a number breaks; blank breaks none."""
    text = cell.text
    if cell.rule is not None or not text:
        return cell.rule
    is_right, otherwise = (
        (_HOURS, ReportRule.NOT_HOURS) if column in MEDIANS else (_COUNT, ReportRule.NOT_A_COUNT)
    )
    if is_right.fullmatch(text):
        return None
    return next((rule for rule, spelling in _WRONG.items() if spelling.match(text)), otherwise)


def _of_sense(row: Row) -> Iterator[Finding]:
    """What is wrong with a row whose cells are each right."""
    is_empty = not row.description.strip()
    is_blank = is_empty or row.description.strip().casefold() in layout.PLACEHOLDERS
    if row.keyword == OTHER and is_blank and any(float(text or 0) for text in row.texts):
        yield _finding(
            row.number, ReportRule.NOT_DESCRIBED, ReportColumn.DESCRIPTION, found=row.description
        )
    for part, whole in PARTS.items():
        of_flaggers, of_all = row.counted(part), row.counted(whole)
        if of_flaggers is not None and of_all is not None and of_flaggers > of_all:
            yield _finding(
                row.number, ReportRule.MORE_THAN_ALL, part, found=f"{of_flaggers} > {of_all}"
            )


def _of_minutes(number: int, cells: Sequence[Cell], heading: Heading) -> Iterator[Finding]:
    for column, place in zip(MEDIANS, heading.context, strict=False):
        if place < len(cells) and _MINUTES.search(cells[place].text):
            yield _finding(number, ReportRule.MINUTES, column, found=cells[place].text)


def _is_period(text: str) -> bool:
    match = layout.PERIOD.fullmatch(text)
    try:
        return match is not None and date.fromisoformat(match[1]) <= date.fromisoformat(match[2])
    except ValueError:
        return False


def _finding(number: int, rule: ReportRule, column: ReportColumn, *, found: str) -> Finding:
    return Finding(number, rule, column, _UNSEEN.sub(" ", found)[:LONGEST_FOUND])
