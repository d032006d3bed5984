"""What came of the rows: of the check, or of the import; each fault at its row, with its mend."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from starlette.responses import Response

from app.imports import kept
from app.imports.import_columns import DECIDED, SUBMITTED
from app.imports.kept import RowOutcome
from app.imports.plan import Plan, Survey
from app.imports.targets import HARMLESS, KINDS, TIME
from app.imports.vocabularies import ENDED, ImportStage, RowRule
from app.notices.vocabularies import Lack
from app.web.imports import choices, known_rows, row_words, typed_columns
from app.web.imports.samples import unpointed
from app.web.imports.visits import seen
from app.web.shell import downloads
from app.web.shell.request_context import Visit

MOST_SHOWN = 100  # faults; the file has all
MOST_ROWS = 8  # named of one kind of fault
NOTICE_FIELD = "notice field "
# What a cell can mend, where one stands for the field.
NEEDS_A_COLUMN = frozenset({Lack.REQUIRED, Lack.TOO_LONG, Lack.LEFTOVER_PLACEHOLDER})
# What a rule is about beside the column ({}) that it is told of.
BESIDE: Mapping[str, Sequence[str]] = {
    RowRule.BEFORE_SUBMISSION: (f"{{}}{TIME}", SUBMITTED, f"{SUBMITTED}{TIME}"),
    RowRule.WITHOUT_SUBMISSION: (SUBMITTED,),
    RowRule.TWO_DAYS_ASKED: (DECIDED,),
    "contradictory_facts": ("person_is_minor",),
    "another_platform": ("url",),
}
NAMED_ANYWAY = (SUBMITTED,)


class FaultShown(NamedTuple):
    """One thing to mend: its row, where in it, what stands there, and what to do."""

    row: int
    column: str
    values: tuple[str, ...]
    sentence: str


class KindShown(NamedTuple):
    """What is wrong in the same way in several rows."""

    column: str
    sentence: str
    often: int
    rows: Sequence[int]


class Naming:
    """What a person calls the columns that faults point at."""

    def __init__(self, visit: Visit, plan: Plan, survey: Survey) -> None:
        self._visit, self._plan, self._survey = visit, plan, survey

    def faults(self, told: RowOutcome) -> list[FaultShown]:
        """Return what is wrong with a row, each once: two links of a cell may lack the same."""
        found = (self._fault(told, pointer, code) for pointer, code in told.faults)
        return list(dict.fromkeys(found))

    def _fault(self, told: RowOutcome, pointer: str, code: str) -> FaultShown:
        target, words = _target(pointer), self._visit.words
        if target not in KINDS and pointer.startswith(NOTICE_FIELD) and code in NEEDS_A_COLUMN:
            return FaultShown(told.number, "", (), words.gettext(row_words.BY_HAND))
        targets = [target, *(one.format(target) for one in BESIDE.get(code, ()))]
        columns, values = [], []
        for one in dict.fromkeys(targets):
            places = self._plan.places(one)[:1]
            if places or one in (target, *NAMED_ANYWAY):
                columns += [self._column(one, places)] if one in KINDS else []
            if places and KINDS[one] in HARMLESS and places[0] < len(told.cells):
                values += [unpointed(told.cells[places[0]])] if told.cells[places[0]] else []
        sentence = row_words.sentence(target, code, words)
        return FaultShown(told.number, ", ".join(columns), tuple(values), sentence)

    def _column(self, target: str, places: Sequence[int]) -> str:
        """Name a column as the file does; one that the file lacks as the list of columns does."""
        if not places:
            return choices.column_name(self._visit.words, target)
        return typed_columns.called(self._visit, self._survey, places[0])


def _target(pointer: str) -> str:
    """Return the column that a fault is about."""
    name = pointer.removeprefix(NOTICE_FIELD).partition(" ")[0]
    return {"urls": "url"}.get(name, name)


def shown(visit: Visit, number: int) -> Response:
    """Show how many rows can be or were logged, and what is wrong with the others."""
    with seen(visit, number, ImportStage.CHECKED, *ENDED) as (unit, one):
        plan, survey = kept.plan_kept(unit, one.id), kept.survey_kept(unit, one.id)
        assert survey is not None  # noqa: S101 - kept before its stage
        outcomes = list(kept.outcomes(unit, one.id))
        known = known_rows.of(unit, outcomes, MOST_SHOWN)
    naming = Naming(visit, plan, survey)
    faults = [fault for told in refused(outcomes) for fault in naming.faults(told)]
    return visit.page(
        "imports/outcome.html",
        one=one,
        plan=plan,
        faults=list(islice(faults, MOST_SHOWN)),
        more=max(len(faults) - MOST_SHOWN, 0),
        kinds=_kinds(faults),
        totals=survey.totals,
        known=known,
        again=len(plan.again),
        most_in_excel=downloads.IN_MEMORY,
        logged=[told.holders[0] for told in outcomes if told.outcome == "logged"],
    )


def refused(outcomes: Iterable[RowOutcome]) -> list[RowOutcome]:
    """Return the rows that were refused."""
    return [told for told in outcomes if told.outcome == "refused"]


def _kinds(faults: Sequence[FaultShown]) -> list[KindShown]:
    often: Mapping[tuple[str, str], int] = Counter((one.column, one.sentence) for one in faults)
    found = []
    for (column, sentence), count in sorted(often.items(), key=lambda one: -one[1]):
        rows = [one.row for one in faults if (one.column, one.sentence) == (column, sentence)]
        found.append(KindShown(column, sentence, count, rows[:MOST_ROWS]))
    return found
