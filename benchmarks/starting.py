"""G14: from the command to ready on an existing database, what it keeps in memory; a help page."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from app.kit.settings import ROOT
from benchmarks import serving, stocks
from benchmarks.measuring import Result, Size, interleaved, ratio

TIMES_BARE = 5.0
MEGABYTES = 150
HELP_SECONDS = 0.5
HELP = "import sys; sys.argv = ['takedown', '--help']; from app.cli import run; run()"


def run(size: Size) -> Iterator[Result]:
    """Measure starts of the tracker beside starts of a server that does nothing."""
    memory: list[float] = []
    with stocks.stocked("mixed", max(size.few // 5, 1), size) as place:

        def tracker() -> float:
            with serving.tracker(place) as server:
                server.get("/api/v1/takedowns")
                time.sleep(size.seconds / 4)
                memory.append(server.megabytes())
                return server.started_in

        def bare() -> float:
            with serving.bare() as server:
                return server.started_in

        found = interleaved(size.rounds, {"tracker": tracker, "bare": bare})
    factor = ratio(found["tracker"], found["bare"])
    yield Result(
        "G14",
        "start to ready ÷ that of a bare FastAPI server",
        f"{median(found['tracker']):.2f} s (bare {median(found['bare']):.2f} s)",
        factor,
        f"≤ {TIMES_BARE:.0f}",
        factor <= TIMES_BARE,
    )
    used = median(memory)
    yield Result(
        "G14", "idle memory", f"{used:.0f} MB", None, f"≤ {MEGABYTES} MB", used <= MEGABYTES
    )
    spent = median(_help() for _ in range(size.rounds))
    yield Result(
        "G14",
        "takedown --help, CPU",
        f"{spent:.2f} s",
        None,
        f"≤ {HELP_SECONDS} s",
        spent <= HELP_SECONDS,
    )


def _help() -> float:
    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    before = used()
    subprocess.run([sys.executable, "-c", HELP], cwd=ROOT, capture_output=True, check=True)
    return used() - before
