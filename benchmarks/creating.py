"""G1 and G2: `POST /takedowns` with all its logic, from 16 callers at once."""

import json
from collections.abc import Iterator
from statistics import median

from benchmarks import databases, raw, serving
from benchmarks.load import Plan, Seen, seen
from benchmarks.measuring import Result, Size, interleaved, ratio

CONNECTIONS = 16
SHARE = {"SQLite": 0.35, "PostgreSQL": 0.2}
SPREAD = 6.0
BODY = json.dumps(
    {
        "case_ref": "CASE-1",
        "category": "csam_ai",
        "explanation": "Assessed by a trained analyst as AI-made abuse material.",
        "urls": ["https://www.instagram.com/p/C@/?igsh=MzRlODBiNWFlZA=="],
    }
)


def run(size: Size) -> Iterator[Result]:
    """Measure on each database: the share of what bare parts could do, and the spread."""
    for name in databases.NAMES:
        yield from _on(name, size)


def _on(name: str, size: Size) -> Iterator[Result]:
    creates: list[Seen] = []
    with (
        databases.place(name) as place,
        serving.tracker(place) as tracker,
        serving.bare() as bare,
        raw.transactions(place) as transactions,
    ):

        def called(server: serving.Server, path: str, seconds: float) -> Seen:
            return seen(Plan(server.port, path, server.token, BODY, CONNECTIONS, seconds))

        def create() -> float:
            creates.append(called(tracker, "/api/v1/takedowns", 1.5 * size.seconds))
            return creates[-1].rate

        create()  # warm caches, templates and connections
        creates.clear()
        found = interleaved(
            size.rounds,
            {
                "bare": lambda: called(bare, "/takedowns", size.seconds / 2).rate,
                "raw": lambda: transactions(size.seconds / 2),
                "create": create,
            },
        )
    limit = [
        1 / (1 / one + 1 / other) for one, other in zip(found["bare"], found["raw"], strict=True)
    ]
    share = ratio(found["create"], limit)
    failed = sum(one.failed for one in creates)
    yield Result(
        "G1",
        f"creates at {CONNECTIONS} connections ÷ limit, {name}",
        f"{median(found['create']):.0f}/s of {median(limit):.0f}/s "
        f"(bare POST {median(found['bare']):.0f}, raw transaction {median(found['raw']):.0f})",
        share,
        f"≥ {SHARE[name]}",
        share >= SHARE[name],
    )
    spread = median(one.p99 / one.p50 for one in creates)
    yield Result(
        "G2",
        f"p99 ÷ p50 at {CONNECTIONS} writers, {name}",
        f"{_ms(creates, 'p50')} and {_ms(creates, 'p99')}, {failed} failed or timed out",
        spread,
        f"≤ {SPREAD:.0f}, none fails",
        spread <= SPREAD and not failed,
    )


def _ms(creates: list[Seen], which: str) -> str:
    return f"{which} {1000 * median(getattr(one, which) for one in creates):.0f} ms"
