"""A row of a person's sheet in the importer's own columns and codes; or why a cell cannot be.

Pure. Nothing is guessed here: what a column is and what a word means, a person has said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.imports import files, moments, remarks, surveying
from app.imports.files import Cell, Odd, Row
from app.imports.heading_words import NO, NO_TICKET, NOTHING, YES
from app.imports.import_columns import ASKED, DECIDED, QUESTION, SEEN_GONE, SEEN_LIVE
from app.imports.plan import NOTHING as SAYS_NOTHING
from app.imports.plan import Plan
from app.imports.reading import Row as Asked
from app.imports.targets import KINDS, TIME, Kind
from app.imports.vocabularies import AnswerWord, CellRule, RowRule
from app.kit.errors import Fault
from app.schemas.local_times import NoMoment
from app.schemas.vocabularies import Outcome

_BETWEEN_LINKS = re.compile(r"\s+|[;,](?=\s|https?:|www\.|$)")
_MENDS: Mapping[CellRule, str] = {
    CellRule.NOT_MATCHED: "say what this word stands for, or correct it",
    CellRule.NOT_YES_OR_NO: "write yes or no",
    CellRule.FORMULA_UNSOLVED: "open the file in Excel and save it, so that formulas have results",
    CellRule.FORMULA_FAILED: "the formula ends in an error: write its value",
    CellRule.SHORTENED: "the number lost its last digits: enter it as text",
    CellRule.CELL_TOO_LONG: "the cell holds too much: shorten it",
}


class Translated(NamedTuple):
    """A row as the importer takes it, and as it stands in the sheet."""

    row: Asked
    cells: Sequence[Cell]


def columns(plan: Plan) -> list[str]:
    """Return the importer's columns that the file has."""
    found = [name for name in plan.columns.values() if KINDS[name] is not Kind.TIME]
    return list(dict.fromkeys([*found, *plan.fixed]))


def rows(plan: Plan, sheet: Iterable[Row], zone: ZoneInfo) -> Iterator[Translated]:
    """Translate the rows below the headings; a line of totals is passed over."""
    for number, cells in sheet:
        if number > plan.heading and not surveying.is_total(cells):
            yield Translated(_row(plan, number, cells, zone=zone), cells)


def _row(plan: Plan, number: int, cells: Sequence[Cell], *, zone: ZoneInfo) -> Asked:
    told = dict(plan.fixed) | ({"report_again": "true"} if number in plan.again else {})
    faults: list[Fault] = []
    for target in dict.fromkeys(plan.columns.values()):
        found = [cells[place] for place in plan.places(target) if place < len(cells)]
        filled = [cell for cell in found if not _is_nothing(cell, target)]
        odd = next((cell for cell in filled if isinstance(cell, Odd)), None)
        if odd is not None:
            faults.append(Fault(target, odd.rule, _MENDS[odd.rule]))
        elif filled and KINDS[target] is not Kind.TIME:
            value = _value(plan, target, filled, cells=cells, zone=zone)
            if isinstance(value, Fault):
                faults.append(value)
            elif value:
                told[target] = value
    odd_columns = {fault.pointer for fault in faults}
    said = next((cells[place] for place in plan.places("outcome") if place < len(cells)), None)
    faults += _said_by_the_answer(told, files.shown(said), odd=odd_columns, zone=zone)
    return Asked(number, told, tuple(faults), _remark(plan, cells))


def _said_by_the_answer(
    told: dict[str, str], question: str, *, odd: Set[str], zone: ZoneInfo
) -> Iterator[Fault]:
    """Tell as a step of its own what a word for the answer says beside an outcome."""
    match told.get("outcome"):
        case AnswerWord.ASKED:
            yield from _asked(told, question, odd=odd, zone=zone)
        case AnswerWord.CAME_BACK:
            yield from _came_back(told, odd=odd)
        case _:
            pass


