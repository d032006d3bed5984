"""Templates: which channel each platform takes for what, how a notice reads, what is not right."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import wording
from app.kit.errors import TrackerError
from app.kit.languages import SOURCE, Language
from app.notices import channel_choice, compose, coverage, versions
from app.notices.channel_choice import Hindrances
from app.notices.coverage import Cell
from app.notices.request import Item, NoticeRequest, Told
from app.notices.versions import Version
from app.platforms import catalogue as catalogues
from app.platforms import checking
from app.platforms.catalogue import Catalogue
from app.platforms.channels import Channel
from app.platforms.platform import Platform
from app.schemas.vocabularies import Basis, Purpose
from app.web.shell import downloads, error_messages
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/templates")
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]


class Asked(NamedTuple):
    """Which notices the grid is about."""

    basis: Basis
    notice_language: Language


@router.get("")
def grid(visit: Reader) -> Response:
    """Show which channel a notice takes by default: platforms by categories, gaps included."""
    asked = asked_of(visit)
    cells, catalogue = cells_of(visit, asked), visit.workspace.catalogue
    return visit.page(
        "templates/grid.html",
        basis=asked.basis,
        bases=tuple(Basis),
        notice_language=asked.notice_language,
        notice_languages=Language,
        rows=alike(cells),
        categories=len(catalogue.categories),
        gaps=sum(not cell.reads(asked.notice_language) for cell in cells),
        texts=catalogue.texts,
        as_sheets=downloads.addresses("/templates", asked._asdict()),
    )


def asked_of(visit: Visit) -> Asked:
    """Read from an address which notices the grid is about."""
    return Asked(
        _one_of(visit, "basis", tuple(Basis), otherwise=Basis.ARTICLE_16),
        _one_of(visit, "notice_language", tuple(Language), otherwise=SOURCE),
    )


def cells_of(visit: Visit, asked: Asked) -> list[Cell]:
    """Return the cells of the grid, platform by platform."""
    catalogue = visit.workspace.catalogue
    found = coverage.cells(catalogue.platforms.values(), list(catalogue.categories.values()))
    return [cell for cell in found if cell.basis == asked.basis]


@router.get("/check")
def check(visit: Reader) -> Response:
    """Check every template file: each fault with its file, line and mend."""
    files = catalogues.read_folder(visit.context.settings.templates_dir)
    today = visit.context.clock().astimezone(visit.workspace.zone).date()
    # The clock of the demo is a fictional one: what was looked at since is no fault.
    told = checking.check(files, None if visit.context.settings.demo else today)
    return visit.page("templates/check.html", faults=told, files=sorted(files))


@router.get("/{slug}")
def preview(slug: str, visit: Reader) -> Response:
    """Fill in a platform's notice for a case that does not exist."""
    workspace = visit.workspace
    platform = workspace.catalogue.platforms.get(slug)
    if platform is None:
        raise HTTPException(404)
    asked = {
        "category": _one_of(
            visit, "category", tuple(workspace.catalogue.categories), otherwise="csam_ai"
        ),
        "basis": _one_of(visit, "basis", tuple(Basis), otherwise=Basis.ARTICLE_16),
        "notice_language": _one_of(visit, "notice_language", tuple(Language), otherwise=SOURCE),
        "purpose": _one_of(visit, "purpose", tuple(Purpose), otherwise=Purpose.FIRST),
    }
    notice, complaints = None, []
    today = visit.context.clock().astimezone(workspace.zone).date()
    try:
        notice = compose.compose(
            workspace.catalogue,
            _fiction(platform, asked, today),
            workspace.organisation,
            channel=None,
            language=asked["notice_language"],
            purpose=asked["purpose"],
        )
    except TrackerError as error:
        complaints = error_messages.told(error, visit.words)
    used: Sequence[Version] = []
    if notice is not None:
        with visit.read() as unit:
            used = versions.of_template(unit, notice.template.id)
    return visit.page(
        "templates/preview.html",
        used=used,
        weighed=_weighed(workspace.catalogue, platform, asked),
        platform=platform,
        asked=asked,
        bases=tuple(Basis),
        purposes=tuple(Purpose),
        notice_languages=Language,
        categories=list(workspace.catalogue.categories),
        notice=notice,
        complaints=complaints,
        channels={channel.id: channel for channel in platform.channels},
    )


def alike(cells: Sequence[Cell]) -> list[tuple[str, list[tuple[Cell, list[str]]]]]:
    """Return for each platform its channels, each with the categories that take it."""
    platforms: dict[str, dict[str | None, tuple[Cell, list[str]]]] = {}
    for cell in cells:
        channel = cell.channel.id if cell.channel else None
        channels = platforms.setdefault(cell.platform, {})
        channels.setdefault(channel, (cell, []))[1].append(cell.category)
    return [(platform, list(channels.values())) for platform, channels in platforms.items()]


def _weighed(
    catalogue: Catalogue, platform: Platform, asked: dict[str, Any]
) -> list[tuple[Channel, Hindrances]]:
    """Return the channels that take such a notice in order, each with what stands in its way."""
    category, basis = catalogue.categories[asked["category"]], asked["basis"]
    identity = channel_choice.identity(category, basis, None)
    may_act = basis == Basis.TAKE_IT_DOWN
    return [
        (channel, channel_choice.hindrances(channel, identity, may_act=may_act))
        for channel in platform.serving(basis, category.code)
    ]


def _one_of(visit: Visit, name: str, known: tuple[str, ...], *, otherwise: str) -> Any:
    asked = visit.request.query_params.get(name)
    return asked if asked in known else otherwise


def _fiction(platform: Platform, asked: Mapping[str, str], today: date) -> NoticeRequest:
    """Return a case nobody ever reported, at a host that leads nowhere (RFC 2606)."""
    category, basis = asked["category"], asked["basis"]
    words = wording.words_of(asked["notice_language"])
    address = f"https://{platform.slug.replace('_', '-')}.demo.invalid/fictional-post"
    return NoticeRequest(
        reference="TD-222222",
        platform=platform.slug,
        category=category,
        basis=basis,
        items=(
            Item(
                1,
                address,
                address,
                "post",
                "fictional-post",
                "fictional.account",
                told=Told(today, "refused"),
                live_on=today,
            ),
        ),
        written_on=today,
        assessed_on=today,
        facts={
            "category": category,
            "basis": basis,
            "authorised_by_person": basis == Basis.TAKE_IT_DOWN,
        },
        explanation=words.gettext("Fictional example. The material was assessed by the hotline."),
        submitted_on=today,
        receipt_on=today,
        reason=words.gettext("Fictional reason."),
    )
