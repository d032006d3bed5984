"""Prove the rows: every cached column equals the replay of its timeline, and nothing strays.

Values are compared as they lie in the database, so that nothing a driver forgives slips by.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Table, select

from app.kit.database import Unit, micros
from app.kit.errors import TrackerError
from app.takedowns import (
    cache,
    intake,
    lifecycle,
    next_step,
    queries,
    raw_rows,
    reindexing,
    sealing,
    timeline,
)
from app.takedowns.chain_verification import Fault, Progress
from app.takedowns.lifecycle import State
from app.takedowns.models import data_keys, identities, items, lookups, takedowns
from app.takedowns.queries import Stored
from app.takedowns.raw_rows import RawRow

CHUNK = 500


def cache_faults(unit: Unit, progress: Progress = int) -> Iterator[Fault]:
    """Name every row that is not what its timeline amounts to; call it on a chain that holds."""
    yield from strays(unit, (items, lookups, data_keys, identities))
    ids = unit.connection.scalars(select(takedowns.c.id).order_by(takedowns.c.id)).all()
    for start in range(0, len(ids), CHUNK):
        yield from _chunk_faults(unit, ids[start : start + CHUNK])
        progress(min(start + CHUNK, len(ids)))


def _chunk_faults(unit: Unit, ids: Sequence[int]) -> Iterator[Fault]:
    timelines = queries.event_rows_of(unit, ids)
    rows = raw_rows.rows_of(unit, takedowns, takedowns.c.id.in_(ids))
    item_rows = raw_rows.grouped(raw_rows.rows_of(unit, items, items.c.takedown_id.in_(ids)))
    index_rows = raw_rows.grouped(raw_rows.rows_of(unit, lookups, lookups.c.takedown_id.in_(ids)))
    for row in rows:
        key = row["id"]
        try:
            yield from _takedown_faults(
                unit,
                [queries.stored(told) for told in timelines[key]],
                row,
                item_rows=item_rows.get(key, []),
                index_rows=index_rows.get(key, []),
            )
        except (TrackerError, TypeError, ValueError, KeyError, AttributeError) as error:
            yield Fault(str(row["reference"]), f"cannot be replayed ({type(error).__name__})")


def _takedown_faults(
    unit: Unit,
    entries: Sequence[Stored],
    row: RawRow,
    *,
    item_rows: Sequence[RawRow],
    index_rows: Sequence[RawRow],
) -> Iterator[Fault]:
    reference = row["reference"]
    if not entries:
        yield Fault(reference, "has no timeline")
        return
    state = lifecycle.replay([entry.event for entry in entries])
    expected = _expected(state, entries)
    yield from _differences(reference, expected, row, apart={"id", "reference", *sealing.TEXTS})
    yield from _phase_faults(reference, state, row)
    yield from _seal_faults(unit, entries, row, item_rows=item_rows)
    yield from _item_faults(reference, state, entries, item_rows=item_rows)
    index = {(entry["what"], bytes(entry["key"]), entry["item"]) for entry in index_rows}
    if index not in _expected_indexes(unit, entries, row, item_rows=item_rows):
        yield Fault(reference, "its blind index is not what its items and tickets give")


def _expected(state: State, entries: Sequence[Stored]) -> cache.Columns:
    columns = cache.takedown_columns(state, entries, (), now=entries[-1].event.recorded_at)
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
    *,
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
    *,
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
                apart={"takedown_id", "number", "kind", "sealed"},
            )


def _expected_indexes(
    unit: Unit,
    entries: Sequence[Stored],
    row: RawRow,
    *,
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
    subject: str, expected: Mapping[str, object], row: RawRow, *, apart: set[str]
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
