"""A corrected event: what it said before, and what takes its place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.kit.canonical import Json
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import Fault, NotAllowedNow, Refused
from app.schemas.event_shapes import CORRECTED_AS
from app.schemas.facts import Value
from app.schemas.vocabularies import EventKind
from app.takedowns import facts, lifecycle, queries
from app.takedowns.event_kinds import Corrected
from app.takedowns.replay_order import is_taking_back
from app.takedowns.timeline import NewEvent

# How a notice went out stays with the event that froze it.
OF_A_NOTICE = ("notice", "how", "channel", "no_ticket")
# Why something was corrected, sealed beside what the replacement holds.
REASON = "correction_reason"


class Stood(NamedTuple):
    """The event to be corrected as it stands: itself, or what its correction made of it.

    `everything` are all items of the takedown, `is_void` tells that it was taken back already.
    """

    number: int
    kind: EventKind
    happened_at: datetime
    items: tuple[int, ...]
    data: Mapping[str, Any]  # JSON, as it lies in the timeline
    secrets: Mapping[str, Json]
    everything: frozenset[int] = frozenset()
    is_void: bool = False

    @property
    def notice(self) -> int | None:
        """The number of the notice that was frozen with it."""
        return self.data["notice"]["number"] if "notice" in self.data else None

    @property
    def of_the_notice(self) -> dict[str, Json]:
        """What of its secrets stays with the notice: a ticket that only a sent one can have."""
        names = {"ticket_id"} & set(self.secrets) if self.notice is not None else set()
        return {name: self.secrets[name] for name in names}

    def as_told(self) -> dict[str, Json]:
        """Return it in the shape in which events are told over the API."""
        told = {name: value for name, value in self.data.items() if name not in OF_A_NOTICE}
        kept = self.of_the_notice
        told |= {name: value for name, value in self.secrets.items() if name not in kept}
        told |= {"happened_at": stamp(self.happened_at)}
        return told | ({"items": list(self.items)} if self.items else {})


def stood(unit: Unit, takedown_id: int, number: int) -> Stood:
    """Return what event `number` of this takedown says; raises NotAllowedNow if it is no part.

    Of a correction that left nothing, what stood before it: so that it can be taken back.
    """
    entries = queries.events_of(unit, [takedown_id])[takedown_id]
    timeline = {entry.number: entry for entry in entries}
    found, is_void = timeline.get(number), False
    while found and found.event.voids and is_taking_back(found.event):
        found, is_void = timeline[found.event.voids], True
    if found is None:
        raise NotAllowedNow("no_such_event", f"This takedown has no event {number} to correct.")
    event = found.event
    secrets = dict(queries.secrets_of(unit, [found]).get(event.number, {}))
    secrets.pop(REASON, None)
    kind, data = event.kind, found.told
    if isinstance(event.data, Corrected):
        kind, data = event.data.kind, data["replacement"]
    if kind not in CORRECTED_AS:
        raise NotAllowedNow("not_correctable", f"An event of kind {kind} cannot be corrected.")
    everything = lifecycle.item_ids([entry.event for entry in entries])
    return Stood(number, kind, event.happened_at, event.items, data, secrets, everything, is_void)


def without(old: Stood) -> NewEvent:
    """Void an event and put nothing in its place."""
    data = {"kind": old.kind, "replacement": None}
    return NewEvent(EventKind.CORRECTED, data, {}, old.happened_at, old.items, old.number)


def replaced(old: Stood, new: NewEvent) -> NewEvent:
    """Void an event and let another stand in its place."""
    kept = {name: old.data[name] for name in OF_A_NOTICE if name in old.data}
    replacement = dict(new.data) | kept
    data: dict[str, Json] = {"kind": old.kind, "replacement": replacement}
    secrets = {**new.secrets, **old.of_the_notice}
    return NewEvent(EventKind.CORRECTED, data, secrets, new.happened_at, new.items, old.number)


def limited(old: Stood, told: Mapping[str, Value]) -> NewEvent:
    """Correct a submission or the logged facts: values are as validated for that kind."""
    at = told.get("happened_at")
    happened_at = at if isinstance(at, datetime) else old.happened_at
    changed = facts.plain({name: value for name, value in told.items() if name != "happened_at"})
    replacement = dict(old.data)
    secrets = dict(old.secrets)
    if old.kind == EventKind.SUBMITTED:
        if "ticket_id" in changed:
            secrets["ticket_id"] = changed["ticket_id"]
        if "no_ticket" in changed:
            replacement["no_ticket"] = changed["no_ticket"]
        if changed.get("ticket_id"):  # either ends the other
            replacement["no_ticket"] = False
        elif changed.get("no_ticket"):
            secrets.pop("ticket_id", None)
    else:
        replacement["facts"] = dict(old.data["facts"]) | changed
    data: dict[str, Json] = {"kind": old.kind, "replacement": replacement}
    return NewEvent(EventKind.CORRECTED, data, secrets, happened_at, old.items, old.number)


def refuse_unchanged(old: Stood, untouched: NewEvent | None, new: NewEvent) -> None:
    """Raise Refused where a correction says what stands already.

    `untouched` is the correction that leaves everything as it stands. What was taken back and is
    told again is a change, its taking back once more is none.
    """
    if new.data["replacement"] is None:
        is_same = old.is_void
    else:
        is_same = (
            not old.is_void and untouched is not None and _said(old, untouched) == _said(old, new)
        )
    if is_same:
        mend = "this stands already: correct what was wrong, or leave it as it is"
        raise Refused("changes_nothing", mend, [Fault("/replacement", "changes_nothing", mend)])


def _said(old: Stood, correction: NewEvent) -> tuple[object, ...]:
    secrets = {name: told for name, told in correction.secrets.items() if told is not None}
    items = frozenset(correction.items) or old.everything
    return correction.data["replacement"], secrets, correction.happened_at, items
