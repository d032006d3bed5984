"""G7: any page of a list as fast as the first, and every list and look-up as fast in any stock."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from statistics import median
from typing import Any

from sqlalchemy import event
from starlette.testclient import TestClient

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.context import Context
from app.kit import paging
from app.kit.clock import system_clock
from app.kit.database import Database
from app.kit.paging import Place
from benchmarks import databases, lists, serving, stock, stocks
from benchmarks.measuring import Result, Size, interleaved, ratio, took
from benchmarks.serving import Caller

AT_MOST = 1.5
LOOKUP_MS = 1.0
REPEATS = 20
AT_ONCE = 5  # requests of one sort in a row
FEW = 10_000
PAGE = "/api/v1/takedowns"


class Face:
    """A stocked database, asked over the API within this process."""

    def __init__(self, place: databases.Place, rows: int) -> None:
        self.rows = rows
        self.database: Database = place.database()
        with self.database.write() as unit:
            token = access.add_token(unit, "bench in process", SCOPES)
        parts = Context(
            place.settings, self.database, system_clock, main.workspace_of(place.settings)
        )
        self.client = TestClient(main.create_app(parts))
        self.client.headers["Authorization"] = f"Bearer {token}"

    def search(self, **wanted: str) -> int:
        """Search; returns how many were found."""
        answer = self.client.post("/api/v1/takedowns/search", json=wanted)
        answer.raise_for_status()
        return len(answer.json()["data"])

    def asked(self, call: Callable[[], object]) -> list[tuple[str, Any]]:
        """Return the queries for takedowns that a call makes."""
        told: list[tuple[str, Any]] = []

        def note(*given: Any) -> None:
            if "FROM takedowns" in given[2] and "LIMIT" in given[2]:
                told.append((given[2], given[3]))

        event.listen(self.database.engine, "before_cursor_execute", note)
        call()
        event.remove(self.database.engine, "before_cursor_execute", note)
        return told

    def seconds_of(self, text: str, given: Any) -> float:
        """Return the median time of a query in the database, all rows fetched."""
        raw = self.database.engine.raw_connection()
        cursor = raw.cursor()

        def once() -> None:
            cursor.execute(text, given)
            cursor.fetchall()

        found = median(took(once) for _ in range(REPEATS))
        raw.close()
        return found


def run(size: Size) -> Iterator[Result]:
    """Measure pages, lists and look-ups in small and large stocks."""
    few = min(FEW, size.few)
    with ExitStack() as stack:
        small, large = (
            stack.enter_context(stocks.stocked("mixed", rows, size)) for rows in (few, size.many)
        )
        callers = [_callers(stack, place) for place in (small, large)]
        yield from _pages(size, callers[1][1])
        yield from _lists(size, callers, f"{size.many:,} ÷ of {few:,} takedowns")
        face = Face(large, size.many)
        yield _lookups("SQLite", face)
        face.database.close()
    with databases.place("PostgreSQL") as place:
        stocks.fill(place, "mixed", few, size)
        face = Face(place, few)
        yield _lookups("PostgreSQL", face)
        face.database.close()


def _callers(stack: ExitStack, place: databases.Place) -> tuple[Caller, Caller]:
    """Serve a place; returns who asks the API, and who asks for pages."""
    cookie = serving.cookie_of(serving.signed_in(place))
    server = stack.enter_context(serving.tracker(place))
    by_token, by_cookie = server.caller(), server.caller(cookie)
    return stack.enter_context(by_token), stack.enter_context(by_cookie)


def _pages(size: Size, caller: Caller) -> Iterator[Result]:
    """Compare pages anywhere in a list with its first."""

    def spent(after: int | None = None, narrowed: str = "") -> float:
        cursor = "" if after is None else f"&cursor={paging.cursor(Place(after))}"
        return caller.cpu(f"/takedowns?{narrowed}{cursor}", AT_ONCE)

    middle, end = size.many // 2, min(60, size.many)
    ways = {
        "the middle": lambda: spent(middle),
        "the end": lambda: spent(end),
        "the end of one platform": lambda: spent(8 * end, "platform=tiktok"),
    }
    found = interleaved(size.rounds, {"first": spent, **ways})
    for where in ways:
        factor = ratio(found[where], found["first"])
        yield Result(
            "G7",
            f"page at {where} ÷ first page, {size.many:,} takedowns",
            f"{1e3 * median(found[where]):.1f} ms of CPU",
            factor,
            f"≤ {AT_MOST}",
            factor <= AT_MOST,
        )


def _lists(size: Size, callers: list[tuple[Caller, Caller]], what: str) -> Iterator[Result]:
    """Compare every list, filter and search in a large stock with the same in a small one."""
    factors, spent = dict[str, float](), dict[str, float]()
    for name, ask in _asked().items():
        ways = {str(place): partial(ask, *pair) for place, pair in enumerate(callers)}
        for way in ways.values():
            way()
        small, large = interleaved(size.rounds, ways).values()
        factors[name], spent[name] = ratio(large, small), 1e3 * median(large)
    worst = sorted(factors, key=lambda name: -factors[name])
    beyond = [name for name in worst if factors[name] > AT_MOST]
    yield Result(
        "G7",
        f"the list that grows most of {len(factors)} ({worst[0]}): of {what}",
        f"{spent[worst[0]]:.1f} ms of CPU, {median(spent.values()):.1f} ms the median list",
        factors[worst[0]],
        f"≤ {AT_MOST}",
        not beyond,
    )
    for name in beyond[1:]:
        told = f"{spent[name]:.1f} ms of CPU"
        yield Result("G7", f"{name}: of {what}", told, factors[name], f"≤ {AT_MOST}", False)


def _asked() -> dict[str, Callable[[Caller, Caller], float]]:
    """Return what a request of each sort costs one who asks with a token or by a page."""

    def listed(path: str, by_token: Caller, by_cookie: Caller) -> float:
        return (by_token if path.startswith(PAGE) else by_cookie).cpu(path, AT_ONCE)

    def searched(body: dict[str, str], by_token: Caller, _: Caller) -> float:
        return by_token.cpu(f"{PAGE}/search", AT_ONCE, body)

    ways: dict[str, Callable[[Caller, Caller], float]] = {
        path.removeprefix("/api/v1"): partial(listed, path) for path in lists.LISTS
    }
    for name, body in lists.searches(7).items():
        ways[f"search by {name}"] = partial(searched, dict(body))
    return ways


def _lookups(name: str, face: Face) -> Result:
    stories = (*stock.DRAFTS, *stock.ANSWERED)
    sent = [n for n in range(1, face.rows) if stock.story_of(n, stories) is stock.ANSWERED[0]]
    number = random.choice(sent)  # one that was sent has a ticket
    seconds = {}
    for what, wanted in lists.searches(number).items():
        queries = face.asked(partial(face.search, **wanted))
        if not face.search(**wanted) and what != "nothing":
            raise RuntimeError(f"found nothing by {what}")
        seconds[what] = max((face.seconds_of(*query) for query in queries), default=0.0)
    slowest = 1e3 * max(seconds.values())
    told = ", ".join(f"{what} {1e3 * value:.2f}" for what, value in seconds.items())
    return Result(
        "G7",
        f"look-ups in the database, {face.rows:,} takedowns, {name}",
        f"{told} ms",
        None,
        f"≤ {LOOKUP_MS:.0f} ms",
        slowest <= LOOKUP_MS,
    )
