"""G7: any page of a list as fast as the first, and look-ups that do not feel the size."""

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
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
from benchmarks import databases, stock
from benchmarks.measuring import Result, Size, interleaved, ratio, took

DEEPER = 1.5
LARGER = 2.0
LOOKUP_MS = 1.0
REPEATS = 20
MOST = 9_000  # drivers get by with so many rows on PostgreSQL


class Face:
    """A stocked database, asked over the API within this process."""

    def __init__(self, place: databases.Place, rows: int) -> None:
        self.rows = rows
        self.database: Database = place.database()
        stock.fill(self.database, rows, (*stock.DRAFTS, stock.ANSWERED[0]))
        with self.database.write() as unit:
            token = access.add_token(unit, "bench", SCOPES)
        parts = Context(
            place.settings, self.database, system_clock, main.workspace_of(place.settings)
        )
        self.client = TestClient(main.create_app(parts))
        self.client.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Give back the connections."""
        self.database.close()

    def page(self, after: int | None = None, **narrowed: str) -> dict[str, Any]:
        """Read a page of the list, the newest first."""
        cursor = {} if after is None else {"cursor": paging.cursor(Place(after))}
        answer = self.client.get("/api/v1/takedowns", params=narrowed | cursor)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

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
    """Measure pages and look-ups in small and large stocks."""
    with ExitStack() as stack:
        places = [stack.enter_context(databases.place("SQLite")) for _ in range(2)]
        small = stack.enter_context(closing(Face(places[0], size.few)))
        large = stack.enter_context(closing(Face(places[1], size.many)))
        yield from _pages(size, small, large)
        yield _lookups("SQLite", large)
    with databases.place("PostgreSQL") as place, closing(Face(place, min(size.few, MOST))) as face:
        yield _lookups("PostgreSQL", face)


def _pages(size: Size, small: Face, large: Face) -> Iterator[Result]:
    middle, end = large.rows // 2, 60
    found = interleaved(
        max(size.rounds, 1) * 3,
        {
            "first": lambda: took(large.page),
            "small": lambda: took(small.page),
            "middle": lambda: took(lambda: large.page(middle)),
            "end": lambda: took(lambda: large.page(end)),
            "narrowed": lambda: took(lambda: large.page(end, platform="tiktok")),
        },
    )
    for what in ("middle", "end", "narrowed"):
        factor = ratio(found[what], found["first"])
        yield Result(
            "G7",
            f"page at the {what} ÷ first page, {large.rows:,} takedowns"
            if what != "narrowed"
            else "last page of one platform ÷ first page of all",
            f"{1e3 * median(found[what]):.1f} ms",
            factor,
            f"≤ {DEEPER}",
            factor <= DEEPER,
        )
    factor = ratio(found["first"], found["small"])
    yield Result(
        "G7",
        f"first page of {large.rows:,} ÷ of {small.rows:,} takedowns",
        f"{1e3 * median(found['first']):.1f} ms",
        factor,
        f"≤ {LARGER:.0f}",
        factor <= LARGER,
    )


def _lookups(name: str, face: Face) -> Result:
    dice = random.Random(time.time())
    number = 1 + 2 * dice.randrange(face.rows // 2)
    wanted = {
        "url": f"https://instagram.com/p/{stock.content_of(number)}/?igsh=1",
        "account": f"@ACCOUNT{number // 7}",
        "ticket_id": f"#t-{number}",
        "case_ref": f"CASE-{number // 3}",
    }
    seconds = {}
    for what, value in wanted.items():
        queries = face.asked(partial(face.search, **{what: value}))
        if not queries or not face.search(**{what: value}):
            raise RuntimeError(f"found nothing by {json.dumps(what)}")
        seconds[what] = max(face.seconds_of(*query) for query in queries)
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
