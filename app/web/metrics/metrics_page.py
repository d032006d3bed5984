"""How fast it goes, and what is behind each number."""

from collections.abc import Collection, Sequence
from datetime import datetime
from math import ceil
from typing import Annotated

import numpy as np
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.errors import Refused
from app.metrics import (
    charts,
    cohort_reading,
    figure_tables,
    figures,
    kpis,
    periods,
    view_model,
)
from app.metrics.cohort import NEVER, Cohort
from app.metrics.counting import group_of
from app.metrics.figures import FIGURES, FORMERLY, SHARE_BY_HOURS, Rows
from app.metrics.questions import Question, micros_of
from app.metrics.slices import Slice
from app.metrics.view_model import Board, Earlier
from app.metrics.vocabularies import ClockName
from app.platforms.published import Published, published_for
from app.platforms.vocabularies import PublishedMethod
from app.transparency import kept
from app.web.metrics import figure_rows, figure_sheets, filter_form, quality_alarm, row_sheets
from app.web.metrics.filter_form import Asked, Of
from app.web.shell import choices, downloads, error_messages, forms, labels
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
RowReader = Annotated[Visit, require_rights(Scope.METRICS_READ, Scope.TAKEDOWNS_READ)]
ROWS_A_PAGE = 200
OF_ROWS = ("provider",)  # filters that only a list of rows has
UNITS = {name: figure.unit for name, figure in FIGURES.items()}


@router.get("/metrics")
def metrics(visit: Annotated[Visit, require_rights(Scope.METRICS_READ)]) -> Response:
    """Show how long platforms take, and whether that changed."""
    try:
        asked, complaints = asked_by(visit, leaving_out=OF_ROWS), []
    except Refused as error:
        complaints = error_messages.told(error, visit.words)
        asked = asked_by(visit, leaving_out=[*OF_ROWS, *(one.field for one in complaints)])
    board = board_of(visit, asked)
    slug = asked.filters.platform or ""
    with visit.read() as unit:
        series = kept.published(unit, visit.workspace.catalogue, [slug]).get(slug, [])
    return visit.page(
        "metrics/figures.html" if visit.is_partial else "metrics/page.html",
        422 if complaints else 200,
        complaints=complaints,
        asked=asked,
        board=board,
        kpis=kpis.in_groups(kpis.row_of(board.now, board.before and board.before.numbers)),
        curves=view_model.curves_of(board, int(asked.filters.scale)),
        forest=view_model.forest_of(board.comparisons),
        months=view_model.by_month(board.months, board.period, board.view),
        month_within=periods.month_within,
        charts=charts,
        shares_by=SHARE_BY_HOURS,
        clocks=ClockName,
        units=UNITS,
        alarm=quality_alarm.QUIET if visit.is_partial else quality_alarm.of(visit),
        published={
            method: _published_beside(series, asked.filters.category, method)
            for method in PublishedMethod
        },
        **_choices(visit, asked),
    )


@router.get("/metrics/rows")
def rows(visit: RowReader) -> Response:
    """List what a number counts."""
    figure, asked, found = _counted(visit)
    total = found.places.size
    last = max(ceil(total / ROWS_A_PAGE), 1)
    page = min(forms.whole(visit.request.query_params.get("page", "")) or 1, last)
    first = (page - 1) * ROWS_A_PAGE
    return visit.page(
        "metrics/rows.html",
        asked=asked,
        figure=figure,
        unit=FIGURES[figure].unit,
        total=total,
        requests=np.unique(figures.takedowns_of(figure, found)).size,
        rows=figure_rows.shown(
            visit, figure_rows.newest_first(figure, found, slice(first, first + ROWS_A_PAGE))
        ),
        next_page=page + 1 if page < last else None,
        clocks=ClockName,
    )


@downloads.at(router, "/metrics/rows")
def rows_taken_away(visit: RowReader) -> Response:
    """Hand out all that a number counts, as a spreadsheet."""
    figure, _, found = _counted(visit)
    sheet = row_sheets.table(figure, found, words=visit.words)
    form = downloads.asked_form(visit)
    return downloads.recorded(visit, sheet, form, detail={"what": "figure rows", "figure": figure})


