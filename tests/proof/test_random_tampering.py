"""A thousand random ways to falsify the record, and none that `takedown verify` overlooks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Table

from app.context import Context
from app.kit.database import Database
from app.kit.vault import Vault
from app.takedowns.models import events
from tests import databases
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.proof.falsified import Record, rebound
from tests.proof.tampering import RECORD, Intruder, Rows
from tests.random_histories import HistoryWriter
from tests.sample_record import populate

OLDER_COPIES = 20
OTHER_KEY = bytes(range(32))
Forgery = dict[Table, Rows]


@pytest.fixture
def elsewhere(
    tmp_path: Path, migrated_sqlite: str, parts: Context, clock: ManualClock
) -> Iterator[Context]:
    """Another installation, with a secret key of its own."""
    (tmp_path / "elsewhere").mkdir()
    address, vault = databases.copied(migrated_sqlite, tmp_path / "elsewhere"), Vault(OTHER_KEY)
    databases.tell(populate, address, vault, parts.workspace)
    database = Database(address, vault, clock)
    yield Context(parts.settings, database, clock, parts.workspace)
    database.close()


class Forger:
    """Draws what somebody without the secret key, or with it, could make of the record."""

    def __init__(self, record: Record, older: list[Intruder], foreign: Record, seed: int) -> None:
        self.record, self.older, self.foreign = record, older, foreign
        self.dice = Random(seed)
        self.rows = record.intruder.found["events"]
        self.cells = list(record.cells(self.dice))
        self.whole_rows = list(record.rows())
        # What is consistent in itself only a head kept elsewhere can show.
        self.consistent: dict[str, Callable[[], Forgery]] = {
            "an older copy": self.older_copy,
            "rewritten with the key": lambda: self.rewritten(record.parts.database.vault),
        }
        self.kinds: dict[str, Callable[[], Forgery]] = self.consistent | {
            "a cell": lambda: self.drawn(self.cells),
            "a row": lambda: self.drawn(self.whole_rows),
            "an event put in": self.put_in,
            "an event from elsewhere": self.from_elsewhere,
            "the last events cut off": self.cut,
            "rewritten with another key": lambda: self.rewritten(Vault(OTHER_KEY)),
        }

    def drawn(self, trials: list[Any]) -> Forgery:
        trial = self.dice.choice(trials)
        return {trial.table: trial.rows}

    def put_in(self) -> Forgery:
        """One more event, told by somebody, somewhere in the chain."""
        at = self.dice.randrange(len(self.rows) + 1)
        new = self.dice.choice(self.rows) | {"by": "somebody", "mac": self.dice.randbytes(32)}
        new["voids"] = None
        rows = [*self.rows[:at], new, *self.rows[at:]]
        return {events: [row | {"number": n} for n, row in enumerate(rows, start=1)]}

    def from_elsewhere(self) -> Forgery:
        """An event of another installation, in the place of one or behind the last."""
        copied = dict(self.dice.choice(self.foreign.intruder.found["events"]))
        at = self.dice.randrange(len(self.rows) + 1)
        own = self.rows[min(at, len(self.rows) - 1)]
        copied |= {"number": at + 1, "takedown_id": own["takedown_id"], "voids": own["voids"]}
        if at == len(self.rows):
            copied["voids"] = None
        return {events: [*self.rows[:at], copied, *self.rows[at + 1 :]]}

    def cut(self) -> Forgery:
        return {events: self.rows[: self.dice.randrange(len(self.rows))]}

    def rewritten(self, vault: Vault) -> Forgery:
        """Another author of an event, and the chain bound anew from there.

        Not of one that was seen: who saw it is also written beside the item.
        """
        told = ("logged", "submitted", "decided")
        starts = [at for at, row in enumerate(self.rows) if row["kind"] in told]
        return {events: rebound(self.record, vault, self.dice.choice(starts))}

    def older_copy(self) -> Forgery:
        older = self.dice.choice(self.older)
        return {table: older.found[table.name] for table in RECORD}

    def is_found(self, forgery: Forgery, *, anchored: bool) -> bool:
        """Falsify, verify, and put everything back."""
        intruder = self.record.intruder
        try:
            for table, rows in forgery.items():
                intruder.write(table, rows)
            return self.record.faults(self.record.anchor if anchored else None) != []
        finally:
            for table in forgery:
                intruder.write(table, intruder.found[table.name])


@pytest.fixture
def forger(api: ApiClient, parts: Context, clock: ManualClock, elsewhere: Context) -> Forger:
    populate(api, clock)
    teller = HistoryWriter(api, clock, 1)
    older = []
    for _ in range(OLDER_COPIES):
        older.append(Intruder(parts.database.engine.url.render_as_string(hide_password=False)))
        teller.tell(4)
    return Forger(Record(parts), older, Record(elsewhere), 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "trials"), [("sqlite", 1000), ("postgresql", 200)], indirect=["address"]
)
def test_each_of_many_forgeries_is_found(forger: Forger, trials: int) -> None:
    missed = []
    names = sorted(forger.kinds)
    for number in range(trials):
        name = names[number % len(names)]
        if not forger.is_found(forger.kinds[name](), anchored=True):
            missed.append((number, name))

    assert missed == []
    assert forger.record.faults(forger.record.anchor) == []


@pytest.mark.slow
def test_what_is_consistent_in_itself_is_not_found_without_a_head(forger: Forger) -> None:
    found = [
        name
        for name, forge in forger.consistent.items()
        for _ in range(20)
        if forger.is_found(forge(), anchored=False)
    ]

    assert found == []


@pytest.mark.slow
def test_a_hundred_states_of_a_true_record_raise_no_alarm(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    teller = HistoryWriter(api, clock, 2)
    earlier = Record(parts).anchor
    for _ in range(100):
        teller.tell(1)

        record = Record(parts)
        assert record.faults(earlier) == []
        earlier = record.anchor
