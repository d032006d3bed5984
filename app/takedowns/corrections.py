"""A corrected event: what it said before, and what takes its place."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import NotAllowedNow
from app.takedowns import facts, queries
from app.takedowns.timeline import NewEvent

# Of what froze a notice or set the facts, only this may be corrected afterwards.
OWN_FIELDS: Mapping[str, frozenset[str]] = {
    "submitted": frozenset({"happened_at", "ticket_id", "no_ticket"}),
    "logged": frozenset(
        {
            "happened_at",
            "case_ref",
            "ai_generated",
            "person_is_minor",
            "urgent",
            "deadline_at",
            "reported_at",
            "court_order",
        }
    ),
}
FROZEN = frozenset({"amended", "queued"})
# How a notice went out stays with the event that froze it.
OF_A_NOTICE = ("notice", "how", "channel")


class Stood(NamedTuple):
    """The event to be corrected as it stands: itself, or what its correction made of it."""

    number: int
    kind: str
    happened_at: datetime
    items: tuple[int, ...]
    data: Mapping[str, Any]
    secrets: Mapping[str, Any]

    def as_told(self) -> dict[str, Any]:
        """Return it in the shape in which events are told over the API."""
        told = {name: value for name, value in self.data.items() if name not in OF_A_NOTICE}
        told |= dict(self.secrets) | {"happened_at": stamp(self.happened_at)}
        return told | ({"items": list(self.items)} if self.items else {})


def stood(unit: Unit, takedown_id: int, number: int) -> Stood:
    """Return what event `number` of this takedown says; raises NotAllowedNow if it is no part.

    Of a correction that left nothing, what stood before it: so that it can be taken back.
    """
    timeline = {e.number: e for e in queries.events_of(unit, [takedown_id])[takedown_id]}
    found = timeline.get(number)
    while found and found.event.voids and found.event.data["replacement"] is None:
        found = timeline[found.event.voids]
    if found is None:
        raise NotAllowedNow("no_such_event", f"This takedown has no event {number} to correct.")
    event = found.event
    secrets = queries.secrets_of(unit, [found]).get(event.number, {})
    kind, data = event.kind, event.data
    if kind == "corrected":
        kind, data = data["kind"], data["replacement"]
    if kind in FROZEN:
        raise NotAllowedNow("not_correctable", f"An event of kind {kind} cannot be corrected.")
    return Stood(number, kind, event.happened_at, event.items, data, secrets)


def without(old: Stood) -> NewEvent:
    """Void an event and put nothing in its place."""
    data = {"kind": old.kind, "replacement": None}
    return NewEvent("corrected", data, {}, old.happened_at, old.items, old.number)


def replaced(old: Stood, new: NewEvent) -> NewEvent:
    """Void an event and let another stand in its place."""
    kept = {name: old.data[name] for name in OF_A_NOTICE if name in old.data}
    replacement = dict(new.data) | kept
    data = {"kind": old.kind, "replacement": replacement}
    return NewEvent("corrected", data, new.secrets, new.happened_at, new.items, old.number)


def limited(old: Stood, told: Mapping[str, Any]) -> NewEvent:
    """Correct a submission or the logged facts: values are as validated for that kind."""
    happened_at = told.get("happened_at", old.happened_at)
    replacement = dict(old.data)
    secrets = dict(old.secrets)
    if old.kind == "submitted":
        if "ticket_id" in told:
            secrets["ticket_id"] = told["ticket_id"]
        if "no_ticket" in told:
            replacement["no_ticket"] = told["no_ticket"]
        if told.get("ticket_id"):  # either ends the other
            replacement["no_ticket"] = False
        elif told.get("no_ticket"):
            secrets.pop("ticket_id", None)
    else:
        changed = {name: value for name, value in told.items() if name != "happened_at"}
        replacement["facts"] = dict(old.data["facts"]) | facts.plain(changed)
    data = {"kind": old.kind, "replacement": replacement}
    return NewEvent("corrected", data, secrets, happened_at, old.items, old.number)