@downloads.at(router, "/metrics")
def table(visit: Annotated[Visit, require_rights(Scope.METRICS_READ)]) -> Response:
    """Hand out one of the page's tables as a spreadsheet."""
    name = visit.request.query_params.get("table", "")
    if name not in figure_tables.TABLES:
        raise HTTPException(404)
    asked = asked_by(visit, strictly=True)
    found = figure_sheets.table(name, board_of(visit, asked), asked, words=visit.words)
    return downloads.answered(visit, found, downloads.asked_form(visit))


def board_of(visit: Visit, asked: Asked) -> Board:
    """Load what is asked for, and sort it into what is shown."""
    everyone = loaded(visit, asked, asked.question(asked.period))
    part, before = asked.part, None
    if part is not None:
        found, until = before_of(visit, asked)
        before = Earlier(part, Slice(found, until))
    return view_model.board_of(
        everyone, asked, asked.period, platform=asked.filters.platform, before=before
    )


def asked_for(visit: Visit, asked: Asked) -> tuple[Cohort, int]:
    """Load the takedowns a list of rows is of, and until when what is open has waited."""
    of = asked.filters.of
    if of == Of.BEFORE:
        return before_of(visit, asked)
    spans = () if of == Of.UNDER_WAY else (asked.period,)
    question = asked.question(*spans, platform=asked.filters.platform, with_open=of == Of.UNDER_WAY)
    cohort = loaded(visit, asked, question)
    if of == Of.CLOSED:
        cohort = cohort.where(cohort.takedowns.closed_at != NEVER)
    if asked.filters.without:
        cohort = cohort.where(cohort.takedowns.platform != asked.filters.without)
    if asked.filters.provider:
        cohort = cohort.where(cohort.takedowns.provider == asked.filters.provider)
    return cohort, micros_of(asked.until)


def before_of(visit: Visit, asked: Asked) -> tuple[Cohort, int]:
    """Load what is set beside, as it stood at the same age; 404 where nothing is."""
    part = asked.part
    if part is None:
        raise HTTPException(404)
    question = asked.question(part.period, platform=asked.filters.platform)
    return part.of(loaded(visit, asked, question, happened_by=part.happened_by)), part.until


def loaded(
    visit: Visit, asked: Asked, question: Question, *, happened_by: datetime | None = None
) -> Cohort:
    """Read what a question is about, as it was known at the moment asked for."""
    return cohort_reading.load(
        visit.context.database,
        question,
        asked.as_of,
        happened_by=happened_by,
        kept=visit.context.kept_cohort,
    )


def asked_by(visit: Visit, *, strictly: bool = False, leaving_out: Collection[str] = ()) -> Asked:
    """Read the question from the address; raises Refused, or `strictly` answers 404."""
    zone = visit.context.settings.zone
    query = {
        name: value for name, value in visit.request.query_params.items() if name not in leaving_out
    }
    latest = cohort_reading.latest(visit.context.database)
    try:
        filters, moment = filter_form.read(query, zone, latest.moment)
    except Refused:
        if strictly:
            raise HTTPException(404) from None
        raise
    return Asked(zone, latest.at(moment), filters, is_pinned=moment is not None)


def _counted(visit: Visit) -> tuple[str, Asked, Rows]:
    """Return the figure that an address names, what it asks, and what is counted; else 404."""
    figure, asked = visit.request.query_params.get("figure", ""), asked_by(visit, strictly=True)
    figure = FORMERLY.get(figure, figure)
    if figure not in FIGURES:
        raise HTTPException(404)
    cohort, until = asked_for(visit, asked)
    return figure, asked, figures.rows_behind(figure, group_of(cohort, until))


def _published_beside(
    series: Sequence[Published], category: str | None, method: PublishedMethod
) -> list[Published]:
    """The newest period's figures that count as ours does; else those that do not tell."""
    same = published_for(series, category, method) or published_for(series, category, None)
    return [one for one in same if one.period == same[0].period]


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
        "bases": _labelled(visit, "basis"),
        "imports": _labelled(visit, "imported"),
    }


def _labelled(visit: Visit, kind: str) -> list[tuple[str, str]]:
    return [(code, labels.of(visit.words, kind, code)) for code in labels.CODES[kind]]
