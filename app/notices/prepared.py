"""Prepared reminders: to be sent, and not sent yet; the timeline knows nothing of them.

A mark among the kept words says so. It goes when a reminder was sent, here or elsewhere, or when
somebody takes it off; words that were written stay.
"""

from sqlalchemy import bindparam, func, select

from app.kit import steady_clock
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow
from app.notices import edits, filling
from app.notices.edits import Key
from app.notices.filling import Workspace
from app.notices.models import notice_edits
from app.schemas.vocabularies import NextStep, Purpose, Turn
from app.takedowns import queries
from app.takedowns.models import takedowns, waits
from app.takedowns.rows import TakedownRow

# A reminder makes sense as long as we wait for something, or the platform let it be.
TO_CHASE = ("chase", "wait")
# Of no channel and no language yet: those are chosen when it is sent.
MARK: Key = ("reminder", "", "")
_MARKED = (
    notice_edits.c.purpose == MARK[0],
    notice_edits.c.channel == MARK[1],
    notice_edits.c.language == MARK[2],
)
_WAITING = (
    select(takedowns)
    .join(notice_edits, notice_edits.c.takedown_id == takedowns.c.id)
    .where(*_MARKED, takedowns.c.next_step.in_(TO_CHASE), takedowns.c.submitted_at.is_not(None))
)
_MARKS = select(notice_edits.c.takedown_id).where(*_MARKED)
_OVERDUE = (
    select(func.count())
    .select_from(takedowns)
    .where(
        takedowns.c.platform == bindparam("platform"),
        takedowns.c.next_step == NextStep.CHASE,
        takedowns.c.id.not_in(_MARKS),
        takedowns.c.id.not_in(select(waits.c.takedown_id).where(waits.c.until > bindparam("now"))),
    )
)
_OPEN = (
    select(takedowns)
    .where(takedowns.c.platform == bindparam("platform"), takedowns.c.whose_turn != Turn.NOBODY)
    .order_by(
        takedowns.c.next_step != NextStep.CHASE,
        takedowns.c.due_at.is_(None),
        takedowns.c.due_at,
        takedowns.c.reference,
    )
    .limit(bindparam("most"))
)


def prepare(unit: Unit, workspace: Workspace, row: TakedownRow) -> None:
    """Put a takedown's reminder among those to be sent; raises as `refuse` does."""
    refuse(unit, workspace, row)
    mark(unit, row)


def refuse(unit: Unit, workspace: Workspace, row: TakedownRow) -> None:
    """Raise NotAllowedNow where there is nothing to chase or it is prepared already.

    Raises Refused where no channel takes it.
    """
    if row.submitted_at is None:
        raise NotAllowedNow("not_submitted", "Record the submission first: nothing went out yet.")
    if row.next_step not in TO_CHASE:
        raise NotAllowedNow("nothing_to_chase", "the platform does not owe us anything now")
    if is_prepared(unit, row):
        raise NotAllowedNow("already_prepared", "its reminder is prepared already: send that one")
    filling.notice(unit, workspace, row, purpose=Purpose.REMINDER)


def mark(unit: Unit, row: TakedownRow) -> None:
    """Say that a reminder of this takedown is to be sent."""
    edits.store(unit, row, MARK, words={})


def take_off(unit: Unit, row: TakedownRow) -> None:
    """Say that no reminder of this takedown is to be sent any more: it was, or need not be."""
    edits.forget(unit, row, MARK)


def is_prepared(unit: Unit, row: TakedownRow) -> bool:
    """Tell whether a reminder of this takedown is to be sent."""
    return unit.connection.execute(_WAITING.where(takedowns.c.id == row.id)).first() is not None


def waiting(unit: Unit) -> list[TakedownRow]:
    """Return the takedowns whose reminders are to be sent, in no order."""
    return queries.rows(unit, _WAITING)


def overdue(unit: Unit, platform: str) -> int:
    """Count the takedowns to chase a platform for now: neither prepared yet nor put aside."""
    asked = {"platform": platform, "now": steady_clock.now(unit)}
    return unit.connection.scalar(_OVERDUE, asked) or 0


def open_at(unit: Unit, platform: str, most: int) -> list[TakedownRow]:
    """Return the takedowns of a platform on which something is to be done.

    Those to be chased come first; of either, the latest due comes last.
    """
    return queries.rows(unit, _OPEN, {"platform": platform, "most": most})


def which(unit: Unit, row: TakedownRow) -> tuple[str | None, str | None]:
    """Return channel and language in which words were written last, None: as the facts have it."""
    found = unit.connection.execute(
        select(notice_edits.c.channel, notice_edits.c.language)
        .where(
            notice_edits.c.takedown_id == row.id,
            notice_edits.c.purpose == Purpose.REMINDER,
            notice_edits.c.channel != "",
        )
        .order_by(notice_edits.c.edited_at.desc())
        .limit(1)
    ).first()
    return (found.channel, found.language) if found else (None, None)
