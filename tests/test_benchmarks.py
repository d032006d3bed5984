"""Every benchmark runs and says something; how fast it was is no matter of a test."""

from importlib import import_module

import pytest

from app import proof
from benchmarks import __main__ as bench
from benchmarks import databases, stock
from benchmarks.measuring import TINY, Result


@pytest.mark.soak
@pytest.mark.parametrize("name", bench.NAMES)
def test_a_benchmark_runs_to_its_end(name: str) -> None:
    results = list(import_module(f"benchmarks.{name}").run(TINY))

    assert results
    assert all(result.goal.startswith("G") and result.measured for result in results)


@pytest.mark.soak
@pytest.mark.parametrize("name", databases.NAMES)
def test_a_stocked_database_is_as_good_as_a_grown_one(name: str) -> None:
    with databases.place(name) as place:
        database = place.database()
        stock.fill(database, 9, stock.ANSWERED)
        stock.fill(database, 5)

        with database.read() as unit:
            faults = list(proof.faults(unit))
        database.close()

    assert faults == []


def test_a_table_says_what_was_met_and_what_was_not() -> None:
    results = [
        Result("G1", "creates", "9/s", 0.4, "≥ 0.35", True),
        Result("G2", "p99", "", None, "", False),
    ]

    assert bench.table(results)[2:] == [
        "| G1 | creates | 9/s | 0.40 | ≥ 0.35 | yes |",
        "| G2 | p99 |  |  |  | **no** |",
    ]
