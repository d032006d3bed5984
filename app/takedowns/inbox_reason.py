"""Why a takedown is where it is in the inbox, in one line.

Pure: a code, with the moment or the number that belongs to it, from the columns of its row.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from app.takedowns.items import DAY
from app.takedowns.rows import InboxRow, TakedownRow

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

    code: str
    at: datetime | None = None
    number: int = 0


def of(row: Row, standing: Standing) -> Why:
    """Say why the next step is what it is."""
    found = _WHY.get(row.next_step)
    return found(row, standing) if found else Why("nothing")


def _complete(row: Row, _: Standing) -> Why:
    return Why("fields_missing", number=len(json.loads(row.missing)))


def _submit(row: Row, _: Standing) -> Why:
    return Why("ready", row.updated_at)


def _release(row: Row, _: Standing) -> Why:
    return Why("held", row.updated_at)


def _answer(row: Row, _: Standing) -> Why:
    return Why("asked", row.due_at and row.due_at - DAY)


def _chase(row: Row, standing: Standing) -> Why:
    if standing.came_back:
        return Why("came_back")
    if standing.still_up:
        return Why("still_up")
    if row.receipt_at is None and row.answered_at is None:
        return Why("no_receipt", row.submitted_at)
    return Why("no_decision", row.submitted_at)


def _check(row: Row, _: Standing) -> Why:
    if row.decided_at is None:
        return Why("no_reply_expected", row.submitted_at)
    return Why("says_gone", row.due_at and row.due_at - DAY)


def _decide_next(row: Row, standing: Standing) -> Why:
    return Why("refused" if standing.refused else "restricted", row.decided_at)


def _close(_row: Row, _: Standing) -> Why:
    return Why("to_close")


def _wait(row: Row, _: Standing) -> Why:
    if row.submitted_at is None:
        return Why("sending", row.updated_at)
    if row.decided_at is not None:
        return Why("contested", row.updated_at)
    if row.receipt_at is not None:
        return Why("receipt", row.receipt_at)
    return Why("submitted", row.submitted_at)


_WHY: Mapping[str, Callable[[Row, Standing], Why]] = {
    "complete": _complete,
    "submit": _submit,
    "release": _release,
    "answer": _answer,
    "chase": _chase,
    "check": _check,
    "decide_next": _decide_next,
    "close": _close,
    "wait": _wait,
}
