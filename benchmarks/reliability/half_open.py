"""Strangers who hold connections with half a request, more than the server has descriptors."""

import resource
import socket
import time
from contextlib import ExitStack, suppress

import httpx2

from benchmarks.databases import Place
from benchmarks.reliability import Size, Trial
from tests.serving import Server, made_ready, serving

DESCRIPTORS = 1024
BEARABLE_SECONDS = 1.0
CALLS = 20
LIMITED = ("sh", "-c", f'ulimit -n {DESCRIPTORS}; exec "$@"', "sh")
HALF = b"GET /inbox HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


def run(place: Place, size: Size) -> Trial:
    """Hold the connections, and time good calls meanwhile."""
    folder, address = place.settings.data_dir, place.settings.database_address
    token = made_ready(folder, database_url=address)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, size.half_open + 1000), most))
    with (
        serving(folder, token, under=LIMITED, TAKEDOWN_DATABASE_URL=address) as server,
        ExitStack() as held,
    ):
        for _ in range(size.half_open):
            line = held.enter_context(socket.socket())
            line.settimeout(1)
            with suppress(OSError):
                line.connect(("127.0.0.1", server.port))
                line.sendall(HALF)
        times = [_good_call(server, token) for _ in range(CALLS)]
    answered = [seconds for seconds in times if seconds is not None]
    slowest = f", the slowest in {max(answered):.2f} s" if answered else ""
    return Trial(
        f"half a request held open at `ulimit -n {DESCRIPTORS}`",
        place.name,
        f"{size.half_open:,} connections",
        f"{len(answered)} of {CALLS} good calls answered meanwhile{slowest}",
        f"{CALLS - len(answered)} answers",
        f"all answered within {BEARABLE_SECONDS:.0f} s",
        met=len(answered) == CALLS and max(answered) <= BEARABLE_SECONDS,
    )


def _good_call(server: Server, token: str) -> float | None:
    """Return the seconds that a call over a connection of its own took; None without an answer."""
    start = time.monotonic()
    try:
        answer = httpx2.get(
            f"http://127.0.0.1:{server.port}/api/v1/takedowns",
            headers={"Authorization": f"Bearer {token}"},
            timeout=2 * BEARABLE_SECONDS,
        )
    except httpx2.TransportError:
        return None
    return time.monotonic() - start if answer.status_code == 200 else None
