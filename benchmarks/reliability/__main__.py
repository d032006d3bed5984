"""`./run bench reliability [--write] [--kills N] …`: try it, print a table, renew the docs page."""

import argparse
import sys
import time
from collections.abc import Sequence
from importlib import import_module

from app.kit.settings import ROOT
from benchmarks import __main__ as bench
from benchmarks import databases
from benchmarks.reliability import Size, Trial

NAMES = ("killing", "stopping", "half_open", "crowd")
PAGE = ROOT / "docs" / "reliability.md"
BETWEEN = ("<!-- table: ./run bench reliability --write -->", "<!-- end of table -->")
HEADINGS = ("what", "database", "how often", "seen", "lost", "wanted", "met")


def main(words: Sequence[str]) -> int:
    """Try what is named, or all; exit code 1 when something was lost or too slow."""
    parser = argparse.ArgumentParser(prog="./run bench reliability", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--write", action="store_true", help="renew docs/reliability.md")
    for name, usual in Size()._asdict().items():
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, type=type(usual), default=usual, help=f"{usual}")
    asked = parser.parse_args(words)
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"no trial is called {', '.join(unknown)}")
    size = Size(*(getattr(asked, name) for name in Size._fields))
    start = time.monotonic()
    trials = [trial for name in asked.names or NAMES for trial in tried(name, size)]
    minutes = (time.monotonic() - start) / 60
    lines = [*bench.machine(), f"It took {minutes:.0f} minutes.", "", *table(trials)]
    print("\n".join(lines))
    if asked.write:
        bench.renew(PAGE, lines, BETWEEN)
    return 0 if all(trial.met for trial in trials) else 1


def tried(name: str, size: Size) -> list[Trial]:
    """Try one thing on each database; what went wrong with the trial itself is no pass."""
    found = list[Trial]()
    for database in databases.NAMES:
        print(f"{name} on {database} …", file=sys.stderr, flush=True)
        with databases.place(database) as place:
            try:
                found.append(import_module(f"benchmarks.reliability.{name}").run(place, size))
            except Exception as error:  # noqa: BLE001 - the others are tried all the same
                told = f"the trial broke off: {type(error).__name__}"
                found.append(Trial(name, database, "", told, "", "", met=False))
    return found


def table(trials: Sequence[Trial]) -> list[str]:
    """Write trials as a table in Markdown."""
    rows = [(*trial[:-1], "yes" if trial.met else "**no**") for trial in trials]
    return [f"| {' | '.join(row)} |" for row in (HEADINGS, ("---",) * len(HEADINGS), *rows)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
