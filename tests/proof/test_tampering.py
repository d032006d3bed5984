"""Whatever is changed in the record behind the application's back, `takedown verify` finds it."""

from collections import defaultdict
from random import Random
from typing import Any

import pytest

from app.context import Context
from app.kit.vault import Vault
from app.takedowns.models import events
from tests.api_client import ApiClient
from tests.databases import Story
from tests.factories import ManualClock
from tests.proof.falsified import Falsification, Record, rebound
from tests.proof.tampering import RECORD, with_change
from tests.random_histories import HistoryWriter
from tests.sample_record import populate


@pytest.fixture
def past() -> Story:
    return populate


@pytest.fixture
def record(parts: Context) -> Record:
    return Record(parts)


def test_a_change_of_any_column_is_found(record: Record) -> None:
    dice = Random(1)
    by_column = defaultdict(list)
    for trial in record.cells(dice):
        by_column[trial.what.split()[0]].append(trial)

    assert len(by_column) == sum(len(table.columns) for table in RECORD)
    record.check([dice.choice(trials) for trials in by_column.values()])


def test_a_row_deleted_copied_or_swapped_is_found(record: Record) -> None:
    trials = list(record.rows())

    record.check(Random(1).sample(trials, 40))


@pytest.mark.slow
@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_value_of_another_type_is_found(record: Record) -> None:
    trials = []
    for table in RECORD:
        rows = record.intruder.found[table.name]
        for column in table.columns:
            if [column] == list(table.primary_key.columns):
                continue  # the one column whose type SQLite insists on
            value = mistyped(rows[0][column.name])
            changed = with_change(rows, 0, column.name, value)
            trials.append(Falsification(f"{table.name}.{column.name} -> {value!r}", table, changed))

    record.check(trials)


def test_a_chain_rewritten_with_another_key_is_found(record: Record) -> None:
    rows = record.intruder.found["events"]
    another = Vault(bytes(range(32)))
    starts = (0, 1, len(rows) // 2, len(rows) - 1)

    record.check([Falsification(f"from {n}", events, rebound(record, another, n)) for n in starts])


def test_what_a_consistent_change_hides_a_head_kept_elsewhere_shows(record: Record) -> None:
    rows = record.intruder.found["events"]
    for changed in (
        rows[:-1],
        rows[: len(rows) // 2],
        [],
        rebound(record, record.parts.database.vault, 2),
    ):
        with record.intruder.having(events, changed):
            assert record.faults(record.anchor) != []


@pytest.mark.parametrize(
    "changed", [{"kind": "unheard_of"}, {"data": '{"availability":"nowhere"}'}, {"data": "{}"}]
)
def test_a_timeline_that_holds_what_nobody_can_read_is_named(
    record: Record, changed: dict[str, str]
) -> None:
    rows, vault = record.intruder.found["events"], record.parts.database.vault
    place = next(place for place, row in enumerate(rows) if row["kind"] == "seen")

    with record.intruder.having(events, rebound(record, vault, place, **changed)):
        [fault] = record.faults()

    assert "cannot be replayed" in fault


def test_an_older_copy_of_the_database_is_found_by_a_head_kept_elsewhere(
    record: Record, api: ApiClient, clock: ManualClock
) -> None:
    older = record.intruder
    HistoryWriter(api, clock, 1).tell(20)
    newer = Record(record.parts)
    for table in RECORD:
        older.write(table, older.found[table.name])

    assert (newer.faults(), record.faults(record.anchor)) == ([], [])
    assert newer.faults(newer.anchor) != []


@pytest.mark.slow
def test_a_change_of_any_cell_or_row_is_found(record: Record) -> None:
    trials = [*record.cells(Random(1)), *record.rows()]

    record.check(trials if record.parts.database.is_sqlite else Random(1).sample(trials, 300))


def mistyped(value: Any) -> Any:
    """What SQLite stores as well, whatever the column says."""
    match value:
        case bytes():
            return value.hex()
        case str():
            return value.encode()
        case int():
            return f"{value} or so"
        case _:
            return b"something"
