"""What is pasted and stood in a takedown before: its history, and what becomes of it now."""

from collections.abc import Sequence
from typing import NamedTuple

from app.kit.database import Unit
from app.operations.intake_of_text import Placed
from app.takedowns import same_content
from app.takedowns.intake import NewItem
from app.takedowns.same_content import Occurrence
from app.web.intake import entries
from app.web.intake.entries import AGAIN, BACK, LEAVE_OUT, Entry
from app.web.shell import masking


class Earlier(NamedTuple):
    """One content with its history, the oldest first."""

    key: str
    item: NewItem
    history: Sequence[Occurrence]
    choices: Sequence[str]
    choice: str

    @property
    def place(self) -> tuple[str, str]:
        """Its kind, and how it is told apart."""
        return place(self.item)

    @property
    def is_open(self) -> bool:
        """Tell whether some takedown asks for it still: then it is left out unless told otherwise.

        What no takedown asks for any more is reported as if it were new, as over the API.
        """
        return any(one.is_open for one in self.history)

    @property
    def last(self) -> Occurrence:
        """The takedown to look at: one that is open goes before one that ended."""
        return max(self.history, key=lambda one: (one.is_open, one.takedown_id))

    @property
    def returned(self) -> Occurrence | None:
        """Where it is recorded that it came back; None where that is not possible."""
        return _returned(self.history)


def of(unit: Unit, entry: Entry, placed: Sequence[Placed], *, may_record: bool) -> list[Earlier]:
    """Return what of it stood in a takedown before, each content once, in its order."""
    found = same_content.history(unit, [one.item.identity for one in placed])
    items = {one.item.identity: one.item for one in reversed(placed)}
    once = dict.fromkeys(one.item.identity for one in placed)
    return [
        _earlier(unit, entry, items[same], found[same], may_record=may_record)
        for same in once
        if found[same]
    ]


def wanted(placed: Sequence[Placed], earlier: Sequence[Earlier]) -> list[Placed]:
    """Return what a new takedown is to be logged for, each content once."""
    stays = {one.item.identity for one in earlier if one.choice != AGAIN}
    once = {one.item.identity: one for one in reversed(placed)}
    return [
        one for one in placed if once[one.item.identity] is one and one.item.identity not in stays
    ]


def place(item: NewItem) -> tuple[str, str]:
    """Return the kind of an item, and how it is told apart."""
    return item.kind, masking.item(item.content_id, item.account, item.url)


def _earlier(
    unit: Unit,
    entry: Entry,
    item: NewItem,
    history: Sequence[Occurrence],
    *,
    may_record: bool,
) -> Earlier:
    key = entries.content_key(unit.vault, item.identity)
    usual = LEAVE_OUT if any(one.is_open for one in history) else AGAIN
    other = AGAIN if usual == LEAVE_OUT else LEAVE_OUT
    back = [BACK] if may_record and _returned(history) else []
    choices = [usual, *back, other]
    choice = entry.choices.get(key, usual)
    return Earlier(key, item, history, choices, choice if choice in choices else usual)


def _returned(history: Sequence[Occurrence]) -> Occurrence | None:
    """The newest that was not withdrawn, if it is gone there and no other asks for it still."""
    held = [one for one in history if not one.is_withdrawn]
    if not held or any(one.is_open and not one.may_come_back for one in held):
        return None
    return held[-1] if held[-1].may_come_back else None
