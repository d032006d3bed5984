"""The trusted-flagger status and the legal bases as tables to take away."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, NamedTuple, TypeVar

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.wording import N_
from app.platforms.platform import Platform
from app.schemas.vocabularies import Basis, StatusChange, StatusState
from app.takedowns import bases
from app.takedowns.basis_choice import Basis as HeldBasis
from app.takedowns.flagger_status import Change, Standing
from app.web.administration import flagger_status
from app.web.shell import downloads, labels
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Columns
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/admin")
Administrator = Annotated[Visit, require_rights(Scope.ADMIN)]
R = TypeVar("R")
EVERY = ("all",)
OF_CELLS: Labels = {
    "change": labels.TABLES["status_change"],
    "categories": {"all": N_("All")},
    "confidential_address": {"set": N_("set"), "not_set": N_("not set")},
}
HISTORY: Columns[Change] = {
    "from": (N_("From"), lambda one: one.on),
    "change": (N_("What"), lambda one: one.kind),
    "coordinator": (N_("Coordinator"), lambda one: one.coordinator or None),
    "decision": (N_("Decision"), lambda one: one.decision or None),
    "until": (N_("Until"), lambda one: one.until),
    "categories": (
        N_("Categories"),
        lambda one: (one.categories or EVERY) if one.kind == StatusChange.AWARDED else None,
    ),
    "not_honoured_by": (N_("Not honoured by"), lambda one: one.exceptions or None),
}
HELD: Columns[HeldBasis] = {
    "basis": (N_("Legal basis"), lambda one: one.basis),
    "from": (N_("From"), lambda one: one.held_from),
    "decision": (N_("Decision"), lambda one: one.decision or None),
    "categories": (N_("Categories"), lambda one: one.categories or EVERY),
}


class Line(NamedTuple):
    """A platform, and the bases we hold there."""

    platform: Platform
    held: Sequence[str]

    @property
    def address(self) -> str | None:
        """Whether its confidential addresses are set; None where it has none."""
        secret = [one.reachable for one in self.platform.channels if one.confidential]
        return ("set" if all(secret) else "not_set") if secret else None


PLATFORMS: Columns[Line] = {
    "platform": (N_("Platform"), lambda one: one.platform.slug),
    "provider": (N_("Provider"), lambda one: one.platform.provider),
    "bases": (N_("Legal basis"), lambda one: one.held),
    "confidential_address": (N_("Confidential address"), lambda one: one.address),
    "receipt_hours": (
        N_("Receipt within (hours)"),
        lambda one: one.platform.dealings.targets.receipt_hours,
    ),
    "gone_hours": (N_("Gone within (hours)"), lambda one: one.platform.dealings.targets.gone_hours),
    "urgent_hours": (
        N_("Urgent: gone within (hours)"),
        lambda one: one.platform.dealings.targets.urgent_hours,
    ),
}


@downloads.at(router, "/status")
def history(visit: Administrator) -> Response:
    """Hand out how the status came and went."""
    with visit.read() as unit:
        changes = bases.history(unit)
    return _answered(
        visit, "status-history", N_("Trusted-flagger status"), columns=HISTORY, rows=changes
    )


@downloads.at(router, "/platforms")
def platforms(visit: Administrator) -> Response:
    """Hand out the platforms with the basis we hold and what is set."""
    with visit.read() as unit:
        status, on = flagger_status.today(unit, visit), flagger_status.local_day(unit, visit)
        lines = [
            Line(platform, _held(status, bases.of_platform(unit, slug), slug, on=on))
            for slug, platform in visit.workspace.catalogue.platforms.items()
        ]
    return _answered(
        visit, "legal-bases", N_("Bases, addresses, targets"), columns=PLATFORMS, rows=lines
    )


@downloads.at(router, "/platforms/{slug}/bases")
def of_platform(slug: str, visit: Administrator) -> Response:
    """Hand out the bases that were recorded of one platform."""
    if slug not in visit.workspace.catalogue.platforms:
        raise HTTPException(404)
    with visit.read() as unit:
        held = bases.of_platform(unit, slug)
    return _answered(visit, f"{slug}-bases", N_("Legal basis"), columns=HELD, rows=held)


def _answered(
    visit: Visit, name: str, title: str, *, columns: Columns[R], rows: Sequence[R]
) -> Response:
    found = downloads.of(visit, name, title, columns=columns, rows=rows, labels=OF_CELLS)
    return downloads.answered(visit, found, downloads.asked_form(visit))


def _held(status: Standing, own: Sequence[HeldBasis], slug: str, *, on: date) -> Sequence[str]:
    """Name the bases of a platform today; what anyone has where we hold no other."""
    held = list(dict.fromkeys(one.basis for one in own if one.held_from <= on))
    award = status.award if status.state == StatusState.HELD else None
    if award is not None and slug not in award.exceptions:
        return [Basis.ARTICLE_22, *held]
    return held or [Basis.ARTICLE_16]