def _asked(
    told: dict[str, str], question: str, *, odd: Set[str], zone: ZoneInfo
) -> Iterator[Fault]:
    """Tell that the platform asked for more: by its own column, else on the day of the answer."""
    del told["outcome"]
    answered_at = told.pop(DECIDED, None)
    told.pop("ground", None)  # nothing was decided
    asked_at = told.get(ASKED, answered_at)
    if asked_at is None:
        if odd.isdisjoint({ASKED, DECIDED}):
            yield Fault(DECIDED, RowRule.NO_DAY_ASKED, "say when the platform asked")
        return
    told |= {ASKED: asked_at, QUESTION: told.get(QUESTION) or question}
    if answered_at and _day(answered_at, zone) != _day(asked_at, zone):
        yield Fault(ASKED, RowRule.TWO_DAYS_ASKED, f"{DECIDED} is another day: correct one")


def _day(moment: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(moment).astimezone(zone).date()


def _came_back(told: dict[str, str], *, odd: Set[str]) -> Iterator[Fault]:
    """Tell that it was removed, later seen back: it has to be gone before, by one or the other."""
    del told["outcome"]
    if DECIDED in told:
        told["outcome"] = Outcome.REMOVED
    elif SEEN_GONE not in told and odd.isdisjoint({DECIDED, SEEN_GONE}):
        yield Fault(DECIDED, RowRule.WITHOUT_MOMENT, "say when it was removed")
    gone_at = max(told.get(DECIDED, ""), told.get(SEEN_GONE, ""))
    if told.get(SEEN_LIVE, "") <= gone_at and SEEN_LIVE not in odd:
        yield Fault(SEEN_LIVE, RowRule.NO_DAY_BACK, "say when it was seen back online")


def _remark(plan: Plan, cells: Sequence[Cell]) -> str:
    """Say in the record that a time of day is not the file's, where one of this row is not."""
    if plan.otherwise is None:
        return ""
    days = [
        target
        for target, kind in KINDS.items()
        if kind is Kind.MOMENT
        for place in plan.places(target)
        if place < len(cells) and moments.day_alone(cells[place])
        if moments.clock_time(_beside(plan, target, cells)) is None
    ]
    return remarks.of_days(days, plan.day_time)


def _beside(plan: Plan, target: str, cells: Sequence[Cell]) -> Cell:
    """Return the cell with the time of a day."""
    places = plan.places(f"{target}{TIME}")
    return next((cells[place] for place in places if place < len(cells)), None)


def _is_nothing(cell: Cell, target: str) -> bool:
    if not isinstance(cell, str):
        return cell is None
    word = cell.strip().lower()
    return word in NOTHING or (target == "ticket_id" and word in NO_TICKET)


def _value(
    plan: Plan, target: str, filled: Sequence[Cell], *, cells: Sequence[Cell], zone: ZoneInfo
) -> str | Fault:
    cell, text = filled[0], files.shown(filled[0])
    match KINDS[target]:
        case Kind.LINK:
            parts = (part for one in filled for part in _BETWEEN_LINKS.split(files.shown(one)))
            return "\n".join(part for part in parts if part)
        case Kind.CODE:
            code = plan.words.get(target, {}).get(text)
            if not code:
                return Fault(target, CellRule.NOT_MATCHED, _MENDS[CellRule.NOT_MATCHED])
            return "" if code == SAYS_NOTHING else code
        case Kind.YES_NO:
            return _yes_or_no(target, cell)
        case Kind.MOMENT:
            return _moment(plan, target, cell, cells=cells, zone=zone)
    return text


def _yes_or_no(target: str, cell: Cell) -> str | Fault:
    word = str(cell).strip().lower()
    if word in YES:
        return "true"
    if word in NO:
        return "false"
    return Fault(target, CellRule.NOT_YES_OR_NO, _MENDS[CellRule.NOT_YES_OR_NO])


def _moment(
    plan: Plan, target: str, cell: Cell, *, cells: Sequence[Cell], zone: ZoneInfo
) -> str | Fault:
    beside = _beside(plan, target, cells)
    try:
        return moments.read(cell, zone, beside=beside, otherwise=plan.otherwise)
    except NoMoment as problem:
        return Fault(target, problem.code, problem.mend)
