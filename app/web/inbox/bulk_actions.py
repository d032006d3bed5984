"""The same thing for many rows, in two stages: what would happen, then what happened."""

import re
from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from sqlalchemy import select
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.accounts.models import users
from app.accounts.vocabularies import Scope
from app.kit import references
from app.kit.errors import Fault, Refused, TrackerError
from app.notices import prepared
from app.operations import bulk
from app.operations.bulk import Done, Task
from app.operations.undo_last import MARK
from app.schemas.event_shapes import Noted
from app.takedowns import queries
from app.takedowns.rows import TakedownRow
from app.web.shell import addresses, error_messages, forms
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Doer = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ, Scope.EVENTS_WRITE)]
MOST = 100
_REASON = re.compile(r"[a-z_]{1,40}")


class DoneLine(NamedTuple):
    """What became of one row: a mark to undo it by, or in words why it was skipped."""

    row: TakedownRow
    mark: str | None
    reason: str

    @property
    def reference(self) -> str:
        """Its public id."""
        return self.row.reference


@router.post("/inbox/bulk")
def preview(visit: Doer) -> Response:
    """Show what would become of the rows that were selected."""
    return _preview(visit)


@router.post("/inbox/bulk/apply")
def apply(visit: Doer) -> Response:
    """Do it, and show what became of each row."""
    action, chosen = _asked(visit)
    try:
        task = _task(visit, action)
        with visit.write() as unit:
            done = bulk.carry_out(unit, visit.workspace, chosen, task=task)
    except TrackerError as error:
        return _preview(visit, error_messages.told(error, visit.words), 422)
    if action == "chase":
        return visit.to("/inbox/reminders", told=became(done), back=_back(visit))
    return visit.to("/inbox/bulk/done", action=action, told=became(done), back=_back(visit))


@router.get("/inbox/bulk/done")
def see_done(visit: Doer) -> Response:
    """Show what became of each row, with a way back."""
    asked = visit.request.query_params
    done = told(asked.get("told", ""))
    if asked.get("action") not in bulk.ACTIONS or not done:
        raise HTTPException(404)
    return visit.page(
        "inbox/done.html",
        action=asked["action"],
        done=beside(visit, done),
        marks=",".join(one.mark for one in done if one.mark),
        back=addresses.local(asked.get("back"), "/inbox"),
    )


def _preview(visit: Visit, complaints: Sequence[Complaint] = (), status: int = 200) -> Response:
    action, chosen = _asked(visit)
    now = visit.context.clock()
    with visit.context.database.rehearse() as unit:
        task = Task(action, visit.person, text="?", until=now + bulk.SHORTLY)
        done = bulk.rehearse(unit, visit.workspace, chosen, task=task)
        colleagues = unit.connection.execute(
            select(users.c.id, users.c.name).where(users.c.disabled_at.is_(None))
        ).all()
        ready = len(prepared.waiting(unit))
    return visit.page(
        "inbox/preview.html",
        status,
        action=action,
        done=beside(visit, done),
        count=sum(1 for one in done if one.mark),
        prepared=ready,
        colleagues=sorted((str(row.id), row.name) for row in colleagues),
        complaints=list(complaints),
        back=_back(visit),
    )


def _asked(visit: Visit) -> tuple[str, list[str]]:
    """Read which rows and what; raises HTTPException for what no page of ours sends."""
    action = visit.form.text("action")
    chosen = list(dict.fromkeys(visit.form.all("reference")))
    fits = all(references.PATTERN.fullmatch(reference) for reference in chosen)
    if action not in bulk.ACTIONS or not chosen or len(chosen) > MOST or not fits:
        raise HTTPException(400)
    return action, chosen


def _task(visit: Visit, action: str) -> Task:
    """Read what the action needs; raises Refused naming the field."""
    task = Task(action, visit.person)
    if action == "note":
        typed = {"kind": "noted", "text": visit.form.given("text")}
        note = forms.checked(Noted, {name: value for name, value in typed.items() if value})
        return task._replace(text=note.text)
    if action == "wait":
        until = visit.form.moment("until", visit.context.settings.zone)
        if until is None or not visit.context.clock() < until:
            raise _lacking("until", "not_ahead" if until else "required")
        return task._replace(until=until)
    if action == "assign":
        colleague = forms.whole(visit.form.text("colleague"))
        if colleague is None:
            raise _lacking("colleague", "required")
        return task._replace(colleague=colleague)
    return task


def _lacking(field: str, code: str) -> Refused:
    return Refused("invalid_request", "a field needs a look", [Fault(f"/{field}", code, "")])


def became(done: Sequence[Done]) -> str:
    """Write for an address what became of each row."""
    return ",".join(f"{one.reference}~{one.mark or one.reason}" for one in done)


def told(text: str) -> list[Done]:
    """Read from the address what became of each row."""
    found = []
    for part in text.split(","):
        reference, _, rest = part.partition("~")
        if not references.PATTERN.fullmatch(reference):
            continue
        if MARK.fullmatch(rest):
            found.append(Done(reference, rest))
        elif _REASON.fullmatch(rest):
            found.append(Done(reference, None, rest))
    return found[:MOST]


def beside(visit: Visit, done: Sequence[Done]) -> list[DoneLine]:
    """Put beside each row what it is about, and the reason in words."""
    with visit.read() as unit:
        found = queries.by_references(unit, [one.reference for one in done])
    rows = {row.reference: row for row in found}
    return [
        DoneLine(
            rows[one.reference],
            one.mark,
            error_messages.sentence(one.reason, visit.words) if one.reason else "",
        )
        for one in done
        if one.reference in rows
    ]


def _back(visit: Visit) -> str:
    return addresses.local(visit.form.given("back"), "/inbox")
