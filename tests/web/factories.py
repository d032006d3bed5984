"""Takedowns that a test makes for itself, beside those of the fictional year."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from app.accounts import audit
from app.accounts.audit import Entry, Wanted
from app.notices import drafts, new_items, submission
from app.notices.submission import Sending
from app.takedowns import event_data, queries, timeline
from app.takedowns.models import events, takedowns
from app.takedowns.timeline import Actor, NewEvent
from tests.web.conftest import Site

ANALYST = Actor("Analyst-02", "person")
_NUMBERS = count(1_000_000_000_000_000_000)


def url() -> str:
    """A link nobody reported yet."""
    return f"https://x.demo.invalid/fictional/status/{next(_NUMBERS)}"


def logged(site: Site, *urls: str, **facts: Any) -> str:
    """Log a takedown that lacks nothing; returns its reference."""
    given = {"case_ref": "T-1", "category": "csam", "explanation": "A fictional report."} | facts
    with site.parts.database.write() as unit:
        platform, items = new_items.items_at(
            site.parts.workspace, urls or [url()], None, now=unit.clock()
        )
        return drafts.log(
            unit, site.parts.workspace, given, platform=platform, items=items, by=ANALYST
        ).reference


def submitted(site: Site, *urls: str, hours_ago: float = 2) -> str:
    """Log and submit one; returns its reference."""
    reference = logged(site, *urls)
    submit(site, reference, hours_ago=hours_ago)
    return reference


def submit(site: Site, reference: str, *, hours_ago: float = 0) -> None:
    """Record that a notice went out."""
    with site.parts.database.write() as unit:
        row = queries.by_reference(unit, reference)
        at = unit.clock() - timedelta(hours=hours_ago)
        sending = Sending(ticket_id=f"TICKET-{reference}", happened_at=at)
        submission.submit(unit, site.parts.workspace, row, sending=sending, by=ANALYST)


def record_event(
    site: Site, reference: str, kind: str, *, hours_ago: float = 1, **timeline_of: Any
) -> int:
    """Record an event; returns its number."""
    with site.parts.database.write() as unit:
        row = queries.by_reference(unit, reference)
        data, secrets = event_data.split(kind, timeline_of)
        at = unit.clock() - timedelta(hours=hours_ago)
        new = NewEvent(kind, data, secrets, at)
        return timeline.record(unit, row, new, by=ANALYST).entry.number


def timeline_of(site: Site, reference: str) -> list[tuple[str, Mapping[str, Any]]]:
    """What the timeline holds, as kind and what is readable of it."""
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        entries = queries.events_of(unit, [row.id])[row.id]
    return [(entry.event.kind, entry.told) for entry in entries]


def texts_of(site: Site, reference: str) -> list[str]:
    """What people wrote in the timeline."""
    with site.parts.database.read() as unit:
        row = queries.by_reference(unit, reference)
        secrets = queries.secrets_of(unit, queries.events_of(unit, [row.id])[row.id])
    return sorted(text for texts in secrets.values() for text in texts.values())


def audit_entries(site: Site, reference: str) -> list[Entry]:
    """What the audit log holds about a takedown, the newest first."""
    with site.parts.database.read() as unit:
        return list(audit.page(unit, Wanted(reference=reference), before=None, limit=20))


def takedown_where(site: Site, **columns: Any) -> str:
    """A takedown of the fictional year of which this is true."""
    query = select(takedowns.c.reference).order_by(takedowns.c.id)
    for name, value in columns.items():
        query = query.where(takedowns.c[name] == value)
    with site.parts.database.read() as unit:
        found = unit.connection.scalar(query.limit(1))
    assert found is not None
    return found


def takedown_with(site: Site, kind: str) -> str:
    """A takedown of the fictional year whose timeline holds this kind of event."""
    query = select(takedowns.c.reference).join_from(
        events, takedowns, events.c.takedown_id == takedowns.c.id
    )
    with site.parts.database.read() as unit:
        found = unit.connection.scalar(query.where(events.c.kind == kind).limit(1))
    assert found is not None
    return found
