"""Why a takedown is where it is in the inbox, in one line.

Pure: a code, with the moment or the number that belongs to it, from the columns of its row.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from app.schemas.vocabularies import NextStep
from app.takedowns.item_story import DAY
from app.takedowns.rows import InboxRow, TakedownRow
from app.takedowns.vocabularies import InboxReason

Row = InboxRow | TakedownRow


class Standing(NamedTuple):
    """How a takedown's items stand: how many there are, and how many of them are so."""

    total: int = 0
    gone: int = 0
    came_back: int = 0
    still_up: int = 0
    refused: int = 0
    restricted: int = 0


class Why(NamedTuple):
    """The reason, when it began or how many it is about."""

    code: InboxReason
    at: datetime | None = None
    number: int = 0


def of(row: Row, standing: Standing) -> Why:
    """Say why the next step is what it is."""
    found = _WHY.get(row.next_step)
    return found(row, standing) if found else Why(InboxReason.NOTHING)


def _complete(row: Row, _: Standing) -> Why:
    return Why(InboxReason.FIELDS_MISSING, number=len(json.loads(row.missing)))


def _submit(row: Row, _: Standing) -> Why:
    return Why(InboxReason.READY, row.updated_at)


def _release(row: Row, _: Standing) -> Why:
    return Why(InboxReason.HELD, row.updated_at)


def _answer(row: Row, _: Standing) -> Why:
    return Why(InboxReason.ASKED, row.due_at and row.due_at - DAY)


def _chase(row: Row, standing: Standing) -> Why:
    if standing.came_back:
        return Why(InboxReason.CAME_BACK)
    if standing.still_up:
        return Why(InboxReason.STILL_UP)
    if row.receipt_at is None and row.answered_at is None:
        return Why(InboxReason.NO_RECEIPT, row.submitted_at)
    return Why(InboxReason.NO_DECISION, row.submitted_at)


def _check(row: Row, standing: Standing) -> Why:
    if row.decided_at is None or not (standing.gone or standing.refused):
        return Why(InboxReason.NO_REPLY_EXPECTED, row.submitted_at)
    if not standing.gone:
        return Why(InboxReason.REFUSED, row.decided_at)
    return Why(InboxReason.SAYS_GONE, row.due_at and row.due_at - DAY)


def _decide_next(row: Row, standing: Standing) -> Why:
    return Why(InboxReason.REFUSED if standing.refused else InboxReason.RESTRICTED, row.decided_at)


def _close(_row: Row, _: Standing) -> Why:
    return Why(InboxReason.TO_CLOSE)


def _wait(row: Row, _: Standing) -> Why:
    if row.submitted_at is None:
        return Why(InboxReason.SENDING, row.updated_at)
    if row.decided_at is not None:
        return Why(InboxReason.CONTESTED, row.updated_at)
    if row.receipt_at is not None:
        return Why(InboxReason.RECEIPT, row.receipt_at)
    return Why(InboxReason.SUBMITTED, row.submitted_at)


_WHY: Mapping[NextStep, Callable[[Row, Standing], Why]] = {
    NextStep.COMPLETE: _complete,
    NextStep.SUBMIT: _submit,
    NextStep.RELEASE: _release,
    NextStep.ANSWER: _answer,
    NextStep.CHASE: _chase,
    NextStep.CHECK: _check,
    NextStep.DECIDE_NEXT: _decide_next,
    NextStep.CLOSE: _close,
    NextStep.WAIT: _wait,
}
