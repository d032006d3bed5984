"""Cohorts told in a few words, for whatever shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np

from app.metrics.clocks import HOUR
from app.metrics.cohort import (
    ENDS,
    NEVER,
    NONE,
    RESTS,
    STANDINGS,
    Cohort,
    Columns,
    Complaints,
    Items,
    Takedowns,
)
from app.metrics.questions import micros_of
from app.metrics.slices import Slice
from app.schemas.vocabularies import Contested, RestsOn, Standing

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = micros_of(MONDAY + timedelta(days=60))


class Line(NamedTuple):
    """An item: where it stands, and after how many hours that came."""

    stands: Standing = Standing.OPEN
    hours: float | None = None
    gone_after: float | None = None  # the last look that showed it online
    decided: float | None = None


class Told(NamedTuple):
    """A takedown, submitted so many hours after MONDAY."""

    items: Sequence[Line] = (Line(),)
    platform: str = "x"
    since: float = 0.0
    columns: dict[str, Any] = {}  # noqa: RUF012 - never changed
    complaint: tuple[Contested, float] | None = None


def gone(hours: float, **rest: Any) -> Told:
    """A takedown of one item that was gone after so many hours."""
    return Told((Line(Standing.GONE, hours),), **rest)


def slice_of(told: Iterable[Told], until: int = LATER) -> Slice:
    """The numbers of these."""
    return Slice(cohort_of(told), until)


def cohort_of(told: Iterable[Told]) -> Cohort:
    """Columns of these."""
    asked, lines, complaints = [], [], []
    for place, one in enumerate(told):
        submitted = micros_of(MONDAY) + int(one.since * HOUR)
        asked.append(_usual(place, one.platform, submitted) | one.columns)
        for number, line in enumerate(one.items, 1):
            lines.append(_item(place, number, submitted, line=line))
        if one.complaint:
            became, hours = one.complaint
            complaints.append((place, ENDS.index(became), int(hours * HOUR)))
    return Cohort(
        _columns(Takedowns, asked),
        _columns(Items, lines),
        _columns(
            Complaints,
            [dict(zip(("takedown", "became", "micros"), row, strict=True)) for row in complaints],
        ),
        frozenset(),
    )


def _usual(place: int, platform: str, submitted: int) -> dict[str, Any]:
    flags = {"urgent", "court_order", "information_asked", "is_imported", "wrong_channel"}
    known = {
        "id": place + 1, "reference": f"TD-{place:06}", "platform": platform, "provider": platform,
        "category": "csam", "basis": "article_16", "logged_at": submitted,
        "submitted_at": submitted, "reported_at": submitted - HOUR,
        "handling_from": submitted - HOUR, "target_at": submitted + 24 * HOUR,
        "reply_expected": True, "tells_receipts": True, "tells_reports": True, "held_micros": 0,
        "duplicate": False,
    } | dict.fromkeys(flags, False)  # fmt: skip
    return {field.name: NEVER for field in fields(Takedowns)} | known


def _item(place: int, number: int, submitted: int, *, line: Line) -> dict[str, Any]:
    def at(hours: float | None) -> int:
        return NEVER if hours is None else submitted + int(hours * HOUR)

    ended, is_gone = at(line.hours), line.stands == Standing.GONE
    decided = at(line.decided)
    if line.stands in (Standing.REFUSED, Standing.RESTRICTED):
        decided = ended
    return {
        "takedown": place,
        "number": number,
        "stands": STANDINGS.index(line.stands),
        "ended_at": NEVER if line.stands == Standing.WITHDRAWN else ended,
        "withdrawn_at": ended if line.stands == Standing.WITHDRAWN else NEVER,
        "first_decided_at": decided,
        "acted_at": ended if is_gone else NEVER,
        "seen_gone_first_at": ended if is_gone else NEVER,
        "gone_after": at(line.gone_after),
        "rests_on": RESTS.index(RestsOn.SEEN_ONLY) if is_gone else NONE,
        "claimed_removed_still_up": False,
    }


def _columns(kind: type[Columns], rows: Sequence[dict[str, Any]]) -> Any:
    return kind(
        *(
            np.array([row[field.name] for row in rows], dtype=kind.dtype_of(field.name))
            for field in fields(kind)
        )
    )
