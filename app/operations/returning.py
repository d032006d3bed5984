"""Content that came back: noted in the takedown that had it gone, which then goes on."""

from collections.abc import Iterable

from app.kit.database import Unit
from app.notices.filling import Workspace
from app.operations import recording
from app.schemas.event_shapes import Reopened, Seen
from app.schemas.vocabularies import Availability, EventKind
from app.takedowns import legality, lifecycle, queries
from app.takedowns.timeline import Actor

# From where our own people look, as on the page of one takedown.
VANTAGE = "BE"


def record(
    unit: Unit, workspace: Workspace, found: Iterable[tuple[str, int]], *, by: Actor
) -> list[int]:
    """Record that these items, by reference and number, were seen live again.

    What a person had closed is opened again first: closed, nobody would be asked to chase it.
    Returns the numbers of the events.
    """
    items: dict[str, list[int]] = {}
    for reference, item in found:
        items.setdefault(reference, []).append(item)
    return [
        number
        for reference, which in items.items()
        for number in _record(unit, workspace, reference, items=which, by=by)
    ]


def _record(
    unit: Unit, workspace: Workspace, reference: str, *, items: list[int], by: Actor
) -> list[int]:
    row = queries.by_reference(unit, reference)
    events = [entry.event for entry in queries.events_of(unit, [row.id])[row.id]]
    is_all = lifecycle.item_ids(events) == set(items)
    named = None if is_all else sorted(set(items))
    bodies: list[Reopened | Seen] = [
        Seen(kind=EventKind.SEEN, availability=Availability.LIVE, vantage=VANTAGE, items=named)
    ]
    if EventKind.REOPENED in legality.possible(events, unit.clock()):
        bodies.insert(0, Reopened(kind=EventKind.REOPENED))
    return [
        recording.record(
            unit, workspace, queries.by_reference(unit, reference), body=body, by=by
        ).entry.number
        for body in bodies
    ]
