"""The columns of one takedown's own tables: what its page tells without being asked to reveal."""

from collections.abc import Callable
from typing import Any, NamedTuple

from app.kit.cells import Value
from app.kit.wording import N_
from app.notices.frozen import NoticeRow
from app.schemas.vocabularies import ItemState
from app.takedowns.event_kinds import Held
from app.takedowns.vocabularies import Remains
from app.web.shell import labels
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Columns
from app.web.takedown.timeline_lines import Line
from app.web.takedown.view_model import ItemLine

LABELS: Labels = {
    name: labels.TABLES[table]
    for name, table in {
        "event": "event",
        "source": "source",
        "outcome": "outcome",
        "ground": "ground",
        "automated": "automated",
        "availability": "availability",
        "to": "recipient",
        "held_for": "held_for",
        "returned_as": "returned_as",
        "changed": "fact",
        "purpose": "purpose",
    }.items()
} | {
    "correction": {"taken_back": N_("Taken back"), "corrected": N_("Corrected")},
    "state": {
        **labels.TABLES["state"],
        "said_gone": N_("Gone according to the platform"),
        "not_removed": labels.TABLES["remains"]["not_removed"],
    },
}


def _told(name: str) -> Callable[[Line], Any]:
    """Return what reads a term of an entry; None of one that has none such."""
    return lambda line: getattr(line.data, name, None)


def _held_for(line: Line) -> Value:
    """Return why it is held; the reasons of other entries are texts, and stay sealed."""
    return line.data.reason if isinstance(line.data, Held) else None


def _correction(line: Line) -> str | None:
    if not line.is_correction:
        return None
    return "taken_back" if line.is_void else "corrected"


def _numbers(line: Line) -> Value:
    return [str(number) for number in line.entry.event.items] or None


def _state(item: ItemLine) -> str:
    """Return how an item stands as its page says it: what only the platform says is told apart."""
    state = item.state
    if item.remains == Remains.NOT_REMOVED and state.state != ItemState.CAME_BACK:
        return "not_removed"
    is_said = state.state == ItemState.GONE and state.seen_gone_at is None
    return "said_gone" if is_said else state.state


def _of(told: object, name: str) -> Any:
    """Return a part of what is known; None where nothing is."""
    return None if told is None else getattr(told, name)


TIMELINE: Columns[Line] = {
    "number": (N_("Entry"), lambda line: line.number),
    "event": (N_("What"), lambda line: line.kind),
    "happened_at": (N_("Happened at"), lambda line: line.entry.event.happened_at),
    "recorded_at": (N_("Recorded at"), lambda line: line.entry.event.recorded_at),
    "by": (N_("Told by"), lambda line: line.entry.by),
    "source": (N_("Source"), lambda line: line.entry.source),
    "locations": (N_("Locations"), _numbers),
    "outcome": (N_("Outcome"), _told("outcome")),
    "ground": (N_("Ground"), _told("ground")),
    "automated": (N_("Decided by a machine"), _told("automated")),
    "availability": (N_("We saw"), _told("availability")),
    "vantage": (N_("Seen from"), _told("vantage")),
    "to": (N_("To"), _told("to")),
    "held_for": (N_("Held because"), _held_for),
    "returned_as": (N_("Sent back because"), _told("returned_as")),
    "basis": (N_("Legal basis"), _told("basis")),
    "language": (N_("Language of the notice"), _told("language")),
    "changed": (N_("Facts changed"), lambda line: line.changed or None),
    "correction": (N_("Correction"), _correction),
    "corrects": (N_("Corrects entry"), lambda line: line.entry.event.voids),
    "replaced_by": (N_("Replaced by entry"), lambda line: line.voided_by),
    "notice": (N_("Notice"), lambda line: line.notice),
    "ticket_id": (N_("Ticket"), lambda line: line.ticket_id),
    "hash": (N_("Hash"), lambda line: line.entry.mac.hex()),
}
LOCATIONS: Columns[ItemLine] = {
    "number": (N_("Number"), lambda item: item.number),
    "kind": (N_("Kind"), lambda item: item.kind),
    "location": (N_("Location"), lambda item: item.shown),
    "outcome": (N_("Platform says"), lambda item: _of(item.state.platform_says, "outcome")),
    "said_at": (N_("Said on"), lambda item: _of(item.state.platform_says, "at")),
    "availability": (N_("We saw"), lambda item: _of(item.state.we_saw, "availability")),
    "seen_at": (N_("Seen on"), lambda item: _of(item.state.we_saw, "at")),
    "seen_by": (N_("Seen by"), lambda item: item.seen_by and item.seen_by.person),
    "vantage": (N_("Seen from"), lambda item: item.vantage),
    "state": (N_("State"), _state),
    "gone_at": (N_("Gone on"), lambda item: item.state.gone_at),
}


class Sent(NamedTuple):
    """A notice that stands as sent, and the platform it went to."""

    platform: str
    row: NoticeRow


NOTICES: Columns[Sent] = {
    "number": (N_("Number"), lambda one: one.row.number),
    "platform": (N_("Platform"), lambda one: one.platform),
    "purpose": (N_("Purpose"), lambda one: one.row.purpose),
    "channel": (N_("Channel"), lambda one: one.row.channel),
    "language": (N_("Language of the notice"), lambda one: one.row.language),
    "frozen_at": (N_("Frozen at"), lambda one: one.row.frozen_at),
    "template": (N_("Template"), lambda one: one.row.template_id),
    "template_version": (N_("Version of the template"), lambda one: one.row.template_version),
}
