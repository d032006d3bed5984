"""How fast it goes, and what is behind each number."""

from collections.abc import Collection
from math import ceil
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import cells
from app.kit.errors import Refused
from app.metrics import charts, cohorts, figure_tables, kpis, periods, view_model
from app.metrics.curve import SHARE_BY_HOURS
from app.metrics.figures import COUNTED, rows_behind
from app.metrics.view_model import Board
from app.platforms.published import newest
from app.web.metrics import figure_rows, filter_form
from app.web.metrics.filter_form import Asked
from app.web.shell import choices, error_messages, forms, labels
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
RowReader = Annotated[Visit, require_rights(Scope.METRICS_READ, Scope.TAKEDOWNS_READ)]
ROWS_A_PAGE = 200


@router.get("/metrics")
def metrics(visit: Annotated[Visit, require_rights(Scope.METRICS_READ)]) -> Response:
    """Show how long platforms take, and whether that changed."""
    try:
        asked, complaints = asked_by(visit), []
    except Refused as error:
        complaints = error_messages.told(error, visit.words)
        asked = asked_by(visit, leaving_out=[one.field for one in complaints])
    board = board_of(visit, asked)
    platform = visit.workspace.catalogue.platforms.get(asked.filters.platform or "")
    figures = newest(platform.dealings.published) if platform else ()
    return visit.page(
        "metrics/figures.html" if visit.is_partial else "metrics/page.html",
        422 if complaints else 200,
        complaints=complaints,
        asked=asked,
        board=board,
        kpis=kpis.in_groups(kpis.row_of(board.now, board.before)),
        curves=view_model.curves_of(board),
        sides=view_model.side_by_side(board),
        times=view_model.whose_time(board),
        months=view_model.by_month(board),
        month_within=periods.month_within,
        charts=charts,
        shares_by=SHARE_BY_HOURS,
        units=COUNTED,
        published=next((one for one in figures if one.category is None), None),
        **_choices(visit, asked),
    )


@router.get("/metrics/rows")
def rows(visit: RowReader) -> Response:
    """List what a number counts."""
    query = visit.request.query_params
    figure, asked = query.get("figure", ""), asked_by(visit, strictly=True)
    if figure not in COUNTED:
        raise HTTPException(404)
    members = cohorts.load(visit.context.database, asked.scope)
    members = asked.scope.within(members, asked.period, asked.filters.platform)
    found = rows_behind(figure, [member.takedown for member in members], asked.until)
    found.sort(key=lambda row: row.takedown.submitted_at, reverse=True)
    last = max(ceil(len(found) / ROWS_A_PAGE), 1)
    page = min(forms.whole(query.get("page", "")) or 1, last)
    shown = found[(page - 1) * ROWS_A_PAGE :][:ROWS_A_PAGE]
    return visit.page(
        "metrics/rows.html",
        asked=asked,
        figure=figure,
        unit=COUNTED[figure],
        total=len(found),
        rows=figure_rows.shown(visit, shown, members),
        next_page=page + 1 if page < last else None,
    )


@router.get("/metrics.csv")
def table(visit: Annotated[Visit, require_rights(Scope.METRICS_READ)]) -> Response:
    """Hand out one of the page's tables as a spreadsheet."""
    make = figure_tables.TABLES.get(visit.request.query_params.get("table", ""))
    if make is None:
        raise HTTPException(404)
    asked = asked_by(visit, strictly=True)
    board = board_of(visit, asked)
    name = f"{visit.request.query_params['table']}-{asked.today.isoformat()}.csv"
    return Response(
        "".join(cells.line(row) for row in make(board)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def board_of(visit: Visit, asked: Asked) -> Board:
    """Load what is asked for, and sort it into what is shown."""
    return view_model.board_of(cohorts.load(visit.context.database, asked.scope), asked.scope)


def asked_by(visit: Visit, *, strictly: bool = False, leaving_out: Collection[str] = ()) -> Asked:
    """Read the question from the address; raises Refused, or `strictly` answers 404."""
    zone = visit.context.settings.zone
    query = {
        name: value for name, value in visit.request.query_params.items() if name not in leaving_out
    }
    latest = cohorts.latest(visit.context.database)
    try:
        filters, moment = filter_form.read(query, zone, latest.moment)
    except Refused:
        if strictly:
            raise HTTPException(404) from None
        raise
    return Asked(zone, latest.at(moment), filters, is_pinned=moment is not None)


def _choices(visit: Visit, asked: Asked) -> dict[str, list[tuple[str, str]]]:
    """What the filters may be set to, by code, in the visitor's words; what is asked is among it.

    A platform or category whose file was taken away still has its numbers.
    """
    catalogue, filters = visit.workspace.catalogue, asked.filters
    platforms = dict(choices.platforms(visit))
    kinds = {
        code: category.labels[visit.language] for code, category in catalogue.categories.items()
    }
    if filters.platform:
        platforms.setdefault(filters.platform, filters.platform)
    if filters.category:
        kinds.setdefault(filters.category, filters.category)
    return {
        "platforms": sorted(platforms.items(), key=lambda one: one[1].casefold()),
        "categories": list(kinds.items()),
        "bases": [(code, labels.of(visit.words, "basis", code)) for code in labels.CODES["basis"]],
    }
