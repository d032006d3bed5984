"""A crowd: case systems that log takedowns while people read pages, for a minute.

As a program of its own it is the crowd: a plan as JSON on standard input, what it saw as JSON on
standard output, so that neither the measuring process nor the server waits for it.
"""

import asyncio
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

from benchmarks.databases import Place
from benchmarks.reliability import Size, Trial
from tests import killed_server
from tests.server_process import admin_session, made_ready, serving

TIMES_MEDIAN = 10.0
TIME_OUT = 30.0
PAGES = ("/inbox", "/takedowns", "/inbox?turn=platform", "/takedowns?platform=other")


def run(place: Place, size: Size) -> Trial:
    """Let the crowd ask; count what failed, compare the slowest with the usual."""
    folder, address = place.settings.data_dir, place.settings.database_address
    token = made_ready(folder, database_url=address)
    session = admin_session(folder, database_url=address)
    with serving(folder, token, TAKEDOWN_DATABASE_URL=address, TAKEDOWN_RATE_LIMIT="0") as server:
        plan = size._asdict() | {"port": server.port, "token": token, "session": session}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.reliability.crowd"],
            input=json.dumps(plan), capture_output=True, text=True, check=True,
        )  # fmt: skip
    seen = json.loads(done.stdout)
    faults = killed_server.faults(folder, address)
    failed = sum(one["failed"] for one in seen.values())
    told = [
        f"{name}: {one['count']:,} answers, median {one['median'] * 1e3:.0f} ms, "
        f"p99 {one['p99'] * 1e3:.0f} ms ({one['p99'] / one['median']:.1f} ×)"
        for name, one in seen.items()
    ]
    return Trial(
        f"{size.callers} callers log takedowns, {size.readers} people read pages",
        place.name,
        f"{size.seconds:.0f} s",
        "; ".join(told),
        f"{failed} errors, {len(faults)} faults of the record",
        f"0 errors, p99 ≤ {TIMES_MEDIAN:.0f} × the median",
        met=not failed
        and not faults
        and all(one["p99"] <= TIMES_MEDIAN * one["median"] for one in seen.values()),
    )


async def _all(plan: dict[str, Any]) -> dict[str, dict[str, float]]:
    until = time.perf_counter() + plan["seconds"]
    kinds = {
        "callers": (plan["callers"], lambda: _takedown(plan["token"])),
        "pages": (plan["readers"], lambda: _page(plan["session"])),
    }
    groups = {
        name: asyncio.gather(*(_ask(plan["port"], make(), until) for _ in range(count)))
        for name, (count, make) in kinds.items()
    }
    return {name: _summed(await group) for name, group in groups.items()}


def _summed(told: list[tuple[list[float], int]]) -> dict[str, float]:
    times = sorted(one for times, _ in told for one in times)
    return {
        "count": len(times),
        "median": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)],
        "failed": sum(failed for _, failed in told),
    }


async def _ask(port: int, request: Callable[[], bytes], until: float) -> tuple[list[float], int]:
    """Ask over one connection, one after the other; returns the seconds of each, and failures."""
    times, failed = list[float](), 0
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while not times or time.perf_counter() < until:
        start = time.perf_counter()
        try:
            writer.write(request())
            status = await asyncio.wait_for(_status(reader), TIME_OUT)
        except (OSError, EOFError, TimeoutError):
            return times, failed + 1
        times.append(time.perf_counter() - start)
        failed += status >= 300
    writer.close()
    return times, failed


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    _, _, rest = head.lower().partition(b"content-length:")
    await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
    return int(head[9:12])


def _takedown(token: str) -> Callable[[], bytes]:
    def request() -> bytes:
        name = secrets.token_hex(6)
        body = json.dumps(
            {
                "case_ref": f"C-{name}",
                "category": "csam",
                "platform": "other",
                "urls": [f"https://zz-fixture.example/{name}"],
            }
        )
        return (
            "POST /api/v1/takedowns HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {name}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return request


def _page(session: str) -> Callable[[], bytes]:
    paths = cycle(PAGES)

    def request() -> bytes:
        return (
            f"GET {next(paths)} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: __Host-session={session}\r\n"
            "Sec-Fetch-Site: same-origin\r\n\r\n"
        ).encode()

    return request


if __name__ == "__main__":
    json.dump(asyncio.run(_all(json.load(sys.stdin))), sys.stdout)
