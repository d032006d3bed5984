"""What can be done on a takedown's page, and what the form of each action tells.

Pure: fields in, events in the shape of the API out; a form's fields carry its action's name.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.kit.clock import stamp
from app.kit.errors import Fault, Refused
from app.takedowns import next_step
from app.takedowns.lifecycle import ReplayedItem, State
from app.web.shell import forms
from app.web.shell.forms import Form

Told = dict[str, Any]
CHASE = "chase"


class Fields(NamedTuple):
    """What was typed into one action's form; `total` is how many items the takedown has."""

    form: Form
    action: str
    zone: ZoneInfo
    total: int

    def given(self, name: str) -> str | None:
        """Return a field's text, None when it was left blank."""
        return self.form.given(f"{self.action}-{name}")

    def flag(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        return self.form.flag(f"{self.action}-{name}")

    def event(self, kind: str, *names: str, **more: Any) -> Told:
        """Return an event of these fields; those left blank are left out."""
        told: Told = {name: self.given(name) for name in names} | more
        told["happened_at"] = self._moment()
        return {"kind": kind} | {name: value for name, value in told.items() if value is not None}

    def items(self) -> list[Any] | None:
        """Return the items ticked, None for all; raises Refused where none is."""
        if self.total == 1:
            return None
        ticked = [
            value if (number := forms.whole(value)) is None else number
            for value in self.form.all(f"{self.action}-items")
        ]
        if not ticked:
            raise Refused("invalid_request", "no item", [Fault("/items", "too_few", "tick one")])
        return None if len(set(ticked)) == self.total else ticked

    def _moment(self) -> str | None:
        name = f"{self.action}-happened_at"
        try:
            moment = self.form.moment(name, self.zone)
        except Refused as error:
            found = [one._replace(pointer="/happened_at") for one in error.faults]
            raise Refused(error.code, error.detail, found) from None
        return stamp(moment) if moment else None


def _reply(fields: Fields) -> list[Told]:
    kind = fields.given("kind") or ""
    text = fields.given("text")
    if kind == "decided":
        scope = forms.countries(fields.given("scope") or "")
        return [
            fields.event(
                kind, "outcome", "ground", "automated", "ticket_id",
                scope=scope or None, reason=text, items=fields.items(),
            )
        ]  # fmt: skip
    if kind == "information_requested":
        return [fields.event(kind, "text", "ticket_id", items=fields.items())]
    if kind == "receipt_confirmed":
        kept = [fields.event("noted", text=text)] if text else []
        automatic = fields.flag("automatic")
        return [fields.event(kind, "ticket_id", automatic=automatic), *kept]
    if kind == "noted":
        return [fields.event(kind, "text")]
    raise Refused("invalid_request", "which one", [Fault("/kind", "not_one_of", "choose one")])


def _check(fields: Fields) -> list[Told]:
    """One event for each thing that was seen, about the items of which it was."""
    seen: dict[str, list[int]] = {}
    for number in range(1, fields.total + 1):
        found = fields.given(f"item-{number}")
        if found is not None:
            seen.setdefault(found, []).append(number)
    if not seen:
        raise Refused("invalid_request", "nothing", [Fault("/item-1", "too_few", "choose one")])
    vantage = (fields.given("vantage") or "").strip().upper() or None
    return [
        fields.event(
            "seen",
            availability=availability,
            vantage=vantage,
            items=None if len(numbers) == fields.total else numbers,
        )
        for availability, numbers in seen.items()
    ]


def _accept(fields: Fields) -> list[Told]:
    return [fields.event("noted", "text", accepted=True, items=fields.items())]


def _about_items(kind: str, *names: str) -> Callable[[Fields], list[Told]]:
    return lambda fields: [fields.event(kind, *names, items=fields.items())]


def _about_all(kind: str, *names: str) -> Callable[[Fields], list[Told]]:
    return lambda fields: [fields.event(kind, *names)]


class Action(NamedTuple):
    """An action: the kind of event that must be legal for it, and what its form tells."""

    kind: str
    tells: Callable[[Fields], list[Told]]


ACTIONS: Mapping[str, Action] = {
    "reply": Action("receipt_confirmed", _reply),
    "check": Action("seen", _check),
    "answer": Action("information_sent", _about_items("information_sent", "text")),
    "complain": Action("complained", _about_items("complained", "text")),
    "escalate": Action("escalated", _about_items("escalated", "to", "text")),
    "accept": Action("noted", _accept),
    "release": Action("released", _about_all("released", "reason")),
    "hold": Action("held", _about_all("held", "reason")),
    "unsent": Action("unsent", _about_all("unsent", "reason")),
    "note": Action("noted", _about_all("noted", "text")),
    "close": Action("closed", _about_all("closed", "reason")),
    "reopen": Action("reopened", _about_all("reopened", "reason")),
    "withdraw": Action("withdrawn", _about_items("withdrawn", "reason")),
}


def offered(state: State, possible: frozenset[str], now: datetime) -> list[str]:
    """Return the actions that are legal now and have something to be about, in their order.

    Chasing is one of them, and has no form: a reminder is recorded when its notice was sent.
    """
    pointless = {
        "answer": not any(item.asked_at for item in state.items),
        "complain": not any(_has_open_window(item, now) for item in state.items),
        "accept": not contestable(state, now),
    }
    found = [
        action
        for action, (kind, _) in ACTIONS.items()
        if kind in possible and not pointless.get(action, False)
    ]
    return [*found, CHASE] if "reminded" in possible else found


def contestable(state: State, now: datetime) -> list[int]:
    """Return the items with a refusal or restriction to complain about, and not accepted."""
    return [i.id for i in state.items if _has_open_window(i, now) and not i.accepted]


def recipients(state: State) -> list[str]:
    """Return whom one can escalate to: a dispute body takes decisions only (DSA Art. 21)."""
    others = ["coordinator", "police", "inhope", "platform_contact"]
    return ["out_of_court_body", *others] if state.decided_at else others


def _has_open_window(item: ReplayedItem, now: datetime) -> bool:
    ends_at = next_step.window_ends_at(item)
    return ends_at is not None and now < ends_at
