"""Platforms: what we know of each, how it does, and a sheet to meet it with."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.languages import Language
from app.metrics import charts, comparing, periods, questions, scorecards
from app.metrics.numbers import PlatformBesideOthers
from app.metrics.questions import micros_of
from app.metrics.slices import Slice
from app.metrics.vocabularies import ClockName, Grouping
from app.notices import prepared
from app.platforms.platform import Platform
from app.platforms.published import newest
from app.transparency import kept
from app.web.metrics import metrics_page
from app.web.metrics.filter_form import Asked
from app.web.notices import form_places
from app.web.shell import downloads, languages, masking
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.METRICS_READ)]


class Listed(NamedTuple):
    """Every platform, those asked something first, with what is open there, by slug."""

    asked: Asked
    platforms: Sequence[Platform]
    groups: Mapping[str, Slice]
    comparisons: Mapping[str, PlatformBesideOthers]


@router.get("/platforms")
def platforms(visit: Reader) -> Response:
    """List every platform we know, with what is open there."""
    return visit.page("platforms/list.html", **listed(visit)._asdict())


def listed(visit: Visit) -> Listed:
    """Read what there is to know of all platforms."""
    asked = metrics_page.asked_by(visit, strictly=True)
    found = metrics_page.loaded(visit, asked, asked.question(asked.period))
    groups = questions.grouped(found, Grouping.PLATFORM, asked.zone)
    known = visit.workspace.catalogue.platforms.values()
    until = micros_of(asked.until)
    return Listed(
        asked,
        sorted(known, key=lambda one: (one.slug not in groups, one.name.casefold())),
        {key: Slice(group, until) for key, group in groups.items()},
        comparing.compared_platforms(found, ClockName.GONE, until),
    )


@router.get("/platforms/{slug}")
def scorecard(slug: str, visit: Reader) -> Response:
    """Show one platform: what is open, its numbers, its channels."""
    platform, asked = _platform(visit, slug)
    loaded = _loaded(visit, slug, asked)
    with visit.read() as unit:
        card = scorecards.card_of(unit, loaded)
        published = kept.published(unit, visit.workspace.catalogue, [slug])[slug]
        overdue = prepared.overdue(unit, slug)
    return visit.page(
        "platforms/card.html",
        asked=asked,
        platform=platform,
        published=newest(published),
        overdue=overdue,
        places={one.id: form_places.names(visit, one) for one in platform.channels},
        card=card,
        masked=masking.item,
        month_within=periods.month_within,
        charts=charts,
        units=metrics_page.UNITS,
        as_sheets={
            figure: downloads.addresses(f"/platforms/{slug}/{figure}")
            for figure in ("open", "refused", "channels")
        }
        | {"published": downloads.addresses("/metrics/published", {"platform": slug})},
    )


@router.get("/platforms/{slug}/sheet")
def sheet(slug: str, visit: Reader) -> Response:
    """Show what to talk about with a platform, on one page to print, in any of our languages."""
    platform, asked = _platform(visit, slug)
    language = visit.request.query_params.get("language", visit.language)
    if language not in languages.LANGUAGES:
        raise HTTPException(404)
    loaded = _loaded(visit, slug, asked)
    with visit.read() as unit:
        shown = scorecards.meeting_sheet_of(unit, loaded)
    return replace(visit, language=Language(language)).page(
        "platforms/sheet.html",
        asked=asked,
        platform=platform,
        sheet=shown,
        units=metrics_page.UNITS,
    )


def under_way(visit: Visit, slug: str, figure: str, *, known: Container[str]) -> list[str]:
    """Name the requests under way of which a figure counts an item, the oldest first; else 404."""
    if figure not in known:
        raise HTTPException(404)
    _, asked = _platform(visit, slug)
    found = _loaded(visit, slug, asked).that(figure).under_way
    return list(dict.fromkeys(one.reference for one in found))


def _loaded(visit: Visit, slug: str, asked: Asked) -> scorecards.Asked:
    """Load a platform with whatever is open there, and what it is beside the others."""
    own = asked.question(asked.period, platform=slug, with_open=True)
    everyone = metrics_page.loaded(visit, asked, asked.question(asked.period))
    compared = comparing.compared_platforms(everyone, ClockName.GONE, micros_of(asked.until))
    return scorecards.Asked(
        slug, metrics_page.loaded(visit, asked, own), compared.get(slug), asked.period, asked
    )


def _platform(visit: Visit, slug: str) -> tuple[Platform, Asked]:
    platform = visit.workspace.catalogue.platforms.get(slug)
    if platform is None:
        raise HTTPException(404)
    asked = metrics_page.asked_by(visit, strictly=True)
    filters = asked.filters.model_copy(update={"platform": slug, "compare": "none"})
    return platform, replace(asked, filters=filters)
