"""The six clocks: who is on each, watched how long, and ended by what.

Readings taken where the text leaves room:
- `unknown_start` and `not_recorded` count what the clock counts: takedowns for receipt and
  handling, items for report to gone.
- Of receipt, no reply expected comes before not recorded: such a takedown is in neither.
- Any decision of the takedown answers it, also one about an item that does not count.
- What a platform does later than the moment of the withdrawal is not on a takedown's clocks.
- A hold not ended lasts until the submission; a second `held` during a hold begins nothing.
- A report after the submission gives a handling time of 0; a report after what ended the report
  clock gives `unknown_start`, and 0 where the clock's end is `as_of`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from tests.metrics.oracle_2026_2.cohort import Draft, Group, Request
from tests.metrics.oracle_2026_2.curves import CENSORED, COMPETING, EVENT, Curve, Observation
from tests.metrics.oracle_2026_2.items import Item
from tests.metrics.oracle_2026_2.timeline import Event, Takedown, microseconds


class Watch(NamedTuple):
    """The observations of one clock, and what could not be observed."""

    observations: list[Observation]
    unknown_start: int = 0
    not_recorded: int = 0

    @property
    def curve(self) -> Curve:
        return Curve(self.observations)


def of_items(group: Group) -> Watch:
    """Time to gone."""
    return Watch([_time_to_gone(i, i.gone_at, group.end) for i in group.items])


def of_items_at_the_earliest(group: Group) -> Watch:
    """Time to gone where a look found it gone as early as it can have been."""
    return Watch(
        [_time_to_gone(i, i.earliest_gone_at if i.gone else None, group.end) for i in group.items]
    )


def _ending(item: Item, gone_at: datetime | None, end: datetime) -> tuple[datetime, int]:
    """What ended the wait of an item, and when."""
    withdrawn_at = item.withdrawal.at if item.withdrawal else None
    stands = item.stands
    if stands == "gone":
        return gone_at, EVENT
    if stands == "came_back":
        return withdrawn_at or end, CENSORED
    if stands in ("refused", "restricted"):
        return item.settled_at, COMPETING
    return (withdrawn_at, COMPETING) if withdrawn_at else (end, CENSORED)


def _time_to_gone(item: Item, gone_at: datetime | None, end: datetime) -> Observation:
    at, event = _ending(item, gone_at, end)
    return _observed(item.takedown.reference, (item.submitted_at, at), event)


def _observed(reference: str, span: tuple[datetime, datetime], event: int) -> Observation:
    return Observation(reference, max(0, microseconds(*span)), event)


def of_reports(group: Group) -> Watch:
    """Report to gone."""
    observations, unknown, not_recorded = [], 0, 0
    for item in group.items:
        reported_at = item.takedown.moment("reported_at")
        at, event = _ending(item, item.gone_at, group.end)
        ends_at_as_of = event == CENSORED and not item.withdrawal
        if item.takedown.lacks("reported_at"):
            not_recorded += 1
        elif reported_at is None or (reported_at > at and not ends_at_as_of):
            unknown += 1
        else:
            observations.append(_observed(item.takedown.reference, (reported_at, at), event))
    return Watch(observations, unknown, not_recorded)


def of_decisions(group: Group) -> Watch:
    """Decision time."""
    observations = []
    for request in group.replying:
        for item in request.items:
            first = item.decisions[0] if item.decisions else None
            ended = _first_or_withdrawn(first, item.withdrawal, group.end)
            observations.append(
                _observed(request.reference, (item.submitted_at, ended[0]), ended[1])
            )
    return Watch(observations)


def _first_or_withdrawn(
    first: Event | None, withdrawal: Event | None, end: datetime
) -> tuple[datetime, int]:
    if first:
        return first.at, EVENT
    return (withdrawal.at, COMPETING) if withdrawal else (end, CENSORED)


def of_receipts(group: Group) -> Watch:
    """Receipt time."""
    told = [r for r in group.replying if not r.takedown.lacks("receipt_at")]
    observations = [_of_request(r, r.receipt) for r in told]
    return Watch(observations, not_recorded=len(group.replying) - len(told))


def of_answers(group: Group) -> Watch:
    """Answer time."""
    return Watch([_of_request(r, r.answer) for r in group.replying])


def _of_request(request: Request, first: Event | None) -> Observation:
    at, event = _first_or_withdrawn(first, request.withdrawal, request.end)
    return _observed(request.reference, (request.submitted_at, at), event)


def of_handling(group: Group) -> Watch:
    """Handling time, of drafts too."""
    observations, unknown, not_recorded = [], 0, 0
    for request in group.requests:
        takedown = request.takedown
        start = handling_start(takedown)
        if takedown.lacks("reported_at"):
            not_recorded += 1
        elif start is None:
            unknown += 1
        else:
            duration = less_holds(takedown, (start, request.submitted_at))
            observations.append(Observation(request.reference, duration, EVENT))
    for draft in group.drafts:
        end = min(draft.given_up_at() or group.end, group.end)
        duration = less_holds(draft.takedown, (_draft_start(draft), end))
        observations.append(Observation(draft.reference, duration, CENSORED))
    return Watch(observations, unknown, not_recorded)


def handling_start(takedown: Takedown) -> datetime | None:
    reported_at = takedown.moment("reported_at")
    if reported_at is None and takedown.submitted.at >= takedown.logged.at:
        return takedown.logged.at
    return reported_at


def _draft_start(draft: Draft) -> datetime:
    return draft.takedown.moment("reported_at") or draft.takedown.logged.at


def less_holds(takedown: Takedown, span: tuple[datetime, datetime]) -> int:
    """Microseconds from start to end, less what of a hold lies between them, never below 0."""
    start, end = span
    total, held_at = microseconds(start, end), None
    for event in takedown.of("held", "released"):
        if event.kind == "held":
            held_at = held_at or event.at
        elif held_at:
            total -= _between(span, (held_at, event.at))
            held_at = None
    if held_at:
        total -= _between(span, (held_at, end))
    return max(0, total)


def _between(span: tuple[datetime, datetime], hold: tuple[datetime, datetime]) -> int:
    return max(0, microseconds(max(span[0], hold[0]), min(span[1], hold[1])))


CLOCKS: dict[str, Callable[[Group], Watch]] = {
    "gone": of_items,
    "receipt": of_receipts,
    "answer": of_answers,
    "decision": of_decisions,
    "handling": of_handling,
    "report_to_gone": of_reports,
}
