"""One of those that are set beside each other: how it does each job, and what it cannot."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from benchmarks.alternatives.rows import Job


class Way(NamedTuple):
    """How jobs are done, the CPU seconds they took so far, and the medians it comes to."""

    name: str
    jobs: Mapping[Job, Callable[[], object]]
    spent: Callable[[], float]
    medians: Callable[[], Mapping[str, float]]
    # What it does instead of a job that it has no means for; its time then decides nothing.
    instead: Mapping[Job, str] = {}
