"""The rows that are there already: which request holds each, by what, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.imports import kept
from app.imports.kept import RowOutcome
from app.imports.vocabularies import ENDED, ImportStage, KnownBy
from app.kit.cells import Value
from app.kit.database import Unit
from app.kit.wording import N_
from app.takedowns import listing, queries
from app.takedowns.rows import TakedownRow
from app.web.imports.visits import Importer, at_work, changing, seen, wanted
from app.web.shell import downloads, labels
from app.web.shell.downloads import Columns
from app.web.shell.request_context import Numbered

router = APIRouter(prefix="/imports")
MAY_BE_ANOTHER = frozenset(KnownBy) - {KnownBy.EXTERNAL_REF}
_ROW = "row "  # as the importer names an earlier row of the same file


class KnownRow(NamedTuple):
    """A row that is there already: the requests or the earlier row that hold it."""

    number: int
    requests: Sequence[TakedownRow]
    earlier: int | None
    by: KnownBy | None  # of an import before this was told: nobody knows

    @property
    def may_be_another(self) -> bool:
        """Tell whether a person may say that it is another request; a number is given once."""
        return self.by in MAY_BE_ANOTHER


COLUMNS: Columns[KnownRow] = {
    "row": (N_("Row in the file"), lambda one: one.number),
    "reference": (
        N_("Request that holds it"),
        lambda one: "; ".join(found.reference for found in one.requests),
    ),
    "earlier_row": (N_("Earlier row that holds it"), lambda one: one.earlier),
    "why": (N_("By what it is known"), lambda one: one.by),
    "platform": (N_("Platform"), lambda one: _first(one, "platform")),
    "case_ref": (N_("Case"), lambda one: _first(one, "case_ref")),
    "logged_at": (N_("Logged"), lambda one: _first(one, "logged_at")),
    "submitted_at": (N_("Submitted"), lambda one: _first(one, "submitted_at")),
}


def of(unit: Unit, outcomes: Iterable[RowOutcome], most: int | None = None) -> list[KnownRow]:
    """Return the rows that were there already, at most so many."""
    told = [one for one in outcomes if one.outcome == "known"][:most]
    names = sorted({name for one in told for name in one.holders if not name.startswith(_ROW)})
    found = dict[str, TakedownRow]()
    for start in range(0, len(names), listing.CHUNK):
        some = queries.by_references(unit, names[start : start + listing.CHUNK])
        found |= {row.reference: row for row in some}
    return [_known(one, found) for one in told]


def _known(told: RowOutcome, found: Mapping[str, TakedownRow]) -> KnownRow:
    rows = [int(name[len(_ROW) :]) for name in told.holders if name.startswith(_ROW)]
    by = KnownBy(told.known_by) if told.known_by else None
    held = [found[name] for name in told.holders if name in found]
    return KnownRow(told.number, held, rows[0] if rows else None, by)


def _first(one: KnownRow, column: str) -> Value:
    value: Value = getattr(one.requests[0], column) if one.requests else None
    return value


@downloads.at(router, "/{number}/known")
def sheet(number: Numbered, visit: Importer) -> Response:
    """Hand out the list: nothing of it was reported, so it names requests alone."""
    with seen(visit, number, ImportStage.CHECKED, *ENDED) as (unit, one):
        known = of(unit, kept.outcomes(unit, number))
    if not known:
        raise HTTPException(404)
    title = N_("There already, passed over")
    table = downloads.of(visit, f"import-{one.id}-known", title, columns=COLUMNS, rows=known)
    table = table._replace(labels={"why": labels.TABLES["known_by"]})
    return downloads.recorded(
        visit, table, downloads.asked_form(visit), detail={"what": "import known rows"}
    )


@router.post("/{number}/again")
def again(number: Numbered, visit: Importer) -> Response:
    """Take which rows are other requests all the same, beside those said before; or none at all."""
    one = wanted(visit, number, ImportStage.CHECKED)
    with changing(visit, one) as unit:
        plan = kept.plan_kept(unit, number)
        chosen = {
            told.number
            for told in kept.outcomes(unit, number)
            if told.outcome == "known" and told.known_by in MAY_BE_ANOTHER
            if visit.form.text(f"again-{told.number}")
        }
        rows = () if visit.form.text("to") == "none" else sorted({*plan.again, *chosen})
        kept.keep_plan(unit, number, replace(plan, again=tuple(rows)))
        kept.move(unit, one, ImportStage.CHECKING)
    return at_work(visit, one)
