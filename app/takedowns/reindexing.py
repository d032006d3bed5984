"""Stored addresses recognised anew: what was logged under earlier rules is found by those of today.

Sealed rows never change. Where today's rules give an item another identity or account than it was
logged with, those are sealed beside it and their blind-index keys added. It is done once for each
set of rules, chunk by chunk: a start that was interrupted goes on where it stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from app.kit.database import Database, Unit, rows_as
from app.kit.progress import Progress
from app.platforms.identity import account_key
from app.platforms.recognition import Recogniser, Unrecognised
from app.takedowns import intake, sealing
from app.takedowns.models import identities, items, lookups, rule_sets, takedowns
from app.takedowns.sealing import Opened

CHUNK = 200


@dataclass(frozen=True, kw_only=True)
class Logged:
    """A takedown whose addresses are recognised anew."""

    id: int
    reference: str
    platform: str


class Found(NamedTuple):
    """Under which identities and accounts an item is found besides those it was logged with."""

    identities: tuple[str, ...]
    accounts: tuple[str, ...]


def run(database: Database, recogniser: Recogniser, progress: Progress) -> None:
    """Recognise every stored address by these rules, unless that was done before."""
    rules = recogniser.digest
    with database.read() as unit:
        state = unit.connection.execute(
            select(rule_sets).where(rule_sets.c.rules == rules)
        ).one_or_none()
        total = unit.connection.scalar(select(func.max(takedowns.c.id))) or 0
    if state is not None and state.finished_at is not None:
        return
    reached = 0 if state is None else state.reached
    is_new = state is None
    while True:
        with database.write() as unit:
            if is_new:
                unit.connection.execute(insert(rule_sets).values(rules=rules, reached=0))
                is_new = False
            rows = _next(unit, reached)
            _recognise(unit, recogniser, rows)
            reached = rows[-1].id if rows else reached
            this = update(rule_sets).where(rule_sets.c.rules == rules)
            unit.connection.execute(
                this.values(reached=reached, finished_at=None if rows else unit.clock())
            )
        if not rows:
            return
        progress("takedowns recognised anew", reached, total)


def opened(unit: Unit, takedown_id: int, reference: str) -> dict[int, Found]:
    """Return what later rules made of a takedown's items, by item; raises CannotOpen."""
    query = select(identities).where(identities.c.takedown_id == takedown_id)
    rows = unit.connection.execute(query).all()
    found: dict[int, Found] = {}
    for row in rows:
        key = sealing.keys(unit, [takedown_id])[takedown_id]
        told = sealing.open_json(key, row.sealed, place(reference, row.item, row.rules))
        before = found.get(row.item, Found((), ()))
        found[row.item] = Found(
            (*before.identities, *told["identities"]), (*before.accounts, *told["accounts"])
        )
    return found


def keys_of(unit: Unit, found: Found) -> list[tuple[str, bytes]]:
    """Return the blind-index keys of what later rules found."""
    return [
        *(("content", unit.vault.index("content", one)) for one in found.identities),
        *(("account", unit.vault.index("account", account_key(a))) for a in found.accounts),
    ]


def place(reference: str, item: int, rules: str) -> str:
    """Where the sealed identities of an item belong."""
    return f"identities.sealed:{reference}/{item}/{rules}"


def _next(unit: Unit, reached: int) -> list[Logged]:
    query = select(takedowns.c.id, takedowns.c.reference, takedowns.c.platform)
    query = query.where(takedowns.c.id > reached)
    return rows_as(Logged, unit.connection.execute(query.order_by(takedowns.c.id).limit(CHUNK)))


def _recognise(unit: Unit, recogniser: Recogniser, rows: Sequence[Logged]) -> None:
    references = {row.id: row.reference for row in rows}
    platforms = {row.id: row.platform for row in rows}
    keys = sealing.keys(unit, references)
    query = select(items.c.takedown_id, items.c.number, items.c.sealed).where(
        items.c.takedown_id.in_(list(references))
    )
    for row in unit.connection.execute(query).all():
        if row.takedown_id not in keys:
            continue  # erased: nobody can read it any more
        reference, key = references[row.takedown_id], keys[row.takedown_id]
        clear = sealing.open_json(key, row.sealed, sealing.item_place(reference, row.number))
        found = _found(unit, recogniser, clear)
        own = {"takedown_id": row.takedown_id, "item": row.number}
        if found != Found((), ()):
            place_of_it = place(reference, row.number, recogniser.digest)
            sealed = sealing.seal_json(key, found._asdict(), place_of_it)
            told = own | {"rules": recogniser.digest, "sealed": sealed}
            unit.connection.execute(insert(identities), told)
        # Versions before sites were told apart did not index them.
        sites = intake.site_keys(unit, platforms[row.takedown_id], clear.get("canonical_url"))
        _index(unit, own, [*keys_of(unit, found), *sites])


def _found(unit: Unit, recogniser: Recogniser, clear: Opened) -> Found:
    """Recognise an item's address, as it is sent and as it was pasted."""
    now = unit.clock()
    links = []
    for text in dict.fromkeys(filter(None, (clear.get("url"), clear.get("pasted")))):
        link = recogniser.recognise(text, now=now)
        if isinstance(link, Unrecognised):
            link = recogniser.other(text, now=now)
        if not isinstance(link, Unrecognised):
            links.append(link)
    accounts = {account_key(clear.get("account") or "")}
    return Found(
        tuple(sorted({link.identity for link in links} - {clear["identity"]})),
        tuple(sorted({account_key(link.account or "") for link in links} - accounts - {""})),
    )


def _index(unit: Unit, own: Mapping[str, int], keys: Sequence[tuple[str, bytes]]) -> None:
    """Add the keys of an item that are not there yet."""
    query = select(lookups.c.what, lookups.c.key).where(
        lookups.c.takedown_id == own["takedown_id"], lookups.c.item == own["item"]
    )
    there = {(row.what, bytes(row.key)) for row in unit.connection.execute(query)}
    added = [{**own, "what": what, "key": key} for what, key in dict.fromkeys(keys)]
    missing = [row for row in added if (row["what"], row["key"]) not in there]
    if missing:
        unit.connection.execute(insert(lookups), missing)
