"""What somebody typed into a page and has not sent yet: it outlives the session, readable to none.

Sealed as a whole, for it is full of links; a month of the steady time after its last change it is
gone.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, insert, select

from app.accounts.models import form_drafts
from app.kit import steady_clock
from app.kit.database import Unit

LIFE = timedelta(days=30)


class FormDraft(NamedTuple):
    """What was typed, and when it was last kept, by the clock."""

    values: Mapping[str, Any]  # JSON, as a page wrote it
    saved_at: datetime


def keep(unit: Unit, user_id: int, page: str, *, values: Mapping[str, object]) -> None:
    """Keep what somebody typed into a page, instead of what was kept before."""
    forget(unit, user_id, page)
    wrapped = unit.vault.wrap(json.dumps(dict(values)).encode(), _place(user_id, page))
    unit.connection.execute(
        insert(form_drafts).values(
            user_id=user_id, page=page, wrapped=wrapped, saved_at=steady_clock.now(unit)
        )
    )


def find(unit: Unit, user_id: int, page: str) -> FormDraft | None:
    """Return what somebody had typed into a page."""
    return _opened(unit, user_id, form_drafts.c.page == page).get(page)


def all_of(unit: Unit, user_id: int, pages: str) -> dict[str, FormDraft]:
    """Return all that somebody had typed into pages whose names begin so, the newest first."""
    return _opened(unit, user_id, form_drafts.c.page.startswith(pages, autoescape=True))


def forget(unit: Unit, user_id: int, page: str) -> None:
    """Forget what somebody had typed into a page: it was sent, or is not wanted."""
    unit.connection.execute(
        delete(form_drafts).where(form_drafts.c.user_id == user_id, form_drafts.c.page == page)
    )


def forget_old(unit: Unit) -> None:
    """Take away everybody's drafts that nobody changed for a month."""
    unit.connection.execute(
        delete(form_drafts).where(form_drafts.c.saved_at <= steady_clock.now(unit) - LIFE)
    )


def _opened(unit: Unit, user_id: int, wanted: ColumnElement[bool]) -> dict[str, FormDraft]:
    """Return somebody's drafts by page, the newest first."""
    query = (
        select(form_drafts.c.page, form_drafts.c.wrapped, form_drafts.c.saved_at)
        .where(form_drafts.c.user_id == user_id, wanted)
        .where(form_drafts.c.saved_at > steady_clock.now(unit) - LIFE)
        .order_by(form_drafts.c.saved_at.desc(), form_drafts.c.page)
    )
    return {
        page: FormDraft(
            json.loads(unit.vault.unwrap(wrapped, _place(user_id, page))),
            unit.steady.by_the_clock(saved_at),
        )
        for page, wrapped, saved_at in unit.connection.execute(query)
    }


def _place(user_id: int, page: str) -> str:
    return f"form_drafts.wrapped:{user_id}/{page}"
