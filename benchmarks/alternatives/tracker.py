"""The tracker, asked over its API by one connection."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from app.kit.clock import stamp
from benchmarks import databases, serving, stock
from benchmarks.alternatives.rows import AS_OF, FIRST, LAST, SOUGHT, Job
from benchmarks.alternatives.way import Way
from benchmarks.serving import Caller

NAME = "tracker"
API = "/api/v1"
FIGURES = f"{API}/metrics/response-times?by=platform&from={FIRST}&to={LAST}"


@contextmanager
def served(place: databases.Place) -> Iterator[Way]:
    """Serve the tracker; returns how it is asked."""
    with serving.tracker(place) as server, server.caller() as caller:
        yield _way(caller)


def _way(caller: Caller) -> Way:
    numbers = count(1)
    waiting = iter(json.loads(caller.call(f"{API}/takedowns?limit=100&next_step=chase"))["data"])

    def log() -> None:
        told = {
            "case_ref": "CASE-1",
            "category": "csam_ai",
            "explanation": "Assessed by a trained analyst as AI-made abuse material.",
            "urls": [f"https://www.instagram.com/p/Cnew{next(numbers)}/"],
        }
        caller.call(f"{API}/takedowns", told)

    def answer() -> None:
        reference = next(waiting)["reference"]
        told = {"kind": "decided", "outcome": "removed", "happened_at": stamp(stock.END)}
        caller.call(f"{API}/takedowns/{reference}/events", told)

    def medians() -> dict[str, float]:
        groups = json.loads(caller.call(FIGURES))["groups"]
        found = {one["key"]: one["gone"]["median_hours"] for one in groups}
        return {platform: hours for platform, hours in found.items() if hours is not None}

    def find() -> None:
        sought = {"url": f"https://instagram.com/p/{stock.content_of(SOUGHT)}/?igsh=1"}
        assert json.loads(caller.call(f"{API}/takedowns/search", sought))["data"]

    return Way(
        NAME,
        {
            Job.LOG: log,
            Job.ANSWER: answer,
            Job.FIGURES: lambda: caller.call(FIGURES),
            Job.FIND: find,
            Job.PAST: lambda: caller.call(f"{FIGURES}&as_of={AS_OF:%Y-%m-%dT%H:%M:%SZ}"),
        },
        caller.server.spent,
        medians,
    )
