"""A populated record, what can be done to it, and whether the proof finds that."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import Table

from app import proof
from app.context import Context
from app.kit.vault import Vault
from app.takedowns import chain
from app.takedowns.chain_verification import Anchor
from tests.proof.tampering import (
    RECORD,
    Intruder,
    Rows,
    changes,
    is_possible,
    swapped,
    with_change,
    with_copy,
    without,
)


class Falsification(NamedTuple):
    """What a table is made to hold."""

    what: str
    table: Table
    rows: Rows


class Record:
    """A populated database, somebody at it, and the proof."""

    def __init__(self, parts: Context) -> None:
        self.parts = parts
        self.intruder = Intruder(str(parts.database.engine.url.render_as_string(False)))
        with parts.database.read() as unit:
            head = chain.head(unit)
        self.anchor = Anchor(head.number, head.mac)

    def faults(self, anchor: Anchor | None = None) -> list[str]:
        with self.parts.database.read() as unit:
            return [str(fault) for fault in proof.faults(unit, anchor)]

    def check(self, trials: list[Falsification]) -> None:
        missed = []
        for trial in trials:
            with self.intruder.having(trial.table, trial.rows):
                if not self.faults():
                    missed.append(trial.what)
        assert missed == []
        assert self.faults(self.anchor) == []

    def cells(self, dice: Random) -> Iterator[Falsification]:
        """Every cell of the record with another value."""
        for table in RECORD:
            rows = self.intruder.found[table.name]
            for column in table.columns:
                for index, row in enumerate(rows):
                    for value in changes(table, row, column, dice):
                        what = f"{table.name}.{column.name} {row[column.name]!r} -> {value!r}"
                        changed = with_change(rows, index, column.name, value)
                        if is_possible(table, changed):
                            yield Falsification(what, table, changed)

    def rows(self) -> Iterator[Falsification]:
        """Every row deleted, copied, or exchanged with the next."""
        for table in RECORD:
            rows = self.intruder.found[table.name]
            for index, row in enumerate(rows):
                place = f"{table.name} {[row[key.name] for key in table.primary_key.columns]}"
                other = (index + 1) % len(rows)
                yield Falsification(f"{place} deleted", table, without(rows, index))
                yield Falsification(f"{place} copied", table, with_copy(table, rows, index))
                exchanged = swapped(table, rows, index, other)
                if sorted(exchanged, key=repr) != sorted(rows, key=repr):
                    yield Falsification(f"{place} swapped with the next", table, exchanged)


def rebound(record: Record, vault: Vault, start: int, **changed: str) -> Rows:
    """The chain with one event changed, bound anew from there with somebody's key."""
    references = {row["id"]: row["reference"] for row in record.intruder.found["takedowns"]}
    rows = [dict(row) for row in record.intruder.found["events"]]
    rows[start] |= changed or {"by": "somebody else"}
    previous = rows[start - 1]["mac"] if start else chain.GENESIS
    for row in rows[start:]:
        told = {name: row[name] for name in chain.Link._fields if name != "takedown"}
        for name in ("happened_at", "recorded_at"):
            told[name] = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=row[name])
        link = chain.Link(takedown=references[row["takedown_id"]], **told)
        row["mac"] = previous = vault.chain_mac(chain.message(link, previous))
    return rows
