"""Order of the inbox: band, severity of the category, what is due first, reference.

Pure.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.schemas.vocabularies import NextStep
from app.takedowns import next_step
from app.takedowns.rows import InboxRow, TakedownRow
from app.takedowns.vocabularies import InboxBand

SHOWN = tuple(InboxBand)
NEVER = datetime.max.replace(tzinfo=UTC)


class Place(NamedTuple):
    """Where a takedown stands in the inbox; places compare as they are shown."""

    band: int
    severity: int
    due_at: datetime
    reference: str


class Order(NamedTuple):
    """What the inbox is sorted by at a moment: `midnight` ends the local day that it lies in.

    `severities` gives the rank of each category, 1 the gravest.
    """

    severities: Mapping[str, int]
    now: datetime
    midnight: datetime

    def band(self, row: InboxRow | TakedownRow) -> InboxBand:
        """Return the band of a takedown: the first that fits."""
        if next_step.overdue(row.due_at, self.now):
            return InboxBand.LATE
        if row.next_step == NextStep.RELEASE:
            return InboxBand.ON_HOLD
        if row.next_step == NextStep.DECIDE_NEXT:
            return InboxBand.TO_DECIDE
        if next_step.overdue(row.due_at, self.midnight - timedelta.resolution):
            return InboxBand.TODAY
        return InboxBand.LATER

    def place(self, row: InboxRow | TakedownRow) -> Place:
        """Return where a takedown stands; what has no target comes last."""
        band, severity = self.band(row), self.severities[row.category]
        return Place(SHOWN.index(band), severity, row.due_at or NEVER, row.reference)


def order_at(now: datetime, zone: ZoneInfo, severities: Mapping[str, int]) -> Order:
    """Return the order that holds at a moment, for people in a time zone."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return Order(severities, now, datetime.combine(tomorrow, time(), zone).astimezone(UTC))
