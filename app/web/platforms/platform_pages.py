"""Platforms: what we know of each, how it does, and a sheet to meet it with."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.languages import Language
from app.metrics import charts, cohorts, kpis, periods, questions, scorecards, view_model
from app.metrics.figures import COUNTED
from app.metrics.periods import Period
from app.platforms.platform import Platform
from app.platforms.published import newest
from app.web.metrics import metrics_page
from app.web.metrics.filter_form import Asked
from app.web.notices import form_places
from app.web.shell import languages, masking
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
EVERYTHING = Period(date(1990, 1, 1), None)
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.METRICS_READ)]


@router.get("/platforms")
def platforms(visit: Reader) -> Response:
    """List every platform we know, with what is open there."""
    asked = metrics_page.asked_by(visit, strictly=True)
    found = cohorts.load(visit.context.database, asked.scope)
    inside = questions.grouped(asked.scope.within(found, asked.period), "platform")
    groups = {key: kpis.group_of(members, asked.until) for key, members in inside.items()}
    known = visit.workspace.catalogue.platforms.values()
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
    found = cohorts.load(visit.context.database, asked.scope)
    with visit.read() as unit:
        card = scorecards.card_of(unit, found, asked.scope)
    return visit.page(
        "platforms/card.html",
        asked=asked,
        platform=platform,
        published=newest(platform.dealings.published),
        places={one.id: form_places.names(visit, one) for one in platform.channels},
        card=card,
        masked=masking.item,
        everything=EVERYTHING,
        months=view_model.by_month(card.board),
        month_within=periods.month_within,
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
    found = cohorts.load(visit.context.database, asked.scope)
    with visit.read() as unit:
        shown = scorecards.meeting_sheet_of(unit, found, asked.scope)
    return replace(visit, language=Language(language)).page(
        "platforms/sheet.html", asked=asked, platform=platform, sheet=shown, units=COUNTED
    )


def _platform(visit: Visit, slug: str) -> tuple[Platform, Asked]:
    platform = visit.workspace.catalogue.platforms.get(slug)
    if platform is None:
        raise HTTPException(404)
    asked = metrics_page.asked_by(visit, strictly=True)
    filters = asked.filters.model_copy(update={"platform": slug, "compare": "none"})
    return platform, replace(asked, filters=filters)
