"""The page of one takedown: what is known, what comes next, and everything that can be told."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow, Refused
from app.notices import prepared
from app.operations import recording
from app.replies import proposing
from app.schemas.event_shapes import NEW_EVENT
from app.takedowns import assignments, cache, handovers, queries, same_content, snoozes
from app.takedowns.rows import TakedownRow
from app.web.notices import notice_card
from app.web.notices.notice_card import Card, Which
from app.web.shell import assigning, error_messages, forms, meanwhile, sites
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights
from app.web.takedown import doubts, takedown_sheets, view_model
from app.web.takedown.actions import ACTIONS, Fields
from app.web.takedown.view_model import Revealed

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
Teller = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
DAY = timedelta(days=1)
NOT_REVEALED = Revealed()


class Opened(NamedTuple):
    """Which action's panel stands open, what is wrong with it, and what its fields hold."""

    action: str = ""
    complaints: tuple[Complaint, ...] = ()
    proposal: proposing.Proposal | None = None


@router.get("/takedowns/{reference}")
def see(reference: str, visit: Reader) -> Response:
    """Show a takedown."""
    cache.catch_up(visit.context.database)
    wanted = visit.request.query_params.get("act", "")
    return show(visit, reference, Opened(wanted if wanted in (*ACTIONS, "wait") else ""))


@router.post("/takedowns/{reference}/act/{action}")
def act(reference: str, action: str, visit: Teller) -> Response:
    """Record what an action's form tells."""
    if action not in ACTIONS:
        raise HTTPException(404)
    try:
        with assigning.on(visit, reference) as (unit, row):
            count = len(queries.items_of(unit, [row])[row.id])
            fields = Fields(visit.form, action, visit.context.settings.zone, count)
            bodies = [forms.checked(NEW_EVENT, told) for told in ACTIONS[action].tells(fields)]
            numbers = [
                recording.record(unit, visit.workspace, row, body=body, by=visit.actor).entry.number
                for body in bodies
            ]
    except (Refused, NotAllowedNow) as error:
        complaints = tuple(
            one._replace(field=f"{action}-{one.field}" if one.field else "")
            for one in error_messages.told(error, visit.words)
        )
        status = 409 if isinstance(error, NotAllowedNow) else 422
        return show(visit, reference, Opened(action, complaints), status=status)
    is_note = action == "reply" and {body.kind for body in bodies} == {"noted"}
    return back(visit, reference, "note" if is_note else action, marks=numbers)


@router.post("/takedowns/{reference}/reply")
def read_reply(reference: str, visit: Teller) -> Response:
    """Propose what a pasted reply says; nothing is recorded."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
    proposal = proposing.propose(
        visit.form.text("reply-text"),
        visit.workspace.catalogue,
        platform=row.platform,
        ours=[one for one in (row.case_ref, row.external_ref) if one],
    )
    return show(visit, reference, Opened("reply", proposal=proposal))


def back(visit: Visit, reference: str, code: str, *, marks: Sequence[int | str] = ()) -> Response:
    """Go back to the page, which says what was done and offers to undo it."""
    undo = ",".join(map(str, marks))
    return visit.to(f"/takedowns/{reference}", said=code, **({"undo": undo} if undo else {}))


def show(
    visit: Visit,
    reference: str,
    opened: Opened = Opened(),  # noqa: B008 - a tuple
    *,
    revealed: Revealed = NOT_REVEALED,
    status: int = 200,
) -> Response:
    """Show the page, or the part of it that an action's form swaps."""
    with visit.read() as unit:
        row = queries.by_reference(unit, reference)
        shown = view_model.of(unit, row, revealed, now=unit.clock())
        claim = assignments.of(unit, [row.id]).get(row.id)
        handover = handovers.of(unit, [row.id]).get(row.id)
        aside_until = snoozes.of(unit, [row.id]).get(row.id)
        card = _card(unit, visit, row) if shown.is_draft else None
        site = sites.of(unit, visit, [row]).get(row.id)
        has_reminder = prepared.is_prepared(unit, row)
        elsewhere = same_content.elsewhere(unit, [row.id])
        latest = meanwhile.of(unit, row) if status == HTTPStatus.CONFLICT else None
    category = visit.workspace.catalogue.categories.get(row.category)
    doubt = doubts.of_next(
        row.next_step,
        {item.state.state for item in shown.items},
        is_claim_broken=any(item.state.measured.claimed_removed_still_up for item in shown.items),
    )
    is_proposal = visit.is_partial and opened.proposal is not None
    return visit.page(
        "takedown/reply.html" if is_proposal else "takedown/page.html",
        status,
        view=shown,
        acts=ACTIONS,
        row=row,
        site=site,
        elsewhere={number: found for (_, number), found in elsewhere.items()},
        opened=opened,
        latest=latest,
        reply=_reply_values(visit, opened, len(shown.items)),
        claim=claim,
        handover=handover,
        tomorrow=visit.context.clock() + DAY,
        aside_until=aside_until,
        card=card,
        has_reminder=has_reminder,
        as_sheets=takedown_sheets.addresses(reference),
        dsa=category.dsa if category else None,
        doubts=doubts,
        doubt=doubt,
    )


def _card(unit: Unit, visit: Visit, row: TakedownRow) -> Card | None:
    """The notice to be sent; None where no channel takes it any more."""
    try:
        return notice_card.card(unit, visit, row, which=Which())
    except Refused:
        return None


def _reply_values(visit: Visit, opened: Opened, total: int) -> dict[str, Any]:
    """What the fields of the reply hold: as proposed, else as typed.

    What is decided about a part of the one item there is has no outcome that says so.
    """
    proposed = opened.proposal
    if proposed is not None:
        is_of_a_part = proposed.is_partial and total == 1
        return proposed._asdict() | {
            "kind": "noted" if proposed.aside else proposed.kind,
            "outcome": None if is_of_a_part else proposed.outcome,
            "automated": None,
            "returned_as": None,
            "scope": ", ".join(proposed.scope),
        }
    names = ("kind", "outcome", "ground", "ticket_id", "automated", "scope", "returned_as")
    return {name: visit.form.given(f"reply-{name}") for name in names} | {
        "automatic": visit.form.flag("reply-automatic")
    }
