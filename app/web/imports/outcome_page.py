"""What came of the rows: of the check, or of the import; each fault at its row, with its mend."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from starlette.responses import Response

from app.imports import kept
from app.imports.kept import RowOutcome
from app.imports.plan import Plan, Survey
from app.imports.targets import HARMLESS, KINDS, TIME
from app.imports.vocabularies import ENDED, ImportStage
from app.web.imports import choices
from app.web.imports.columns_page import letter
from app.web.imports.samples import unpointed
from app.web.imports.visits import seen
from app.web.shell import downloads, error_messages
from app.web.shell.request_context import Visit

MOST_SHOWN = 100  # faults; the file has all
MOST_ROWS = 8  # named of one kind of fault


class FaultShown(NamedTuple):
    """One thing to mend: its row, where in it, what stands there, and what to do."""

    row: int
    column: str
    value: str
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
        """Return what is wrong with a row."""
        return [self._fault(told, pointer, code) for pointer, code in told.faults]

    def _fault(self, told: RowOutcome, pointer: str, code: str) -> FaultShown:
        target = pointer.removeprefix("notice field ").partition(" ")[0]
        places = self._plan.places(target) or self._plan.places(target.removesuffix(TIME))
        column = choices.column_name(self._visit.words, target) if target in KINDS else ""
        value = ""
        if places:
            column = f"{letter(places[0])} “{unpointed(self._survey.headings[places[0]])}”"
            if KINDS[target] in HARMLESS and places[0] < len(told.cells):
                value = unpointed(told.cells[places[0]])
        return FaultShown(
            told.number, column, value, error_messages.sentence(code, self._visit.words)
        )


def shown(visit: Visit, number: int) -> Response:
    """Show how many rows can be or were logged, and what is wrong with the others."""
    with seen(visit, number, ImportStage.CHECKED, *ENDED) as (unit, one):
        plan, survey = kept.plan_kept(unit, one.id), kept.survey_kept(unit, one.id)
        assert survey is not None  # noqa: S101 - kept before its stage
        outcomes = list(kept.outcomes(unit, one.id))
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
