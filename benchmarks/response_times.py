"""G4 and G6: figures of three years, the views people open, and lists asked for meanwhile.

All of it is the server's CPU. The stocks hold as much in their last quarter, whatever their size.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from statistics import median
from typing import NamedTuple
from unittest.mock import patch

from app import main
from app.takedowns import cache, items, lifecycle, measures, queries
from benchmarks import databases, load, persisting, serving, stock, stocks
from benchmarks.measuring import Result, Size, cpu_rate, interleaved, ratio
from benchmarks.serving import Caller

PATH = "/api/v1/metrics/response-times?by="
LIST = "/api/v1/takedowns?limit=50"
GROUPS = ("all", "platform", "month")
FEW, MANY = 10_000, 100_000
# Seconds of CPU at so many takedowns.
WITHIN = {FEW: 0.06, MANY: 0.3}
GROWS = 1.5
SLOWER = 2.0
WRITES = 1.05
FROM = (stock.END - stock.QUARTER).date()
DAYS = f"from={FROM}&to={stock.END.date()}"
PAGE_DAYS = f"from={FROM}&until={(stock.END - timedelta(days=1)).date()}"
A_MONTH_AGO = f"{stock.END - timedelta(days=20):%Y-%m-%dT%H:%M:%SZ}"
# What people open, by its name; of each stock the same rows are asked.
VIEWS = {
    "a quarter": f"{PATH}platform&{DAYS}",
    "one platform's quarter": f"{PATH}all&platform=tiktok&{DAYS}",
    "one category's quarter": f"{PATH}all&category=csam&{DAYS}",
    "the page /metrics": f"/metrics?compare=none&{PAGE_DAYS}",
    "a platform's card": f"/platforms/tiktok?{PAGE_DAYS}",
    "a quarter, a past as_of": f"{PATH}platform&{DAYS}&as_of={A_MONTH_AGO}",
}


class Asked(NamedTuple):
    """A stock that is served, and who asks: the API with a token, the pages with a cookie."""

    rows: int
    by_token: Caller
    by_cookie: Caller

    def cpu(self, path: str, times: int = 1) -> float:
        """Return the server's CPU seconds for one request."""
        caller = self.by_token if path.startswith("/api/") else self.by_cookie
        return caller.cpu(path, times)


def run(size: Size) -> Iterator[Result]:
    """Measure figures in a small and a ten times larger stock."""
    few = min(size.few, FEW)
    with ExitStack() as stack:
        asked = [
            served(stack, stack.enter_context(stocks.stocked("years", rows, size)), rows)
            for rows in (few, 10 * few)
        ]
        for one in asked:
            yield from _whole(size, one)
        yield from _views(size, asked)
        yield _beside(size, asked[-1])
    yield _writing(size)


def served(stack: ExitStack, place: databases.Place, rows: int) -> Asked:
    """Serve a stock of so many takedowns."""
    cookie = serving.cookie_of(serving.signed_in(place))
    server = stack.enter_context(serving.tracker(place))
    by_token, by_cookie = server.caller(), server.caller(cookie)
    return Asked(rows, stack.enter_context(by_token), stack.enter_context(by_cookie))


def _whole(size: Size, asked: Asked) -> Iterator[Result]:
    """Ask for all three years: once with nothing kept in memory, then with all of it."""
    cold = asked.cpu(f"{PATH}all")
    memory = asked.by_token.server.megabytes()
    warm = interleaved(size.rounds, {by: partial(asked.cpu, PATH + by) for by in GROUPS})
    past = [asked.cpu(f"{PATH}platform&as_of={A_MONTH_AGO}") for _ in range(size.rounds)]
    spent = {by: median(found) for by, found in warm.items()}
    within = next((limit for rows, limit in WITHIN.items() if asked.rows <= rows), None)
    yield Result(
        "G4",
        f"figures of three years by {', '.join(GROUPS)}, {asked.rows:,} takedowns",
        f"{', '.join(_ms(one) for one in spent.values())} of CPU; the first time {_ms(cold)}; "
        f"of a month ago {_ms(median(past))}; the server then holds {memory:.0f} MB",
        None,
        "" if within is None else f"≤ {_ms(within)}",
        None if within is None else max(spent.values()) <= within,
    )


def _views(size: Size, asked: Sequence[Asked]) -> Iterator[Result]:
    """Ask for what people open: its cost follows what is asked, not history."""
    small, large = asked
    for name, path in VIEWS.items():
        ways = {str(one.rows): partial(one.cpu, path, 2) for one in asked}
        for way in ways.values():
            way()
        below, above = interleaved(size.rounds, ways).values()
        factor = ratio(above, below)
        yield Result(
            "G4",
            f"{name}: of {large.rows:,} ÷ of {small.rows:,} takedowns",
            f"{_ms(median(above))} of CPU",
            factor,
            f"≤ {GROWS}",
            factor <= GROWS,
        )


def _beside(size: Size, asked: Asked) -> Result:
    """Ask for the first page of the list, alone and while figures are made without a pause."""
    server = asked.by_token.server
    plan = load.Plan(server.port, LIST, server.token, "", 1, 2 * size.seconds)
    figures = load.Plan(server.port, f"{PATH}month", server.token, "", 1, 2 * size.seconds + 1)

    def beside() -> float:
        with load.calling(figures):
            return load.seen(plan).p99

    found = interleaved(size.rounds, {"alone": lambda: load.seen(plan).p99, "beside": beside})
    factor = ratio(found["beside"], found["alone"])
    return Result(
        "G6",
        f"p99 of a list while figures of {asked.rows:,} are made ÷ alone",
        f"{_ms(median(found['beside']))} and {_ms(median(found['alone']))}",
        factor,
        f"≤ {SLOWER:.0f}",
        factor <= SLOWER,
    )


def _writing(size: Size) -> Result:
    """Log takedowns, and write down each of their events, with and without what figures measure."""
    with databases.place("SQLite") as place:
        database = place.database()
        stock.fill(database, len(stock.ANSWERED), stock.ANSWERED)
        workspace = main.workspace_of(place.settings)
        with database.read() as unit:
            timelines = queries.events_of(unit, range(1, len(stock.ANSWERED) + 1))

        def once() -> None:
            persisting.create(database, workspace)
            with database.write() as unit:
                for key, timeline in timelines.items():
                    cache.write(unit, key, timeline, missing=(), now=unit.clock())

        def measured() -> float:
            return 1 / cpu_rate(once, size.seconds)

        def bare() -> float:
            nothing = measures.measures_of((), starts_at=None, ends_at=None, holds=())
            with (
                patch.object(lifecycle, "measures_of", lambda *_, **__: nothing),
                patch.object(items, "measured_item", lambda *_: measures.MeasuredItem()),
            ):
                return measured()

        once()
        found = interleaved(size.rounds, {"measured": measured, "bare": bare})
        database.close()
    factor = ratio(found["measured"], found["bare"])
    return Result(
        "G6",
        f"a takedown logged and {len(timelines)} rewritten, with what figures measure ÷ without",
        f"{1e3 * median(found['measured']):.1f} ms of CPU",
        factor,
        f"≤ {WRITES}",
        factor <= WRITES,
    )


def _ms(seconds: float) -> str:
    return f"{1e3 * seconds:,.0f} ms"
