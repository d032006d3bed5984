"""The application as it is served: a process of its own over a data folder."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from app import main
from app.accounts import access, people, sessions
from app.accounts.permissions import SCOPES
from app.kit import settings as settings_of
from app.kit.clock import system_clock
from app.kit.settings import ROOT
from app.web.shell import csrf
from tests.factories import SECRET
from tests.forked import Forked

AS_SERVED = ("-c", "from app.cli import run; run()", "serve")
VERBOSE = ("-m", "tests.server_process", "verbosely")
WRONG_CLOCK = ("-m", "tests.server_process", "wrong_clock")


class Server:
    """A running server, its output kept in the data folder's neighbour files."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str],
        token: str,
        under: Sequence[str],
        environment: Mapping[str, str],
        port: int | None,
    ) -> None:
        self.port = port or free_port()
        self.output = folder.with_suffix(f".{self.port}.log")
        words = (*command, "--port", str(self.port), "--data-dir", str(folder))
        settings = {**os.environ, **environment}
        self.process = (
            cold(under, words, settings, self.output)
            if under
            else Forked(words, settings, self.output)
        )
        self.client = httpx2.Client(
            base_url=f"http://127.0.0.1:{self.port}/api/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )

    def wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.client.get("/health/ready").status_code == 200:
                    return
            except httpx2.TransportError:
                time.sleep(0.05)
        raise AssertionError(self.output.read_text(errors="replace"))

    def page(self, path: str, session: str, **fields: str) -> Any:
        """Ask for a page, or send its form, as somebody who is signed in."""
        address = f"http://127.0.0.1:{self.port}{path}"
        headers = {"Cookie": f"__Host-session={session}", "Sec-Fetch-Site": "same-origin"}
        if not fields:
            return self.client.get(address, headers=headers)
        return self.client.post(
            address, data=fields | {"csrf": csrf.token(session)}, headers=headers
        )

    def end(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Signal the server, with whatever it runs under, and wait for its end."""
        self.client.close()
        self.signal(sign)
        self.process.wait(30)

    def signal(self, sign: signal.Signals) -> None:
        if self.process.poll() is None:
            with suppress(ProcessLookupError):  # it ended, and nobody was told yet
                os.killpg(self.process.pid, sign)


def cold(
    under: Sequence[str], words: Sequence[str], environment: Mapping[str, str], output: Path
) -> "subprocess.Popen[bytes]":
    """A process that a command starts, such as one that watches it."""
    with output.open("wb") as file:
        return subprocess.Popen(
            [*under, sys.executable, *words],
            cwd=ROOT,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )


@contextmanager
def serving(
    folder: Path,
    token: str,
    command: Sequence[str] = AS_SERVED,
    under: Sequence[str] = (),
    port: int | None = None,
    **environment: str,
) -> Iterator[Server]:
    """Serve a data folder; `under` is a command that runs the server."""
    server = Server(folder, command, token, under, environment, port)
    try:
        server.wait()
        yield server
    finally:
        server.end()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def made_ready(folder: Path, **fixed: object) -> str:
    """Make a data folder with a database in it; returns a token that may do everything."""
    settings = settings_of.read(folder, **fixed)
    settings_of.keep_secret(settings, SECRET)
    parts = main.context(settings)
    with parts.database.write() as unit:
        token = access.add_token(unit, "case system", SCOPES)
    parts.database.close()
    return token


def admin_session(folder: Path, **fixed: object) -> str:
    """The session of an administrator who signed in just now, by the right clock."""
    parts = main.context(settings_of.read(folder, **fixed))
    with parts.database.write() as unit:
        person = people.add(unit, "admin@hotline.example", "admin", by="test")
        token = sessions.begin(unit, person.id, is_complete=True)
    parts.database.close()
    return token


def verbosely(*arguments: Any) -> None:
    """Serve with every logger at its most talkative."""
    _, port, _, folder = arguments
    logging.basicConfig(level=1, stream=sys.stderr)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.dialects", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    parts = main.context(settings_of.read(Path(folder)))
    uvicorn.run(main.create_app(parts), port=int(port), log_level="trace", access_log=True)


def clock_offset_file(folder: Path) -> Path:
    """The file that says by how many hours a server's clock is wrong, changed while it runs."""
    return folder.with_suffix(".hours")


def with_wrong_clock(*arguments: Any) -> None:
    """Serve with a clock that is wrong."""
    _, port, _, folder = arguments
    hours = clock_offset_file(Path(folder))

    def clock() -> datetime:
        return system_clock() + timedelta(hours=float(hours.read_text()))

    parts = main.context(settings_of.read(Path(folder)), clock)
    uvicorn.run(main.create_app(parts), port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    {"verbosely": verbosely, "wrong_clock": with_wrong_clock}[sys.argv[1]](*sys.argv[2:])
