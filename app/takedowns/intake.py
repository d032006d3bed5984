"""Log takedowns: one addressee each, what is already reported named, secrets sealed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from app.kit.canonical import Json
from app.kit.clock import stamp
from app.kit.database import Unit, row_as
from app.kit.errors import Conflict
from app.platforms.identity import account_key
from app.schemas.facts import Facts, Value
from app.schemas.vocabularies import EventKind
from app.takedowns import addressees, cache, facts, sealing, timeline
from app.takedowns.addressees import Addressee
from app.takedowns.batch import Batch, Entry, Opened, Parts
from app.takedowns.models import lookups, takedowns
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor, NewEvent

_WRITE_TEXTS = update(takedowns).where(takedowns.c.id == bindparam("row_id"))
_TAKEN = (
    select(
        takedowns.c.external_ref,
        takedowns.c.platform,
        takedowns.c.product,
        takedowns.c.reference,
        lookups.c.key.label("site"),
    )
    .outerjoin(lookups, (lookups.c.takedown_id == takedowns.c.id) & (lookups.c.what == "host"))
    .where(takedowns.c.external_ref.in_(bindparam("external_refs", expanding=True)))
    .order_by(takedowns.c.id)
)


class NewItem(NamedTuple):
    """One exact location; `identity` is what makes two of them the same content.

    `place` is where in it, as a person told; `product` the one of its platform that it is of.
    """

    identity: str
    kind: str
    url: str | None = None
    place: str | None = None
    canonical_url: str | None = None
    content_id: str | None = None
    account: str | None = None
    posted_at: datetime | None = None
    locator: Mapping[str, str] | None = None
    pasted: str | None = None
    product: str | None = None

    def clear(self) -> dict[str, Json]:
        """Return what is sealed of the item."""
        told = {name: value for name, value in self._asdict().items() if value is not None}
        del told["kind"]
        told.pop("product", None)
        return told | ({"posted_at": stamp(self.posted_at)} if self.posted_at else {})


class NewTakedown(NamedTuple):
    """A takedown about to be logged; `imported` are the columns of the file it comes from."""

    platform: str
    provider: str | None
    facts: Facts
    items: Sequence[NewItem]
    explanation: str | None = None
    recipient: str | None = None
    missing: cache.Missing = ()
    imported: Sequence[str] | None = None


def log(unit: Unit, new: NewTakedown, *, by: Actor) -> TakedownRow:
    """Write a takedown down; returns its row.

    Raises Refused when its items are of several addressees, Conflict(external_ref_taken) when the
    case system's id is in use with this one.
    """
    refuse_taken(unit, addressees.one_of(new.platform, new.items), new.facts.external_ref)
    batch = Batch(unit, 1)
    entry = add(batch, batch.opened(), new, by=by)
    [takedown_id] = batch.write()
    return row_as(TakedownRow, {"id": takedown_id, **entry.columns})


def add(
    batch: Batch, opened: Opened, new: NewTakedown, *, by: Actor, history: Sequence[NewEvent] = ()
) -> Entry:
    """Let a batch hold a takedown, with what was told of it before; the caller has looked for it.

    Raises Refused when its items are of several addressees, NotAllowedNow when its history is
    impossible.
    """
    reference, key = opened
    to = addressees.one_of(new.platform, new.items)
    texts = {"explanation": new.explanation, "recipient": new.recipient}
    sealed_texts = _sealed_texts(key, reference, texts)
    sealed = [
        sealing.seal_json(key, item.clear(), sealing.item_place(reference, number))
        for number, item in enumerate(new.items, start=1)
    ]
    parts = Parts(
        {"platform": new.platform, **sealed_texts},
        [
            {"number": number, "kind": item.kind, "sealed": part}
            for number, (item, part) in enumerate(zip(new.items, sealed, strict=True), start=1)
        ],
        [
            (what, index, number)
            for number, item in enumerate(new.items, start=1)
            for what, index in (
                *lookup_keys(batch.unit, item.identity, item.account),
                *site_keys(batch.unit, new.platform, item.canonical_url),
            )
        ],
        new.missing,
    )
    told = [_logged(new, to, sealed, texts=sealed_texts), *history]
    return batch.add(opened, told, parts, by=by)


def amend(
    unit: Unit,
    takedown: TakedownRow,
    changed: Mapping[str, Value],
    *,
    texts: Mapping[str, str | None],
    missing: cache.Missing,
    by: Actor,
) -> None:
    """Change facts and texts of a draft; raises NotAllowedNow once it was submitted."""
    data: dict[str, Json] = {"facts": facts.plain(changed)}
    if texts:
        key = sealing.keys(unit, [takedown.id])[takedown.id]
        sealed = _sealed_texts(key, takedown.reference, texts)
        unit.connection.execute(_WRITE_TEXTS, {"row_id": takedown.id, **sealed})
        data |= _digests(sealed)
    timeline.record(unit, takedown, NewEvent(EventKind.AMENDED, data), by=by, missing=missing)


def refuse_taken(unit: Unit, to: Addressee, external_ref: str | None) -> None:
    """Raise Conflict(external_ref_taken) when the case system's id is in use with the addressee."""
    if external_ref is None:
        return
    if reference := taken(unit, [(to, external_ref)]).get((to, external_ref)):
        raise Conflict(
            "external_ref_taken",
            "this external_ref is in use for this platform, product or site; use another, or that"
            " takedown",
            [reference],
        )


