"""Templates: which channel each platform takes for what, how a notice reads, what is not right."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.kit.errors import TrackerError
from app.notices import compose, coverage
from app.notices.coverage import Cell
from app.notices.request import Item, NoticeRequest
from app.platforms import catalogue as catalogues
from app.platforms import checking
from app.platforms.channels import BASES
from app.platforms.platform import Platform
from app.web import refusals
from app.web.visits import Visit, seeing

router = APIRouter(prefix="/templates")
Reader = Annotated[Visit, seeing("takedowns:read")]
PURPOSES = ("first", "reminder", "complaint", "withdrawal")
NOTICE_LANGUAGES = ("en", "nl", "fr")


@router.get("")
def grid(visit: Reader) -> Response:
    """Show which channel a notice takes by default: platforms by categories, gaps included."""
    basis = _one_of(visit, "basis", BASES, "article_16")
    language = _one_of(visit, "notice_language", NOTICE_LANGUAGES, "en")
    catalogue = visit.context.desk.catalogue
    found = coverage.cells(catalogue.platforms.values(), list(catalogue.categories.values()))
    cells = [cell for cell in found if cell.basis == basis]
    return visit.page(
        "catalogue/grid.html",
        basis=basis,
        bases=BASES,
        notice_language=language,
        notice_languages=NOTICE_LANGUAGES,
        rows=_alike(cells),
        categories=len(catalogue.categories),
        gaps=sum(not cell.reads(language) for cell in cells),
        texts=catalogue.texts,
    )


@router.get("/check")
def check(visit: Reader) -> Response:
    """Check every template file: each fault with its file, line and mend."""
    files = catalogues.read_folder(visit.context.settings.templates_dir)
    today = visit.context.clock().astimezone(visit.context.desk.zone).date()
    return visit.page(
        "catalogue/check.html", faults=checking.check(files, today), files=sorted(files)
    )


@router.get("/{slug}")
def preview(slug: str, visit: Reader) -> Response:
    """Fill in a platform's notice for a case that does not exist."""
    desk = visit.context.desk
    platform = desk.catalogue.platforms.get(slug)
    if platform is None:
        raise HTTPException(404)
    asked = {
        "category": _one_of(visit, "category", tuple(desk.catalogue.categories), "csam_ai"),
        "basis": _one_of(visit, "basis", BASES, "article_16"),
        "notice_language": _one_of(visit, "notice_language", NOTICE_LANGUAGES, "en"),
        "purpose": _one_of(visit, "purpose", PURPOSES, "first"),
    }
    notice, complaints = None, []
    today = visit.context.clock().astimezone(desk.zone).date()
    try:
        notice = compose.compose(
            desk.catalogue,
            _fiction(platform, asked["category"], asked["basis"], today),
            desk.organisation,
            None,
            asked["notice_language"],
            asked["purpose"],
        )
    except TrackerError as error:
        complaints = refusals.told(error, visit.words)
    return visit.page(
        "catalogue/preview.html",
        platform=platform,
        asked=asked,
        bases=BASES,
        purposes=PURPOSES,
        notice_languages=NOTICE_LANGUAGES,
        categories=list(desk.catalogue.categories),
        notice=notice,
        complaints=complaints,
        channels={channel.id: channel for channel in platform.channels},
    )


def _alike(cells: Sequence[Cell]) -> list[tuple[str, list[tuple[Cell, list[str]]]]]:
    """Return for each platform its channels, each with the categories that take it."""
    platforms: dict[str, dict[str | None, tuple[Cell, list[str]]]] = {}
    for cell in cells:
        channel = cell.channel.id if cell.channel else None
        channels = platforms.setdefault(cell.platform, {})
        channels.setdefault(channel, (cell, []))[1].append(cell.category)
    return [(platform, list(channels.values())) for platform, channels in platforms.items()]


def _one_of(visit: Visit, name: str, known: tuple[str, ...], otherwise: str) -> Any:
    asked = visit.request.query_params.get(name)
    return asked if asked in known else otherwise


def _fiction(platform: Platform, category: str, basis: str, today: date) -> NoticeRequest:
    """Return a case nobody ever reported, at a host that leads nowhere (RFC 2606)."""
    address = f"https://{platform.slug.replace('_', '-')}.demo.invalid/fictional-post"
    return NoticeRequest(
        reference="TD-222222",
        platform=platform.slug,
        category=category,
        basis=basis,
        items=(Item(1, address, address, "post", "fictional-post", "fictional.account"),),
        written_on=today,
        facts={
            "category": category,
            "basis": basis,
            "authorised_by_person": basis == "take_it_down",
        },
        explanation="Fictional example. The material was assessed by the hotline.",
        submitted_on=today,
        seen_on=today,
        decided_on=today,
        reason="Fictional reason.",
    )
