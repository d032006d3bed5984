"""The rows that were refused, as a file: the person's own cells, and what is wrong with each."""

from collections.abc import Generator, Sequence

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts import audit
from app.accounts.vocabularies import Action
from app.imports import kept
from app.imports.vocabularies import ENDED, ImportStage
from app.kit.cells import Value
from app.web.imports import own_headings
from app.web.imports.columns_page import letter
from app.web.imports.outcome_page import Naming, refused
from app.web.imports.visits import Importer, wanted
from app.web.shell import downloads
from app.web.shell.request_context import Numbered

router = APIRouter(prefix="/imports")


@router.get("/{number}/faults.csv")
@router.get("/{number}/faults.xlsx")
def faults(number: Numbered, visit: Importer) -> Response:
    """Hand out the rows that were refused, to be mended and sent again; the log says so."""
    one = wanted(visit, number, ImportStage.CHECKED, *ENDED)
    with visit.write() as unit:
        plan, survey = kept.plan_kept(unit, number), kept.survey_kept(unit, number)
        told = refused(kept.outcomes(unit, number))
        if survey is None or not told:
            raise HTTPException(404)
        audit.record(unit, visit.person.name, Action.EXPORTED, what="import faults", content=True)
    naming = Naming(visit, plan, survey)
    width = len(survey.headings)

    def rows() -> Generator[Sequence[Value]]:
        for row in told:
            cells = [*row.cells, *[""] * width][:width]
            wrong = [
                ": ".join(part for part in (fault.column, fault.sentence) if part)
                for fault in naming.faults(row)
            ]
            yield [*cells, row.number, "\n".join(wrong)]

    own = [name or letter(place) for place, name in enumerate(survey.headings)]
    headings = [
        *own,
        *(visit.words.gettext(text) for text in (own_headings.ROW, own_headings.FAULTS)),
    ]
    columns = dict(zip(headings, headings, strict=True))
    table = downloads.Table(f"import-{one.id}", plan.name, columns, rows(), is_sealed=True)
    return downloads.answered(visit, table, downloads.asked_form(visit))