def taken(
    unit: Unit, wanted: Collection[tuple[Addressee, str]]
) -> dict[tuple[Addressee, str], str]:
    """Return of the case system's ids those in use with their addressee, and by which takedown.

    What was logged before its site was indexed may be of any.
    """
    if not wanted:
        return {}
    refs = {"external_refs": list({external_ref for _, external_ref in wanted})}
    held: dict[tuple[object, ...], str] = {}
    for external_ref, platform, product, reference, site in unit.connection.execute(_TAKEN, refs):
        held.setdefault((external_ref, platform, product, site), reference)
    found = dict[tuple[Addressee, str], str]()
    for to, external_ref in wanted:
        own = (external_ref, to.platform, to.product)
        site = site_key(unit, to.site) if to.site else None
        if reference := held.get((*own, None)) or held.get((*own, site)):
            found[to, external_ref] = reference
    return found


def _sealed_texts(
    key: bytes, reference: str, texts: Mapping[str, str | None]
) -> dict[str, bytes | None]:
    return {
        name: None
        if text is None
        else sealing.seal_json(key, {name: text}, sealing.text_place(name, reference))
        for name, text in texts.items()
    }


def _digests(sealed: Mapping[str, bytes | None]) -> dict[str, str | None]:
    return {
        f"{name}_sha256": None if part is None else sealing.digest(part)
        for name, part in sealed.items()
    }


def _logged(
    new: NewTakedown,
    to: Addressee,
    sealed: Sequence[bytes],
    *,
    texts: Mapping[str, bytes | None],
) -> NewEvent:
    return NewEvent(
        EventKind.LOGGED,
        {
            "platform": new.platform,
            "product": to.product,
            "provider": new.provider,
            "facts": facts.plain(new.facts.by_name()),
            "items": [
                {"id": number, "kind": item.kind, "sealed_sha256": sealing.digest(part)}
                for number, (item, part) in enumerate(zip(new.items, sealed, strict=True), start=1)
            ],
            **_digests(texts),
            **({} if new.imported is None else {"imported": list(new.imported)}),
        },
    )


def lookup_keys(unit: Unit, identity: str, account: str | None) -> list[tuple[str, bytes]]:
    """Return under which blind keys an item can be found."""
    keys = [("content", unit.vault.index("content", identity))]
    if account:
        keys.append(("account", unit.vault.index("account", account_key(account))))
    return keys


def site_keys(unit: Unit, platform: str, canonical_url: str | None) -> list[tuple[str, bytes]]:
    """Return under which blind key an item's site is found, if it is of no platform we know."""
    site = addressees.of(platform, None, canonical_url).site
    return [("host", site_key(unit, site))] if site else []


def site_key(unit: Unit, site: str) -> bytes:
    """Return under what a site is found without being stored."""
    return unit.vault.index("host", site)
