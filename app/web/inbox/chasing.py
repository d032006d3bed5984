"""Chase one platform: all that wait on it, and what is left out and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import references
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow, Refused
from app.notices import prepared
from app.operations import bulk
from app.operations.bulk import Task
from app.schemas.vocabularies import NextStep
from app.takedowns import cache, snoozes
from app.takedowns.rows import TakedownRow
from app.web.inbox import bulk_actions, reminders
from app.web.shell import addresses, error_messages
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights

router = APIRouter(prefix="/inbox/chase/{slug}")
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]


class Candidate(NamedTuple):
    """A request that may be chased, or the code of what keeps it from that; `until`: put aside."""

    row: TakedownRow
    hindrance: str
    until: datetime | None

    @property
    def is_ours(self) -> bool:
        """Tell whether it is our turn, so that the platform owes nothing."""
        return self.hindrance == "nothing_to_chase"

    @property
    def may_be_chosen(self) -> bool:
        """Tell whether a reminder of it can be prepared."""
        return not self.hindrance

    @property
    def is_overdue(self) -> bool:
        """Tell whether it is chased unless somebody leaves it out."""
        return self.may_be_chosen and self.row.next_step == NextStep.CHASE and self.until is None


@router.get("")
def preview(slug: str, visit: Doer) -> Response:
    """Show what would be chased, and what not."""
    return _page(visit, slug)


@router.post("")
def prepare(slug: str, visit: Doer) -> Response:
    """Prepare the reminders of those that were left ticked."""
    chosen = list(dict.fromkeys(visit.form.all("reference")))
    if len(chosen) > bulk_actions.MOST or not all(map(references.PATTERN.fullmatch, chosen)):
        raise HTTPException(400)
    if not chosen:
        sentence = error_messages.sentence("too_few", visit.words)
        return _page(visit, slug, [Complaint("", "too_few", sentence)])
    try:
        with visit.write() as unit:
            task = Task("chase", visit.person)
            done = bulk.carry_out(unit, visit.workspace, chosen, task=task)
    except Refused as error:
        return _page(visit, slug, error_messages.told(error, visit.words))
    told = bulk_actions.became(done)
    return visit.to(reminders.PAGE, told=told, platform=slug, back=_back(visit))


def _page(visit: Visit, slug: str, complaints: Sequence[Complaint] = ()) -> Response:
    if slug not in visit.workspace.catalogue.platforms:
        raise HTTPException(404)
    cache.catch_up(visit.context.database)
    with visit.read() as unit:
        rows = prepared.open_at(unit, slug, bulk_actions.MOST + 1)
        candidates = _candidates(unit, visit, rows[: bulk_actions.MOST])
        ready = sum(row.platform == slug for row in prepared.waiting(unit))
    return visit.page(
        "inbox/chase.html",
        422 if complaints else 200,
        platform=slug,
        candidates=sorted(candidates, key=lambda one: (not one.is_overdue, not one.may_be_chosen)),
        count=sum(one.is_overdue for one in candidates),
        prepared=ready,
        chosen=visit.form.all("reference") if complaints else None,
        most=bulk_actions.MOST if len(rows) > bulk_actions.MOST else 0,
        complaints=complaints,
        said=lambda code: error_messages.sentence(code, visit.words),
        back=_back(visit),
    )


def _candidates(unit: Unit, visit: Visit, rows: Sequence[TakedownRow]) -> list[Candidate]:
    aside = snoozes.of(unit, [row.id for row in rows])
    return [Candidate(row, _hindrance(unit, visit, row), aside.get(row.id)) for row in rows]


def _hindrance(unit: Unit, visit: Visit, row: TakedownRow) -> str:
    try:
        prepared.refuse(unit, visit.workspace, row)
    except NotAllowedNow as error:
        return error.reason
    except Refused as error:
        return error.code
    return ""


def _back(visit: Visit) -> str:
    told = visit.form.given("back") or visit.request.query_params.get("back")
    return addresses.local(told, "/inbox")
