"""A cohort as columns: one element a takedown, or an item, as it stood at `as_of`.

Pure. Moments are microseconds since 1970-01-01T00:00Z; what has not come is NEVER, later than any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

from app.schemas.vocabularies import Contested, RestsOn, Standing

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]
T = TypeVar("T", bound="Columns")

KINDS: Mapping[object, type] = {Ints: np.int64, Flags: np.bool_, Words: np.object_}
NEVER = np.iinfo(np.int64).max
STANDINGS: Sequence[Standing] = tuple(Standing)
RESTS: Sequence[RestsOn] = tuple(RestsOn)
ENDS: Sequence[Contested] = tuple(Contested)
NONE = -1  # the place of no word in a vocabulary


@dataclass(frozen=True, eq=False)
class Columns:
    """Arrays of one length; of a part each is taken from the whole when it is first asked for."""

    @classmethod
    def dtype_of(cls, name: str) -> type:
        """Return what the elements of a column are."""
        return KINDS[cls.__annotations__[name]]

    def take(self: T, which: Ints, **instead: Ints) -> T:
        """Return the elements that indices name, some columns replaced."""
        part = object.__new__(type(self))
        part.__dict__.update(instead, _whole=self, _which=which)
        return part

    if not TYPE_CHECKING:  # which shall know no column that is none

        def __getattr__(self, name: str) -> npt.NDArray[np.generic]:
            """Take a column that was not asked for yet."""
            if name not in type(self).__annotations__:
                raise AttributeError(name)
            self.__dict__[name] = taken = getattr(self._whole, name).take(self._which)
            return taken

    def alone(self: T) -> T:
        """Return the same, without the whole it was taken from."""
        return replace(self)

    def joined(self: T, other: T) -> T:
        """Return the elements of both."""
        pairs = ((getattr(self, field.name), getattr(other, field.name)) for field in fields(self))
        return type(self)(*map(np.concatenate, pairs))


@dataclass(frozen=True, eq=False)
class Takedowns(Columns):
    """Takedowns; those without a submission are drafts, which only handling time counts."""

    id: Ints
    reference: Words
    platform: Words
    provider: Words
    category: Words
    basis: Words
    urgent: Flags
    court_order: Flags
    reply_expected: Flags
    logged_at: Ints
    submitted_at: Ints
    reported_at: Ints
    receipt_at: Ints
    answered_at: Ints
    target_at: Ints
    withdrawn_at: Ints
    closed_at: Ints
    handling_from: Ints
    held_micros: Ints
    held_since: Ints
    updated_at: Ints
    information_asked: Flags
    is_imported: Flags
    tells_receipts: Flags  # False where the file it was imported from had no such column
    tells_reports: Flags
    wrong_channel: Flags
    duplicate: Flags


@dataclass(frozen=True, eq=False)
class Items(Columns):
    """Items; `takedown` is the place of theirs among the takedowns."""

    takedown: Ints
    number: Ints
    stands: Ints  # place in STANDINGS; NONE where it was never asked for
    ended_at: Ints
    withdrawn_at: Ints
    first_decided_at: Ints
    acted_at: Ints
    seen_gone_first_at: Ints
    gone_after: Ints
    rests_on: Ints  # place in RESTS
    claimed_removed_still_up: Flags


@dataclass(frozen=True, eq=False)
class Complaints(Columns):
    """Complaints, one for each that was made."""

    takedown: Ints
    became: Ints  # place in ENDS
    micros: Ints  # to the first decision after it


@dataclass(frozen=True, eq=False)
class Cohort:
    """Takedowns with their items and complaints, in their order."""

    takedowns: Takedowns
    items: Items
    complaints: Complaints
    ever_returned: frozenset[str]  # the ways a notice was ever sent back, in the whole record

    def where(self, kept: Flags) -> "Cohort":
        """Return these takedowns alone."""
        if kept.all():
            return self
        place = np.cumsum(kept) - 1
        return Cohort(
            self.takedowns.take(np.flatnonzero(kept)),
            _moved(self.items, kept, place),
            _moved(self.complaints, kept, place),
            self.ever_returned,
        )

    def of_items(self, kept: Flags) -> "Cohort":
        """Return these items alone; a takedown without any of them is left out."""
        part = replace(self, items=self.items.take(np.flatnonzero(kept)))
        return part.where(self.with_any(kept))

    def with_any(self, these: Flags) -> Flags:
        """Tell of each takedown whether any of its items is among these."""
        found = np.zeros(len(self), dtype=bool)
        found[self.items.takedown[these]] = True
        return found

    @cached_property
    def first_items(self) -> Ints:
        """The place of each takedown's first item, where each has one."""
        items = np.bincount(self.items.takedown, minlength=len(self))
        return items.cumsum() - items

    def in_order(self) -> "Cohort":
        """Return the same by takedown and item: sums come out alike, however it was read."""
        order = np.argsort(self.takedowns.id, kind="stable")
        place = np.empty_like(order)
        place[order] = np.arange(order.size)
        items = replace(self.items, takedown=place[self.items.takedown])
        complaints = replace(self.complaints, takedown=place[self.complaints.takedown])
        return replace(
            self,
            takedowns=self.takedowns.take(order).alone(),
            items=items.take(np.lexsort((items.number, items.takedown))).alone(),
            complaints=complaints.take(np.argsort(complaints.takedown, kind="stable")).alone(),
        )

    def joined(self, other: "Cohort") -> "Cohort":
        """Return these takedowns and others."""
        behind = len(self)
        return Cohort(
            self.takedowns.joined(other.takedowns),
            self.items.joined(replace(other.items, takedown=other.items.takedown + behind)),
            self.complaints.joined(
                replace(other.complaints, takedown=other.complaints.takedown + behind)
            ),
            self.ever_returned | other.ever_returned,
        )

    def __len__(self) -> int:
        """How many takedowns there are."""
        return self.takedowns.id.size


M = TypeVar("M", Items, Complaints)


def _moved(members: M, kept: Flags, place: Ints) -> M:
    chosen = np.flatnonzero(kept[members.takedown])
    return members.take(chosen, takedown=place[members.takedown[chosen]])


def place_of(words: Sequence[str]) -> Mapping[str | None, int]:
    """Return the place of each word of a vocabulary, of none NONE."""
    return {None: NONE, **{str(word): place for place, word in enumerate(words)}}
