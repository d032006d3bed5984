"""Platforms: what we know of each, how it does, and a sheet to meet it with."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.metrics import cohorts
from app.metrics.figures import COUNTED
from app.platforms.platform import Platform
from app.web import boards, charts, form_places, kpis, languages, metrics, scorecards
from app.web.asking import Asked
from app.web.periods import Period
from app.web.visits import Visit, seeing

router = APIRouter()
EVERYTHING = Period(date(1990, 1, 1), None)
Reader = Annotated[Visit, seeing("takedowns:read", "metrics:read")]


@router.get("/platforms")
def platforms(visit: Reader) -> Response:
    """List every platform we know, with what is open there."""
    asked = metrics.asked_by(visit, strictly=True)
    found = boards.load(visit.context.database, asked)
    inside = cohorts.grouped(asked.within(found, asked.period), "platform")
    groups = {key: kpis.group_of(members, asked.until) for key, members in inside.items()}
    known = visit.desk.catalogue.platforms.values()
    return visit.page(
        "platforms/list.html",
        asked=asked,
        platforms=sorted(known, key=lambda one: (one.slug not in groups, one.name.casefold())),
        groups=groups,
        units=COUNTED,
    )


@router.get("/platforms/{slug}")
def scorecard(slug: str, visit: Reader) -> Response:
    """Show one platform: its channels, its numbers beside the others', what is open."""
    platform, asked = _platform(visit, slug)
    found = boards.load(visit.context.database, asked)
    with visit.read() as unit:
        card = scorecards.card_of(unit, found, asked)
    return visit.page(
        "platforms/card.html",
        asked=asked,
        platform=platform,
        places={one.id: form_places.names(visit, one) for one in platform.channels},
        card=card,
        everything=EVERYTHING,
        months=boards.by_month(card.board),
        month_within=boards.month_within,
        charts=charts,
        units=COUNTED,
    )


@router.get("/platforms/{slug}/sheet")
def sheet(slug: str, visit: Reader) -> Response:
    """Show what to talk about with a platform, on one page to print, in any of our languages."""
    platform, asked = _platform(visit, slug)
    language = visit.request.query_params.get("language", visit.language)
    if language not in languages.LANGUAGES:
        raise HTTPException(404)
    found = boards.load(visit.context.database, asked)
    with visit.read() as unit:
        shown = scorecards.sheet_of(unit, found, asked)
    return replace(visit, language=language).page(
        "platforms/sheet.html", asked=asked, platform=platform, sheet=shown, units=COUNTED
    )


def _platform(visit: Visit, slug: str) -> tuple[Platform, Asked]:
    platform = visit.desk.catalogue.platforms.get(slug)
    if platform is None:
        raise HTTPException(404)
    asked = metrics.asked_by(visit, strictly=True)
    filters = asked.filters.model_copy(update={"platform": slug, "compare": "none"})
    return platform, replace(asked, filters=filters)
