"""Prove the record: the chain of events holds, and every cached column equals the replay.

Values are compared as they lie in the database, so that nothing a driver forgives slips by.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, ColumnElement, Integer, Table, Text, select, type_coerce

from app.kit.database import Codes, Moment, Unit, Word, micros
from app.kit.errors import TrackerError
from app.takedowns import (
    cache,
    chain,
    intake,
    lifecycle,
    next_step,
    queries,
    reindexing,
    sealing,
    timeline,
)
from app.takedowns.lifecycle import State
from app.takedowns.models import data_keys, events, identities, items, lookups, takedowns
from app.takedowns.queries import Stored

# A row as it lies in the database: whatever somebody may have put there.
RawRow = Mapping[str, Any]
CHUNK = 500
# Told how many were read so far.
Progress = Callable[[int], object]
MAC_BYTES = 32


class Fault(NamedTuple):
    """Something that is not as it was recorded: what it concerns, and what is wrong with it."""

    subject: str
    detail: str


class Anchor(NamedTuple):
    """A head of the chain that left the machine earlier."""

    number: int
    mac: bytes


def chain_faults(
    unit: Unit, anchor: Anchor | None = None, progress: Progress = int
) -> Iterator[Fault]:
    """Name the first event that is not what was recorded, and a tail that is missing."""
    previous, number = chain.GENESIS, 0
    query = (
        select(*_raw(events), takedowns.c.reference)
        .outerjoin(takedowns, takedowns.c.id == events.c.takedown_id)
        .order_by(events.c.number)
    )
    with unit.connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            if row.number != number + 1:
                yield Fault(f"event {number + 1}", "is missing")
                return
            if not _fits(unit, row._asdict(), previous):
                yield Fault(f"event {row.number}", "is not what was recorded, or not in its place")
                return
            if anchor and row.number == anchor.number and bytes(row.mac) != anchor.mac:
                yield Fault(f"event {row.number}", "is not the one the given head was taken from")
                return
            previous, number = row.mac, row.number
            progress(number)
    if anchor and number < anchor.number:
        yield Fault(f"event {number + 1}", f"is missing: the tail up to {anchor.number} was cut")


def is_newest_bound(unit: Unit) -> bool | None:
    """Whether the newest event was bound with this secret key; None when there is no event."""
    query = (
        select(*_raw(events), takedowns.c.reference)
        .outerjoin(takedowns, takedowns.c.id == events.c.takedown_id)
        .order_by(events.c.number.desc())
        .limit(2)
    )
    newest, *before = [*unit.connection.execute(query), None]
    if newest is None:
        return None
    return _fits(unit, newest._asdict(), before[0].mac if before[0] is not None else chain.GENESIS)


def _fits(unit: Unit, row: RawRow, previous: bytes) -> bool:
    try:
        link = chain.Link(
            number=row["number"],
            takedown=row["reference"],
            kind=row["kind"],
            happened_at=_moment(row["happened_at"]),
            recorded_at=_moment(row["recorded_at"]),
            by=row["by"],
            source=row["source"],
            items=row["items"],
            data=row["data"],
            sealed=row["sealed"],
            voids=row["voids"],
        )
        return bool(unit.vault.chain_mac(chain.message(link, previous)) == row["mac"])
    except (TypeError, ValueError, AttributeError, OverflowError):
        return False


def cache_faults(unit: Unit, progress: Progress = int) -> Iterator[Fault]:
    """Name every row that is not what its timeline amounts to; call it on a chain that holds."""
    yield from strays(unit, (items, lookups, data_keys, identities))
    ids = unit.connection.scalars(select(takedowns.c.id).order_by(takedowns.c.id)).all()
    for start in range(0, len(ids), CHUNK):
        yield from _chunk_faults(unit, ids[start : start + CHUNK])
        progress(min(start + CHUNK, len(ids)))


def _chunk_faults(unit: Unit, ids: Sequence[int]) -> Iterator[Fault]:
    timelines = queries.events_of(unit, ids)
    rows = rows_of(unit, takedowns, takedowns.c.id.in_(ids))
    item_rows = grouped(rows_of(unit, items, items.c.takedown_id.in_(ids)))
    index_rows = grouped(rows_of(unit, lookups, lookups.c.takedown_id.in_(ids)))
    for row in rows:
        found = (row, item_rows.get(row["id"], []), index_rows.get(row["id"], []))
        try:
            yield from _takedown_faults(unit, timelines[row["id"]], *found)
        except (TrackerError, TypeError, ValueError, KeyError, AttributeError) as error:
            yield Fault(str(row["reference"]), f"cannot be replayed ({type(error).__name__})")


def _takedown_faults(
    unit: Unit,
    entries: Sequence[Stored],
    row: RawRow,
    item_rows: Sequence[RawRow],
    index_rows: Sequence[RawRow],
) -> Iterator[Fault]:
    reference = row["reference"]
    if not entries:
        yield Fault(reference, "has no timeline")
        return
    state = lifecycle.replay([entry.event for entry in entries])
    expected = _expected(state, entries)
    yield from _differences(reference, expected, row, {"id", "reference", *sealing.TEXTS})
    yield from _phase_faults(reference, state, row)
    yield from _seal_faults(unit, entries, row, item_rows)
    yield from _item_faults(reference, state, entries, item_rows)
    index = {(entry["what"], bytes(entry["key"]), entry["item"]) for entry in index_rows}
    if index not in _expected_indexes(unit, entries, row, item_rows):
        yield Fault(reference, "its blind index is not what its items and tickets give")


def _expected(state: State, entries: Sequence[Stored]) -> cache.Columns:
    columns = cache.takedown_columns(state, entries, (), entries[-1].event.recorded_at)
    for name in cache.PHASE:
        del columns[name]
    if state.stage in lifecycle.DRAFTS:
        del columns["missing"]  # follows templates and settings, which are no part of the record
    return {"platform": state.platform} | columns


def _phase_faults(reference: str, state: State, row: RawRow) -> Iterator[Fault]:
    """What to do next moves on by itself; it must be one of the phases, with its own end."""
    lacking = state.stage in lifecycle.DRAFTS and row["missing"] != "[]"
    possible = [
        _stored_form(cache.phase_columns(phase))
        for phase in next_step.phases(state, missing=lacking)
    ]
    found = {name: row[name] for name in cache.PHASE}
    if found not in possible:
        yield Fault(reference, "next_step, whose_turn, due_at or changes_at is not derived")


def _seal_faults(
    unit: Unit,
    entries: Sequence[Stored],
    row: RawRow,
    item_rows: Sequence[RawRow],
) -> Iterator[Fault]:
    reference, logged, recorded = row["reference"], entries[0].told, [e.told for e in entries]
    for name in sealing.TEXTS:
        digest = f"{name}_sha256"
        told = [data[digest] for data in recorded if digest in data]
        sealed = row[name]
        # What was logged by an earlier version tells nothing of a recipient, and has none.
        if (sealing.digest(sealed) if sealed is not None else None) != (told[-1] if told else None):
            yield Fault(reference, f"its {name} is not the one recorded")
    expected = [(item["id"], item["kind"], item["sealed_sha256"]) for item in logged["items"]]
    found = [(item["number"], item["kind"], sealing.digest(item["sealed"])) for item in item_rows]
    if found != expected:
        yield Fault(reference, "its items are not those recorded")
    if row["id"] not in sealing.keys(unit, [row["id"]]):
        yield Fault(reference, "its data key is missing")


def _item_faults(
    reference: str,
    state: State,
    entries: Sequence[Stored],
    item_rows: Sequence[RawRow],
) -> Iterator[Fault]:
    who = {entry.number: entry.by for entry in entries}
    found = {row["number"]: row for row in item_rows}
    for item in state.items:
        if item.id in found:
            expected = cache.item_columns(item, who)
            yield from _differences(
                f"{reference}/{item.id}",
                expected,
                found[item.id],
                {"takedown_id", "number", "kind", "sealed"},
            )


def _expected_indexes(
    unit: Unit,
    entries: Sequence[Stored],
    row: RawRow,
    item_rows: Sequence[RawRow],
) -> list[set[tuple[str, bytes, int]]]:
    """What the blind index may hold; an earlier version indexed no sites."""
    key = sealing.keys(unit, [row["id"]])[row["id"]]
    expected, sites = set(), set()
    for item in item_rows:
        place = sealing.item_place(row["reference"], item["number"])
        clear = sealing.open_json(key, item["sealed"], place)
        for what, index in intake.lookup_keys(unit, clear["identity"], clear.get("account")):
            expected.add((what, index, item["number"]))
        for what, index in intake.site_keys(unit, row["platform"], clear.get("canonical_url")):
            sites.add((what, index, item["number"]))
    for number, found in reindexing.opened(unit, row["id"], row["reference"]).items():
        expected.update((what, index, number) for what, index in reindexing.keys_of(unit, found))
    for secrets in queries.secrets_of(unit, entries).values():
        if "ticket_id" in secrets:
            ticket = timeline.ticket_key(secrets["ticket_id"])
            expected.add(("ticket", unit.vault.index("ticket", ticket), 0))
    tells_product = "product" in entries[0].told
    return [expected | sites] if tells_product else [expected, expected | sites]


def _differences(
    subject: str, expected: Mapping[str, object], row: RawRow, apart: set[str]
) -> Iterator[Fault]:
    for name, value in _stored_form(expected).items():
        if name not in apart and row[name] != value:
            yield Fault(subject, f"{name} is not what the timeline says")


def _stored_form(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: micros(value) if isinstance(value, datetime) else _one_text(value)
        for name, value in values.items()
    }


def _one_text(value: object) -> object:
    return " ".join(value) if isinstance(value, tuple) else value


def strays(unit: Unit, tables: Sequence[Table]) -> Iterator[Fault]:
    """Name rows that belong to no takedown."""
    for table in tables:
        stray = unit.connection.execute(
            select(table.c.takedown_id)
            .outerjoin(takedowns, takedowns.c.id == table.c.takedown_id)
            .where(takedowns.c.id.is_(None))
            .limit(1)
        ).first()
        if stray is not None:
            yield Fault(f"{table.name} of takedown {stray.takedown_id}", "belongs to no takedown")


def rows_of(unit: Unit, table: Table, condition: ColumnElement[bool]) -> list[RawRow]:
    """Return rows as they lie in the database."""
    query = select(*_raw(table)).where(condition).order_by(*table.primary_key.columns)
    return [row._asdict() for row in unit.connection.execute(query)]


def grouped(rows: Sequence[RawRow]) -> dict[int, list[RawRow]]:
    """Return rows by the takedown they belong to."""
    groups: dict[int, list[RawRow]] = {}
    for row in rows:
        groups.setdefault(row["takedown_id"], []).append(row)
    return groups


def _raw(table: Table) -> list[Any]:
    """Columns as they are stored: moments and truth values as numbers, codes as one text.

    Their types are left open, for anything may lie there.
    """
    stored = {Moment: BigInteger, Boolean: Integer, Codes: Text, Word: Text}
    return [
        type_coerce(column, stored.get(type(column.type), column.type)).label(column.name)
        for column in table.columns
    ]


def _moment(stored: int) -> datetime:
    moment = Moment().process_result_value(stored, None)  # type: ignore[arg-type]
    assert moment is not None  # noqa: S101 - the column is never null
    return moment
