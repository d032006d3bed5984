"""G11: pages of lists, full HTML, as people ask for them: any filter, any stock, few queries."""

import http.client
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event
from starlette.testclient import TestClient

from app import demo, main
from app.accounts import sessions
from app.context import Context
from app.kit.clock import system_clock
from app.kit.database import Database
from app.web.shell import csrf
from benchmarks import databases, serving, stock
from benchmarks.measuring import Result, Size, interleaved, ratio, took

COOKIE = "__Host-session"
WITHIN_MS = 200.0
TIMES_BARE = 12.0
REPEATS = 5
FILTERS = (
    "/inbox",
    "/inbox?turn=platform",
    "/inbox?turn=all",
    "/inbox?turn=aside",
    "/inbox?mine=1",
    "/inbox?platform=tiktok",
    "/inbox?turn=all&platform=pornhub&category=grooming",
    "/takedowns",
    "/takedowns?platform=tiktok",
    "/takedowns?stage=held",
    "/takedowns?platform=x&stage=withdrawn&overdue=no",
    "/takedowns?next_step=release&category=csam",
    "/takedowns?provider=Snap+B.V.",
    "/takedowns?submitted_from=2022-01-01&submitted_to=2029-01-01&basis=voluntary",
    "/takedowns?case_ref=CASE-7",
)


class Site:
    """A stocked database and somebody who is signed in, asked within this process."""

    def __init__(self, place: databases.Place, rows: int) -> None:
        self.database: Database = place.database()
        stock.fill(self.database, rows, (*stock.DRAFTS, *stock.ANSWERED))
        self.token = signed_in(self.database)
        if place.name == "PostgreSQL":
            with self.database.engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
        workspace = main.workspace_of(place.settings)
        parts = Context(place.settings, self.database, system_clock, workspace)
        self.client = TestClient(main.create_app(parts), base_url="https://testserver")
        self.client.headers["Cookie"] = f"{COOKIE}={self.token}"

    def see(self, path: str) -> str:
        """Read a page."""
        answer = self.client.get(path)
        answer.raise_for_status()
        return answer.text

    def search(self, text: str) -> str:
        """Look for a text."""
        form = {"text": text, csrf.FIELD: csrf.token(self.token)}
        answer = self.client.post("/search", data=form, headers={"Sec-Fetch-Site": "same-origin"})
        answer.raise_for_status()
        return answer.text

    def pages(self) -> Mapping[str, Callable[[], str]]:
        """Every kind of list, by its address."""
        asked: dict[str, Callable[[], str]] = {
            path: (lambda path=path: self.see(path)) for path in FILTERS
        }
        url = f"https://instagram.com/p/{stock.content_of(7)}/?igsh=1"
        return asked | {
            "search for a link": lambda: self.search(url),
            "search for nothing": lambda: self.search("nothing of the kind"),
        }

    def queries(self, ask: Callable[[], object]) -> int:
        """Return how many statements a page takes."""
        told: list[str] = []

        def note(*given: Any) -> None:
            told.append(given[2])

        event.listen(self.database.engine, "before_cursor_execute", note)
        ask()
        event.remove(self.database.engine, "before_cursor_execute", note)
        return len(told)


def run(size: Size) -> Iterator[Result]:
    """Measure every list in a large stock, and the work of one page beside the least possible."""
    for name, rows in zip(databases.NAMES, (size.many, size.few), strict=True):
        with databases.place(name) as place:
            yield from _slowest(name, Site(place, rows), rows)
    with databases.place("SQLite") as place:
        yield from _work(size, place)


def signed_in(database: Database) -> str:
    """Let somebody who does not exist sign in; returns the token of the visit."""
    with database.write() as unit:
        demo.join(unit)
        return sessions.begin(unit, 1, is_complete=True)


def _slowest(name: str, site: Site, rows: int) -> Iterator[Result]:
    pages = site.pages()
    seconds = {}
    for path, ask in pages.items():
        ask()
        seconds[path] = median(took(ask) for _ in range(REPEATS))
    slowest = max(seconds, key=lambda path: seconds[path])
    milliseconds = 1e3 * seconds[slowest]
    yield Result(
        "G11",
        f"slowest of {len(pages)} lists ({slowest}), {rows:,} takedowns, {name}",
        f"{milliseconds:.0f} ms; {1e3 * median(seconds.values()):.0f} ms the median list",
        None,
        f"≤ {WITHIN_MS:.0f} ms",
        milliseconds <= WITHIN_MS,
    )
    counts = [site.queries(ask) for ask in pages.values()]
    most = max(counts)
    yield Result(
        "G11",
        f"statements for a page of 50 rows or none, {name}",
        f"{min(counts)}-{most}",
        None,
        "constant",
        site.queries(pages["/inbox"]) == site.queries(pages["/inbox?turn=all"]),
    )


def _work(size: Size, place: databases.Place) -> Iterator[Result]:
    database = place.database()
    stock.fill(database, max(size.few, 60), stock.ANSWERED)
    token = signed_in(database)
    database.close()
    with ExitStack() as stack:
        tracker = stack.enter_context(serving.tracker(place))
        bare = stack.enter_context(serving.bare())
        for path in ("/inbox", "/takedowns"):
            found = interleaved(
                size.rounds,
                {
                    "page": lambda path=path: _cpu(tracker, path, token, size.seconds),
                    "bare": lambda: _cpu(bare, "/api/v1/health/ready", "", size.seconds),
                },
            )
            factor = ratio(found["page"], found["bare"])
            yield Result(
                "G11",
                f"CPU of {path} with 50 rows ÷ of a bare hello",
                f"{1e3 * median(found['page']):.2f} ms",
                factor,
                f"≤ {TIMES_BARE:.0f}",
                factor <= TIMES_BARE,
            )


def _cpu(server: serving.Server, path: str, token: str, seconds: float) -> float:
    """Return the CPU seconds a server spends on one request, asked over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=serving.PATIENCE)
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}

    def ask() -> None:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    for _ in range(20):
        ask()
    count, before, until = 0, _spent(server), time.perf_counter() + seconds
    while not count or time.perf_counter() < until:
        ask()
        count += 1
    spent = _spent(server) - before
    connection.close()
    return max(spent, 1e-6) / count


def _spent(server: serving.Server) -> float:
    """Return the CPU seconds of a process so far, all its threads, as Linux counts them."""
    threads = Path(f"/proc/{server.process.pid}/task").iterdir()
    return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e9
