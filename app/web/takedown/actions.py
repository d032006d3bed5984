"""What can be done on a takedown's page, and what the form of each action tells.

Pure: fields in, events in the shape of the API out; a form's fields carry its action's name.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.kit.clock import stamp
from app.kit.errors import Fault, Refused
from app.schemas.event_shapes import SHAPES, fields_of
from app.schemas.vocabularies import EventKind, Recipient
from app.takedowns import next_step
from app.takedowns.event_kinds import KINDS
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

    def event(self, kind: EventKind, *names: str, **more: Any) -> Told:
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


REPLIES = (
    EventKind.RECEIPT_CONFIRMED,
    EventKind.INFORMATION_REQUESTED,
    EventKind.DECIDED,
    EventKind.NOTED,
)


def _reply(fields: Fields) -> list[Told]:
    kind = next((one for one in REPLIES if one == fields.given("kind")), None)
    text = fields.given("text")
    match kind:
        case EventKind.DECIDED:
            scope = forms.countries(fields.given("scope") or "")
            return [
                fields.event(
                    kind, "outcome", "ground", "automated", "ticket_id", "returned_as",
                    scope=scope or None, reason=text, items=fields.items(),
                )
            ]  # fmt: skip
        case EventKind.INFORMATION_REQUESTED:
            told = ("text", "ticket_id", "returned_as")
            return [fields.event(kind, *told, items=fields.items())]
        case EventKind.RECEIPT_CONFIRMED:
            kept = [fields.event(EventKind.NOTED, text=text)] if text else []
            automatic = fields.flag("automatic")
            return [fields.event(kind, "ticket_id", automatic=automatic), *kept]
        case EventKind.NOTED:
            return [fields.event(kind, "text")]
        case _:
            one = Fault("/kind", "not_one_of", "choose one")
            raise Refused("invalid_request", "which one", [one])


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
            EventKind.SEEN,
            availability=availability,
            vantage=vantage,
            items=None if len(numbers) == fields.total else numbers,
        )
        for availability, numbers in seen.items()
    ]


def _accept(fields: Fields) -> list[Told]:
    return [fields.event(EventKind.NOTED, "text", accepted=True, items=fields.items())]


def _note(fields: Fields) -> list[Told]:
    return [fields.event(EventKind.NOTED, "text")]


class Action(NamedTuple):
    """An action: the kinds of event that its form tells, of which the first must be legal.

    Of a plain form, its fields and whether each must be filled in, and whether it names items.
    """

    kinds: Sequence[EventKind]
    tells: Callable[[Fields], list[Told]]
    fields: Mapping[str, bool] = MappingProxyType({})
    names_items: bool = False


def plain(kind: EventKind) -> Action:
    """Return the action whose form has the fields of a kind, and the items where it names any."""
    shape, names_items = SHAPES[kind], KINDS[kind].names_items
    asked = {name: shape.model_fields[name] for name in fields_of(shape)}

    def tells(fields: Fields) -> list[Told]:
        told: Told = {
            name: fields.flag(name) if field.annotation is bool else fields.given(name)
            for name, field in asked.items()
        }
        return [fields.event(kind, **told, items=fields.items() if names_items else None)]

    needed = {name: field.is_required() for name, field in asked.items()}
    return Action((kind,), tells, needed, names_items)


# Actions with a name, a panel and a sentence of their own.
_NAMED: Mapping[str, Action] = {
    "reply": Action(REPLIES, _reply),
    "check": Action((EventKind.SEEN,), _check),
    "answer": plain(EventKind.INFORMATION_SENT),
    "complain": plain(EventKind.COMPLAINED),
    "escalate": plain(EventKind.ESCALATED),
    "accept": Action((EventKind.NOTED,), _accept),
    "release": plain(EventKind.RELEASED),
    "hold": plain(EventKind.HELD),
    "unsent": plain(EventKind.UNSENT),
    "note": Action((EventKind.NOTED,), _note),
    "close": plain(EventKind.CLOSED),
    "reopen": plain(EventKind.REOPENED),
    "withdraw": plain(EventKind.WITHDRAWN),
}
# A reminder is recorded when its notice was sent, a correction on the page of what it corrects.
ELSEWHERE = frozenset({EventKind.REMINDED})
_TOLD = ELSEWHERE.union(*(one.kinds for one in _NAMED.values()))
# A kind that none of them tells has a plain form, under its own name and label.
ACTIONS: Mapping[str, Action] = {
    **_NAMED,
    **{kind: plain(kind) for kind in SHAPES if kind not in _TOLD},
}


def offered(state: State, possible: frozenset[EventKind], now: datetime) -> list[str]:
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
        for action, one in ACTIONS.items()
        if one.kinds[0] in possible and not pointless.get(action, False)
    ]
    return [*found, CHASE] if EventKind.REMINDED in possible else found


def contestable(state: State, now: datetime) -> list[int]:
    """Return the items with a refusal or restriction to complain about, and not accepted."""
    return [i.id for i in state.items if _has_open_window(i, now) and not i.accepted]


def recipients(state: State) -> list[Recipient]:
    """Return whom one can escalate to: a dispute body takes decisions only (DSA Art. 21)."""
    unfit = {Recipient.PLATFORM_COMPLAINT}
    if not state.decided_at:
        unfit.add(Recipient.OUT_OF_COURT_BODY)
    return [one for one in Recipient if one not in unfit]


def _has_open_window(item: ReplayedItem, now: datetime) -> bool:
    ends_at = next_step.window_ends_at(item)
    return ends_at is not None and now < ends_at
