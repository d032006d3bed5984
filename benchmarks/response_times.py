"""The plain, exact path of response times: every takedown replayed for every question."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from statistics import median

from benchmarks import databases, serving, stock
from benchmarks.measuring import Result, Size, interleaved, ratio, took

GOAL_MS = 50
PATH = "/api/v1/metrics/response-times"


def run(size: Size) -> Iterator[Result]:
    """Measure the figures of all platforms over a small and a ten times larger stock."""
    counts = (size.few // 5, 2 * size.few)
    with ExitStack() as stack:
        servers = {}
        for count in counts:
            place = stack.enter_context(databases.place("SQLite"))
            database = place.database()
            stock.fill(database, count, stock.ANSWERED)
            database.close()
            servers[f"{count:,}"] = stack.enter_context(serving.tracker(place))
        found = interleaved(
            size.rounds,
            {name: partial(took, partial(server.get, PATH)) for name, server in servers.items()},
        )
    few, many = found
    for name in found:
        milliseconds = 1e3 * median(found[name])
        yield Result(
            "G4",
            f"response times over {name} takedowns" + (f" ÷ {few}" if name == many else ""),
            f"{milliseconds:,.0f} ms, exact path",
            ratio(found[many], found[few]) if name == many else None,
            f"≤ {GOAL_MS} ms" if name == few else f"≤ {GOAL_MS} ms, ≤ 1.5",
            milliseconds <= GOAL_MS and name == few,
        )
