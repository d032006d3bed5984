"""Every benchmark runs and says something; how fast it was is no matter of a test."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module

import pytest

from app import proof
from benchmarks import __main__ as bench
from benchmarks import databases, load, recognising, rendering, stock
from benchmarks.measuring import TINY, Result
from benchmarks.reliability import Size, Trial, stopping
from benchmarks.reliability import __main__ as trials


@pytest.mark.soak
@pytest.mark.parametrize("name", [*bench.NAMES, "growth"])
def test_a_benchmark_runs_to_its_end(name: str) -> None:
    results = list(import_module(f"benchmarks.{name}").run(TINY))

    assert results
    assert all(result.goal.startswith("G") and result.measured for result in results)


@pytest.mark.soak
@pytest.mark.parametrize("name", databases.NAMES)
def test_a_stocked_database_is_as_good_as_a_grown_one(name: str) -> None:
    with databases.place(name) as place:
        database = place.database()
        stock.fill(database, 3 * len(stock.ANSWERED), stock.ANSWERED)
        stock.fill(database, 5)

        with database.read() as unit:
            faults = list(proof.faults(unit))
        database.close()

    assert faults == []


FEW = Size(
    sqlite_kills=1, postgresql_kills=1, polls=3, half_open=5, callers=2, readers=2, seconds=0.5
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in trials.NAMES if name != "crowd"])
def test_a_trial_of_what_a_server_bears_passes(name: str) -> None:
    found = trials.tried(name, FEW)

    assert [(trial.database, trial.met) for trial in found] == [
        ("SQLite", True),
        ("PostgreSQL", True),
    ]


@pytest.mark.slow
def test_in_a_crowd_nothing_fails() -> None:
    found = trials.tried("crowd", FEW)

    assert [trial.lost for trial in found] == ["0 errors, 0 faults of the record"] * 2


def test_a_trial_that_breaks_off_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(*_: object) -> Trial:
        raise RuntimeError

    monkeypatch.setattr(stopping, "run", broken_off)
    monkeypatch.setattr(databases, "NAMES", ("SQLite",))

    assert trials.table(trials.tried("stopping", FEW))[2:] == [
        "| stopping | SQLite |  | the trial broke off: RuntimeError |  |  | **no** |"
    ]


def test_the_page_of_what_a_server_bears_is_as_the_command_writes_it() -> None:
    start, end = trials.BETWEEN
    written = trials.PAGE.read_text("utf-8").partition(start)[2].partition(end)[0]
    rows = [line for line in written.splitlines() if line.startswith("|")]

    assert rows[:2] == trials.table([])
    assert len(rows) == 2 + len(databases.NAMES) * len(trials.NAMES)


def test_a_benchmark_that_breaks_off_is_told_and_does_not_end_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_off(_: object) -> Iterator[Result]:
        yield Result("G8", "links", "9/s", None, "", True)
        raise RuntimeError

    def whole(_: object) -> Iterator[Result]:
        yield Result("G9", "notices", "7/s", None, "", True)

    monkeypatch.setattr(recognising, "run", broken_off)
    monkeypatch.setattr(rendering, "run", whole)
    monkeypatch.setattr(sys, "argv", ["bench", "recognising", "rendering"])

    assert bench.main() == 1
    told = capsys.readouterr()
    assert told.err.splitlines()[-1] == "1 of 2 did not come to their end: recognising"
    assert told.out.splitlines()[2:5] == [
        "| G8 | links | 9/s |  |  | yes |",
        "| - | recognising: broke off, RuntimeError |  |  |  |  |",
        "| G9 | notices | 7/s |  |  | yes |",
    ]


def test_a_caller_asks_once_though_its_time_is_over() -> None:
    async def answered() -> list[float]:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            await reader.read()
            writer.close()
            await writer.wait_closed()
            ended.set()

        ended = asyncio.Event()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            plan = load.Plan(port, "/health/live", "", "", connections=1, seconds=0.0)
            times, failed = await load._caller(plan, until=0.0)
            await ended.wait()
        assert failed == 0
        return times

    assert len(asyncio.run(answered())) == 1


def test_nobody_answered_is_no_rate_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    none = f"import json; print(json.dumps({asdict(load.Seen(0.0, 0.0, 0.0, 16))!r}))"
    monkeypatch.setattr(load, "_words", lambda _: [sys.executable, "-c", none])

    with pytest.raises(TimeoutError, match="/takedowns"):
        load.seen(load.Plan(1, "/takedowns", "", "", connections=16, seconds=0.1))


def test_a_table_says_what_was_met_and_what_was_not() -> None:
    results = [
        Result("G1", "creates", "9/s", 0.4, "≥ 0.35", True),
        Result("G2", "p99", "", None, "", False),
    ]

    assert bench.table(results)[2:] == [
        "| G1 | creates | 9/s | 0.40 | ≥ 0.35 | yes |",
        "| G2 | p99 |  |  |  | **no** |",
    ]
