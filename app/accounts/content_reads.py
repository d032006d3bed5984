"""Reads of links, accounts and texts with tokens, in the audit log: once a token, call and hour."""

from datetime import datetime

from sqlalchemy import select

from app.accounts import audit
from app.accounts.models import audit as entries
from app.accounts.vocabularies import Action
from app.kit import canonical
from app.kit.clock import stamp
from app.kit.database import Unit


def hour_of(moment: datetime) -> datetime:
    """Return the hour in which a moment lies."""
    return moment.replace(minute=0, second=0, microsecond=0)


def record(unit: Unit, by: str, call: str, *, hour: datetime) -> None:
    """Write down that in this hour `by` read content with this call, unless it stands there."""
    detail = {"call": call, "hour": stamp(hour)}
    same = (
        entries.c.at >= hour,
        entries.c.by == by,
        entries.c.action == Action.CONTENT_READ,
        entries.c.detail == canonical.text(detail),
    )
    if unit.connection.scalar(select(entries.c.number).where(*same).limit(1)) is None:
        audit.record(unit, by, Action.CONTENT_READ, **detail)
