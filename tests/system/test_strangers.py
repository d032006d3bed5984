"""A stranger holds nothing: connections, memory and time are there for those who ask something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.broken import breaking
from tests.idle_connections import HALF_A_HEAD, LIMITED, good_call, held, many_descriptors
from tests.server_process import AS_SERVED, Server, made_ready, serving

MOST = 8 * 1024 * 1024
HELD_BODY = (
    b"POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % MOST
)


def memory_of(server: Server) -> int:
    """The most bytes it ever took."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def slowest_call(server: Server, calls: int = 20) -> float:
    """How long the slowest of some calls took; 99 if one failed."""
    slowest = 0.0
    for _ in range(calls):
        seconds = good_call(server)
        if seconds is None:
            return 99
        slowest = max(slowest, seconds)
    return slowest


@pytest.fixture(autouse=True)
def _many_descriptors() -> Iterator[None]:
    with many_descriptors():
        yield


@pytest.mark.slow
@pytest.mark.parametrize(("command", "is_kept"), [(AS_SERVED, True), (breaking("patient"), False)])
def test_good_calls_are_answered_while_a_stranger_holds_1100_connections(
    tmp_path: Path, command: tuple[str, ...], is_kept: bool
) -> None:
    token = made_ready(tmp_path / "data")
    with serving(tmp_path / "data", token, command, LIMITED) as server:
        with held(server, 1100, HALF_A_HEAD):
            during = slowest_call(server)
        after = slowest_call(server)

    assert (during <= 1, after <= 1) == (is_kept, True)


@pytest.mark.slow
def test_bodies_held_at_the_door_take_no_memory(tmp_path: Path) -> None:
    token = made_ready(tmp_path / "data")
    with serving(tmp_path / "data", token) as server:
        before = memory_of(server)
        with held(server, 420, HELD_BODY, b"a" * (MOST - 1)):
            during = slowest_call(server)
            taken = memory_of(server) - before
        after = slowest_call(server)

    assert (during <= 1, after <= 1, taken <= 64 * 1024 * 1024) == (True, True, True)
