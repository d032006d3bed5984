"""The application as it is served: a process of its own over a data folder."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.kit import settings as settings_of
from app.kit.settings import ROOT
from tests.factories import SECRET

AS_SERVED = ("-c", "from app.cli import run; run()", "serve")
LOUD = ("-m", "tests.serving")


class Server:
    """A running server, its output kept in the data folder's neighbour files."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str],
        token: str,
        under: Sequence[str],
        environment: Mapping[str, str],
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.output = folder.with_suffix(f".{self.port}.log")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [
                    *under,
                    *(sys.executable, *command),
                    *("--port", str(self.port), "--data-dir", str(folder)),
                ],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=output,
                stderr=output,
                start_new_session=True,
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

    def end(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Signal the server, with whatever it runs under, and wait for its end."""
        self.client.close()
        self.signal(sign)
        self.process.wait(30)

    def signal(self, sign: signal.Signals) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, sign)


@contextmanager
def serving(
    folder: Path,
    token: str,
    command: Sequence[str] = AS_SERVED,
    under: Sequence[str] = (),
    **environment: str,
) -> Iterator[Server]:
    """Serve a data folder; `under` is a command that runs the server."""
    server = Server(folder, command, token, under, environment)
    try:
        server.wait()
        yield server
    finally:
        server.end()


def made_ready(folder: Path, **fixed: object) -> str:
    """Make a data folder with a database in it; returns a token that may do everything."""
    settings = settings_of.read(folder, **fixed)
    settings_of.keep_secret(settings, SECRET)
    parts = main.context(settings)
    with parts.database.write() as unit:
        token = access.add_token(unit, "case system", SCOPES)
    parts.database.close()
    return token


def loudly(*arguments: Any) -> None:
    """Serve with every logger at its most talkative."""
    _, port, _, folder = arguments
    logging.basicConfig(level=1, stream=sys.stderr)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.dialects", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    parts = main.context(settings_of.read(Path(folder)))
    uvicorn.run(main.create_app(parts), port=int(port), log_level="trace", access_log=True)


if __name__ == "__main__":
    loudly(*sys.argv[1:])
