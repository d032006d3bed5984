"""Where one and the same content stands: in which takedowns it was asked for, and its state there.

Derived from the blind index each time; nothing is stored about it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from app.kit.database import Unit
from app.schemas.vocabularies import Availability, ItemState, Stage
from app.takedowns.items import GONE, remains
from app.takedowns.models import items, lookups, takedowns
from app.takedowns.vocabularies import Remains

WITHDRAWN = "withdrawn"

_OWN = lookups.alias("own")
_SAME = lookups.alias("same")
_COLUMNS = (
    takedowns.c.id.label("takedown_id"),
    items.c.number.label("item"),
    takedowns.c.reference,
    takedowns.c.platform,
    items.c.state,
    takedowns.c.stage,
    takedowns.c.logged_at,
    takedowns.c.submitted_at,
    items.c.gone_at,
    items.c.availability,
)
_HISTORY = (
    select(_SAME.c.key, *_COLUMNS)
    .join(takedowns, takedowns.c.id == _SAME.c.takedown_id)
    .join(items, (items.c.takedown_id == _SAME.c.takedown_id) & (items.c.number == _SAME.c.item))
    .where(_SAME.c.what == "content", _SAME.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(takedowns.c.id, items.c.number)
)
_ELSEWHERE = (
    select(_OWN.c.takedown_id.label("own_id"), _OWN.c.item.label("own_item"), *_COLUMNS)
    .join(
        _SAME,
        (_SAME.c.key == _OWN.c.key)
        & (_SAME.c.what == _OWN.c.what)
        & (_SAME.c.takedown_id != _OWN.c.takedown_id),
    )
    .join(takedowns, takedowns.c.id == _SAME.c.takedown_id)
    .join(items, (items.c.takedown_id == _SAME.c.takedown_id) & (items.c.number == _SAME.c.item))
    .where(_OWN.c.what == "content", _OWN.c.takedown_id.in_(bindparam("ids", expanding=True)))
    .order_by(takedowns.c.id, items.c.number)
    .distinct()
)


class Occurrence(NamedTuple):
    """An item of a takedown, in the history of its content; its fields are _COLUMNS in order."""

    takedown_id: int
    item: int
    reference: str
    platform: str
    state: str
    stage: str
    logged_at: datetime
    submitted_at: datetime | None
    gone_at: datetime | None
    availability: str | None

    @property
    def remains(self) -> Remains:
        """What remains to be done about it there."""
        return remains(Stage(self.stage), ItemState(self.state))

    @property
    def is_open(self) -> bool:
        """Tell whether the takedown still asks for it."""
        return asks_for(self.stage, self.state)

    @property
    def is_seen_gone(self) -> bool:
        """Tell whether the last look showed it gone: more than the platform's word."""
        return self.availability == Availability.GONE

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether we took it back: then it is not taken up again."""
        return WITHDRAWN in (self.stage, self.state)

    @property
    def may_come_back(self) -> bool:
        """Tell whether seeing it live now makes it one to be chased: it was gone, by any word."""
        return self.state in GONE and not self.is_withdrawn


def asks_for(stage: str, state: str) -> bool:
    """Tell whether a takedown in this stage still asks for an item in this state."""
    return stage not in (Stage.CLOSED, Stage.WITHDRAWN) and state != ItemState.WITHDRAWN


def returned(history: Sequence[Occurrence]) -> Occurrence | None:
    """Return the newest that was not withdrawn, if it is gone there and no other asks for it."""
    held = [one for one in history if not one.is_withdrawn]
    if not held or any(one.is_open and not one.may_come_back for one in held):
        return None
    return held[-1] if held[-1].may_come_back else None


def history(unit: Unit, identities: Iterable[str]) -> dict[str, list[Occurrence]]:
    """Return for each content where it stands, the oldest first."""
    keys = {unit.vault.index("content", identity): identity for identity in identities}
    found: dict[str, list[Occurrence]] = {identity: [] for identity in keys.values()}
    for row in unit.connection.execute(_HISTORY, {"keys": list(keys)}) if keys else ():
        found[keys[row.key]].append(Occurrence._make(row[1:]))
    return found


def elsewhere(unit: Unit, takedown_ids: Sequence[int]) -> dict[tuple[int, int], list[Occurrence]]:
    """Return where else the items of these takedowns stand, by (takedown id, item's number)."""
    found: dict[tuple[int, int], list[Occurrence]] = {}
    if takedown_ids:
        for row in unit.connection.execute(_ELSEWHERE, {"ids": list(takedown_ids)}):
            found.setdefault((row.own_id, row.own_item), []).append(Occurrence._make(row[2:]))
    return found
