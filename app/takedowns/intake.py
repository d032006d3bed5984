"""Log takedowns: one platform each, what is already reported named, secrets sealed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from app.kit import references
from app.kit.clock import stamp
from app.kit.database import Unit
from app.kit.errors import Conflict
from app.takedowns import cache, facts, sealing, timeline
from app.takedowns.facts import Facts
from app.takedowns.models import items, lookups, takedowns
from app.takedowns.timeline import Actor, NewEvent


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
    query = (
        select(lookups.c.key, takedowns.c.reference, items.c.state, takedowns.c.stage)
        .join(takedowns, takedowns.c.id == lookups.c.takedown_id)
        .join(
            items,
            (items.c.takedown_id == lookups.c.takedown_id) & (items.c.number == lookups.c.item),
        )
        .where(lookups.c.what == "content", lookups.c.key.in_(keys))
        .order_by(takedowns.c.id)
    )
    for row in unit.connection.execute(query):
        found[keys[row.key]].append(Known(row.reference, row.state, row.stage))
    return found


def lock(unit: Unit, identities: Sequence[str]) -> None:
    """Let nobody else report any of these contents until this transaction ends."""
    unit.lock_contents([unit.vault.index("content", identity) for identity in identities])


def log(unit: Unit, new: NewTakedown, *, by: Actor) -> tuple[int, str]:
    """Write a takedown down; returns its internal id and its reference.

    Raises Conflict(external_ref_taken) when the case system's id is in use on the platform.
    """
    refuse_taken(unit, new.platform, new.facts.external_ref)
    reference = _free_reference(unit)
    takedown_id = _insert(unit, new, reference)
    key = sealing.new_key(unit, takedown_id)
    if new.explanation is not None:
        _seal_explanation(unit, takedown_id, reference, new.explanation)
    logged = _seal_items(unit, takedown_id, reference, key, new.items)
    entry = timeline.append(
        unit,
        takedown_id,
        reference,
        NewEvent(
            "logged",
            {
                "platform": new.platform,
                "provider": new.provider,
                "facts": new.facts.plain(),
                "items": logged,
                "explanation_sha256": explanation_digest(unit, takedown_id),
            },
        ),
        by,
    )
    cache.write(unit, takedown_id, [entry], new.missing, unit.clock())
    return takedown_id, reference


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
        _seal_explanation(unit, takedown.id, takedown.reference, explanation)
        data["explanation_sha256"] = explanation_digest(unit, takedown.id)
    timeline.record(unit, takedown, NewEvent("amended", data), by=by, missing=missing)


def explanation_digest(unit: Unit, takedown_id: int) -> str | None:
    """Return the SHA-256 of the sealed explanation, as the timeline carries it."""
    sealed = unit.connection.scalar(
        select(takedowns.c.explanation).where(takedowns.c.id == takedown_id)
    )
    return sealing.digest(sealed) if sealed is not None else None


def refuse_taken(unit: Unit, platform: str, external_ref: str | None) -> None:
    """Raise Conflict(external_ref_taken) when the case system's id is in use on the platform."""
    if external_ref is None:
        return
    taken = unit.connection.scalar(
        select(takedowns.c.reference).where(
            takedowns.c.platform == platform, takedowns.c.external_ref == external_ref
        )
    )
    if taken:
        raise Conflict(
            "external_ref_taken",
            "this external_ref is in use for this platform; use another, or that takedown",
            [taken],
        )


def _free_reference(unit: Unit) -> str:
    while True:
        reference = references.new()
        query = select(takedowns.c.id).where(takedowns.c.reference == reference)
        if unit.connection.scalar(query) is None:
            return reference


def _insert(unit: Unit, new: NewTakedown, reference: str) -> int:
    now = unit.clock()
    result = unit.connection.execute(
        insert(takedowns).values(
            reference=reference,
            platform=new.platform,
            provider=new.provider,
            **new.facts._asdict(),
            stage="draft",
            whose_turn="us",
            next_step="complete",
            missing="[]",
            logged_at=now,
            created_at=now,
            updated_at=now,
            version=0,
        )
    )
    assert result.inserted_primary_key is not None  # noqa: S101 - a single row was inserted
    return int(result.inserted_primary_key[0])


def _seal_explanation(unit: Unit, takedown_id: int, reference: str, explanation: str) -> None:
    key = sealing.keys(unit, [takedown_id])[takedown_id]
    place = sealing.explanation_place(reference)
    unit.connection.execute(
        takedowns.update()
        .where(takedowns.c.id == takedown_id)
        .values(explanation=sealing.seal_json(key, {"explanation": explanation}, place))
    )


def _seal_items(
    unit: Unit, takedown_id: int, reference: str, key: bytes, new: Sequence[NewItem]
) -> list[dict[str, Any]]:
    rows, index, logged = [], [], []
    for number, item in enumerate(new, start=1):
        sealed = sealing.seal_json(key, item.clear(), sealing.item_place(reference, number))
        rows.append(
            {
                "takedown_id": takedown_id,
                "number": number,
                "kind": item.kind,
                "sealed": sealed,
                "state": "draft",
            }
        )
        logged.append({"id": number, "kind": item.kind, "sealed_sha256": sealing.digest(sealed)})
        index += [
            {"takedown_id": takedown_id, "what": what, "key": key_, "item": number}
            for what, key_ in lookup_keys(unit, item.identity, item.account)
        ]
    unit.connection.execute(insert(items), rows)
    unit.connection.execute(insert(lookups), index)
    return logged


def lookup_keys(unit: Unit, identity: str, account: str | None) -> list[tuple[str, bytes]]:
    """Return under which blind keys an item can be found."""
    keys = [("content", unit.vault.index("content", identity))]
    if account:
        keys.append(("account", unit.vault.index("account", account_key(account))))
    return keys


def account_key(account: str) -> str:
    """Spell an account the way it is looked up: without case, spaces and a leading `@`."""
    return account.strip().removeprefix("@").casefold()
