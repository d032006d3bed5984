"""A stranger holds nothing: connections, memory and time are there for those who ask something."""

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.broken import breaking
from tests.serving import AS_SERVED, Server, made_ready, serving

FEW_DESCRIPTORS = ("sh", "-c", 'ulimit -n 1024 && exec "$0" "$@"')
HALF_A_HEAD = b"GET /login HTTP/1.1\r\nHost: localhost\r\nX-Half: "
MOST = 8 * 1024 * 1024
HELD_BODY = (
    b"POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % MOST
)


@contextmanager
def held(server: Server, count: int, *parts: bytes) -> Iterator[None]:
    """So many connections that sent this and nothing more."""
    with ExitStack() as opened:
        for _ in range(count):
            line = opened.enter_context(
                socket.create_connection(("127.0.0.1", server.port), timeout=10)
            )
            for part in parts:
                line.sendall(part)
        yield


def memory_of(server: Server) -> int:
    """The most bytes it ever took."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def slowest_call(server: Server, calls: int = 20) -> float:
    """How long the slowest of some calls took, each on a connection of its own; 99 if it failed."""
    slowest = 0.0
    for _ in range(calls):
        began = time.monotonic()
        try:
            answer = httpx2.get(
                f"{server.client.base_url}takedowns", headers=server.client.headers, timeout=5
            )
            answer.raise_for_status()
        except httpx2.HTTPError:
            return 99
        slowest = max(slowest, time.monotonic() - began)
    return slowest


@pytest.fixture
def many_descriptors() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
@pytest.mark.parametrize(("command", "is_kept"), [(AS_SERVED, True), (breaking("patient"), False)])
def test_good_calls_are_answered_while_a_stranger_holds_1100_connections(
    tmp_path: Path, many_descriptors: None, command: tuple[str, ...], is_kept: bool
) -> None:
    token = made_ready(tmp_path / "data")
    with serving(tmp_path / "data", token, command, FEW_DESCRIPTORS) as server:
        with held(server, 1100, HALF_A_HEAD):
            during = slowest_call(server)
        after = slowest_call(server)

    assert (during <= 1, after <= 1) == (is_kept, True)


@pytest.mark.slow
def test_bodies_held_at_the_door_take_no_memory(tmp_path: Path, many_descriptors: None) -> None:
    token = made_ready(tmp_path / "data")
    with serving(tmp_path / "data", token) as server:
        before = memory_of(server)
        with held(server, 420, HELD_BODY, b"a" * (MOST - 1)):
            during = slowest_call(server)
            taken = memory_of(server) - before
        after = slowest_call(server)

    assert (during <= 1, after <= 1, taken <= 64 * 1024 * 1024) == (True, True, True)
