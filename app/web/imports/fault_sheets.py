"""The rows that were refused, as a file: the person's own cells, and what is wrong with each."""

from collections.abc import Generator, Sequence

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.imports import kept
from app.imports.kept import RowOutcome
from app.imports.vocabularies import ENDED, ImportStage
from app.kit.cells import Value
from app.web.imports import own_headings
from app.web.imports.outcome_page import Naming, refused
from app.web.imports.typed_columns import letter
from app.web.imports.visits import Importer, address, seen
from app.web.shell import downloads
from app.web.shell.downloads import SheetForm
from app.web.shell.request_context import Numbered

router = APIRouter(prefix="/imports")


@downloads.at(router, "/{number}/faults")
def faults(number: Numbered, visit: Importer) -> Response:
    """Hand out the rows that were refused, to be corrected and sent again; the log says so.

    Sealed at rest, they may lie in no file of the server: where they are too many for a workbook
    in memory, they are a CSV.
    """
    form = downloads.asked_form(visit)
    with seen(visit, number, ImportStage.CHECKED, *ENDED) as (unit, one):
        if form is SheetForm.XLSX and one.refused > downloads.IN_MEMORY:
            return visit.to(f"{address(one)}/faults.csv")
        plan, survey = kept.plan_kept(unit, number), kept.survey_kept(unit, number)
        told = refused(kept.outcomes(unit, number))
    if survey is None or not told:
        raise HTTPException(404)
    added = [visit.words.gettext(text) for text in (own_headings.ROW, own_headings.FAULTS)]
    places = {  # of the person's own columns: a file of refused rows may be sent again and again
        place: name or letter(place)
        for place, name in enumerate(survey.headings)
        if name not in own_headings.every()
    }
    headings = [*places.values(), *added]
    # By their places, they are no columns of codes: cells stay as they were.
    names = headings if form is SheetForm.CSV else [str(place) for place in range(len(headings))]
    table = downloads.Table(
        f"import-{one.id}",
        plan.name,
        dict(zip(names, headings, strict=True)),
        _rows(told, Naming(visit, plan, survey), places=list(places)),
        sealed=dict.fromkeys(names, "content"),
    )
    return downloads.recorded(visit, table, form, detail={"what": "import faults"})


def _rows(
    told: Sequence[RowOutcome], naming: Naming, *, places: Sequence[int]
) -> Generator[Sequence[Value]]:
    for row in told:
        cells = [row.cells[place] if place < len(row.cells) else "" for place in places]
        faults = [(fault.column, fault.sentence) for fault in naming.faults(row)]
        wrong = [": ".join(filter(None, fault)) for fault in faults]
        yield [*cells, row.number, "\n".join(wrong)]
