"""Figures worth quoting: ratios within one run, interleaved, the median of several rounds."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

Clock = Callable[[], float]


class Size(NamedTuple):
    """How much of it: rounds, the seconds of one stretch, and rows in a small and a large stock.

    Filled stocks are kept in the folder `stocks`, where there is one.
    """

    rounds: int = 5
    seconds: float = 1.0
    few: int = 5_000
    many: int = 50_000
    stocks: Path | None = None


TINY = Size(rounds=1, seconds=0.05, few=20, many=40)


class Result(NamedTuple):
    """One line of the table; `met` None where there is no goal to meet."""

    goal: str
    what: str
    measured: str
    ratio: float | None
    wanted: str
    met: bool | None


def interleaved(rounds: int, ways: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Measure every way once a round, in turn, so that a slow minute slows them all."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(way())
    return found


def ratio(above: list[float], below: list[float]) -> float:
    """Return the median of the rounds' ratios."""
    return median(one / other for one, other in zip(above, below, strict=True))


def rate(work: Callable[[], object], seconds: float, clock: Clock = time.perf_counter) -> float:
    """Repeat the work for some seconds; returns how often it was done a second of `clock`."""
    count = 0
    start = now = clock()
    until = time.perf_counter() + seconds
    while not count or time.perf_counter() < until:
        work()
        count += 1
    now = clock()
    return count / max(now - start, 1e-9)


def cpu_rate(work: Callable[[], object], seconds: float) -> float:
    """Repeat the work for some seconds; returns how often it was done a second of its CPU time."""
    return rate(work, seconds, time.process_time)


def took(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Return the seconds that the work takes once."""
    start = clock()
    work()
    return clock() - start
