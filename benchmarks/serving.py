"""Real servers, each in a process of its own on 127.0.0.1, for as long as they are needed."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from app import demo
from app.accounts import access, sessions
from app.accounts.models import users
from app.accounts.permissions import SCOPES
from app.kit.settings import PREFIX, ROOT
from benchmarks.databases import Place

PATIENCE = 300.0  # on a busy machine
READY_WITHIN = 600.0  # a start looks at every draft
SERVE = "from app.cli import run; run()"
READY = "/api/v1/health/ready"


class Server(NamedTuple):
    """A server that is ready, who may call it, and how long it took to be ready."""

    port: int
    process: "subprocess.Popen[bytes]"
    token: str
    started_in: float

    def get(self, path: str) -> bytes:
        """Return what it answers; raises when it refuses."""
        with self.caller() as caller:
            return caller.call(path)

    @contextmanager
    def caller(self, cookie: str = "") -> Iterator["Caller"]:
        """Open a connection for one who signed in, or else for one with the token."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        who = {"Cookie": cookie} if cookie else {"Authorization": f"Bearer {self.token}"}
        try:
            yield Caller(self, connection, who)
        finally:
            connection.close()

    def spent(self) -> float:
        """Return the CPU seconds of its process so far."""
        return spent(self.process.pid)

    def megabytes(self) -> float:
        """Return how much memory its process holds."""
        told = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(told.partition("VmRSS:")[2].split()[0]) / 1024


class Caller(NamedTuple):
    """One connection to a server, and who calls."""

    server: Server
    connection: http.client.HTTPConnection
    who: Mapping[str, str]

    def call(self, path: str, body: Mapping[str, object] | None = None) -> bytes:
        """Return what is answered; raises when it refuses."""
        try:
            answer = self._asked(path, body)
        except ConnectionError:  # a server ends one that was not used for some seconds
            self.connection.close()
            answer = self._asked(path, body)
        found = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{path} answered {answer.status}")
        return found

    def _asked(self, path: str, body: Mapping[str, object] | None) -> http.client.HTTPResponse:
        told = {"Content-Type": "application/json", **self.who} if body else self.who
        self.connection.request(
            "POST" if body else "GET", path, json.dumps(body) if body else None, dict(told)
        )
        return self.connection.getresponse()

    def cpu(self, path: str, times: int = 1, body: Mapping[str, object] | None = None) -> float:
        """Return the CPU seconds that the server spends on one of so many such requests."""
        before = self.server.spent()
        for _ in range(times):
            self.call(path, body)
        return max(self.server.spent() - before, 1e-6) / times


def spent(process: int) -> float:
    """Return the CPU seconds of a process so far, all its threads, as Linux counts them."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e9


class Command(NamedTuple):
    """How a server is started, its port the last word, and what answers once it is ready."""

    words: Sequence[str | Path]
    environment: dict[str, str]
    folder: Path = ROOT
    ready: str = READY


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
    command = Command([sys.executable, "-c", SERVE, "serve", "--port"], named)
    with running(command, token) as server:
        yield server


def signed_in(place: Place) -> str:
    """Let somebody who does not exist sign in; returns the token of the visit."""
    database = place.database()
    with database.write() as unit:
        if unit.connection.scalar(select(func.count()).select_from(users)) == 0:
            demo.join(unit)
        token = sessions.begin(unit, 1, is_complete=True)
    database.close()
    return token


def cookie_of(token: str) -> str:
    """Return what a browser sends for a visit."""
    return f"__Host-session={token}"


@contextmanager
def bare() -> Iterator[Server]:
    """Serve an application that does nothing."""
    words = ["-m", "uvicorn", "benchmarks.bare:app", "--log-level", "warning", "--port"]
    with running(Command([sys.executable, *words], {}), "") as server:
        yield server


@contextmanager
def running(command: Command, token: str) -> Iterator[Server]:
    """Run a server on a free port until it is no longer needed."""
    port = _free_port()
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command.words, str(port)],
        cwd=command.folder,
        env=inherited | command.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(port, process, token, 0.0)
    try:
        _wait_until_ready(server, command.ready)
        yield server._replace(started_in=time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_until_ready(server: Server, path: str) -> None:
    until = time.perf_counter() + READY_WITHIN
    while time.perf_counter() < until:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode}")
        try:
            server.get(path)
        except (OSError, http.client.HTTPException):
            time.sleep(0.01)
        else:
            return
    raise TimeoutError(f"not ready after {READY_WITHIN} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
