"""Callers in a process of their own: `connections` of them, each asking one after the other.

Is given a plan as JSON and writes what it saw as JSON on standard output.
"""

import asyncio
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

TIME_OUT = 10.0


@dataclass(frozen=True)
class Plan:
    """What to post where, or without a body to get: `@` in it becomes a new id each time."""

    port: int
    path: str
    token: str
    body: str
    connections: int
    seconds: float


@dataclass(frozen=True)
class Seen:
    """Answers a second, the seconds in which half and 99 % of them came, and what went wrong."""

    rate: float
    p50: float
    p99: float
    failed: int


def seen(plan: Plan) -> Seen:
    """Let another process call, so that neither the measuring one nor the server waits for it.

    Raises TimeoutError where no caller was answered at all.
    """
    with calling(plan) as process:
        told, _ = process.communicate()
    found = Seen(**json.loads(told))
    if not found.rate:
        raise TimeoutError(f"nobody was answered within {TIME_OUT:.0f} s: {plan.path}")
    return found


@contextmanager
def calling(plan: Plan) -> Iterator["subprocess.Popen[str]"]:
    """Let another process call meanwhile; waits for its end."""
    with subprocess.Popen(_words(plan), stdout=subprocess.PIPE, text=True) as process:
        yield process


def _words(plan: Plan) -> list[str]:
    return [sys.executable, "-m", "benchmarks.load", json.dumps(asdict(plan))]


async def _call_all(plan: Plan) -> Seen:
    until = time.perf_counter() + plan.seconds
    start = time.perf_counter()
    callers = [_caller(plan, until) for _ in range(plan.connections)]
    told = await asyncio.gather(*callers)
    elapsed = time.perf_counter() - start
    times = sorted(one for times, _ in told for one in times)
    failed = sum(failed for _, failed in told)
    if not times:
        return Seen(0.0, 0.0, 0.0, failed)
    return Seen(len(times) / elapsed, times[len(times) // 2], times[int(len(times) * 0.99)], failed)


async def _caller(plan: Plan, until: float) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", plan.port)
    times: list[float] = []
    failed = 0
    # Once at least: on a busy machine the time may be over before anybody is connected.
    while not times or time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(_request(plan))
        try:
            status = await asyncio.wait_for(_status(reader), TIME_OUT)
        except TimeoutError:
            failed += 1
            break
        times.append(time.perf_counter() - start)
        failed += status >= 300
    writer.close()
    return times, failed


def _request(plan: Plan) -> bytes:
    body = plan.body.replace("@", secrets.token_hex(5))
    return (
        f"{'POST' if body else 'GET'} {plan.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {plan.token}\r\n"
        f"Idempotency-Key: {secrets.token_hex(16)}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    _, _, rest = head.lower().partition(b"content-length:")
    await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
    return int(head[9:12])


if __name__ == "__main__":
    plan = Plan(**json.loads(sys.argv[1]))
    json.dump(asdict(asyncio.run(_call_all(plan))), sys.stdout)
