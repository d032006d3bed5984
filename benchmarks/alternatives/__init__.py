"""G13: five jobs of a hotline, done by the tracker and by a spreadsheet, in turn, by one client.

The spreadsheet is pandas on XLSX in an environment of its own, made for as long as it is needed:
each job opens the file, and saves it where it wrote. It has what people keep in one: a row for an
item, with the hour of each step. The tracker is asked over its API, one connection.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from math import inf
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from app.kit.clock import stamp
from app.takedowns.models import items, takedowns
from benchmarks import databases, serving, stock, stocks
from benchmarks.measuring import Result, Size, interleaved, ratio, took
from benchmarks.serving import Caller

NEEDED = ("pandas", "openpyxl")
API = "/api/v1"
DAYS = f"from={(stock.END - stock.QUARTER).date()}&to={stock.END.date()}"
AS_OF = f"{stock.END - stock.QUARTER / 3:%Y-%m-%dT%H:%M:%SZ}"
JOBS: Mapping[str, str] = {
    "log": "a request logged, its notice filled in",
    "answer": "an answer recorded",
    "figures": "median and 90th percentile of a quarter by platform, open ones counted",
    "find": "found again by its link",
    "past": "the same figures as of two months ago",
}
Rows = list[dict[str, Any]]  # as the workbook takes them


class Spreadsheet:
    """A workbook, and the process that does a job on it at a word."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def do(self, job: str, **told: object) -> Any:  # JSON, as the job answers
        """Do a job; returns what it found."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"job": job, **told}), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


def run(size: Size) -> Iterator[Result]:
    """Fill both with the same, look whether the figures are right, then take the time."""
    with ExitStack() as stack:
        place = stack.enter_context(stocks.stocked("years", size.few, size))
        rows = _rows(place)
        sheet = stack.enter_context(_spreadsheet(rows))
        caller = stack.enter_context(stack.enter_context(serving.tracker(place)).caller())
        yield from _right(caller, sheet, rows)
        jobs = _jobs(caller)
        for job, what in JOBS.items():
            ways = {"tracker": jobs[job], "spreadsheet": partial(sheet.do, job, **_asked(job))}
            found = interleaved(
                size.rounds, {name: partial(took, way) for name, way in ways.items()}
            )
            factor = ratio(found["spreadsheet"], found["tracker"])
            ours, theirs = (1e3 * median(found[name]) for name in ("tracker", "spreadsheet"))
            yield Result(
                "G13",
                f"{what}: a spreadsheet of {len(rows):,} rows ÷ the tracker",
                f"{theirs:,.0f} ms and {ours:,.0f} ms",
                factor,
                "> 1",
                factor > 1,
            )


def _right(caller: Caller, sheet: Spreadsheet, rows: Rows) -> Iterator[Result]:
    """Compare the medians of both with a count by hand: open ones are those that come last."""
    right = _by_hand(rows)
    answer = json.loads(caller.call(f"{API}/metrics/response-times?by=platform&{DAYS}"))
    told = {
        "tracker": {one["key"]: one["gone"]["median_hours"] for one in answer["groups"]},
        "spreadsheet": sheet.do("figures", **_asked("figures")),
    }
    for name, found in told.items():
        equal = sum(
            abs((found.get(platform) or inf) - hours) < 1e-6 or found.get(platform) is hours is None
            for platform, hours in right.items()
        )
        yield Result(
            "G13",
            f"medians that are right with open ones counted, {name}",
            f"{equal} of {len(right)} platforms",
            None,
            "all",
            equal == len(right) if name == "tracker" else None,
        )


def _by_hand(rows: Rows) -> dict[str, float]:
    """Return the hour by which half of a platform's items were gone: no end is later than that."""
    ends: dict[str, list[float]] = {}
    for row in rows:
        if DAYS[5:15] <= row["submitted"][:10] < DAYS[-10:]:
            ends.setdefault(row["platform"], []).append(inf if row["gone"] is None else row["gone"])
    halves = {platform: sorted(hours)[(len(hours) - 1) // 2] for platform, hours in ends.items()}
    return {platform: hours for platform, hours in halves.items() if hours < inf}


def _asked(job: str) -> dict[str, object]:
    """Return what a job is told besides its name."""
    days = {"first": DAYS[5:15], "last": DAYS[-10:]}
    return {
        "log": {"url": "https://www.instagram.com/p/Cnew/"},
        "answer": {"row": 7},
        "figures": days,
        "find": {"url": f"https://www.instagram.com/p/{stock.content_of(7)}/"},
        "past": days | {"as_of": AS_OF},
    }[job]


def _jobs(caller: Caller) -> Mapping[str, Callable[[], object]]:
    """Return how the tracker is asked for each job."""
    number = iter(range(1, 1_000_000))
    waiting = iter(json.loads(caller.call(f"{API}/takedowns?limit=100&next_step=chase"))["data"])

    def log() -> None:
        caller.call(
            f"{API}/takedowns",
            {
                "case_ref": "CASE-1",
                "category": "csam_ai",
                "explanation": "Assessed by a trained analyst as AI-made abuse material.",
                "urls": [f"https://www.instagram.com/p/Cnew{next(number)}/"],
            },
        )

    def answer() -> None:
        reference = next(waiting)["reference"]
        told = {"kind": "decided", "outcome": "removed", "happened_at": stamp(stock.END)}
        caller.call(f"{API}/takedowns/{reference}/events", told)

    figures = f"{API}/metrics/response-times?by=platform&{DAYS}"
    found = {"url": f"https://instagram.com/p/{stock.content_of(7)}/?igsh=1"}
    return {
        "log": log,
        "answer": answer,
        "figures": lambda: caller.call(figures),
        "find": lambda: caller.call(f"{API}/takedowns/search", found),
        "past": lambda: caller.call(f"{figures}&as_of={AS_OF}"),
    }


def _rows(place: databases.Place) -> Rows:
    """Return a row for each item that was submitted: when, and after how many hours it was gone."""
    database = place.database()
    query = (
        select(
            takedowns.c.id, takedowns.c.platform, takedowns.c.submitted_at, items.c.number,
            items.c.stands, items.c.ended_at,
        )
        .join(items, items.c.takedown_id == takedowns.c.id)
        .where(items.c.stands.is_not(None))
    )  # fmt: skip
    with database.read() as unit:
        found = [
            {
                "url": f"https://www.instagram.com/p/{stock.content_of(row.id, row.number)}/",
                "platform": row.platform,
                "submitted": row.submitted_at.astimezone(place.settings.zone).isoformat(),
                "gone": (row.ended_at - row.submitted_at).total_seconds() / 3600
                if row.stands == "gone"
                else None,
            }
            for row in unit.connection.execute(query)
        ]
    database.close()
    return found


@contextmanager
def _spreadsheet(rows: Rows) -> Iterator[Spreadsheet]:
    """Make an environment with pandas, write the workbook, and wait for jobs."""
    with tempfile.TemporaryDirectory(prefix="takedown-sheet-") as folder:
        place = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
        python = place / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", *NEEDED], check=True)
        (place / "rows.json").write_text(json.dumps(rows), "utf-8")
        script = Path(__file__).with_name("workbook.py")
        with subprocess.Popen(
            [python, script, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()  # it is there
            yield Spreadsheet(process)
            process.terminate()
