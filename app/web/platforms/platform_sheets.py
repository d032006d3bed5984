"""What platforms' pages show as tables to take away."""

from collections.abc import Mapping
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.wording import N_
from app.metrics.numbers import PlatformBesideOthers
from app.metrics.slices import Slice
from app.platforms.channels import Channel
from app.platforms.platform import Platform
from app.schemas.vocabularies import ChannelKind
from app.web.metrics import figure_sheets
from app.web.platforms import platform_pages
from app.web.requests import list_sheet
from app.web.shell import downloads
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Columns
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.METRICS_READ)]
OF_FIGURES: Mapping[str, str] = {"open": N_("Still open"), "refused": N_("Refusals")}


class Line(NamedTuple):
    """A platform in the list; None where nothing was asked of it, or nothing can be said."""

    platform: Platform
    numbers: Slice | None
    comparison: PlatformBesideOthers | None


COLUMNS: Columns[Line] = {
    "platform": (N_("Platform"), lambda line: line.platform.slug),
    "provider": (N_("Provider"), lambda line: line.platform.provider),
    "channels": (N_("Channels"), lambda line: len(line.platform.channels)),
    "checked": (N_("Last checked"), lambda line: line.platform.dealings.checked),
    "verified": (N_("Verified"), lambda line: line.platform.dealings.verified),
    "requests": (N_("Requests"), lambda line: line.numbers.requests if line.numbers else None),
    "items": (N_("Items"), lambda line: line.numbers.counts["items"] if line.numbers else None),
    "open": (N_("Items open"), lambda line: line.numbers.counts["open"] if line.numbers else None),
    "difference_7d": (
        N_("Difference within 7 days"),
        lambda line: line.comparison.difference_7d.value if line.comparison else None,
    ),
    "verdict": (N_("Verdict"), lambda line: line.comparison.verdict if line.comparison else None),
}


# Of a channel, after the slug of its platform.
CHANNELS: Columns[tuple[str, Channel]] = {
    "platform": (N_("Platform"), lambda one: one[0]),
    "channel": (N_("Channel"), lambda one: one[1].id),
    "channel_kind": (N_("Kind"), lambda one: one[1].kind),
    "confidential": (N_("Confidential address"), lambda one: one[1].confidential),
    "bases": (N_("For"), lambda one: one[1].bases),
    "categories": (
        N_("Categories"),
        lambda one: ("all",) if one[1].categories == "all" else one[1].categories,
    ),
    "checked": (N_("Last checked"), lambda one: one[1].checked),
    "confirmed_at": (N_("As shown on"), lambda one: one[1].confirmed_at),
    "changed_at": (N_("Reported as changed"), lambda one: one[1].changed_at),
}
OF_CHANNELS: Labels = {
    "channel_kind": {ChannelKind.FORM: N_("Form"), ChannelKind.EMAIL: N_("E-mail")},
    "categories": {"all": N_("Every category")},
}


@downloads.at(router, "/platforms")
def platforms(visit: Reader) -> Response:
    """Hand out the list of platforms."""
    listed = platform_pages.listed(visit)
    lines = (
        Line(one, listed.groups.get(one.slug), listed.comparisons.get(one.slug))
        for one in listed.platforms
    )
    found = downloads.of(
        visit,
        "platforms",
        N_("Platforms"),
        columns=COLUMNS,
        rows=lines,
        labels=figure_sheets.OF_CELLS,
    )
    return downloads.answered(visit, found, downloads.asked_form(visit))


@downloads.at(router, "/platforms/{slug}/channels")
def channels(slug: str, visit: Reader) -> Response:
    """Hand out by which channels a platform is reached, without their addresses."""
    platform = visit.workspace.catalogue.platforms.get(slug)
    if platform is None:
        raise HTTPException(404)
    found = downloads.of(
        visit,
        f"{slug}-channels",
        N_("Channels"),
        columns=CHANNELS,
        rows=[(slug, channel) for channel in platform.channels],
        labels=OF_CHANNELS,
    )
    return downloads.answered(visit, found, downloads.asked_form(visit))


@downloads.at(router, "/platforms/{slug}/{figure}")
def requests(slug: str, figure: str, visit: Reader) -> Response:
    """Hand out the requests with an item that stands open at a platform, or refused."""
    chosen = platform_pages.under_way(visit, slug, figure, known=OF_FIGURES)
    found = list_sheet.of_references(visit, f"{slug}-{figure}", OF_FIGURES[figure], chosen=chosen)
    form = downloads.asked_form(visit)
    return list_sheet.handed_out(visit, found, form, what=f"{figure} at a platform")
