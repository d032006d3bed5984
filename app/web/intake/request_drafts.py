"""Requests that somebody began and has not sent: several at a time, each for a case of its own.

A page names the draft that it writes to, so that what was pasted for one case never comes into
the request of another, whatever is typed as the case meanwhile.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.accounts import form_drafts
from app.kit.database import Unit
from app.web.intake import entries
from app.web.intake.entries import Entry

FIELD = "draft"
PAGE = "new"
# The draft of before there could be several.
FIRST = "0"
_ID = re.compile(r"[0-9a-f]{16}|0")


class RequestDraft(NamedTuple):
    """One request; `saved_at` None as long as nothing of it is kept."""

    id: str
    entry: Entry
    saved_at: datetime | None = None

    @property
    def case_ref(self) -> str:
        """The case it is for, empty where that was not typed yet."""
        return self.entry.facts["case_ref"].strip()

    @property
    def address(self) -> str:
        """Where it is gone on with."""
        return f"/takedowns/new?{FIELD}={self.id}"


def new(entry: Entry | None = None) -> RequestDraft:
    """Begin a request, of which nothing is kept yet."""
    return RequestDraft(secrets.token_hex(8), entry or Entry())


def named(text: str | None) -> str:
    """Return the id of a draft that a page or an address names, else one of its own."""
    return text if text and _ID.fullmatch(text) else new().id


def find(unit: Unit, user_id: int, name: str | None) -> RequestDraft:
    """Return the request that a page names, as far as it was typed."""
    draft_id = named(name)
    kept = form_drafts.find(unit, user_id, _page(draft_id))
    return RequestDraft(draft_id, entries.from_draft(kept), kept.saved_at if kept else None)


def all_of(unit: Unit, user_id: int) -> list[RequestDraft]:
    """Return what somebody began, the newest first."""
    return [
        RequestDraft(page.partition(":")[2] or FIRST, entries.from_draft(kept), kept.saved_at)
        for page, kept in form_drafts.all_of(unit, user_id, PAGE).items()
    ]


def opened(drafts: Sequence[RequestDraft], draft_id: str | None, case_ref: str) -> RequestDraft:
    """Return the draft that an address names, else the newest of its case, else a new one.

    Without a case it is the newest for which none was typed yet.
    """
    wanted = (
        one for one in drafts if (one.id == draft_id if draft_id else one.case_ref == case_ref)
    )
    begun = Entry(facts=entries.FACTS | {"case_ref": case_ref})
    return next(wanted, RequestDraft(named(draft_id), begun))


def keep(unit: Unit, user_id: int, draft: RequestDraft) -> RequestDraft:
    """Keep a request as far as it was typed; a blank one is forgotten."""
    if draft.entry.is_blank:
        forget(unit, user_id, draft.id)
        return draft._replace(saved_at=None)
    form_drafts.keep(unit, user_id, _page(draft.id), values=draft.entry.as_draft())
    return draft._replace(saved_at=unit.clock())


def forget(unit: Unit, user_id: int, draft_id: str) -> None:
    """Forget a request: it was sent, or is not wanted."""
    form_drafts.forget(unit, user_id, _page(draft_id))


def _page(draft_id: str) -> str:
    return PAGE if draft_id == FIRST else f"{PAGE}:{draft_id}"
