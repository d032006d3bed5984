"""Log takedowns: one platform each, what is already reported named, secrets sealed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, insert, select, update

from app.kit import references, vault
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import Conflict
from app.platforms.identity import account_key
from app.takedowns import cache, chain, facts, sealing, timeline
from app.takedowns.facts import Facts
from app.takedowns.models import items, lookups, takedowns
from app.takedowns.timeline import Actor, NewEvent

_INSERT = insert(takedowns).returning(takedowns)
_INSERT_ITEMS = insert(items)
_INSERT_LOOKUPS = insert(lookups)
_EXPLAIN = update(takedowns).where(takedowns.c.id == bindparam("row_id"))
_NAMED = select(takedowns.c.id).where(takedowns.c.reference == bindparam("reference"))
_TAKEN = select(takedowns.c.reference).where(
    takedowns.c.platform == bindparam("platform"),
    takedowns.c.external_ref == bindparam("external_ref"),
)
_KNOWN = (
    select(lookups.c.key, takedowns.c.id, takedowns.c.reference, items.c.state, takedowns.c.stage)
    .join(takedowns, takedowns.c.id == lookups.c.takedown_id)
    .join(
        items,
        (items.c.takedown_id == lookups.c.takedown_id) & (items.c.number == lookups.c.item),
    )
    .where(lookups.c.what == "content", lookups.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(takedowns.c.id)
)


class NewItem(NamedTuple):
    """One exact location; `identity` is what makes two of them the same content."""

    identity: str
    kind: str
    url: str | None = None
    canonical_url: str | None = None
    content_id: str | None = None
    account: str | None = None
    posted_at: datetime | None = None
    locator: Mapping[str, Any] | None = None
    pasted: str | None = None

    def clear(self) -> dict[str, Any]:
        """Return what is sealed of the item."""
        told = {name: value for name, value in self._asdict().items() if value is not None}
        del told["kind"]
        return told | ({"posted_at": stamp(self.posted_at)} if self.posted_at else {})


class NewTakedown(NamedTuple):
    """A takedown about to be logged."""

    platform: str
    provider: str
    facts: Facts
    items: Sequence[NewItem]
    explanation: str | None = None
    missing: cache.Missing = ()


class Known(NamedTuple):
    """A takedown that already holds an item of the same content."""

    takedown_id: int
    reference: str
    state: str
    stage: str

    @property
    def is_open(self) -> bool:
        """Tell whether it still asks for the item."""
        return self.stage not in ("closed", "withdrawn") and self.state != "withdrawn"


def known(unit: Unit, identities: Sequence[str]) -> dict[str, list[Known]]:
    """Return for each content the takedowns that hold it, the oldest first."""
    keys = {unit.vault.index("content", identity): identity for identity in identities}
    found: dict[str, list[Known]] = {identity: [] for identity in identities}
    for row in unit.connection.execute(_KNOWN, {"keys": list(keys)}):
        found[keys[row.key]].append(Known(row.id, row.reference, row.state, row.stage))
    return found


def log(unit: Unit, new: NewTakedown, *, by: Actor) -> Row[Any]:
    """Write a takedown down; returns its row.

    Raises Conflict(external_ref_taken) when the case system's id is in use on the platform.
    """
    refuse_taken(unit, new.platform, new.facts.external_ref)
    reference = _free_reference(unit)
    key = vault.new_data_key()
    explanation = None
    if new.explanation is not None:
        explanation = _sealed_explanation(key, reference, new.explanation)
    sealed = [
        sealing.seal_json(key, item.clear(), sealing.item_place(reference, number))
        for number, item in enumerate(new.items, start=1)
    ]
    event = _logged(new, sealed, explanation)
    bound = timeline.bind(unit, reference, event, by)
    logged = timeline.event_of(bound.link, event)
    columns = cache.first_columns(logged, new.missing, unit.clock())
    own = {"reference": reference, "platform": new.platform, "explanation": explanation}
    row = unit.connection.execute(_INSERT, columns | own).one()
    sealing.keep_key(unit, row.id, key)
    _insert_items(unit, row.id, new.items, sealed)
    chain.store(unit, row.id, bound)
    return row


def amend(
    unit: Unit,
    takedown: Any,
    changed: Mapping[str, Any],
    explanation: str | None,
    *,
    missing: cache.Missing,
    by: Actor,
) -> None:
    """Change facts of a draft; raises NotAllowedNow once it was submitted."""
    data: dict[str, Any] = {"facts": facts.plain(changed)}
    if explanation is not None:
        key = sealing.keys(unit, [takedown.id])[takedown.id]
        sealed = _sealed_explanation(key, takedown.reference, explanation)
        unit.connection.execute(_EXPLAIN, {"row_id": takedown.id, "explanation": sealed})
        data["explanation_sha256"] = sealing.digest(sealed)
    timeline.record(unit, takedown, NewEvent("amended", data), by=by, missing=missing)


def refuse_taken(unit: Unit, platform: str, external_ref: str | None) -> None:
    """Raise Conflict(external_ref_taken) when the case system's id is in use on the platform."""
    if external_ref is None:
        return
    taken = unit.connection.scalar(_TAKEN, {"platform": platform, "external_ref": external_ref})
    if taken:
        raise Conflict(
            "external_ref_taken",
            "this external_ref is in use for this platform; use another, or that takedown",
            [taken],
        )


def _free_reference(unit: Unit) -> str:
    while True:
        reference = references.new()
        if unit.connection.scalar(_NAMED, {"reference": reference}) is None:
            return reference


def _sealed_explanation(key: bytes, reference: str, explanation: str) -> bytes:
    place = sealing.explanation_place(reference)
    return sealing.seal_json(key, {"explanation": explanation}, place)


def _logged(new: NewTakedown, sealed: Sequence[bytes], explanation: bytes | None) -> NewEvent:
    return NewEvent(
        "logged",
        {
            "platform": new.platform,
            "provider": new.provider,
            "facts": new.facts.plain(),
            "items": [
                {"id": number, "kind": item.kind, "sealed_sha256": sealing.digest(part)}
                for number, (item, part) in enumerate(zip(new.items, sealed, strict=True), start=1)
            ],
            "explanation_sha256": sealing.digest(explanation) if explanation is not None else None,
        },
    )


def _insert_items(
    unit: Unit, takedown_id: int, new: Sequence[NewItem], sealed: Sequence[bytes]
) -> None:
    rows, index = [], []
    for number, (item, part) in enumerate(zip(new, sealed, strict=True), start=1):
        own = {"takedown_id": takedown_id, "number": number}
        rows.append(own | {"kind": item.kind, "sealed": part, "state": "draft"})
        index += [
            {"takedown_id": takedown_id, "what": what, "key": key, "item": number}
            for what, key in lookup_keys(unit, item.identity, item.account)
        ]
    unit.connection.execute(_INSERT_ITEMS, rows)
    unit.connection.execute(_INSERT_LOOKUPS, index)


def lookup_keys(unit: Unit, identity: str, account: str | None) -> list[tuple[str, bytes]]:
    """Return under which blind keys an item can be found."""
    keys = [("content", unit.vault.index("content", identity))]
    if account:
        keys.append(("account", unit.vault.index("account", account_key(account))))
    return keys
