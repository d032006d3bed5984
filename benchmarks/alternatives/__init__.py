"""G13: five jobs of a hotline, done by the tracker and by what else there is, by one client.

A spreadsheet is always there; FIR where `FIR_DIR` names a checkout that `set_up_fir` made ready.
Each has the same rows: an item that was submitted, and when it was gone.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks import stocks
from benchmarks.alternatives import fir, spreadsheet, tracker
from benchmarks.alternatives.rows import JOBS, Job, medians_of, rows_of
from benchmarks.alternatives.way import Way
from benchmarks.measuring import Clock, Result, Size, interleaved, ratio, took

TAKEDOWNS = 10_000
FIR_DIR = "FIR_DIR"
A_MINUTE = 1 / 60  # in hours: to which FIR tells moments


def run(size: Size) -> Iterator[Result]:
    """Fill all with the same, look whether the figures are right, then take the time."""
    with ExitStack() as stack:
        takedowns = min(TAKEDOWNS, size.many)
        evenly = size._replace(few=takedowns)  # over its years
        place = stack.enter_context(stocks.stocked("years", takedowns, evenly))
        rows, zone = rows_of(place), place.settings.zone
        told = f"{len(rows):,} items of {takedowns:,} takedowns"
        yield Result("G13", "rows that each of them has", told, None, "", None)
        ours = stack.enter_context(tracker.served(place))
        ways = [ours, stack.enter_context(spreadsheet.opened(rows))]
        if folder := os.environ.get(FIR_DIR):
            ways.append(stack.enter_context(fir.served(Path(folder), rows, zone)))
        else:
            yield Result("G13", "FIR", f"left out: {FIR_DIR} names no checkout", None, "", None)
        yield from (_right(way, medians_of(rows, zone)) for way in ways)
        for job in Job:
            yield from _compared(job, ways, size)


def _right(way: Way, right: Mapping[str, float]) -> Result:
    """Compare the medians that one comes to with those by hand, to the minute."""
    found = way.medians()
    equal = sum(
        hours == (other := found.get(platform, inf)) or abs(hours - other) <= A_MINUTE
        for platform, hours in right.items()
    )
    instead = way.instead.get(Job.FIGURES)
    return Result(
        "G13",
        f"medians that are right with open ones counted, {way.name}",
        f"{equal} of {len(right)} platforms" + (f" ({instead})" if instead else ""),
        None,
        "all",
        equal == len(right) if way.name == tracker.NAME else None,
    )


def _compared(job: Job, ways: Sequence[Way], size: Size) -> Iterator[Result]:
    """Let all do a job in turn, by the clock and then by the CPU; set each beside the tracker."""

    def taking(clock_of: Callable[[Way], Clock]) -> dict[str, list[float]]:
        each = {way.name: partial(took, way.jobs[job], clock_of(way)) for way in ways}
        return interleaved(size.rounds, each)

    times, cpu = taking(lambda _: perf_counter), taking(lambda way: partial(_spent, way))
    for way in ways[1:]:
        factor = ratio(times[way.name], times[tracker.NAME])
        instead = way.instead.get(job)
        yield Result(
            "G13",
            f"{JOBS[job]}: {way.name} ÷ tracker",
            f"{_ms(times[way.name])} and {_ms(times[tracker.NAME])}; of CPU "
            f"{ratio(cpu[way.name], cpu[tracker.NAME]):.1f} ×"
            + (f" ({instead})" if instead else ""),
            factor,
            "" if instead else "> 1",
            None if instead else factor > 1,
        )


def _spent(way: Way) -> float:
    """Return the CPU seconds so far of one, and of the client that asks it."""
    return way.spent() + process_time()


def _ms(seconds: Sequence[float]) -> str:
    return f"{1e3 * median(seconds):,.0f} ms"
