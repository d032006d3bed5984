"""The grid of channels as a table to take away: a row for what a platform takes alike."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.languages import Language
from app.kit.wording import N_
from app.notices.coverage import Cell
from app.platforms.channels import Channel
from app.web.shell import downloads
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Columns
from app.web.shell.request_context import Visit, require_rights
from app.web.templates import templates_page

router = APIRouter(prefix="/templates")
EVERY = ("all",)
LABELS: Labels = {
    "hindrance": {
        "no_channel": N_("gap"),
        "other_language": N_("not in this language"),
        "address_not_set": N_("address to be set"),
    },
    "categories": {"all": N_("All categories")},
}


class Line(NamedTuple):
    """The categories that a platform takes by one channel; `hindrance`: what that one lacks."""

    platform: str
    channel: Channel | None
    taken: Sequence[str]
    hindrance: str | None

    @property
    def languages(self) -> Sequence[str] | None:
        """Which languages its channel reads."""
        return (self.channel.languages or tuple(Language)) if self.channel else None


COLUMNS: Columns[Line] = {
    "platform": (N_("Platform"), lambda one: one.platform),
    "channel": (N_("Channel"), lambda one: one.channel.id if one.channel else None),
    "hindrance": (N_("What is in the way"), lambda one: one.hindrance),
    "languages": (N_("Languages"), lambda one: one.languages),
    "checked": (N_("Last checked"), lambda one: one.channel.checked if one.channel else None),
    "verified": (N_("Verified"), lambda one: one.channel.verified if one.channel else None),
    "categories": (N_("Categories"), lambda one: one.taken),
}


@downloads.at(router, "")
def download(visit: Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]) -> Response:
    """Hand out which channel a first notice takes, under what is asked of the page."""
    asked = templates_page.asked_of(visit)
    every = list(visit.workspace.catalogue.categories)
    lines = [
        Line(
            cell.platform,
            cell.channel,
            EVERY if taken == every else taken,
            _hindrance(cell, asked.notice_language),
        )
        for _, channels in templates_page.alike(templates_page.cells_of(visit, asked))
        for cell, taken in channels
    ]
    found = downloads.of(
        visit, "templates", N_("Templates"), columns=COLUMNS, rows=lines, labels=LABELS
    )
    return downloads.answered(visit, found, downloads.asked_form(visit))


def _hindrance(cell: Cell, language: str) -> str | None:
    if cell.channel is None:
        return "no_channel"
    if not cell.reads(language):
        return "other_language"
    return None if cell.channel.reachable else "address_not_set"
