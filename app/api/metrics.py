"""Response times over the API: how each platform answers, open and refused ones counted."""

from collections.abc import Collection
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import Field
from pydantic_core import to_jsonable_python
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.api import figure_csv, filters
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.figure_shapes import Curve, PlatformComparison, ResponseTimes
from app.api.parameters import Parameters
from app.api.reading import KNOWN
from app.http import negotiation
from app.kit.clock import stamp
from app.kit.languages import SOURCE
from app.metrics import clocks, cohort_reading, comparing, questions, summary
from app.metrics.cohort import Cohort
from app.metrics.counting import group_of
from app.metrics.periods import Period
from app.metrics.questions import AsOf, Question, micros_of
from app.metrics.vocabularies import ClockName, Grouping, Imported
from app.platforms.published import PublishedFigure
from app.schemas.values import Code, Day, Moment, refuse_future
from app.schemas.vocabularies import Basis
from app.takedowns.facts import UNKNOWN
from app.transparency import kept

router = APIRouter(tags=["Response times"], prefix="/metrics")
Viewer = Annotated[Call, needing(Scope.METRICS_READ)]
Json = dict[str, Any]

PROVIDER_UNKNOWN = "website, provider unknown"


class CohortQuery(Parameters):
    """Which takedowns, and as they stood when."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None
    as_of: Moment | None = None
    platform: Code | None = None
    category: Code | None = None
    basis: Basis | None = None
    urgent: bool | None = None
    imported: Imported = Imported.INCLUDE


class TimesQuery(CohortQuery):
    """How to group them."""

    by: Grouping = Grouping.PLATFORM


class CurveQuery(CohortQuery):
    """Which clock to draw."""

    clock: ClockName = ClockName.GONE


class ComparisonQuery(CohortQuery):
    """By which clock to compare."""

    clock: Literal[ClockName.GONE, ClockName.DECISION] = ClockName.GONE


@router.get(
    "/response-times",
    **documented(
        "getResponseTimes",
        ResponseTimes,
        "in_the_future",
        *KNOWN,
        also={"text/csv": figure_csv.EXAMPLES["response_times"]},
    ),
)
def response_times(call: Viewer, query: Annotated[TimesQuery, Query()]) -> Response:
    """Say how fast platforms answer, group by group; a figure of few takedowns shows counts only.

    As CSV where `Accept` likes text/csv better than JSON.
    """
    cohort, as_of = _asked(call, query)
    until = micros_of(as_of.until)
    found = questions.grouped(cohort, query.by, _zone(call))
    published = _published(call, found) if query.by == Grouping.PLATFORM else {}
    groups = [
        _named(call, query.by, key)
        | {"published": published.get(key, [])}
        | to_jsonable_python(summary.summary_of(group_of(members, until)))
        for key, members in found.items()
    ]
    return _answer(call, _frame(query, as_of), "groups", rows=groups)


@router.get(
    "/curve",
    **documented(
        "getCurve",
        Curve,
        "in_the_future",
        *KNOWN,
        also={"text/csv": figure_csv.EXAMPLES["curve"]},
    ),
)
def curve(call: Viewer, query: Annotated[CurveQuery, Query()]) -> Response:
    """Draw one clock: the share that had its event by each hour, with intervals and at-risk.

    As CSV where `Accept` likes text/csv better than JSON.
    """
    cohort, as_of = _asked(call, query)
    group = group_of(cohort, micros_of(as_of.until))
    drawn = to_jsonable_python(summary.curve_of(clocks.watched(query.clock, group)))
    steps = drawn.pop("steps")
    return _answer(call, _frame(query, as_of) | {"clock": query.clock} | drawn, "steps", rows=steps)


@router.get(
    "/comparison",
    **documented(
        "getComparison",
        PlatformComparison,
        "in_the_future",
        *KNOWN,
        also={"text/csv": figure_csv.EXAMPLES["comparison"]},
    ),
)
def comparison(call: Viewer, query: Annotated[ComparisonQuery, Query()]) -> Response:
    """Set each platform beside all the others, standardised by category and urgency.

    The verdict is by the difference of the shares by 7 days, adjusted for how many platforms are
    looked at, whatever the filter by platform. As CSV where `Accept` likes text/csv better.
    """
    cohort, as_of = _asked(call, query, with_others=True)
    found = comparing.compared_platforms(cohort, query.clock, micros_of(as_of.until))
    platforms = [one for name, one in found.items() if query.platform in (None, name)]
    frame = _frame(query, as_of) | {"clock": query.clock}
    return _answer(call, frame, "platforms", rows=to_jsonable_python(platforms))


def _asked(call: Call, query: CohortQuery, *, with_others: bool = False) -> tuple[Cohort, AsOf]:
    """Read what is asked for, once everything recorded up to `as_of` is committed.

    With others: of every platform, whichever is asked for.
    """
    filters.refuse_unknown_codes(
        call.workspace, {"platform": query.platform, "category": query.category}
    )
    filters.refuse_backwards(query.from_, query.to)
    latest = cohort_reading.latest(call.context.database)
    refuse_future(latest.moment, **{"query/as_of": query.as_of})
    as_of = latest.at(query.as_of)
    question = Question(
        zone=_zone(call),
        periods=(Period(query.from_, query.to),),
        platform=None if with_others else query.platform,
        category=query.category,
        basis=query.basis,
        urgent=query.urgent,
        imported=query.imported,
    )
    with call.read() as unit:
        cohort = cohort_reading.read(unit, question, as_of.moment, kept=call.context.kept_cohort)
    return cohort, as_of


def _named(call: Call, by: Grouping, key: str) -> Json:
    label, catalogue = key, call.workspace.catalogue
    if by == Grouping.PLATFORM and key in catalogue.platforms:
        label = catalogue.platforms[key].name
    elif by == Grouping.PROVIDER and key == UNKNOWN:
        label = PROVIDER_UNKNOWN
    elif by == Grouping.CATEGORY and key in catalogue.categories:
        label = catalogue.categories[key].labels[SOURCE]
    return {"key": key, "label": label}


def _published(call: Call, slugs: Collection[str]) -> dict[str, list[Json]]:
    with call.read() as unit:
        series = kept.published(unit, call.workspace.catalogue, slugs)
    own = {*PublishedFigure.model_fields}
    return {
        slug: [one.model_dump(mode="json", include=own) for one in told]
        for slug, told in series.items()
    }


def _zone(call: Call) -> ZoneInfo:
    return call.context.settings.zone


def _answer(call: Call, frame: Json, name: str, *, rows: list[Json]) -> Response:
    """Answer as JSON, or as CSV, one line a row, where that is liked better."""
    accept = ",".join(call.request.headers.getlist("accept"))
    if negotiation.preferred(accept, ("application/json", "text/csv")) == "text/csv":
        return Response(figure_csv.table(name, rows, frame), media_type="text/csv")
    return Answer(200, frame | {name: rows}).response()


def _frame(query: CohortQuery, as_of: AsOf) -> Json:
    return {
        "as_of": stamp(as_of.moment),
        "from": query.from_ and query.from_.isoformat(),
        "to": query.to and query.to.isoformat(),
        "definition": summary.DEFINITION,
        **({"clock_behind": True} if as_of.clock_behind else {}),
    }
