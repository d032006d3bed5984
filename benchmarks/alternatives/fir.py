"""FIR (Fast Incident Response), asked over its REST API by one connection.

An incident stands for an item, an entity for its platform, a comment that closes it for its end.
FIR is served as its container does it, by Django's own server with the settings for the container;
on SQLite, the empty database of `set_up_fir` filled with the same rows.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from http.client import HTTPConnection
from itertools import count
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks import stock
from benchmarks.alternatives import set_up_fir
from benchmarks.alternatives.rows import (
    AS_OF,
    FIRST,
    LAST,
    SOUGHT,
    Job,
    Row,
    at_share,
    hours,
    notice_of,
    url_of,
)
from benchmarks.alternatives.way import Way
from benchmarks.serving import PATIENCE, Caller, Command, running

INSTEAD = {
    Job.LOG: "no form of a platform: a text that the client filled in is stored",
    Job.FIGURES: "counts only: the client reads the quarter's incidents and reckons",
    Job.PAST: "keeps no earlier state: as above, by the dates that comments have now",
}
ALL = 1_000_000  # on one page
RUN = "import os, runpy; runpy.run_path(os.environ['SCRIPT'])"


@contextmanager
def served(folder: Path, rows: Sequence[Row], zone: tzinfo) -> Iterator[Way]:
    """Fill a database and serve FIR from a checkout that was set up; returns how it is asked."""
    python = set_up_fir.python_of(folder)
    with tempfile.TemporaryDirectory(prefix="takedown-fir-") as place:
        database = Path(place) / "fir.sqlite3"
        shutil.copy(folder / set_up_fir.EMPTY, database)
        told = set_up_fir.environment(database)
        token = _filled(folder, told, [incident_of(row, zone) for row in rows])
        words = [python, "manage.py", "runserver", "--noreload"]
        with running(Command(words, told, folder, "/login/"), token) as server:
            connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
            caller = Caller(server, connection, {"X-Api": f"Token {token}"})
            yield _way(caller, zone)
            connection.close()


def incident_of(row: Row, zone: tzinfo) -> dict[str, str | None]:
    """Return a row as FIR keeps it: the clock on the wall."""
    opened = datetime.fromisoformat(row.submitted)
    ended = None if row.gone is None else opened + timedelta(hours=row.gone)
    return {
        "platform": row.platform,
        "url": row.url,
        "host": urlsplit(row.url).hostname,
        "subject": f"{row.platform}: {row.url}",
        "description": notice_of(row.url),
        "opened": _on_the_wall(opened, zone),
        "ended": ended and _on_the_wall(ended, zone),
    }


def _on_the_wall(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M:%S}"


def _filled(folder: Path, told: Mapping[str, str], rows: Sequence[object]) -> str:
    """Write the rows down; returns the token of one who may ask."""
    script = str(Path(__file__).with_name("fir_rows.py"))
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        done = subprocess.run(
            [set_up_fir.python_of(folder), "manage.py", "shell", "-v", "0", "-c", RUN],
            cwd=folder,
            env={**told, "SCRIPT": script, "ROWS": file.name},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return done.stdout.split()[-1]


def _way(caller: Caller, zone: tzinfo) -> Way:
    numbers = count(1)

    def log() -> None:
        url = f"https://www.instagram.com/p/Cnew{next(numbers)}/"
        told = {
            "subject": f"instagram: {url}", "description": notice_of(url), "is_incident": True,
            "category": "Reputation", "detection": "External", "severity": "1", "tlp": "AMBER",
            "concerned_business_lines": ["instagram"],
        }  # fmt: skip
        caller.call("/api/incidents", told)

    waiting = iter(_asked(caller, status="Open", page_size=100))

    def answer() -> None:
        told = {"incident": next(waiting)["id"], "action": "Close", "comment": "Removed"}
        caller.call("/api/comments", told)

    def figures(as_of: datetime = stock.END) -> Mapping[str, float]:
        ends = ends_of(caller, as_of, zone)
        for each in ends.values():
            at_share(each, 0.9)
        return {platform: at_share(each, 0.5) for platform, each in ends.items()}

    def find() -> None:
        assert _asked(caller, artifact=url_of(stock.PLATFORMS[0], SOUGHT))

    return Way(
        "FIR",
        {
            Job.LOG: log,
            Job.ANSWER: answer,
            Job.FIGURES: figures,
            Job.FIND: find,
            Job.PAST: lambda: figures(AS_OF),
        },
        caller.server.spent,
        figures,
        INSTEAD,
    )


def ends_of(caller: Caller, as_of: datetime, zone: tzinfo) -> Mapping[str, list[float]]:
    """Read a quarter's incidents; returns after how many hours those of each platform ended."""
    until = min(_on_the_wall(as_of, zone), f"{LAST - timedelta(days=1)}T23:59:59")
    days = {"created_after": f"{FIRST}T00:00", "created_before": until}
    ends: dict[str, list[float]] = {}
    for one in _asked(caller, **days, page_size=ALL):
        opened, last = (_moment(one[name], zone) for name in ("date", "last_comment_date"))
        has_ended = one["status"] == "Closed" and last <= as_of
        for platform in one["concerned_business_lines"]:
            each = ends.setdefault(platform, [])
            each.append(hours(last - opened) if has_ended else inf)
    return ends


def _moment(told: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=zone).astimezone(UTC)


def _asked(caller: Caller, **query: object) -> list[dict[str, Any]]:  # JSON, as FIR answers
    answer = caller.call(f"/api/incidents?{urlencode(query)}")
    found: list[dict[str, Any]] = json.loads(answer)["results"]
    return found
