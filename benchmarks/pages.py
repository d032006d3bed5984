"""G11: pages of lists, full HTML, as people ask for them: any filter, any stock, few queries."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from statistics import median
from typing import Any

from sqlalchemy import event
from starlette.testclient import TestClient

from app import main
from app.context import Context
from app.kit.clock import system_clock
from app.kit.database import Database
from app.web.shell import csrf
from benchmarks import databases, serving, stock, stocks
from benchmarks.measuring import Result, Size, interleaved, ratio, took

WITHIN_MS = 200.0
TIMES_BARE = 12.0
REPEATS = 5
WARMING, WORKED = 20, 100
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

    def __init__(self, place: databases.Place) -> None:
        self.database: Database = place.database()
        self.token = serving.signed_in(place)
        if place.name == "PostgreSQL":
            with self.database.engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
        workspace = main.workspace_of(place.settings)
        parts = Context(place.settings, self.database, system_clock, workspace)
        self.client = TestClient(main.create_app(parts), base_url="https://testserver")
        self.client.headers["Cookie"] = serving.cookie_of(self.token)

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
    with stocks.stocked("mixed", size.many, size) as place:
        yield from _slowest("SQLite", Site(place), size.many)
        yield from _work(size, place)
    with databases.place("PostgreSQL") as place:
        stocks.fill(place, "mixed", size.few, size)
        yield from _slowest("PostgreSQL", Site(place), size.few)


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
    cookie = serving.cookie_of(serving.signed_in(place))
    with ExitStack() as stack:
        tracker = stack.enter_context(serving.tracker(place))
        bare = stack.enter_context(serving.bare())
        for path in ("/inbox", "/takedowns"):
            found = interleaved(
                size.rounds,
                {
                    "page": lambda path=path: _cpu(tracker, path, cookie),
                    "bare": lambda: _cpu(bare, "/api/v1/health/ready"),
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


def _cpu(server: serving.Server, path: str, cookie: str = "") -> float:
    """Return the CPU seconds a server spends on one request, asked over one connection."""
    with server.caller(cookie) as caller:
        caller.cpu(path, WARMING)
        return caller.cpu(path, WORKED)
