"""The front behind a real server: what only raw bytes can say, and that connections live on."""

import http.client
import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.api import bodies
from tests.api.small_app import SECRET_TEXT, TOKEN, make

ROWS = {
    row["id"]: row["payload"]
    for row in map(
        json.loads,
        (Path(__file__).parents[1] / "data" / "bad_inputs.jsonl").read_text().splitlines(),
    )
}
GOOD = b"GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
ALLOWED = f"Authorization: Bearer {TOKEN}\r\n".encode()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(
        make(hosts=["localhost"]),
        host="127.0.0.1",
        port=0,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


class Line:
    """A connection on which requests are written by hand."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)

    def ask(self, *parts: bytes) -> http.client.HTTPResponse:
        for part in parts:
            self.socket.sendall(part)
        answer = http.client.HTTPResponse(self.socket)
        answer.begin()
        answer.content = answer.read()
        return answer


@pytest.fixture
def line(port: int) -> Iterator[Line]:
    line = Line(port)
    yield line
    line.socket.close()


def request(first: bytes = b"GET /api/v1/takedowns", header: bytes = b"") -> bytes:
    return first + b" HTTP/1.1\r\nHost: localhost\r\n" + ALLOWED + header + b"\r\n\r\n"
