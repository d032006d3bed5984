"""Real servers, each in a process of its own on 127.0.0.1, for as long as they are needed."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from app.accounts import access
from app.accounts.permissions import SCOPES
from app.kit.settings import PREFIX, ROOT
from benchmarks.databases import Place

PATIENCE = 30.0
SERVE = "from app.cli import run; run()"


class Server(NamedTuple):
    """A server that is ready, who may call it, and how long it took to be ready."""

    port: int
    process: "subprocess.Popen[bytes]"
    token: str
    started_in: float

    def get(self, path: str) -> bytes:
        """Return what it answers; raises when that is not 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            return body
        finally:
            connection.close()


@contextmanager
def tracker(place: Place) -> Iterator[Server]:
    """Serve the tracker as `./run serve` does."""
    database = place.database()
    with database.write() as unit:
        token = access.add_token(unit, f"bench {time.monotonic_ns()}", SCOPES)
    database.close()
    settings = place.settings
    environment = {
        "ORGANISATION_NAME": settings.organisation_name,
        "ORGANISATION_EMAIL": settings.organisation_email,
        "RATE_LIMIT": str(settings.rate_limit),
        "DATA_DIR": str(settings.data_dir),
    } | ({"DATABASE_URL": settings.database_url} if settings.database_url else {})
    named = {PREFIX + name: value for name, value in environment.items()}
    with _running(["-c", SERVE, "serve", "--port"], named, token) as server:
        yield server


@contextmanager
def bare() -> Iterator[Server]:
    """Serve an application that does nothing."""
    options = ["-m", "uvicorn", "benchmarks.bare:app", "--log-level", "warning", "--port"]
    with _running(options, {}, "") as server:
        yield server


@contextmanager
def _running(words: Sequence[str], environment: dict[str, str], token: str) -> Iterator[Server]:
    port = _free_port()
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *words, str(port)],
        cwd=ROOT,
        env=inherited | environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(process, port)
        yield Server(port, process, token, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            Server(port, process, "", 0.0).get("/api/v1/health/ready")
        except (OSError, http.client.HTTPException):
            time.sleep(0.01)
        else:
            return
    raise TimeoutError(f"not ready after {PATIENCE} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
