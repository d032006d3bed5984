"""Response times over the API: how each platform answers, open and refused ones counted."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.api import filters
from app.api.contract import documented
from app.api.dependencies import Answer, Call, needing
from app.api.figure_shapes import Curve, ResponseTimes
from app.api.parameters import Parameters
from app.api.reading import KNOWN
from app.http import negotiation
from app.kit import cells
from app.kit.clock import stamp
from app.kit.languages import SOURCE
from app.metrics import cohorts, questions, summary
from app.metrics.questions import AsOf, Member, Question
from app.platforms.published import Published, PublishedFigure, newest_first
from app.schemas.values import Code, Day, Moment, refuse_future
from app.schemas.vocabularies import Basis
from app.takedowns.facts import UNKNOWN

router = APIRouter(tags=["Response times"], prefix="/metrics")
Viewer = Annotated[Call, needing(Scope.METRICS_READ)]


PROVIDER_UNKNOWN = "website, provider unknown"
COLUMNS = (
    "key", "label", "takedowns", "items", "open", "refused", "came_back", "gone_median_hours",
    "gone_p90_hours", "gone_share_24h", "answer_median_hours", "dsa_style_median_hours",
)  # fmt: skip
CSV_EXAMPLE = f"{','.join(COLUMNS)}\r\nx,X,10,10,0,0,0,4,8,1,4,4\r\n"


class CohortQuery(Parameters):
    """Which takedowns, and as they stood when."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None
    as_of: Moment | None = None
    platform: Code | None = None
    category: Code | None = None
    basis: Basis | None = None


class TimesQuery(CohortQuery):
    """How to group them."""

    by: Literal["platform", "provider", "category", "month", "basis"] = "platform"


class CurveQuery(CohortQuery):
    """Which clock to draw."""

    clock: Literal["gone", "receipt", "answer", "decision"] = "gone"


@router.get(
    "/response-times",
    **documented(
        "getResponseTimes", ResponseTimes, "in_the_future", *KNOWN, also={"text/csv": CSV_EXAMPLE}
    ),
)
def response_times(call: Viewer, query: Annotated[TimesQuery, Query()]) -> Response:
    """Say how fast platforms answer, group by group; small groups show counts only.

    As CSV where `Accept` likes text/csv better than JSON.
    """
    filters.refuse_unknown_codes(
        call.workspace, {"platform": query.platform, "category": query.category}
    )
    as_of = _as_of(call, query)
    with call.read() as unit:
        found = cohorts.members(unit, _question(call, query), as_of.moment)
        groups = questions.grouped(found, query.by)
    shown = [
        _group(call, query.by, key, members=group, until=as_of.until)
        for key, group in groups.items()
    ]
    accept = ",".join(call.request.headers.getlist("accept"))
    if negotiation.preferred(accept, ("application/json", "text/csv")) == "text/csv":
        return Response(_table(shown), media_type="text/csv")
    return Answer(200, _frame(query, as_of) | {"groups": shown}).response()


@router.get("/curve", **documented("getCurve", Curve, "in_the_future", *KNOWN))
def curve(call: Viewer, query: Annotated[CurveQuery, Query()]) -> Response:
    """Draw one clock: the share that had its event by each hour, with intervals and at-risk."""
    filters.refuse_unknown_codes(
        call.workspace, {"platform": query.platform, "category": query.category}
    )
    as_of = _as_of(call, query)
    with call.read() as unit:
        members = cohorts.members(unit, _question(call, query), as_of.moment)
        found = [member.takedown for member in members]
    drawn = asdict(summary.curve_of(query.clock, found, as_of.until))
    return Answer(200, _frame(query, as_of) | drawn).response()


def _table(groups: list[dict[str, Any]]) -> str:
    """Write the figures most asked for as CSV (RFC 4180); blank where there is no figure."""
    return "".join(cells.table(COLUMNS, map(_row, groups)))


def _row(group: dict[str, Any]) -> Sequence[cells.Value]:
    gone, answer = group["gone"], group["answer"]
    counts = [group[name] for name in ("takedowns", "items", "open", "refused", "came_back")]
    figures = [
        gone["median_hours"],
        gone["p90_hours"],
        gone["share_by"]["24"]["share"],
        answer["median_hours"],
        group["dsa_style_median_hours"],
    ]
    rounded = ["" if figure is None else f"{figure:.4g}" for figure in figures]
    return (group["key"], group["label"], *counts, *rounded)


def _group(
    call: Call, by: str, key: str, *, members: list[Member], until: datetime
) -> dict[str, Any]:
    published: list[Published] = []
    label = key
    catalogue = call.workspace.catalogue
    if by == "platform" and key in catalogue.platforms:
        platform = catalogue.platforms[key]
        label = platform.name
        published = newest_first(platform.dealings.published)
    elif by == "provider" and key == UNKNOWN:
        label = PROVIDER_UNKNOWN
    elif by == "category" and key in catalogue.categories:
        label = catalogue.categories[key].labels[SOURCE]
    takedowns = [member.takedown for member in members]
    numbers = asdict(summary.summary_of(takedowns, until))
    shown = set(PublishedFigure.model_fields)
    told = [one.model_dump(mode="json", include=shown) for one in published]
    return {"key": key, "label": label, **numbers, "published": told}


def _frame(query: CohortQuery, as_of: AsOf) -> dict[str, Any]:
    return {
        "as_of": stamp(as_of.moment),
        "from": query.from_ and query.from_.isoformat(),
        "to": query.to and query.to.isoformat(),
        "definition": summary.DEFINITION,
        **({"clock_behind": True} if as_of.clock_behind else {}),
    }


def _as_of(call: Call, query: CohortQuery) -> AsOf:
    """The moment asked for, once everything recorded up to it is committed; never to come."""
    latest = cohorts.latest(call.context.database)
    refuse_future(latest.moment, **{"query/as_of": query.as_of})
    return latest.at(query.as_of)


def _question(call: Call, query: CohortQuery) -> Question:
    return Question(
        zone=call.context.settings.zone,
        from_day=query.from_,
        to_day=query.to,
        platform=query.platform,
        category=query.category,
        basis=query.basis,
    )
