"""Which requests a report counts, each read off its timeline as it stood at `as_of`."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Column, ColumnElement, and_, not_, or_, select
from sqlalchemy import type_coerce as coerce

from app.kit.clock import SKEW
from app.kit.database import Unit
from app.metrics.periods import Period
from app.metrics.questions import micros_of, span_of
from app.platforms.catalogue import Catalogue
from app.reports import printing
from app.reports.counted import CountedRequest, counted_request
from app.reports.vocabularies import ReportKind
from app.takedowns import queries
from app.takedowns.facts import UNKNOWN
from app.takedowns.models import events, takedowns

_AT_ONCE = 500
Condition = ColumnElement[bool]


class Asked(NamedTuple):
    """What a report counts: its kind, its local days, and the moment it is known at."""

    kind: ReportKind
    period: Period
    zone: ZoneInfo
    as_of: datetime
    catalogue: Catalogue

    def holds(self, request: CountedRequest) -> bool:
        """Tell whether a request belongs to it: submitted in its days; of a campaign, logged."""
        at = request.logged_at if self.kind == ReportKind.CAMPAIGN else request.submitted_at
        if at is None:
            return False
        first, last = span_of(self.period, self.zone)
        return first <= micros_of(at) < last


def counted_requests(unit: Unit, asked: Asked) -> list[CountedRequest]:
    """Read the requests of a report, by reference."""
    near = list(_read(unit, _near(asked), asked))
    found = [request for request in near if asked.holds(request)]
    if asked.kind == ReportKind.CAMPAIGN:
        linked = {request.case_ref for request in near if request.sexual_extortion}
        linked |= _linked_elsewhere(unit, {request.case_ref for request in found}, asked)
        found = [one._replace(case_has_extortion=one.case_ref in linked) for one in found]
    hidden = printing.not_printed((one.provider for one in found), asked.catalogue)
    return sorted(
        one._replace(provider=UNKNOWN, unprinted=one.provider) if one.provider in hidden else one
        for one in found
    )


def _linked_elsewhere(unit: Unit, cases: Set[str], asked: Asked) -> set[str]:
    """Return the cases that a request of any other day says to be about extortion."""
    linked, sought = set[str](), sorted(cases)
    for start in range(0, len(sought), _AT_ONCE):
        of_cases = takedowns.c.case_ref.in_(sought[start : start + _AT_ONCE])
        others = _read(unit, and_(of_cases, not_(_near(asked))), asked)
        linked |= {request.case_ref for request in others if request.sexual_extortion}
    return linked


def _near(asked: Asked) -> Condition:
    """The rows that may belong to a report: by their own moment, or changed since `as_of`."""
    is_campaign = asked.kind == ReportKind.CAMPAIGN
    at: Column[datetime] = takedowns.c.logged_at if is_campaign else takedowns.c.submitted_at
    first, last = span_of(asked.period, asked.zone)
    within = and_(coerce(at, BigInteger) >= first, coerce(at, BigInteger) < last)
    return or_(within, takedowns.c.updated_at > asked.as_of - SKEW)


def _read(unit: Unit, wanted: Condition, asked: Asked) -> Iterator[CountedRequest]:
    """Replay these takedowns as they stood, some at a time."""
    known = takedowns.c.created_at <= asked.as_of
    ids = list(unit.connection.scalars(select(takedowns.c.id).where(wanted, known)))
    for start in range(0, len(ids), _AT_ONCE):
        yield from _replayed(unit, ids[start : start + _AT_ONCE], asked)


def _replayed(unit: Unit, ids: Iterable[int], asked: Asked) -> Iterator[CountedRequest]:
    query = (
        select(takedowns.c.reference, *queries.EVENT)
        .join(events, events.c.takedown_id == takedowns.c.id)
        .where(takedowns.c.id.in_(list(ids)), events.c.recorded_at <= asked.as_of)
        .order_by(takedowns.c.id, events.c.number)
    )
    for reference, rows in groupby(unit.connection.execute(query), key=itemgetter(0)):
        timeline = [queries.event(row[1:]) for row in rows]
        if request := counted_request(
            reference, timeline, as_of=asked.as_of, catalogue=asked.catalogue
        ):
            yield request
